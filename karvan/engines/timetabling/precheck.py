"""Reasons why no timetable exists that can be seen without any search."""

from __future__ import annotations

from collections.abc import Iterator

from .answer import Clash, ClashKind, Placement
from .check import alone, minute_of, together
from .precheck_loads import overfull
from .precheck_orders import order_faults
from .precheck_times import Times
from .problem import Group, Session, TimetableProblem, Trainer

SPOT = (
    ClashKind.GROUP_BUSY,
    ClashKind.TRAINER_BUSY,
    ClashKind.ROOM_BUSY,
    ClashKind.GROUPS_SHARE,
)


def quick_reasons(problem: TimetableProblem) -> tuple[Clash, ...]:
    """Return every reason seen that alone makes the problem impossible; none proves nothing.

    Cost: O(sessions x (rooms + trainers + days)) and O(sessions x stretches of days) for the
    loads; 400 sessions take about 50 ms.
    """
    times = Times(problem)
    groups = {group.key: group for group in problem.groups}
    found: list[Clash] = []
    for session in problem.sessions:
        found += _without_room(problem, session)
        found += _without_people(problem, session, [groups[key] for key in session.groups])
        found += _without_time(problem, session, times)
    hopeless = frozenset(clash.keys[0] for clash in found)
    found += order_faults(problem, times)
    found += _fixed_together(problem)
    found += overfull(problem, times, hopeless)
    return tuple(sorted(set(found)))


def _without_room(problem: TimetableProblem, session: Session) -> Iterator[Clash]:
    kind, key = session.room_kind, session.key
    seats = problem.seats_needed(session) if kind is not None else 0
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


def _without_people(
    problem: TimetableProblem, session: Session, groups: list[Group]
) -> Iterator[Clash]:
    named = [t for t in problem.trainers if t.key in session.trainers]
    for trainer in named:
        for group in groups:
            if not trainer.understands(group):
                yield Clash(ClashKind.NO_SHARED_LANGUAGE, (session.key, trainer.key, group.key))
    free = [t for t in problem.trainers if t.key not in session.trainers]
    for role, count in sorted(session.trainer_roles.items()):
        able = [t for t in free if role in t.roles]
        if len(able) < count:
            yield Clash(ClashKind.ROLE_MISSING, (session.key, role))
        elif sum(all(t.understands(group) for group in groups) for t in able) < count:
            for group in _strangers(able, groups, count):
                yield Clash(ClashKind.NO_SHARED_LANGUAGE, (session.key, role, group.key))


def _strangers(able: list[Trainer], groups: list[Group], count: int) -> list[Group]:
    """Groups whom too few of these trainers understand, or else whom not all of them do."""
    few = [g for g in groups if sum(t.understands(g) for t in able) < count]
    return few or [g for g in groups if not all(t.understands(g) for t in able)]


def _without_time(problem: TimetableProblem, session: Session, times: Times) -> Iterator[Clash]:
    if 0 < times.longest < session.minutes:
        yield Clash(ClashKind.TOO_LONG, (session.key,))
        return
    if session.fixed is not None:
        yield from fixed_faults(problem, session)
        return
    named = [t for t in problem.trainers if t.key in session.trainers]
    days = times.days[session.key]
    there = [day for day in days if all(t.there_on(day) for t in named)]
    if not there:
        blamed = tuple(sorted(t.key for t in named if t.days is not None))
        yield Clash(ClashKind.NO_OPEN_TIME, (session.key, *blamed))
        return
    for role, count in sorted(session.trainer_roles.items()):
        able = [t for t in problem.trainers if role in t.roles and t.key not in session.trainers]
        enough = any(sum(t.there_on(day) for t in able) >= count for day in there)
        if len(able) >= count and not enough:
            blamed = tuple(sorted(t.key for t in able if t.days is not None))
            yield Clash(ClashKind.NO_OPEN_TIME, (session.key, *blamed))


def fixed_faults(problem: TimetableProblem, session: Session) -> list[Clash]:
    """What is wrong with the place a session is fixed at, whatever the others do."""
    if session.fixed is None:
        return []
    day, start, room = session.fixed
    about_place = {ClashKind.ROLE, ClashKind.LANGUAGE} | (set() if room else {ClashKind.ROOM})
    found = alone(problem, session, Placement(day, start, room))
    return [clash for clash in found if clash.kind not in about_place]


def _fixed_together(problem: TimetableProblem) -> Iterator[Clash]:
    """Two fixed sessions that clash: on one spot, too far apart to travel, or by their days."""
    fixed = [(s, Placement(*s.fixed)) for s in problem.sessions if s.fixed is not None]
    fixed.sort(key=lambda pair: (minute_of(pair[1]), pair[0].key))
    travel = max(problem.travel.values(), default=0)
    for index, (one, at) in enumerate(fixed):
        free = minute_of(at) + one.minutes + travel
        tied = {*one.same_day_as, *one.not_same_day_as}
        for place, (other, there) in enumerate(fixed):
            near = place > index and minute_of(there) < free
            if near or other.key in tied:
                yield from _of_two(problem, one, at, other, there)


def _of_two(
    problem: TimetableProblem, one: Session, at: Placement, other: Session, there: Placement
) -> Iterator[Clash]:
    first, second = sorted(((one, at), (other, there)), key=lambda pair: pair[0].key)
    for clash in together(problem, *first, *second):
        if clash.kind in SPOT:
            yield Clash(ClashKind.FIXED_TOGETHER, (*clash.keys[-2:], *clash.keys[:-2]))
        elif clash.kind not in (ClashKind.ORDER, ClashKind.NO_LATER):
            yield clash
