"""Rooms day by day, and trainers, for sessions whose times are settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from .answer import Placement
from .posted import Literal
from .problem import MINUTES_A_DAY, Room, Session, TimetableProblem
from .search import Work, is_found, run
from .state import role_trainers

Roles = Mapping[tuple[str, str], tuple[str, ...]]
ONE_DAY, EVERYONE = 0.5, 5.0


def assign(
    problem: TimetableProblem,
    sessions: Sequence[Session],
    starts: Mapping[str, int],
    chosen: Roles,
    *,
    seed: int,
    work: Work,
) -> dict[str, Placement] | None:
    """Return placements at these starts (minutes on the line), or None when none were found.

    Each day's rooms are a model of their own, with the fewest changes of room; trainers not
    chosen yet are one more, where any will do.

    Cost: some milliseconds a day and some hundred for the trainers of 400 sessions.
    """
    roles = _trainers(problem, sessions, starts, chosen, seed, work)
    if roles is None:
        return None
    days: dict[int, list[Session]] = defaultdict(list)
    for session in sorted(sessions, key=lambda s: s.key):
        days[starts[session.key] // MINUTES_A_DAY].append(session)
    found: dict[str, Placement] = {}
    for day, held in sorted(days.items()):
        rooms = _rooms(problem, held, starts, day, seed, work)
        if rooms is None:
            return None
        for s in held:
            filled = {role: roles[s.key, role] for role in sorted(s.trainer_roles)}
            start = starts[s.key] - day * MINUTES_A_DAY
            found[s.key] = Placement(day, start, rooms[s.key], filled)
    return found


def _trainers(
    problem: TimetableProblem,
    sessions: Sequence[Session],
    starts: Mapping[str, int],
    chosen: Roles,
    seed: int,
    work: Work,
) -> dict[tuple[str, str], tuple[str, ...]] | None:
    cp = cp_model.CpModel()
    given: dict[str, list[tuple[Session, Literal]]] = defaultdict(list)
    fills: dict[tuple[str, str, str], Literal] = {}
    for session in sorted(sessions, key=lambda s: s.key):
        day = starts[session.key] // MINUTES_A_DAY
        for key in session.trainers:
            given[key].append((session, cp.new_constant(1)))
        for role, count in session.trainer_roles.items():
            known = chosen.get((session.key, role))
            able = [t.key for t in role_trainers(problem, session, role) if t.there_on(day)]
            able = [key for key in able if known is None or key in known]
            for key in able:
                fills[session.key, role, key] = cp.new_bool_var("")
                given[key].append((session, fills[session.key, role, key]))
            cp.add(sum(fills[session.key, role, key] for key in able) == count)
    for trainer in problem.trainers:
        cells: dict[int, list[Literal]] = defaultdict(list)
        days: dict[int, list[tuple[int, Literal]]] = defaultdict(list)
        weeks: dict[int, list[tuple[int, Literal]]] = defaultdict(list)
        for session, lit in given[trainer.key]:
            start = starts[session.key]
            for cell in range(start, start + session.minutes, problem.step):
                cells[cell].append(lit)
            days[start // MINUTES_A_DAY].append((session.minutes, lit))
            weeks[problem.week_of(start // MINUTES_A_DAY)].append((session.minutes, lit))
        for here in cells.values():
            cp.add_at_most_one(here)
        for most, stretches in (
            (trainer.max_minutes_per_day, days),
            (trainer.max_minutes_per_week, weeks),
        ):
            for taken in stretches.values():
                if most is not None and sum(m for m, _ in taken) > most:
                    cp.add(sum(m * lit for m, lit in taken) <= most)
    share = Work(min(EVERYONE, max(work.left, 0.1)))
    before = share.left
    solver, status = run(cp, seed=seed, work=share)
    work.left -= before - share.left
    if not is_found(status):
        return None
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for (session_key, role, trainer_key), lit in sorted(fills.items()):
        if solver.value(lit):
            before_it = found.get((session_key, role), ())
            found[session_key, role] = (*before_it, trainer_key)
    return found


def _rooms(
    problem: TimetableProblem,
    held: Sequence[Session],
    starts: Mapping[str, int],
    day: int,
    seed: int,
    work: Work,
) -> dict[str, str | None] | None:
    """A room for each session of the day, with the fewest changes."""
    cp = cp_model.CpModel()
    inside: dict[str, dict[str, Literal]] = {}
    cells: dict[tuple[str, int], list[Literal]] = defaultdict(list)
    for session in held:
        inside[session.key] = {}
        start = starts[session.key]
        for room in problem.rooms if session.room_kind else ():
            if _suits(problem, session, room, day, start - day * MINUTES_A_DAY):
                lit = cp.new_bool_var("")
                inside[session.key][room.key] = lit
                for cell in range(start, start + session.minutes, problem.step):
                    cells[room.key, cell].append(lit)
        if session.room_kind:
            cp.add_exactly_one(inside[session.key].values())
    for here in cells.values():
        cp.add_at_most_one(here)
    _pools(cp, problem, held, starts, inside)
    uses: list[Literal] = []
    for group in problem.groups:
        rooms: dict[str, list[Literal]] = defaultdict(list)
        for session in held:
            if group.key in session.groups:
                for room_key, lit in inside[session.key].items():
                    rooms[room_key].append(lit)
        for literals in rooms.values():
            use = cp.new_bool_var("")
            uses.append(use)
            for lit in literals:
                cp.add_implication(lit, use)
    cp.minimize(sum(uses))
    share = Work(min(ONE_DAY, max(work.left, 0.1)))
    before = share.left
    solver, status = run(cp, seed=seed, work=share)
    work.left -= before - share.left
    if not is_found(status):
        return None
    return {
        key: next((room for room, lit in rooms_of.items() if solver.value(lit)), None)
        for key, rooms_of in inside.items()
    }


def _suits(problem: TimetableProblem, session: Session, room: Room, day: int, start: int) -> bool:
    kind, end = session.room_kind, start + session.minutes
    if kind is None or not room.serves(kind) or room.seats < problem.seats_needed(session):
        return False
    return all(d != day or shut >= end or opened <= start for d, shut, opened in room.closed)


def _pools(
    cp: cp_model.CpModel,
    problem: TimetableProblem,
    held: Sequence[Session],
    starts: Mapping[str, int],
    inside: Mapping[str, Mapping[str, Literal]],
) -> None:
    for item in sorted({item for s in held for item in s.equipment}):
        stands = {r.key: r.equipment.get(item, 0) for r in problem.rooms}
        drawn: dict[int, list[cp_model.LinearExpr | int]] = defaultdict(list)
        for s in held:
            wanted = s.equipment.get(item, 0)
            if wanted:
                spared = sum(min(wanted, stands[room]) * lit for room, lit in inside[s.key].items())
                for cell in range(starts[s.key], starts[s.key] + s.minutes, problem.step):
                    drawn[cell].append(wanted - spared)
        for parts in drawn.values():
            cp.add(sum(parts) <= problem.pool(item))
