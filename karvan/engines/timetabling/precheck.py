"""Reasons why no timetable exists that can be seen without any search."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from .answer import Clash, ClashKind, Placement
from .check import alone
from .problem import Session, TimetableProblem
from .windows import allowed_windows, periods


def quick_reasons(problem: TimetableProblem) -> tuple[Clash, ...]:
    """Return reasons each of which alone makes the problem impossible; none proves nothing.

    Cost: O(sessions x (rooms + days)) and O(sessions x windows^2) for the loads; 400 sessions
    take well under a second.
    """
    found: list[Clash] = list(_cycles(problem))
    for session in problem.sessions:
        found += _without_room(problem, session)
        found += _without_people(problem, session)
        found += _without_time(problem, session)
    found += _overfull(problem)
    return tuple(sorted(set(found)))


def _without_room(problem: TimetableProblem, session: Session) -> Iterator[Clash]:
    kind, key = session.room_kind, session.key
    seats = problem.seats_needed(session)
    of_kind = [r for r in problem.rooms if kind is not None and r.serves(kind)]
    fitting = [r for r in of_kind if r.seats >= seats]
    if kind is not None and not of_kind:
        yield Clash(ClashKind.NO_ROOM_OF_KIND, (key, kind))
    elif kind is not None and not fitting:
        yield Clash(ClashKind.TOO_FEW_SEATS, (key, kind))
    for item, count in sorted(session.equipment.items()):
        standing = max((r.equipment.get(item, 0) for r in fitting), default=0)
        if standing + problem.pool(item) < count:
            yield Clash(ClashKind.EQUIPMENT_SHORT, (key, item))


def _without_people(problem: TimetableProblem, session: Session) -> Iterator[Clash]:
    free = [t for t in problem.trainers if t.key not in session.trainers]
    for role, count in sorted(session.trainer_roles.items()):
        if sum(role in t.roles for t in free) < count:
            yield Clash(ClashKind.ROLE_MISSING, (session.key, role))


def _without_time(problem: TimetableProblem, session: Session) -> Iterator[Clash]:
    if session.fixed is not None:
        yield from fixed_faults(problem, session)
        return
    named = [t for t in problem.trainers if t.key in session.trainers]
    days = {window.period.day for window in allowed_windows(problem, session)}
    if not any(all(t.there_on(day) for t in named) for day in days):
        blamed = tuple(sorted(t.key for t in named if t.days is not None))
        yield Clash(ClashKind.NO_OPEN_TIME, (session.key, *blamed))


def fixed_faults(problem: TimetableProblem, session: Session) -> list[Clash]:
    """What is wrong with the place a session is fixed at, whatever the others do."""
    if session.fixed is None:
        return []
    day, start, room = session.fixed
    about_place = {ClashKind.ROLE} | (set() if room else {ClashKind.ROOM})
    found = alone(problem, session, Placement(day, start, room))
    return [clash for clash in found if clash.kind not in about_place]


def _overfull(problem: TimetableProblem) -> Iterator[Clash]:
    for group in problem.groups:
        taken = [s for s in problem.sessions if group.key in s.groups]
        yield from _too_much(problem, ClashKind.GROUP_OVERFULL, group.key, taken, None)
    for trainer in problem.trainers:
        given = [s for s in problem.sessions if trainer.key in s.trainers]
        yield from _too_much(problem, ClashKind.TRAINER_OVERFULL, trainer.key, given, trainer.days)


def _too_much(
    problem: TimetableProblem,
    kind: ClashKind,
    key: str,
    sessions: list[Session],
    days: frozenset[int] | None,
) -> Iterator[Clash]:
    """The shortest stretch of days that holds more minutes of sessions than are open."""
    open_on = [0] * len(problem.days)
    for period in periods(problem):
        if days is None or period.day in days:
            open_on[period.day] += period.end - period.start
    ranges = {s.key: s.day_range or (0, len(problem.days) - 1) for s in sessions}
    stretches = {(a, b) for a, _ in ranges.values() for _, b in ranges.values() if a <= b}
    for first, last in sorted(stretches, key=lambda stretch: (stretch[1] - stretch[0], stretch)):
        inside = [s for s in sessions if first <= ranges[s.key][0] and ranges[s.key][1] <= last]
        if sum(s.minutes for s in inside) > sum(open_on[first : last + 1]):
            yield Clash(kind, (key, *sorted(s.key for s in inside)))
            return


def _cycles(problem: TimetableProblem) -> Iterator[Clash]:
    """One cycle of sessions that each wait for the one before, if there is any."""
    waits = {
        s.key: sorted(key for key, _ in s.after)
        for s in sorted(problem.sessions, key=lambda s: s.key)
    }
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as error:
        yield Clash(ClashKind.ORDER_CYCLE, tuple(error.args[1][:-1]))
