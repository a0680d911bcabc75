"""When a team may be in an edition's country: what its calendar closes, and what it makes dear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from karvan.foundation.places.calendars import Calendar
from karvan.foundation.places.errors import NoWorkingWeek
from karvan.foundation.places.hijri import eid_days, ramadan_spans
from karvan.foundation.places.queries import calendar_of
from karvan.foundation.ui import formats
from karvan.foundation.ui.charts.outlines import outline_of
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.editions.queries import activity_document

CLOSING = 3  # holidays in a row, weekends between them aside, that close a country
EARTH = 6371  # kilometres, its radius
DAYS_OF_A_CAMP = 5  # where no design says
MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Window:
    """Days of a country in which the team may not be there, or would rather not.

    kind: "closed" for examinations and what else is kept clear; "feast" for holidays so many
          that the country closes; "holidays" for fewer, and "ramadan", which only cost.
    """

    kind: Literal["closed", "feast", "holidays", "ramadan"]
    first: date
    last: date
    name: str

    @property
    def key(self) -> str:
        """What it is called in the engine, the same in every language."""
        return f"{self.kind} {self.first.isoformat()}"

    @property
    def is_closed(self) -> bool:
        """True if nothing is held."""
        return self.kind in ("closed", "feast")


def windows_of(edition: Edition, first: date, last: date) -> tuple[Window, ...]:
    """What the edition's calendar says of these days, by date. Four reads; "ramadan" by its name."""
    calendar = calendar_of(edition.country_id, scope=edition.scope)
    found = [
        Window("closed", one.starts_on, one.ends_on, one.name)
        for one in calendar.periods(first, last)
    ]
    found += _holidays(calendar, first, last)
    if _keeps_ramadan(calendar, first, last):
        found += [Window("ramadan", s.start, s.end, "") for s in ramadan_spans(first, last)]
    return tuple(sorted(found, key=lambda one: (one.first, one.last, one.kind)))


def kilometres(country: str, other: str) -> int | None:
    """From the middle of one country to that of the other over the globe; None if not known."""
    here, there = outline_of(country), outline_of(other)
    if here is None or there is None or here.point is None or there.point is None:
        return None
    (east, north), (to_east, to_north) = here.point, there.point
    across, up = radians(to_east - east), radians(to_north - north)
    share = sin(up / 2) ** 2 + cos(radians(north)) * cos(radians(to_north)) * sin(across / 2) ** 2
    return round(2 * EARTH * asin(sqrt(share)))


def days_there(activities: list[Activity]) -> int:
    """Calendar days that the team is there: its activities counted in days, one after another.

    What is counted in weeks goes on without the team.
    """
    days = 0
    for activity in activities:
        duration = activity_document(activity).get("duration", {})
        days += int(duration.get("days") or 0)
    return days or DAYS_OF_A_CAMP


def fixed_day(activities: list[Activity], first: date, last: date) -> date | None:
    """The first day of an edition whose plan is frozen, if it lies on these days."""
    frozen = [one.starts_on for one in activities if one.plan_frozen_at and one.starts_on]
    day = min((day for day in frozen if day), default=None)
    return day if day and first <= day <= last else None


def _holidays(calendar: Calendar, first: date, last: date) -> Iterator[Window]:
    """Holidays with the days off around them, one window each."""
    named = {one.on: one.name for one in calendar.holidays(first, last)}
    run: list[date] = []
    for on in [*sorted(_days_off(calendar, first, last)), date.max]:
        if run and on != run[-1] + timedelta(days=1):
            inside = [day for day in run if day in named]
            if inside:
                titles = list(dict.fromkeys(named[day] for day in inside))
                name = formats.in_a_row(titles[:MOST_NAMED])
                kind: Literal["feast", "holidays"] = (
                    "feast" if len(inside) >= CLOSING else "holidays"
                )
                yield Window(kind, inside[0], inside[-1], name)
            run = []
        run.append(on)


def _days_off(calendar: Calendar, first: date, last: date) -> set[date]:
    try:
        return set(calendar.closed_days(first, last))
    except NoWorkingWeek:
        return {one.on for one in calendar.holidays(first, last)}


def _keeps_ramadan(calendar: Calendar, first: date, last: date) -> bool:
    """Where hours of Ramadan are on record, or a holiday falls on a day of an Eid."""
    if any(hours.kind == "ramadan" for hours in calendar.hours):
        return True
    year_on = last + timedelta(days=365)
    off = {one.on for one in calendar.holidays(first, year_on)}
    return any(
        span.start + timedelta(days=n) in off for span in eid_days(first, year_on) for n in range(3)
    )
