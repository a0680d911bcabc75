"""Cut a problem into parts that have no say in each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from .problem import MINUTES_A_DAY, Session, TimetableProblem, Trainer
from .windows import Window, allowed_windows

Windows = dict[str, tuple[Window, ...]]


def independent_parts(
    problem: TimetableProblem, windows: Windows | None = None
) -> tuple[tuple[Session, ...], ...]:
    """Return the sessions in parts that can be placed one part at a time at no loss.

    Days that one session may choose between belong together; so do days linked by an order or a
    same-day rule that is not kept anyway, and those of ``tied_days``. Every other rule and every
    goal looks at one day at a time, so parts that share no day neither clash nor change each
    other's cost, and the optimum of the whole is the sum of the optima of the parts.

    Returns:
        Parts, earliest day first; inside a part the sessions are sorted by key.

    Cost: O(sessions x days); O(sessions^2) where travel takes longer than a night.
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
    for days in tied_days(problem, windows):
        join(days)
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
    for key, gap in session.no_later:
        early, late = windows[key], windows[session.key]
        earliest_end = min((w.first for w in early), default=0) + by_key[key].minutes
        if max((w.last for w in late), default=0) > earliest_end + gap:
            tied.append(key)
    return tied


def tied_days(problem: TimetableProblem, windows: Windows) -> Iterator[list[int]]:
    """Days that one rule or goal of people looks at together, one list for each of these.

    A trainer's week, where it could be too full; all days of a trainer whose stay is counted;
    two days between which somebody could have to travel for longer than the night.
    """
    for trainer in problem.trainers:
        may = [s for s in problem.sessions if _may_be_in(problem, trainer, s)]
        days = sorted({day for s in may for day in _days(windows[s.key])})
        if trainer.travels and problem.weights.stay:
            yield days
        if trainer.max_minutes_per_week is not None:
            for week in sorted({problem.week_of(day) for day in days}):
                inside = [day for day in days if problem.week_of(day) == week]
                able = [s for s in may if set(inside) & set(_days(windows[s.key]))]
                if sum(s.minutes for s in able) > trainer.max_minutes_per_week:
                    yield inside
        yield from _overnight(problem, may, windows)
    for group in problem.groups:
        yield from _overnight(
            problem, [s for s in problem.sessions if group.key in s.groups], windows
        )


def _may_be_in(problem: TimetableProblem, trainer: Trainer, session: Session) -> bool:
    if trainer.key in session.trainers:
        return True
    groups = [g for g in problem.groups if g.key in session.groups]
    able = not trainer.roles.isdisjoint(session.trainer_roles)
    return able and all(trainer.understands(group) for group in groups)


def _overnight(
    problem: TimetableProblem, sessions: list[Session], windows: Windows
) -> Iterator[list[int]]:
    """Pairs of days on which one of these sessions could come too soon after another's travel."""
    longest = max(problem.travel.values(), default=0)
    opened = [(n, day.periods) for n, day in enumerate(problem.days) if day.periods]
    near = [
        (early, late, between)
        for (early, before), (late, after) in combinations(opened, 2)
        if (between := (late - early) * MINUTES_A_DAY + after[0][0] - before[-1][1]) < longest
    ]
    if not near:
        return
    cities: dict[int, set[str]] = {}
    for session in sessions:
        rooms = [r for r in problem.rooms if session.room_kind and r.serves(session.room_kind)]
        for day in _days(windows[session.key]):
            cities.setdefault(day, set()).update(room.city for room in rooms)
    for early, late, between in near:
        pairs = [(a, b) for a in cities.get(early, ()) for b in cities.get(late, ())]
        if any(problem.minutes_between(a, b) > between for a, b in pairs):
            yield [early, late]
