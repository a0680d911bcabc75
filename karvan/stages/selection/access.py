"""Who may reach which selection. The only way a view gets hold of its rows."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import RUNNERS, holds
from karvan.foundation.people.models import Person
from karvan.stages.calls.models import Call
from karvan.stages.editions.access import edition_for
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.reviews.access import call_for, call_to_run

from .appealing_time import told_at
from .appeals import appeals_listed
from .models import Appeal, Decision, Offer, QuotaSet, SelectionRun
from .queries import decisions_listed, offers_listed, runs_of

__all__ = [
    "appeal_for",
    "appeals_for",
    "call_for",
    "call_to_run",
    "decision_for",
    "edition_to_select",
    "may_run",
    "next_number",
    "offer_for",
    "own_decision",
    "own_offer",
    "quota_set_for",
    "quota_sets_for",
    "run_for",
    "run_named",
    "run_to_show",
    "runs_for",
]


def edition_to_select(person: Person, slug: str) -> tuple[Edition, QuerySet[Activity]]:
    """An edition the person reads, and its activities that have a call."""
    edition = edition_for(person, slug)
    return edition, edition.activities.filter(call__isnull=False).select_related("call")


def run_for(call: Call, number: int) -> SelectionRun:
    """A run of the call, or 404."""
    run = get_object_or_404(SelectionRun.objects.filter(call=call), number=number)
    run.call = call
    return run


def run_to_show(call: Call) -> SelectionRun | None:
    """The signed run, else the newest that was not set aside, else the newest; None if there is none."""
    order = {"signed": 0, "proposed": 1, "set_aside": 2}
    runs = list(SelectionRun.objects.filter(call=call).values_list("number", "state"))
    if not runs:
        return None
    number, _state = min(runs, key=lambda run: (order[run[1]], -run[0]))
    return run_for(call, number)


def decision_for(run: SelectionRun, pk: int) -> Decision:
    """A decision of the run, or 404."""
    found = get_object_or_404(decisions_listed(run), pk=pk)
    found.run = run
    return found


def run_named(call: Call, number: str) -> SelectionRun | None:
    """The run of this number, None for none; 404 where the call has no such run."""
    return run_for(call, int(number)) if number.isascii() and number.isdecimal() else None


def next_number(call: Call) -> int:
    """The number that the next run of the call will have."""
    last = SelectionRun.objects.filter(call=call).order_by("-number").first()
    return last.number + 1 if last else 1


def quota_sets_for(call: Call) -> QuerySet[QuotaSet]:
    """The sets of quotas of a call that was reached before, by name."""
    return QuotaSet.objects.filter(call=call)


def quota_set_for(call: Call, pk: int) -> QuotaSet:
    """A set of quotas of the call, or 404."""
    found = get_object_or_404(quota_sets_for(call), pk=pk)
    found.call = call
    return found


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


def own_decision(token: str) -> Decision:
    """The decision of whoever holds the application's token, once a letter told of it; else 404."""
    decisions = Decision.objects.select_related(
        "application__offer",
        "appeal",
        "run__call__activity__edition__programme",
        "run__call__review_round",
    ).defer("run__document")
    found = get_object_or_404(
        decisions, application__token=token, run__state=SelectionRun.State.SIGNED
    )
    if told_at(found) is None:
        raise Http404
    return found


def appeals_for(call: Call) -> QuerySet[Appeal]:
    """The appeals of a call that was reached before."""
    return appeals_listed(call)


def appeal_for(call: Call, pk: int) -> Appeal:
    """An appeal of the call, or 404."""
    return get_object_or_404(appeals_listed(call), pk=pk)


def may_run(person: Person, call: Call) -> bool:
    """True if the person may propose, sign and send."""
    return holds(person, RUNNERS, call.scope)
