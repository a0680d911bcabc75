"""Propose dates for an activity in a country's own calendar, and say why these.

The search walks the calendar day by day from the earliest date and takes the first
span that keeps every rule, so there is no earlier one. Where none exists it says
which rule to give up, and what date that would bring.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .calendars import Calendar, Holiday, days
from .hijri import HijriSpan, eid_days, ramadan_spans

REACH_DAYS = 550  # a year and a half: past every Ramadan and every yearly feast


@dataclass(frozen=True, slots=True)
class Proposal:
    """Dates and the reasons for them, in words fit to show.

    days: the working days, first to last; () where no span was found, then ``start``
        and ``end`` are None and the reasons say what stands in the way.
    reasons: in order of time, what pushed the start and what to check.
    """

    start: date | None
    end: date | None
    days: tuple[date, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a span has to keep, with everything looked up once."""

    calendar: Calendar
    count: int
    contiguous: bool
    holidays: dict[date, Holiday]
    kept_free: tuple[HijriSpan, ...]
    last: date


def propose_span(
    calendar: Calendar,
    earliest: date,
    working_days: int,
    avoid_ramadan: bool = True,
    contiguous: bool = True,
) -> Proposal:
    """The earliest span of ``working_days`` working days on or after ``earliest``.

    Args:
        avoid_ramadan: keep clear of Ramadan and of both Eids, as calculated.
        contiguous: no holiday inside; and no weekend inside either, where the days
            fit into one working week. False takes the next working days as they come.

    Raises:
        ValueError: fewer than 1 day, or dates outside the Islamic tables (to 2077).
        NoWorkingWeek: the country has no week written down.

    Cost: no reads; about 10 ms for the first call of a country (its holidays).
    """
    if working_days < 1:
        raise ValueError(f"at least 1 working day must be asked for, got {working_days}")
    rules = _rules(calendar, earliest, working_days, avoid_ramadan, contiguous)
    blocked: dict[str, None] = {}  # a set that keeps the order of time
    for start in days(earliest, rules.last):
        found, why = _span_from(start, rules)
        if found:
            return Proposal(found[0], found[-1], found, (*blocked, *_to_check(found, rules)))
        blocked.setdefault(why)
    return Proposal(None, None, (), (*_asked(rules), *_relaxed(rules, earliest, avoid_ramadan)))


def _rules(
    calendar: Calendar, earliest: date, count: int, avoid_ramadan: bool, contiguous: bool
) -> _Rules:
    last = earliest + timedelta(days=REACH_DAYS)
    end = last + timedelta(days=count * 7 + 14)
    kept_free = (*ramadan_spans(earliest, end), *eid_days(earliest, end)) if avoid_ramadan else ()
    holidays = {one.on: one for one in calendar.holidays(earliest - timedelta(days=2), end)}
    return _Rules(calendar, count, contiguous, holidays, tuple(kept_free), last)


def _span_from(start: date, rules: _Rules) -> tuple[tuple[date, ...], str]:
    """The span that begins on ``start`` and "", or () and what is in its way."""
    found: list[date] = []
    unbroken = rules.contiguous and rules.count <= _longest_run(rules.calendar, start)
    on = start
    while len(found) < rules.count:
        feast = next((span for span in rules.kept_free if on in span), None)
        if feast:
            return (), _kept_free(feast)
        holiday = rules.holidays.get(on)
        worked = rules.calendar.in_week(on)
        if holiday and (worked or not found) and (rules.contiguous or not found):
            return (), _holiday_text(holiday)
        if not worked and (unbroken or not found):
            return (), _("Weekends there are kept free.")
        if worked and not holiday:
            found.append(on)
        on += timedelta(days=1)
        if (on - start).days > rules.count * 7 + 14:
            return (), _("There are too few working days in a row.")
    return tuple(found), ""


def _longest_run(calendar: Calendar, on: date) -> int:
    """How many days of the week valid then are worked one after another."""
    worked = set(calendar.week(on).workdays)
    best = run = 0
    for offset in range(14):  # twice round, so that a run over Sunday is seen whole
        run = run + 1 if offset % 7 + 1 in worked else 0
        best = max(best, run)
    return min(best, 7)


def _to_check(found: tuple[date, ...], rules: _Rules) -> Iterator[str]:
    """What a person should look at again before the dates are promised."""
    start, end = found[0], found[-1]
    yield _("%(count)s working days, %(start)s to %(end)s.") % {
        "count": rules.count,
        "start": _day(start),
        "end": _day(end),
    }
    near = timedelta(days=2)
    for on, holiday in rules.holidays.items():
        if holiday.estimated and start - near <= on <= end + near:
            yield _("%(name)s, estimated for %(day)s, may move into these days.") % {
                "name": holiday.name,
                "day": _day(on),
            }
    halves = [on for on in found if on.isoweekday() in rules.calendar.week(on).half_days]
    if halves:
        yield _("Half days among them: %(days)s.") % {"days": ", ".join(map(_day, halves))}


def _asked(rules: _Rules) -> Iterator[str]:
    yield _("No %(count)s working days before %(last)s keep all of these rules together.") % {
        "count": rules.count,
        "last": _day(rules.last),
    }


def _relaxed(rules: _Rules, earliest: date, avoid_ramadan: bool) -> Iterator[str]:
    """For each rule that could be given up, the date that this would bring."""
    ways = []
    if avoid_ramadan:
        ways.append((_("Working through Ramadan"), False, rules.contiguous))
    if rules.contiguous:
        ways.append((_("Letting holidays interrupt it"), avoid_ramadan, False))
    if avoid_ramadan and rules.contiguous:
        ways.append((_("Both together"), False, False))
    for name, keep_free, contiguous in ways:
        looser = _rules(rules.calendar, earliest, rules.count, keep_free, contiguous)
        starts = (_span_from(on, looser)[0] for on in days(earliest, looser.last))
        first = next((found for found in starts if found), None)
        if first:
            yield _("%(way)s would allow %(start)s to %(end)s.") % {
                "way": name,
                "start": _day(first[0]),
                "end": _day(first[-1]),
            }


def _kept_free(span: HijriSpan) -> str:
    names = {
        "ramadan": _("Ramadan"),
        "eid_al_fitr": _("Eid al-Fitr"),
        "eid_al_adha": _("Eid al-Adha"),
    }
    return _("%(feast)s %(year)s is kept free: %(start)s to %(end)s, calculated.") % {
        "feast": names[span.kind],
        "year": span.year,
        "start": _day(span.start),
        "end": _day(span.end),
    }


def _holiday_text(holiday: Holiday) -> str:
    words = {"name": holiday.name, "day": _day(holiday.on)}
    if holiday.estimated:
        return _("%(name)s on %(day)s is kept free; the date is estimated.") % words
    return _("%(name)s on %(day)s is kept free.") % words


def _day(on: date) -> str:
    return date_format(on, "DATE_FORMAT")
