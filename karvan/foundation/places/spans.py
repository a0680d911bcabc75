"""Propose dates for an activity in a country's own calendar, and say why these.

The search walks the calendar day by day from the earliest date and takes the first
span that keeps every rule, so there is no earlier one. Where none exists it says
which rule to give up, and what date that would bring.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .calendars import Calendar, Holiday, days
from .hijri import EventKind, HijriSpan, eid_days, ramadan_spans
from .models import ClosedPeriod

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
class BusySpan:
    """Days that cannot be used, and why, in words: "Dr Aliyeva teaches in Jordan".

    Raises:
        ValueError: it ends before it begins.
    """

    start: date
    end: date
    why: str

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a busy span must begin before it ends, got {self.start} {self.end}")


@dataclass(frozen=True, slots=True)
class _KeptFree:
    """Days that the span may not touch, with the words that say so."""

    start: date
    end: date
    words: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for, as far as it can be given up again."""

    ramadan: bool
    contiguous: bool
    periods: bool
    busy: tuple[BusySpan, ...]


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a span has to keep, with everything looked up once."""

    calendar: Calendar
    count: int
    contiguous: bool
    holidays: dict[date, Holiday]
    kept_free: tuple[_KeptFree, ...]
    last: date


def propose_span(
    calendar: Calendar,
    earliest: date,
    working_days: int,
    avoid_ramadan: bool = True,
    contiguous: bool = True,
    *,
    busy: Sequence[BusySpan] = (),
) -> Proposal:
    """The earliest span of ``working_days`` working days on or after ``earliest``.

    It keeps clear of the calendar's closed periods, such as examinations.

    Args:
        avoid_ramadan: keep clear of Ramadan and of both Eids, as calculated.
        contiguous: no holiday inside; and no weekend inside either, where the days
            fit into one working week. False takes the next working days as they come.
        busy: days to keep clear of as well, such as those on which a trainer who travels
            teaches in another edition; the reasons give its words.

    Raises:
        ValueError: fewer than 1 day, or dates outside the Islamic tables (to 2077).
        NoWorkingWeek: the country has no week written down.

    Cost: no reads; about 10 ms for the first call of a country (its holidays).
    """
    if working_days < 1:
        raise ValueError(f"at least 1 working day must be asked for, got {working_days}")
    asked = _Asked(avoid_ramadan, contiguous, periods=True, busy=tuple(busy))
    rules = _rules(calendar, earliest, working_days, asked)
    blocked: dict[str, None] = {}  # a set that keeps the order of time
    for start in days(earliest, rules.last):
        found, why = _span_from(start, rules)
        if found:
            return Proposal(found[0], found[-1], found, (*blocked, *_to_check(found, rules)))
        blocked.setdefault(why)
    return Proposal(None, None, (), (*_refused(rules), *_relaxed(rules, earliest, asked)))


def _rules(calendar: Calendar, earliest: date, count: int, asked: _Asked) -> _Rules:
    last = earliest + timedelta(days=REACH_DAYS)
    end = last + timedelta(days=count * 7 + 14)
    kept_free: list[_KeptFree] = []
    if asked.periods:
        kept_free += map(_closed, calendar.closed_periods)
    kept_free += map(_busy, asked.busy)
    if asked.ramadan:
        kept_free += map(_feast, (*ramadan_spans(earliest, end), *eid_days(earliest, end)))
    holidays = {one.on: one for one in calendar.holidays(earliest - timedelta(days=2), end)}
    touched = tuple(one for one in kept_free if one.start <= end and one.end >= earliest)
    return _Rules(calendar, count, asked.contiguous, holidays, touched, last)


def _span_from(start: date, rules: _Rules) -> tuple[tuple[date, ...], str]:
    """The span that begins on ``start`` and "", or () and what is in its way."""
    found: list[date] = []
    unbroken = rules.contiguous and rules.count <= _longest_run(rules.calendar, start)
    on = start
    while len(found) < rules.count:
        kept = next((span for span in rules.kept_free if span.start <= on <= span.end), None)
        if kept:
            return (), kept.words
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
                "name": holiday.title,
                "day": _day(on),
            }
    halves = [on for on in found if on.isoweekday() in rules.calendar.week(on).half_days]
    if halves:
        yield _("Half days among them: %(days)s.") % {"days": ", ".join(map(_day, halves))}


def _refused(rules: _Rules) -> Iterator[str]:
    yield _("No %(count)s working days before %(last)s keep all of these rules together.") % {
        "count": rules.count,
        "last": _day(rules.last),
    }


def _relaxed(rules: _Rules, earliest: date, asked: _Asked) -> Iterator[str]:
    """For each rule that could be given up, the date that this would bring."""
    ways: list[tuple[str, _Asked]] = []
    if asked.ramadan:
        ways.append((_("Working through Ramadan"), replace(asked, ramadan=False)))
    if asked.contiguous:
        ways.append((_("Letting holidays interrupt it"), replace(asked, contiguous=False)))
    if rules.calendar.closed_periods:
        ways.append((_("Using closed periods"), replace(asked, periods=False)))
    if asked.busy:
        ways.append((_("Using days on which others are busy"), replace(asked, busy=())))
    if len(ways) > 1:
        name = _("Both together") if len(ways) == 2 else _("All of these together")
        ways.append((name, _Asked(ramadan=False, contiguous=False, periods=False, busy=())))
    for name, looser in ways:
        loose = _rules(rules.calendar, earliest, rules.count, looser)
        starts = (_span_from(on, loose)[0] for on in days(earliest, loose.last))
        first = next((found for found in starts if found), None)
        if first:
            yield _("%(way)s would allow %(start)s to %(end)s.") % {
                "way": name,
                "start": _day(first[0]),
                "end": _day(first[-1]),
            }


def _closed(period: ClosedPeriod) -> _KeptFree:
    words = _("%(name)s is kept free: %(start)s to %(end)s.") % {
        "name": period.name,
        "start": _day(period.starts_on),
        "end": _day(period.ends_on),
    }
    return _KeptFree(period.starts_on, period.ends_on, words)


def _busy(span: BusySpan) -> _KeptFree:
    words = _("%(why)s, %(start)s to %(end)s: these days are kept free.") % {
        "why": span.why.rstrip("."),
        "start": _day(span.start),
        "end": _day(span.end),
    }
    return _KeptFree(span.start, span.end, words)


def _feast(span: HijriSpan) -> _KeptFree:
    words = _("%(feast)s %(year)s is kept free: %(start)s to %(end)s, calculated.") % {
        "feast": feast_name(span.kind),
        "year": span.year,
        "start": _day(span.start),
        "end": _day(span.end),
    }
    return _KeptFree(span.start, span.end, words)


def feast_name(kind: EventKind) -> str:
    """Ramadan or an Eid by its name in the active language."""
    return {
        "ramadan": _("Ramadan"),
        "eid_al_fitr": _("Eid al-Fitr"),
        "eid_al_adha": _("Eid al-Adha"),
    }[kind]


def _holiday_text(holiday: Holiday) -> str:
    words = {"name": holiday.title, "day": _day(holiday.on)}
    if holiday.estimated:
        return _("%(name)s on %(day)s is kept free; the date is estimated.") % words
    return _("%(name)s on %(day)s is kept free.") % words


def _day(on: date) -> str:
    return date_format(on, "DATE_FORMAT")
