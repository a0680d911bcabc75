"""What the register holds of the programmes that promises name, read in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q

from karvan.stages.agreements.models import Commitment
from karvan.stages.editions.models import Activity, Departure, Edition
from karvan.stages.timetables.models import Placement, Timetable
from karvan.stages.ventures.models import Final, FinalEntry


@dataclass(frozen=True, slots=True)
class Happenings:
    """Editions with their activities and departures in time, finals, days with sessions.

    finals:       by edition, the earliest common final it sent ventures to.
    session_days: by activity, the local days on which its published timetable has a session.
    """

    editions: tuple[Edition, ...]
    finals: dict[int, Final]
    session_days: dict[int, frozenset[date]]

    def of_programme(self, code: object, country: object = None) -> list[Edition]:
        """The programme's editions that were not cancelled, in one country or in all."""
        return [
            one
            for one in self.editions
            if one.programme.code == code
            and one.state != Edition.State.CANCELLED
            and country in (None, "", one.country_id)
        ]

    def linked_to(self, commitment: Commitment) -> list[Edition]:
        """The editions a person has said to fulfil the commitment."""
        wanted = {one.edition_id for one in commitment.fulfilments.all()}
        return [
            one
            for one in self.editions
            if one.pk in wanted and one.state != Edition.State.CANCELLED
        ]

    def cancelled_of(self, code: object, country: object = None) -> list[Edition]:
        """The programme's editions that were cancelled."""
        return [
            one
            for one in self.editions
            if one.programme.code == code
            and one.state == Edition.State.CANCELLED
            and country in (None, "", one.country_id)
        ]

    def days_held(self, activity: Activity) -> int | None:
        """On how many days it was held: those with a session, else all from first to last."""
        first, last = activity.actual_starts_on, activity.actual_ends_on
        if first is None or last is None:
            return None
        days = self.session_days.get(activity.pk, frozenset())
        within = [day for day in days if first <= day <= last]
        return len(within) or (last - first).days + 1


def happenings_for(commitments: Sequence[Commitment]) -> Happenings:
    """All that the terms of these commitments can be compared with. Five queries at most.

    The commitments' fulfilments must have been prefetched.
    """
    codes = {str(one.terms["programme"]) for one in commitments if one.terms.get("programme")}
    linked = {link.edition_id for one in commitments for link in one.fulfilments.all()}
    if not codes and not linked:
        return Happenings((), {}, {})
    # Those superseded too: what was held was held under the departures of its day.
    standing = Departure.objects.filter(path__startswith="activities.", path__contains=".duration")
    standing = standing.select_related("carried_from").order_by("made_at", "pk")
    editions = tuple(
        Edition.objects.filter(Q(programme__code__in=codes) | Q(pk__in=linked))
        .select_related("programme", "country")
        .prefetch_related("activities", Prefetch("departures", standing, to_attr="durations"))
        .order_by("pk")
    )
    return Happenings(editions, _finals(editions), _session_days(editions))


def _finals(editions: Iterable[Edition]) -> dict[int, Final]:
    entries = (
        FinalEntry.objects.filter(venture__team__edition__in=[one.pk for one in editions])
        .select_related("final", "venture__team")
        .order_by("-final__starts_on", "pk")
    )
    return {entry.venture.team.edition_id: entry.final for entry in entries}


def _session_days(editions: Iterable[Edition]) -> dict[int, frozenset[date]]:
    found: dict[int, set[date]] = defaultdict(set)
    rows = Placement.objects.filter(
        timetable__state=Timetable.State.PUBLISHED,
        timetable__activity__edition__in=[one.pk for one in editions],
        session__is_cancelled=False,
    ).values_list("timetable__activity_id", "starts_at", "timetable__activity__edition__time_zone")
    for activity, starts_at, zone in rows.order_by():
        found[activity].add(starts_at.astimezone(ZoneInfo(zone)).date())
    return {activity: frozenset(days) for activity, days in found.items()}
