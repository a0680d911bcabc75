"""Planned and actual: what was frozen when the call opened, beside what the register says now.

Actual is read, never entered here. Dates: as recorded. Length: what the design says now and,
once the first and last day are recorded, the days really held: the country's working days from
the first to the last, those two always among them (they were held, whatever the calendar says);
weeks are counted from the dates. Places and partners: as they stand now; who left and why comes
from the records. Budget: what was committed and paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from karvan.foundation import clock
from karvan.foundation.people.queries import names_of_parties
from karvan.foundation.places.calendars import Calendar
from karvan.foundation.places.errors import NoWorkingWeek
from karvan.foundation.places.queries import calendar_of
from karvan.foundation.records.models import Record

from . import comparing, queries
from .budgets import lines_of, row_of
from .comparing import Comparison
from .models import Activity, Departure, Edition, EditionPartner, PlanLine

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """One edition's plan beside what became of it; ``frozen_at`` None where none was frozen."""

    edition: Edition
    frozen_at: datetime | None
    comparisons: tuple[Comparison, ...]

    @property
    def differing(self) -> tuple[Comparison, ...]:
        """What is not as planned, late first."""
        found = [one for one in self.comparisons if one.differs]
        return tuple(sorted(found, key=lambda one: one.mark != "late"))

    @property
    def as_planned(self) -> int:
        """How many are as planned."""
        return sum(one.mark == "kept" for one in self.comparisons)


def partner_key(partner: EditionPartner) -> str:
    """How a plan names a partner for ever: the party's code and its part."""
    return f"{partner.party.code}/{partner.part}"


def planned_and_actual(edition: Edition) -> tuple[Comparison, ...]:
    """Everything that was planned, in the order of the plan, with what became of it."""
    return plan_of(edition).comparisons


def plan_of(edition: Edition) -> Plan:
    """The edition's plan beside what became of it. About ten queries."""
    return plans_of([edition])[0]


def plans_of(editions: Iterable[Edition]) -> list[Plan]:
    """The plans of editions, in their order.

    The number of queries does not grow with the editions, but for two reads of the calendar
    for each edition that has held an activity counted in days.
    """
    return [_plan(edition, sources) for edition, sources in _gathered(list(editions))]


@dataclass(frozen=True, slots=True)
class _Sources:
    """What is read of one edition."""

    lines: tuple[PlanLine, ...]
    activities: tuple[Activity, ...]
    partners: tuple[EditionPartner, ...]
    budget: tuple[Any, ...]
    left: tuple[Record, ...]
    document: Data
    names: Mapping[str, str]

    def line(self, kind: str, key: str = "", activity: Activity | None = None) -> PlanLine | None:
        """The frozen value of this kind, or None."""
        wanted = (kind, key, activity.pk if activity else None)
        return next(
            (one for one in self.lines if (one.kind, one.key, one.activity_id) == wanted), None
        )


def _gathered(editions: list[Edition]) -> Iterator[tuple[Edition, _Sources]]:
    keys = [one.pk for one in editions]
    lines = _by_edition(PlanLine.objects.filter(edition__in=keys))
    activities = _by_edition(Activity.objects.filter(edition__in=keys))
    partners = _by_edition(EditionPartner.objects.filter(edition__in=keys).select_related("party"))
    departures = _by_edition(Departure.objects.filter(edition__in=keys, superseded_at__isnull=True))
    budget = _by_edition(lines_of(editions))
    left: dict[int, list[Record]] = {}
    gone = Record.objects.filter(
        act="partner removed",
        subject_kind=Edition._meta.label_lower,
        subject_id__in=[str(key) for key in keys],
    )
    for one in gone:
        left.setdefault(int(one.subject_id), []).append(one)
    codes = {
        one.key.rpartition("/")[0]
        for listed in lines.values()
        for one in listed
        if one.kind == PlanLine.Kind.PARTNER
    }
    names = names_of_parties(codes)
    for edition in editions:
        key = edition.pk
        yield (
            edition,
            _Sources(
                tuple(lines.get(key, ())),
                tuple(activities.get(key, ())),
                tuple(partners.get(key, ())),
                tuple(row_of(one, edition.programme.currency) for one in budget.get(key, ())),
                tuple(left.get(key, ())),
                queries.with_departures(edition.blueprint.data, departures.get(key, ())),
                names,
            ),
        )


def _by_edition(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.edition_id, []).append(row)
    return found


def _plan(edition: Edition, sources: _Sources) -> Plan:
    frozen = [one.plan_frozen_at for one in sources.activities if one.plan_frozen_at]
    comparisons = [
        *_of_activities(edition, sources),
        *_of_partners(edition, sources),
        *_of_budget(edition, sources),
    ]
    return Plan(edition, min(frozen, default=None), tuple(comparisons))


def _of_activities(edition: Edition, sources: _Sources) -> Iterator[Comparison]:
    today = clock.today()
    calendar: Calendar | None = None
    for activity in sources.activities:
        dates = sources.line(PlanLine.Kind.DATES, activity=activity)
        yield comparing.dates(edition, activity, dates, today)
        if activity.plan_frozen_at is None:
            continue
        design = queries.duration_of(sources.document, activity.code)
        held: int | None = None
        if activity.actual_starts_on and activity.actual_ends_on:
            if "days" in design and calendar is None:
                calendar = calendar_of(edition.country_id, scope=edition.scope)
            held = _held(activity, design, calendar)
        length = sources.line(PlanLine.Kind.LENGTH, activity=activity)
        yield comparing.length(activity, length, design, held)
        places = sources.line(PlanLine.Kind.PLACES, activity=activity)
        yield comparing.places(activity, places)


def _held(activity: Activity, design: Data, calendar: Calendar | None) -> int | None:
    """Days held, or weeks for what is designed in weeks; None where nobody can say."""
    first, last = activity.actual_starts_on, activity.actual_ends_on
    if first is None or last is None:
        return None
    if "weeks" in design or calendar is None:
        return -(-((last - first).days + 1) // 7) if "weeks" in design else None
    try:
        closed = calendar.closed_days(first, last)
    except NoWorkingWeek:
        return None
    return (last - first).days + 1 - sum(on not in (first, last) for on in closed)


def _of_partners(edition: Edition, sources: _Sources) -> Iterator[Comparison]:
    planned = [one for one in sources.lines if one.kind == PlanLine.Kind.PARTNER]
    if not sources.lines:
        return
    present = {partner_key(one): one for one in sources.partners}
    for line in planned:
        party = sources.names.get(line.key.rpartition("/")[0], line.key.rpartition("/")[0])
        left = [one for one in sources.left if _removed_key(one) == line.key]
        yield comparing.partner(party, line, present.get(line.key), left[-1] if left else None)
    for key, partner in present.items():
        if key not in {one.key for one in planned}:
            yield comparing.partner_joined(partner)


def _removed_key(removed: Record) -> str:
    return f"{removed.before.get('party')}/{removed.before.get('part')}"


def _of_budget(edition: Edition, sources: _Sources) -> Iterator[Comparison]:
    if not sources.lines:
        return
    for row in sources.budget:
        line = sources.line(PlanLine.Kind.BUDGET, row.line.code)
        yield comparing.budget(edition, row, line)
