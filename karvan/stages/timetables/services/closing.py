"""When an activity's days are closed, and what for: holidays, prayer, the meal, half days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from karvan.engines import timetabling as engine
from karvan.foundation.texts import in_language

from .translating import Given

WHOLE_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Pause:
    """A closed stretch of a day, in minutes after midnight, with its name in the active language."""

    start: int
    end: int
    name: str

    @property
    def hours(self) -> str:
        """From when until when, as written beside it."""
        return f"{clock_time(self.start)}–{clock_time(self.end)}"


def pauses_between(given: Given, problem: engine.TimetableProblem) -> dict[date, tuple[Pause, ...]]:
    """The closed stretches inside each day that is open: the meal, the prayer, a free afternoon."""
    return {
        on: tuple(
            pause
            for pause in _closed_stretches(given, problem, number)
            if pause.start > 0 and (pause.end < WHOLE_DAY or number in given.open.hours)
        )
        for number, on in enumerate(given.open.days)
        if problem.days[number].periods
    }


def closed_period_name(
    given: Given, problem: engine.TimetableProblem, day: int, start: int, minutes: int
) -> str:
    """Why nothing of that length can be held then, with the hours; "" where it is open.

    Of several closed stretches the first one met is named.
    """
    end = start + minutes
    for pause in _closed_stretches(given, problem, day):
        if pause.start < end and start < pause.end:
            if (pause.start, pause.end) == (0, WHOLE_DAY):
                return pause.name
            hours = {"from": clock_time(pause.start), "until": clock_time(pause.end)}
            return _("%(name)s, %(from)s–%(until)s") % {"name": pause.name, **hours}
    return ""


def clock_time(minute: int) -> str:
    """A minute of the day as hours and minutes."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _closed_stretches(given: Given, problem: engine.TimetableProblem, day: int) -> Iterator[Pause]:
    """All that is closed on one day, in order, from midnight to midnight."""
    periods = problem.days[day].periods
    on = given.open.days[day]
    if not periods:
        why = in_language(given.open.closed.get(on, {}))
        yield Pause(0, WHOLE_DAY, why or _("nothing is held on this day"))
        return
    if periods[0][0]:
        yield Pause(
            0, periods[0][0], _named(given, day, 0, periods[0][0], _("before the open hours"))
        )
    for (_opens, shuts), (opens, _shuts) in zip(periods, periods[1:], strict=False):
        yield Pause(shuts, opens, _named(given, day, shuts, opens, _("meal")))
    last = periods[-1][1]
    if last < WHOLE_DAY:
        yield Pause(last, WHOLE_DAY, _named(given, day, last, WHOLE_DAY, _("after the open hours")))


def _named(given: Given, day: int, start: int, end: int, otherwise: str) -> str:
    """The prayer or what was noted of a closed stretch of a day; else what it usually is."""
    prayer = given.open.prayers.get(day)
    if prayer and prayer[0] < end and start < prayer[1]:
        return _("Friday prayer")
    cuts = given.open.cuts.get(day, ())
    return next((why for (cut, until), why in cuts if cut < end and start < until), otherwise)
