"""Who may reach which selection. The only way a view gets hold of its rows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import READERS, RUNNERS, holds
from karvan.foundation.people.models import Person
from karvan.stages.calls.models import Call
from karvan.stages.editions.access import activity_for, edition_for
from karvan.stages.editions.models import Activity, Edition

from .models import Offer, SelectionRun
from .queries import offers_listed, runs_of


def edition_to_select(person: Person, slug: str) -> tuple[Edition, QuerySet[Activity]]:
    """An edition the person reads, and its activities that have a call."""
    edition = edition_for(person, slug)
    return edition, edition.activities.filter(call__isnull=False).select_related("call")


def call_for(person: Person, slug: str, code: str, kinds: Iterable[str] = READERS) -> Call:
    """The call of an activity the person reads; 404 where there is none."""
    activity = activity_for(person, slug, code, kinds)
    found = get_object_or_404(Call.objects.select_related("review_round"), activity=activity)
    found.activity = activity
    return found


def call_to_run(person: Person, slug: str, code: str) -> Call:
    """The call of an activity the person runs; 403 for those who only read."""
    return call_for(person, slug, code, RUNNERS)


def run_for(call: Call, number: int) -> SelectionRun:
    """A run of the call, or 404."""
    run = get_object_or_404(SelectionRun.objects.filter(call=call), number=number)
    run.call = call
    return run


def runs_for(call: Call) -> QuerySet[SelectionRun]:
    """The runs of a call that was reached before."""
    return runs_of(call)


def offer_for(call: Call, pk: int) -> Offer:
    """An offer of the call, or 404."""
    return get_object_or_404(offers_listed(call), pk=pk)


def own_offer(token: str) -> Offer:
    """The offer of whoever holds the application's token; nobody else knows that there is one."""
    offers = Offer.objects.select_related("application", "run__call__activity__edition__programme")
    found = get_object_or_404(offers, application__token=token)
    if found.state == Offer.State.WITHDRAWN:
        raise Http404
    return found


def may_run(person: Person, call: Call) -> bool:
    """True if the person may propose, sign and send."""
    return holds(person, RUNNERS, call.scope)
