"""Ask about a country's weeks, holidays and calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import get_language

from karvan.foundation import clock
from karvan.foundation.records.models import Record

from .calendars import Calendar, Holiday
from .models import ClosedPeriod, Country, HolidayNote, WorkingHours, WorkingWeek
from .public_holidays import library_weekend
from .tables import first_days

MONDAY = 1


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A country whose rest days we and the holidays library state differently (ISO weekdays)."""

    country: str
    ours: tuple[int, ...]
    library: tuple[int, ...]
    note: str


def calendar_of(
    country: Country | str, *, language: str | None = None, scope: str = ""
) -> Calendar:
    """A country's calendar with what holds for the whole country and for ``scope``.

    An edition's own week goes before the country's. ``language`` names the holidays;
    the active language when left out. Four reads.
    """
    code = country if isinstance(country, str) else country.code
    here = {"country_id": code, "scope__in": around(scope)}
    return Calendar(
        country=code,
        language=(language or get_language() or "en").split("-")[0],
        weeks=tuple(WorkingWeek.objects.filter(**here)),
        notes=tuple(HolidayNote.objects.filter(**here)),
        closed_periods=tuple(ClosedPeriod.objects.filter(**here)),
        hours=tuple(WorkingHours.objects.filter(**here)),
    )


def overrides_in(scope: str) -> QuerySet[Record]:
    """The acts by which somebody said of one scope what its calendar is."""
    kinds = (WorkingWeek, WorkingHours, HolidayNote, ClosedPeriod)
    return Record.objects.filter(
        scope=scope, subject_kind__in=[kind._meta.label_lower for kind in kinds]
    )


def around(scope: str) -> tuple[str, ...]:
    """A scope and those around it, the whole country ("") first."""
    parts = scope.split("/") if scope else []
    return ("", *("/".join(parts[: count + 1]) for count in range(len(parts))))


def working_week(country: Country | str, on: date, scope: str = "") -> WorkingWeek:
    """The working week valid in a country on a date, or in one edition there. One read.

    Raises:
        NoWorkingWeek: none is written down for that date.
    """
    code = country if isinstance(country, str) else country.code
    weeks = WorkingWeek.objects.filter(country_id=code, scope__in=around(scope))
    return Calendar(code, "en", tuple(weeks)).week(on)


def holidays_between(
    country: Country | str, start: date, end: date, language: str, scope: str = ""
) -> tuple[Holiday, ...]:
    """A country's holidays from ``start`` to ``end``, both included, by date. Four reads.

    The library suggests, notes decide. Whole country only: holidays of a province
    are added by a note. A holiday that is neither confirmed nor certain is ``estimated``.
    """
    return calendar_of(country, language=language, scope=scope).holidays(start, end)


def is_working_day(country: Country | str, on: date, scope: str = "") -> bool:
    """True if people work there on that date; a half day counts. Four reads."""
    return calendar_of(country, scope=scope).is_working_day(on)


def next_working_day(country: Country | str, on: date, scope: str = "") -> date:
    """The first working day on or after ``on``. Four reads."""
    return calendar_of(country, scope=scope).next_working_day(on)


def first_day_of_week(country: Country | str) -> int:
    """The ISO weekday that calendars there print first (Monday is 1, also where none is on file).

    From CLDR. For layout and for counting weeks only: it says nothing about which days are worked.
    """
    code = country if isinstance(country, str) else country.code
    return first_days().get(code, MONDAY)


def check_weeks_against_library(on: date | None = None) -> tuple[Disagreement, ...]:
    """The countries where our rest days differ from the holidays library's, by code.

    Nothing is chosen here: a person reads the list and corrects one side. ``on`` is
    today when left out; the library knows only its present weekends. One read.
    """
    asked = on or clock.today()
    weeks: dict[str, list[WorkingWeek]] = {}
    for week in WorkingWeek.objects.filter(scope="").order_by("country_id"):
        weeks.setdefault(week.country_id, []).append(week)
    found: list[Disagreement] = []
    for code, known in weeks.items():
        week = Calendar(code, "en", tuple(known)).week(asked)
        ours = frozenset(range(1, 8)) - frozenset(week.workdays)
        theirs = library_weekend(code)
        if ours != theirs:
            found.append(Disagreement(code, tuple(sorted(ours)), tuple(sorted(theirs)), week.note))
    return tuple(found)
