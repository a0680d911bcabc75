"""Who may reach which call or application. The only way a view gets hold of its rows."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.access import READERS, RUNNERS, holds, parties_of
from karvan.foundation.people.models import Party, Person
from karvan.stages.editions.access import activity_for, edition_for
from karvan.stages.editions.models import Activity, Edition

from .models import Application, Call, ImportBatch, Nomination
from .queries import nominations_listed

__all__ = ["activity_for", "edition_for"]
NOMINATORS = (*READERS, "partner")


def public_call(slug: str) -> Call:
    """A call that anybody may read: published or cancelled; else 404."""
    calls = Call.objects.select_related(
        "activity__edition__programme", "activity__edition__country"
    ).exclude(state=Call.State.DRAFT)
    return get_object_or_404(calls, slug=slug)


def application_of_token(token: str) -> Application:
    """The application whose secret address this is, or 404."""
    rows = Application.objects.select_related(
        "call__activity__edition__programme", "call__activity__edition__country", "extension"
    )
    return get_object_or_404(rows, token=token)


def own_file(application: Application, question: str) -> StoredFile:
    """A file of one's own application, or 404."""
    rows = application.files.select_related("file")
    return get_object_or_404(rows, question=question).file


def call_for(person: Person, edition: str, activity: str, kinds: Iterable[str] = READERS) -> Call:
    """The call of an activity in which the person holds one of these roles, or 404; 403 for
    those who may read and not act."""
    of = activity_for(person, edition, activity, tuple(kinds))
    return get_object_or_404(Call.objects.select_related("activity__edition"), activity=of)


def call_or_none(activity: Activity) -> Call | None:
    """The activity's call, if there is one yet; who asks has reached the activity."""
    return Call.objects.select_related("activity__edition").filter(activity=activity).first()


def may_read(person: Person, scope: str) -> bool:
    """True if the person reads applications there."""
    return holds(person, READERS, scope)


def may_run(person: Person, scope: str) -> bool:
    """True if the person may act on the call."""
    return holds(person, RUNNERS, scope)


def application_for(person: Person, edition: str, activity: str, number: str) -> Application:
    """A received application of a call the person reads, or 404."""
    call = call_for(person, edition, activity)
    rows = Application.objects.select_related("call__activity__edition", "person", "imported_in")
    return get_object_or_404(rows.exclude(state=Application.State.DRAFT), call=call, number=number)


def import_for(person: Person, edition: str, activity: str, pk: int) -> ImportBatch:
    """A table that was looked at or taken in, for those who run the call."""
    call = call_for(person, edition, activity, RUNNERS)
    rows = ImportBatch.objects.select_related("call__activity__edition", "file")
    return get_object_or_404(rows, pk=pk, call=call)


def nominations_for(person: Person, call: Call) -> QuerySet[Nomination]:
    """All of the call's for its readers; only its own party's for a partner."""
    rows = nominations_listed().filter(call=call)
    if holds(person, READERS, call.scope):
        return rows
    return rows.filter(party__in=parties_of(person, call.scope))


def nomination_for(person: Person, call: Call, pk: int) -> Nomination:
    """One of ``nominations_for``, or 404."""
    return get_object_or_404(nominations_for(person, call), pk=pk)


def may_withdraw(person: Person, nomination: Nomination) -> bool:
    """True for the party's own partner and for who runs the call."""
    own = nomination.party_id in parties_of(person, nomination.scope)
    return own or may_run(person, nomination.scope)


def nomination_to_withdraw(person: Person, edition: str, activity: str, pk: int) -> Nomination:
    """A nomination the person may take back: its own party's, or any for who runs the call."""
    nomination = nomination_for(person, call_for(person, edition, activity, NOMINATORS), pk)
    if not may_withdraw(person, nomination):
        raise PermissionDenied
    return nomination


def parties_to_nominate_for(person: Person, call: Call) -> QuerySet[Party]:
    """The parties with reserved places for which the person may nominate; 403 for who has none
    and only reads."""
    seated = Party.objects.filter(
        edition_parts__edition_id=call.activity.edition_id, edition_parts__reserved_seats__gt=0
    ).distinct()
    if holds(person, RUNNERS, call.scope):
        return seated
    own = parties_of(person, call.scope)
    if not own:
        raise PermissionDenied
    return seated.filter(pk__in=own)


def edition_to_visit(person: Person, slug: str) -> Edition:
    """An edition whose calls the person may see: readers, and partners in it; else 404."""
    return edition_for(person, slug, NOMINATORS)
