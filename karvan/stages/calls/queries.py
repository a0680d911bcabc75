"""Named reads of calls, applications and nominations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.dateparse import parse_datetime

from karvan.foundation.people.models import Party
from karvan.foundation.records.models import Record
from karvan.foundation.records.queries import history_of
from karvan.foundation.texts import fold
from karvan.stages.editions.models import Edition, EditionPartner

from .models import Application, Call, ImportBatch, Nomination
from .receipts import read_number

SENT = (Application.State.SUBMITTED, Application.State.INELIGIBLE)


def open_calls(at: datetime) -> QuerySet[Call]:
    """Published calls whose door has not shut, those soonest due first."""
    return (
        Call.objects.filter(state=Call.State.PUBLISHED, closes_at__gt=at)
        .select_related("activity__edition__programme", "activity__edition__country")
        .defer("form")
        .order_by("advertised_deadline", "pk")
    )


def calls_of(edition: Edition) -> QuerySet[Call]:
    """The calls of an edition with how many were sent and how many are eligible."""
    return (
        Call.objects.filter(activity__edition=edition)
        .select_related("activity__edition")
        .defer("form")
        .annotate(
            sent_count=Count("applications", filter=Q(applications__state__in=SENT)),
            eligible_count=Count("applications", filter=Q(applications__state="submitted")),
        )
        .order_by("activity__position", "activity__code")
    )


def eligible_applications(call: Call) -> QuerySet[Application]:
    """The sent applications of those who may take part."""
    return call.applications.filter(state=Application.State.SUBMITTED).order_by("number")


def received_applications(call: Call) -> QuerySet[Application]:
    """Everything that was ever sent, without its answers: drafts are their owners' alone."""
    return (
        call.applications.exclude(state=Application.State.DRAFT)
        .exclude(number=None)
        .defer("answers", "attributes", "refusals")
    )


def search_applications(rows: QuerySet[Application], words: str) -> QuerySet[Application]:
    """Those with this number, or whose name or team has every word, however it is typed."""
    number = read_number(words)
    if number:
        return rows.filter(number=number)
    for word in fold(words).split():
        rows = rows.filter(
            Q(search_key__contains=word) | Q(email__contains=word) | Q(number__icontains=word)
        )
    return rows


def funnel(call: Call) -> dict[str, int]:
    """How many applications are in each state, and how many were begun; one query."""
    counted = dict(call.applications.order_by().values_list("state").annotate(count=Count("pk")))
    by_state = {str(state): counted.get(state, 0) for state in Application.State.values}
    return {"begun": sum(by_state.values()), **by_state}


def twins(call: Call) -> Q:
    """A filter for sent applications that share a name and birth date, an address or a
    telephone with another of the call. Costs three queries of keys."""
    return (
        Q(identity_key__in=_shared(call, "identity_key"))
        | Q(phone_key__in=_shared(call, "phone_key"))
        | Q(email__in=_addresses_twice(call))
    )


def twin_groups(call: Call) -> list[dict[str, Any]]:
    """Applications that may be one person's, side by side: ``why`` and ``rows``.

    Withdrawn ones are left out. Cost: five queries.
    """
    rows = list(
        call.applications.filter(twins(call), state__in=SENT)
        .defer("answers", "refusals")
        .prefetch_related("members")
        .order_by("submitted_at", "pk")
    )
    groups = []
    for why, keys_of in _MEETINGS.items():
        met: dict[str, list[Application]] = {}
        for row in rows:
            for key in keys_of(row) - {""}:
                met.setdefault(key, []).append(row)
        groups += [{"why": why, "rows": listed} for listed in met.values() if len(listed) > 1]
    return groups


def deadline_moves(call: Call) -> QuerySet[Record]:
    """When and why the deadline was moved, newest first."""
    return history_of(call).filter(act="moved_deadline").order_by("-number")


@dataclass(frozen=True, slots=True)
class DeadlineMove:
    """A deadline that was moved: when, why, and what it was until then (None if it was not noted)."""

    at: datetime
    reason: str
    deadline_before: datetime | None


def deadlines_before(call: Call) -> list[DeadlineMove]:
    """The last three moves of the deadline, newest first, each with the date it had before."""
    return [
        DeadlineMove(move.at, move.reason, parse_datetime(str(move.before.get("deadline", ""))))
        for move in deadline_moves(call)[:3]
    ]


def unfinished_drafts(at: datetime, *, ahead: timedelta) -> QuerySet[Application]:
    """Drafts with an address whose call's deadline comes within ``ahead`` of ``at``."""
    return Application.objects.filter(
        state=Application.State.DRAFT,
        call__state=Call.State.PUBLISHED,
        call__advertised_deadline__gt=at,
        call__advertised_deadline__lte=at + ahead,
    ).exclude(email="")


def imports_of(call: Call) -> QuerySet[ImportBatch]:
    """Tables looked at or taken in, newest first."""
    return call.imports.select_related("file", "made_by")


def nominations_listed() -> QuerySet[Nomination]:
    """Nominations with party and application, newest first."""
    return Nomination.objects.select_related(
        "party", "made_by", "application", "call__activity__edition"
    ).defer("application__answers", "call__form")


def seats_of(call: Call, parties: QuerySet[Party]) -> list[dict[str, Any]]:
    """For each party its reserved places here and how many of them are used; three queries."""
    reserved = dict(
        EditionPartner.objects.filter(edition_id=call.activity.edition_id, party__in=parties)
        .order_by()
        .values_list("party")
        .annotate(seats=Sum("reserved_seats"))
    )
    used = dict(
        call.nominations.exclude(state=Nomination.State.WITHDRAWN)
        .order_by()
        .values_list("party")
        .annotate(count=Count("pk"))
    )
    return [
        {"party": party, "seats": reserved.get(party.pk, 0), "used": used.get(party.pk, 0)}
        for party in parties
    ]


def _shared(call: Call, field: str) -> list[str]:
    """The values of a key that more than one sent application of the call has."""
    sent = call.applications.filter(state__in=SENT).exclude(**{field: ""}).order_by()
    counted = sent.values(field).annotate(count=Count("pk")).filter(count__gt=1)
    return list(counted.values_list(field, flat=True))


def _addresses_twice(call: Call) -> list[str]:
    """Applicants' addresses that also stand among another team's members, or twice as a member.

    Two applicants cannot share one: the database refuses it.
    """
    members = (
        Application.objects.filter(call=call, state__in=SENT)
        .exclude(members__email="")
        .exclude(members__email=None)
        .order_by()
        .values_list("members__email", "pk", "email")
    )
    seen: dict[str, set[int]] = {}
    for address, pk, _own in members:
        seen.setdefault(address, set()).add(pk)
    own = call.applications.filter(email__in=list(seen), state__in=SENT).values_list("email", "pk")
    for address, pk in own:
        seen[address].add(pk)
    twice = [address for address, keys in seen.items() if len(keys) > 1]
    holders = {pk for address in twice for pk in seen[address]}
    rows = call.applications.filter(pk__in=holders).values_list("email", flat=True)
    return sorted(set(rows) - {""})


_MEETINGS: Mapping[str, Callable[[Application], set[str]]] = {
    "identity": lambda row: {row.identity_key},
    "phone": lambda row: {row.phone_key},
    "email": lambda row: {row.email, *(member.email for member in row.members.all())},
}
