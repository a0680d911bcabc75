"""A country's calendar: which days are worked, which are not, and why.

A ``Calendar`` holds what was read from the database once and answers without asking
again; ``queries.calendar_of`` makes one with four reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from babel import Locale
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .errors import NoWorkingWeek
from .models import ClosedPeriod, HolidayNote, WorkingHours, WorkingWeek
from .public_holidays import SOURCE, suggestions, worked_instead

SEARCHED_DAYS = 800  # how far a search for a working day goes before it gives up


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day off work. ``estimated`` until the moon or a person settles it.

    confirmed: somebody of the programme said that this date holds.
    observed: the day off stands in place of another, which is ``instead_of`` where known.
    source: the library with its version, or the reason somebody gave.
    """

    on: date
    name: str
    estimated: bool
    confirmed: bool
    source: str
    observed: bool = False
    instead_of: date | None = None

    @property
    def title(self) -> str:
        """The name, and whether the day off only stands in place of another."""
        if self.observed:
            return _("%(name)s (observed)") % {"name": self.name}
        return self.name


@dataclass(frozen=True)
class Calendar:
    """The working time of one country, with the notes that hold in one scope."""

    country: str
    language: str
    weeks: tuple[WorkingWeek, ...]
    notes: tuple[HolidayNote, ...] = ()
    closed_periods: tuple[ClosedPeriod, ...] = ()
    hours: tuple[WorkingHours, ...] = ()

    def week(self, on: date) -> WorkingWeek:
        """The working week valid on a date: the narrowest scope's, then the one that began last.

        Raises:
            NoWorkingWeek: none is written down. It is never guessed.
        """
        valid = [
            week
            for week in self.weeks
            if (week.valid_from is None or week.valid_from <= on)
            and (week.valid_to is None or on <= week.valid_to)
        ]
        if not valid:
            raise NoWorkingWeek(
                _("No working week is known for %(country)s on %(date)s. Enter one first.")
                % {
                    "country": Locale.parse(self.language).territories.get(
                        self.country, self.country
                    ),
                    "date": date_format(on, "DATE_FORMAT"),
                }
            )
        return max(valid, key=lambda week: (len(week.scope), week.valid_from or date.min))

    def holidays(self, start: date, end: date) -> tuple[Holiday, ...]:
        """The holidays from ``start`` to ``end``, both included, by date, notes applied.

        A note of the narrower scope beats one for the whole country.
        """
        found = {
            one.on: Holiday(
                one.on, one.name, one.estimated, False, SOURCE, one.observed, one.instead_of
            )
            for year in range(start.year, end.year + 1)
            for one in suggestions(self.country, year, self.language)
        }
        for note in sorted(self.notes, key=lambda note: len(note.scope)):
            if note.kind == HolidayNote.Kind.REMOVED:
                found.pop(note.on, None)
            else:
                found[note.on] = _noted(note, found.get(note.on))
        return tuple(found[on] for on in sorted(found) if start <= on <= end)

    def years_without_holidays(self, start: date, end: date) -> tuple[int, ...]:
        """The years touched for which no holiday at all is on file: nobody has looked yet."""
        noted = {note.on.year for note in self.notes}
        return tuple(
            year
            for year in range(start.year, end.year + 1)
            if year not in noted and not suggestions(self.country, year, self.language)
        )

    def closed_days(self, start: date, end: date) -> dict[date, str]:
        """Each day off from ``start`` to ``end`` with its reason: a weekday's name or a holiday's.

        Half days are worked, so they are not here; see ``half_days``.
        """
        named = {holiday.on: holiday.title for holiday in self.holidays(start, end)}
        closed: dict[date, str] = {}
        for on in days(start, end):
            if on in named:
                closed[on] = named[on]
            elif not self.in_week(on):
                closed[on] = _("%(weekday)s, not a working day") % {
                    "weekday": WEEKDAYS[on.weekday()]
                }
        return closed

    def half_days(self, start: date, end: date) -> tuple[date, ...]:
        """The worked days from ``start`` to ``end`` that end early, such as Fridays in the Emirates."""
        closed = self.closed_days(start, end)
        return tuple(
            on
            for on in days(start, end)
            if on not in closed and on.isoweekday() in self.week(on).half_days
        )

    def worked_instead(self, start: date, end: date) -> tuple[date, ...]:
        """Days of rest that a decree made working days, as the library knows; for showing only.

        They stay days of rest here: whoever plans an activity may use them, nothing proposes them.
        """
        years = range(start.year, end.year + 1)
        known = (on for year in years for on in worked_instead(self.country, year))
        return tuple(on for on in known if start <= on <= end)

    def periods(self, start: date, end: date) -> tuple[ClosedPeriod, ...]:
        """The closed periods that touch ``start`` to ``end``, in order of time."""
        touched = (one for one in self.closed_periods if one.starts_on <= end)
        return tuple(one for one in touched if one.ends_on >= start)

    def in_week(self, on: date) -> bool:
        """True if the weekday is worked, holidays apart."""
        return on.isoweekday() in self.week(on).workdays

    def is_working_day(self, on: date) -> bool:
        """True if people work on this date; a half day counts."""
        return self.in_week(on) and not self.holidays(on, on)

    def next_working_day(self, on: date) -> date:
        """The first working day on or after ``on``."""
        return self.working_days(on, 1)[0]

    def working_days(self, start: date, count: int) -> tuple[date, ...]:
        """The first ``count`` working days on or after ``start``.

        Raises:
            ValueError: ``count`` is less than 1, or the days are not found within reach
                (800 days, or a week for each day asked for).
        """
        if count < 1:
            raise ValueError(f"at least 1 working day must be asked for, got {count}")
        found: list[date] = []
        end = start + timedelta(days=max(SEARCHED_DAYS, count * 7))
        closed = {holiday.on for holiday in self.holidays(start, end)}
        for on in days(start, end):
            if on not in closed and self.in_week(on):
                found.append(on)
                if len(found) == count:
                    return tuple(found)
        raise ValueError(
            f"{self.country} has fewer than {count} working days from {start} to {end}"
        )


def days(start: date, end: date) -> Iterator[date]:
    """Each date from ``start`` to ``end``, both included."""
    for offset in range((end - start).days + 1):
        yield start + timedelta(days=offset)


def _noted(note: HolidayNote, known: Holiday | None) -> Holiday:
    name = note.name or (known.name if known else _("Holiday"))
    observed = bool(known and known.observed and note.kind == HolidayNote.Kind.CONFIRMED)
    instead_of = known.instead_of if known and observed else None
    return Holiday(note.on, name, False, True, note.reason, observed, instead_of)
