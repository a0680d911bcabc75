"""Placements out of the arrays of the compiled search, and into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .answer import Placement
from .problem import MINUTES_A_DAY, Session, TimetableProblem
from .state import Course, Ints, State, empty_state, holders


def read_placements(
    problem: TimetableProblem, sessions: Sequence[Session], course: Course, state: State
) -> dict[str, Placement]:
    """Where the sessions of a state stand."""
    names = [key for _, key in holders(problem)]
    found = {}
    for n, session in enumerate(sorted(sessions, key=lambda s: s.key)):
        day, minute = divmod(int(state.start[n]), MINUTES_A_DAY)
        room = int(state.room[n])
        slot = int(course.slot_first[n])
        roles = {}
        for role, count in sorted(session.trainer_roles.items()):
            fills = sorted(names[int(t)] for t in state.fills[slot : slot + count])
            roles[role] = tuple(fills)
            slot += count
        found[session.key] = Placement(day, minute, names[room] if room >= 0 else None, roles)
    return found


def chosen(
    problem: TimetableProblem,
    sessions: Sequence[Session],
    course: Course,
    placements: Mapping[str, Placement],
) -> tuple[Ints, Ints, Ints]:
    """Starts, rooms and role trainers as arrays; the start is -1 where a place is not open."""
    number = holders(problem)
    start, room, fills = empty_state(course)[:3]
    for n, session in enumerate(sorted(sessions, key=lambda s: s.key)):
        at = placements.get(session.key)
        if at is None:
            continue
        line = at.day * MINUTES_A_DAY + at.start
        where = -1 if at.room is None else number["room", at.room]
        slot = int(course.slot_first[n])
        wanted = [
            number["trainer", key]
            for role in sorted(session.trainer_roles)
            for key in at.roles.get(role, ())
        ]
        known = len(wanted) == course.slot_count[n]
        known = known and all(t in course.able[slot + k] for k, t in enumerate(wanted))
        if known and line in course.starts[n] and where in course.rooms[n]:
            start[n], room[n] = line, where
            fills[slot : slot + len(wanted)] = wanted
    return start, room, fills
