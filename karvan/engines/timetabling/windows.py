"""The minutes in which a session may start, on a line of minutes that runs through the horizon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .problem import MINUTES_A_DAY, Day, Session, TimetableProblem


@dataclass(frozen=True, slots=True)
class Period:
    """One open period on the line of minutes.

    shift: closed minutes before it, so ``minute - shift`` counts open minutes only.
    """

    number: int
    day: int
    start: int
    end: int
    shift: int


@dataclass(frozen=True, slots=True)
class Window:
    """Starts first, first + step … last, all inside one period."""

    period: Period
    first: int
    last: int
    step: int

    def starts(self) -> range:
        """Every start in the window, in minutes on the line."""
        return range(self.first, self.last + 1, self.step)


def periods(problem: TimetableProblem) -> tuple[Period, ...]:
    """Every open period of the horizon, in order."""
    return _periods(problem.days)


@lru_cache(maxsize=16)
def _periods(days: tuple[Day, ...]) -> tuple[Period, ...]:
    found: list[Period] = []
    open_minutes = 0
    for index, day in enumerate(days):
        for start, end in day.periods:
            begin = index * MINUTES_A_DAY + start
            length = end - start
            found.append(Period(len(found), index, begin, begin + length, begin - open_minutes))
            open_minutes += length
    return tuple(found)


def grid_windows(problem: TimetableProblem, session: Session) -> tuple[Window, ...]:
    """Where the session fits between opening and closing, on any day of the horizon."""
    found = []
    for period in periods(problem):
        room_left = period.end - period.start - session.minutes
        if room_left >= 0:
            last = period.start + room_left // problem.step * problem.step
            found.append(Window(period, period.start, last, problem.step))
    return tuple(found)


def window_at(problem: TimetableProblem, minutes: int, start: int) -> Window | None:
    """The window of one start on the line of minutes, or None when that is not open."""
    for period in periods(problem):
        if period.start <= start and start + minutes <= period.end:
            return Window(period, start, start, problem.step)
    return None


def allowed_windows(problem: TimetableProblem, session: Session) -> tuple[Window, ...]:
    """Where the session may start by its own rules: its days, or the start already fixed."""
    if session.fixed is not None:
        day, minute, _ = session.fixed
        window = window_at(problem, session.minutes, day * MINUTES_A_DAY + minute)
        return () if window is None or not in_range(session, day) else (window,)
    every = grid_windows(problem, session)
    return tuple(window for window in every if in_range(session, window.period.day))


def in_range(session: Session, day: int) -> bool:
    """Whether the session's own day range holds this day."""
    first, last = session.day_range or (day, day)
    return first <= day <= last
