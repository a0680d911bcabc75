"""When each session may be held at all, looked up instead of listed."""

from __future__ import annotations

from .problem import MINUTES_A_DAY, Session, TimetableProblem
from .windows import Period, in_range, periods, window_at


class Times:
    """The days and the first and last start each session has by its own rules.

    longest: minutes of the longest open period of the horizon.
    open_on: open minutes of each day.
    days:    session -> days with a period that holds it, inside its own range, in order.
    first, last: session -> first and last minute on the line at which it may start, on the grid
             or off it; missing for a session that has none.
    """

    def __init__(self, problem: TimetableProblem) -> None:
        self.problem = problem
        self._periods = periods(problem)
        self.longest = max((p.end - p.start for p in self._periods), default=0)
        self.open_on = [sum(end - start for start, end in day.periods) for day in problem.days]
        self.days: dict[str, tuple[int, ...]] = {}
        self.first: dict[str, int] = {}
        self.last: dict[str, int] = {}
        self._able: dict[str, list[Period]] = {}
        for session in problem.sessions:
            self._look_up(session)

    def _look_up(self, session: Session) -> None:
        key = session.key
        self.days[key] = ()
        if session.fixed is not None:
            day, start, _ = session.fixed
            window = window_at(self.problem, session.minutes, day * MINUTES_A_DAY + start)
            if window is not None and in_range(session, day):
                self.days[key], self.first[key], self.last[key] = (day,), window.first, window.last
            return
        able = [
            p
            for p in self._periods
            if p.end - p.start >= session.minutes and in_range(session, p.day)
        ]
        if able:
            self._able[key] = able
            self.days[key] = tuple(dict.fromkeys(p.day for p in able))
            self.first[key] = able[0].start
            self.last[key] = able[-1].end - session.minutes

    def no_earlier(self, session: Session, minute: int) -> int:
        """The first start the session may have from this minute on; the minute itself if none."""
        for period in self._able.get(session.key, ()):
            if minute <= period.end - session.minutes:
                return max(period.start, minute)
        return minute
