"""Cut a problem into parts that have no say in each other."""

from __future__ import annotations

from .problem import Session, TimetableProblem
from .windows import Window, allowed_windows

Windows = dict[str, tuple[Window, ...]]


def independent_parts(
    problem: TimetableProblem, windows: Windows | None = None
) -> tuple[tuple[Session, ...], ...]:
    """Return the sessions in parts that can be placed one part at a time at no loss.

    Days that one session may choose between belong together; so do days linked by an order or a
    same-day rule that is not kept anyway. Every other rule and every goal looks at one day at a
    time, so parts that share no day neither clash nor change each other's cost, and the optimum
    of the whole is the sum of the optima of the parts.

    Returns:
        Parts, earliest day first; inside a part the sessions are sorted by key.

    Cost: O(sessions x days).
    """
    windows = windows or {s.key: allowed_windows(problem, s) for s in problem.sessions}
    leader = list(range(len(problem.days)))

    def find(day: int) -> int:
        while leader[day] != day:
            leader[day] = leader[leader[day]]
            day = leader[day]
        return day

    def join(days: list[int]) -> None:
        for day in days[1:]:
            low, high = sorted((find(days[0]), find(day)))
            leader[high] = low

    by_key = {s.key: s for s in problem.sessions}
    for session in problem.sessions:
        join(_days(windows[session.key]))
        for other in _tied(session, by_key, windows):
            join(_days(windows[session.key]) + _days(windows[other]))
    parts: dict[int, list[Session]] = {}
    for session in sorted(problem.sessions, key=lambda s: s.key):
        days = _days(windows[session.key])
        parts.setdefault(find(days[0]) if days else -1, []).append(session)
    return tuple(tuple(part) for _, part in sorted(parts.items()))


def _days(windows: tuple[Window, ...]) -> list[int]:
    return sorted({window.period.day for window in windows})


def _tied(session: Session, by_key: dict[str, Session], windows: Windows) -> list[str]:
    """Sessions on other days that this one still depends on."""
    tied = [*session.same_day_as]
    for key, gap in session.after:
        early, late = windows[key], windows[session.key]
        latest_end = max((w.last for w in early), default=0) + by_key[key].minutes
        if min((w.first for w in late), default=0) < latest_end + gap:
            tied.append(key)
    return tied
