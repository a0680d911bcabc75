"""An edition's calendar month by month: each day with its marks, each mark also said in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_skeleton
from babel.lists import format_list
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.places.calendars import Calendar, Holiday, days
from karvan.foundation.places.errors import NoWorkingWeek
from karvan.foundation.places.hijri import eid_days, ramadan_spans
from karvan.foundation.places.spans import feast_name
from karvan.foundation.places.zones import ZoneChange, offset_in_words, zone_changes
from karvan.foundation.ui import formats

from .models import Activity
from .schedule import span_of

# The shapes of ``calendar.svg`` with the word of each, in the order of the key.
KINDS: dict[str, str | Promise] = {
    "activity": gettext_lazy("activity"),
    "holiday": gettext_lazy("holiday"),
    "observed": gettext_lazy("observed day off"),
    "feast": gettext_lazy("Eid, calculated"),
    "ramadan": gettext_lazy("Ramadan, calculated"),
    "closed": gettext_lazy("kept clear"),
    "half": gettext_lazy("half day"),
    "swapped": gettext_lazy("worked instead of another day"),
    "clock": gettext_lazy("clocks change"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that lies on days ``start`` to ``end``: its shape, and what it is in words."""

    kind: str
    start: date
    end: date
    text: str

    @property
    def word(self) -> str:
        return f"{KINDS[self.kind]}"

    @property
    def when(self) -> str:
        """The day, or the first and the last, in short: "Fri, 1 Jan"."""
        if self.start == self.end:
            return _short(self.start)
        words = {"first": _short(self.start), "last": _short(self.end)}
        return _("%(first)s to %(last)s") % words


@dataclass(frozen=True, slots=True)
class Day:
    """One cell; ``is_rest`` is None where no week is on record."""

    on: date
    is_rest: bool | None
    is_today: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month in the country's own order of the week, and what lies in it in words."""

    title: str
    weeks: tuple[tuple[Day | None, ...], ...]
    said: tuple[Mark, ...]


def months_shown(
    calendar: Calendar,
    activities: Iterable[Activity],
    zone: str,
    first: date,
    count: int,
    first_weekday: int,
    today: date,
) -> list[Month]:
    """``count`` months from the one of ``first`` on. ``first_weekday`` is an ISO weekday.

    Cost: no reads; some milliseconds a month.
    """
    last = last_day(first, count)
    marks = sorted(
        marks_between(calendar, activities, zone, first, last), key=lambda one: (one.start, one.end)
    )
    return [
        _month(calendar, marks, month_after(first, number), first_weekday, today)
        for number in range(count)
    ]


def marks_between(
    calendar: Calendar, activities: Iterable[Activity], zone: str, first: date, last: date
) -> Iterator[Mark]:
    """All that is to be known of the days from ``first`` to ``last``."""
    for activity in activities:
        start, end = span_of(activity)
        if start and start <= last and (end or start) >= first:
            yield Mark("activity", start, end or start, str(activity))
    for holiday in calendar.holidays(first, last):
        kind = "observed" if holiday.observed else "holiday"
        yield Mark(kind, holiday.on, holiday.on, holiday_in_words(holiday))
    for span in (*ramadan_spans(first, last), *eid_days(first, last)):
        words = {"feast": feast_name(span.kind), "year": span.year}
        text = _("%(feast)s %(year)s, calculated") % words
        yield Mark("ramadan" if span.kind == "ramadan" else "feast", span.start, span.end, text)
    for period in calendar.periods(first, last):
        yield Mark("closed", period.starts_on, period.ends_on, period.name)
    for on in calendar.worked_instead(first, last):
        yield Mark("swapped", on, on, _("worked by decree, in place of another day"))
    for change in zone_changes(zone, first, last):
        on = change.clock_before.date()
        yield Mark("clock", on, on, change_in_words(change))


def holiday_in_words(holiday: Holiday) -> str:
    """The holiday's name with all that is not plain about it."""
    words = holiday.title
    if holiday.instead_of:
        moved = {"name": holiday.name, "day": formats.date_in_words(holiday.instead_of)}
        words = _("%(name)s, moved from %(day)s") % moved
    if holiday.estimated:
        words = _("%(name)s, estimated") % {"name": words}
    elif holiday.confirmed:
        words = _("%(name)s, confirmed") % {"name": words}
    return words


def change_in_words(change: ZoneChange) -> str:
    """Which way the clocks go, when by the clock of the place, and the offsets."""
    minutes = abs(int((change.after - change.before).total_seconds())) // 60
    words = {
        "time": formats.time_in_words(change.clock_before),
        "minutes": minutes,
        "before": offset_in_words(change.before),
        "after": offset_in_words(change.after),
    }
    if change.is_forward:
        return _("Clocks go forward %(minutes)s minutes at %(time)s: %(before)s becomes %(after)s.") % words  # fmt: skip
    return (
        _("Clocks go back %(minutes)s minutes at %(time)s: %(before)s becomes %(after)s.") % words
    )


def weekdays_in_words(numbers: Iterable[int], first_weekday: int) -> str:
    """Weekdays by name, in the country's own order: "Sunday, Monday, Tuesday"."""
    names = formats.locale_of().days["stand-alone"]["wide"]
    wanted = sorted(numbers, key=lambda day: (day - first_weekday) % 7)
    return format_list([names[day - 1] for day in wanted], locale=formats.locale_of())


def weekday_heads(first_weekday: int) -> list[tuple[str, str]]:
    """The seven days in order, each as its short name and its whole one."""
    days_of = formats.locale_of().days["stand-alone"]
    order = [(first_weekday - 1 + offset) % 7 for offset in range(7)]
    return [(days_of["short"][day], days_of["wide"][day]) for day in order]


def month_after(first: date, number: int) -> date:
    """The first day of the month ``number`` months later, or earlier."""
    total = first.year * 12 + first.month - 1 + number
    return date(total // 12, total % 12 + 1, 1)


def last_day(first: date, count: int) -> date:
    """The last day of the last of ``count`` months."""
    return month_after(first, count) - timedelta(days=1)


def _month(
    calendar: Calendar, marks: list[Mark], first: date, first_weekday: int, today: date
) -> Month:
    last = last_day(first, 1)
    said = tuple(one for one in marks if one.start <= last and one.end >= first)
    cells: list[Day | None] = [None] * ((first.isoweekday() - first_weekday) % 7)
    cells += [_day(calendar, on, said, today) for on in days(first, last)]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))
    return Month(format_skeleton("yMMMM", first, locale=formats.locale_of()), weeks, said)


def _day(calendar: Calendar, on: date, said: tuple[Mark, ...], today: date) -> Day:
    marks = [one for one in said if one.start <= on <= one.end]
    is_rest = None
    try:
        is_rest = not calendar.in_week(on)
        if not is_rest and on.isoweekday() in calendar.week(on).half_days:
            marks.append(Mark("half", on, on, _("half day")))
    except NoWorkingWeek:
        pass
    return Day(on, is_rest, on == today, tuple(marks))


def _short(on: date) -> str:
    return format_skeleton("MMMEd", on, locale=formats.locale_of())
