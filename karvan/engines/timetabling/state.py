"""A timetabling problem as arrays of whole numbers, for the compiled search.

Everything that has one session at a time, or so many, is a *holder*: groups, then trainers, then
rooms, then items of equipment. A holder's day is a *cell* that lists its sessions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .problem import MINUTES_A_DAY, Room, Session, TimetableProblem, Trainer
from .windows import allowed_windows

Ints = NDArray[np.int64]
MOST_IN_A_CELL = 24
NO_LIMIT = 1 << 40
# Kinds of relations between two sessions.
AFTER, BEFORE, NO_LATER, NO_EARLIER, SAME_DAY, OTHER_DAY, APART, WISHED = range(8)


class Course(NamedTuple):
    """What never changes during a search. Rows of sessions are in order of their keys.

    starts[s, :start_count[s]]: starts open to the session, minutes on the line, ascending.
    rooms[s, :room_count[s]]:   room holders open to it; -1 alone where it needs none.
    people[s, :people_count[s]]: groups and named trainers, as holders.
    mates[s, :mate_count[s]]:   sessions that share a group with it.
    slot_first, slot_count:     its role slots; able[k, :able_count[k]] trainers for slot k.
    drawn[s, i, r + 1]:         how much of item i it draws from the pool in room r.
    other, kind, amount:        relations, those of s from relation_first[s] to the next.
    sizes: groups, trainers, rooms, items, days.
    weights: gap, group_day, room_change, late, late_from, full_day, spread, unpreferred, stay,
             missed.
    """

    minutes: Ints
    starts: Ints
    start_count: Ints
    preferred: Ints
    rooms: Ints
    room_count: Ints
    people: Ints
    people_count: Ints
    mates: Ints
    mate_count: Ints
    slot_first: Ints
    slot_count: Ints
    able: Ints
    able_count: Ints
    items: Ints
    item_count: Ints
    drawn: Ints
    pool: Ints
    relation_first: Ints
    other: Ints
    kind: Ints
    amount: Ints
    there: Ints
    day_limit: Ints
    week_limit: Ints
    travels: Ints
    week: Ints
    opened: Ints
    closed: Ints
    closed_count: Ints
    city: Ints
    travel: Ints
    sizes: Ints
    weights: Ints


class State(NamedTuple):
    """Where every session stands, and what follows from it.

    room, fills: room holder or -1; trainer holder of each role slot.
    cells[h, d, :filled[h, d]]: sessions of the holder on the day.
    hard, soft: rules broken in the cell and its cost.
    taught: minutes of a trainer in a week.
    """

    start: Ints
    room: Ints
    fills: Ints
    cells: Ints
    filled: Ints
    hard: Ints
    soft: Ints
    taught: Ints


def can_compile(problem: TimetableProblem, sessions: Sequence[Session]) -> bool:
    """Whether every session has a start, a room and trainers, so that a search can begin."""
    if not sessions:
        return False
    for session in sessions:
        if not allowed_windows(problem, session):
            return False
        if session.room_kind is not None and not _rooms_for(problem, session):
            return False
        able = [role_trainers(problem, session, role) for role in session.trainer_roles]
        if any(
            len(found) < count
            for found, count in zip(able, session.trainer_roles.values(), strict=True)
        ):
            return False
    return True


def compile_course(problem: TimetableProblem, sessions: Sequence[Session]) -> Course:
    """The sessions of the problem as arrays. The order of the input makes no difference."""
    return _Compiler(problem, sessions).course()


def _rooms_for(problem: TimetableProblem, session: Session) -> list[Room]:
    seats, kind = problem.seats_needed(session), session.room_kind
    wanted = session.fixed[2] if session.fixed else None
    return [
        room
        for room in sorted(problem.rooms, key=lambda r: r.key)
        if kind is not None
        and room.serves(kind)
        and room.seats >= seats
        and wanted in (None, room.key)
    ]


def role_trainers(problem: TimetableProblem, session: Session, role: str) -> list[Trainer]:
    """The trainers who can fill the role in the session, by key."""
    groups = [g for g in problem.groups if g.key in session.groups]
    return [
        trainer
        for trainer in sorted(problem.trainers, key=lambda t: t.key)
        if role in trainer.roles
        and trainer.key not in session.trainers
        and all(trainer.understands(group) for group in groups)
    ]


def _table(rows: Iterable[Sequence[int]], least: int = 1) -> tuple[Ints, Ints]:
    """Rows of different lengths in one array, and their lengths."""
    every = [list(row) for row in rows]
    width = max([least, *(len(row) for row in every)])
    table = np.full((max(1, len(every)), width), -1, dtype=np.int64)
    for n, row in enumerate(every):
        table[n, : len(row)] = row
    return table, _ints([len(row) for row in every])


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values) or [0], dtype=np.int64)


class _Compiler:
    def __init__(self, problem: TimetableProblem, sessions: Sequence[Session]) -> None:
        self.problem = problem
        self.sessions = sorted(sessions, key=lambda s: s.key)
        self.number = {s.key: n for n, s in enumerate(self.sessions)}
        self.groups = sorted(problem.groups, key=lambda g: g.key)
        self.trainers = sorted(problem.trainers, key=lambda t: t.key)
        self.rooms = sorted(problem.rooms, key=lambda r: r.key)
        self.items = sorted({item for s in sessions for item in s.equipment})
        self.holder = holders(problem)

    def course(self) -> Course:
        problem = self.problem
        parts: dict[str, Any] = {"minutes": _ints(s.minutes for s in self.sessions)}
        parts |= self._when() | self._who() | self._roles() | self._equipment()
        parts |= self._relations() | self._limits() | self._places()
        weights = problem.weights
        parts["weights"] = _ints(
            (
                weights.gap,
                weights.group_day,
                weights.room_change,
                weights.late,
                weights.late_from,
                weights.full_day,
                weights.spread,
                weights.unpreferred,
                weights.stay,
                weights.missed,
            )
        )
        counts = (len(self.groups), len(self.trainers), len(self.rooms), len(self.items))
        parts["sizes"] = _ints((*counts, len(problem.days)))
        return Course(**parts)

    def _when(self) -> dict[str, Ints]:
        starts = [
            sorted({at for window in allowed_windows(self.problem, s) for at in window.starts()})
            for s in self.sessions
        ]
        table, counts = _table(starts)
        preferred = np.zeros_like(table)
        for n, session in enumerate(self.sessions):
            for k, at in enumerate(starts[n]):
                minute = at % MINUTES_A_DAY
                near = any(first <= minute <= last for first, last in session.preferred)
                preferred[n, k] = not session.preferred or near
        return {"starts": table, "start_count": counts, "preferred": preferred}

    def _who(self) -> dict[str, Ints]:
        rooms, room_count = _table(
            [self.holder["room", r.key] for r in _rooms_for(self.problem, s)] or [-1]
            for s in self.sessions
        )
        people, people_count = _table(
            [self.holder["group", key] for key in sorted(s.groups)]
            + [self.holder["trainer", key] for key in sorted(s.trainers)]
            for s in self.sessions
        )
        mates, mate_count = _table(
            [
                self.number[o.key]
                for o in self.sessions
                if o.key != s.key and set(o.groups) & set(s.groups)
            ]
            for s in self.sessions
        )
        return {
            "rooms": rooms,
            "room_count": room_count,
            "people": people,
            "people_count": people_count,
            "mates": mates,
            "mate_count": mate_count,
        }

    def _roles(self) -> dict[str, Ints]:
        able: list[list[int]] = []
        first, count = [], []
        for session in self.sessions:
            first.append(len(able))
            for role, needed in sorted(session.trainer_roles.items()):
                found = role_trainers(self.problem, session, role)
                able += [[self.holder["trainer", t.key] for t in found]] * needed
            count.append(len(able) - first[-1])
        table, able_count = _table(able)
        return {
            "slot_first": _ints(first),
            "slot_count": _ints(count),
            "able": table,
            "able_count": able_count,
        }

    def _equipment(self) -> dict[str, Ints]:
        items, item_count = _table(
            [self.items.index(item) for item in sorted(s.equipment)] for s in self.sessions
        )
        drawn = np.zeros(
            (len(self.sessions), max(1, len(self.items)), len(self.rooms) + 1), dtype=np.int64
        )
        for n, session in enumerate(self.sessions):
            for item, wanted in session.equipment.items():
                drawn[n, self.items.index(item), 0] = wanted
                for r, room in enumerate(self.rooms):
                    left = max(0, wanted - room.equipment.get(item, 0))
                    drawn[n, self.items.index(item), r + 1] = left
        pool = _ints(self.problem.pool(item) for item in self.items)
        return {"items": items, "item_count": item_count, "drawn": drawn, "pool": pool}

    def _relations(self) -> dict[str, Ints]:
        rows: list[set[tuple[int, int, int]]] = [set() for _ in self.sessions]

        def tie(one: str, other: str, kind: int, back: int, amount: int) -> None:
            if one in self.number and other in self.number:
                rows[self.number[one]].add((self.number[other], kind, amount))
                rows[self.number[other]].add((self.number[one], back, amount))

        for session in self.sessions:
            for key, gap in session.after:
                tie(session.key, key, AFTER, BEFORE, gap)
            for key, gap in session.no_later:
                tie(session.key, key, NO_LATER, NO_EARLIER, gap)
            for key in session.same_day_as:
                tie(session.key, key, SAME_DAY, SAME_DAY, 0)
            for key in session.not_same_day_as:
                tie(session.key, key, OTHER_DAY, OTHER_DAY, 0)
        self._tie_sharing(tie)
        self._tie_wishes(tie)
        flat = [relation for row in rows for relation in sorted(row)]
        ends = np.cumsum([0, *(len(row) for row in rows)])
        return {
            "relation_first": ends.astype(np.int64),
            "other": _ints(r[0] for r in flat),
            "kind": _ints(r[1] for r in flat),
            "amount": _ints(r[2] for r in flat),
        }

    def _tie_sharing(self, tie: Any) -> None:
        mixed = {frozenset((g.key, other)) for g in self.problem.groups for other in g.shares_with}
        taken: dict[str, list[str]] = {g.key: [] for g in self.problem.groups}
        for session in self.sessions:
            for group in session.groups:
                taken[group].append(session.key)
        for pair in sorted(sorted(p) for p in mixed):
            for one in taken[pair[0]]:
                for other in taken[pair[1]]:
                    if one != other:
                        tie(one, other, APART, APART, 0)

    def _tie_wishes(self, tie: Any) -> None:
        people: dict[tuple[str, str], int] = {}
        for wish in self.problem.wishes:
            wanted = sorted(wish.sessions)
            for n, one in enumerate(wanted):
                for other in wanted[n + 1 :]:
                    people[one, other] = people.get((one, other), 0) + wish.people
        for (one, other), count in sorted(people.items()):
            tie(one, other, WISHED, WISHED, count)

    def _limits(self) -> dict[str, Ints]:
        problem = self.problem
        there = np.ones((max(1, len(self.trainers)), len(problem.days)), dtype=np.int64)
        for n, trainer in enumerate(self.trainers):
            for day in range(len(problem.days)):
                there[n, day] = trainer.there_on(day)

        def limit(most: int | None) -> int:
            return NO_LIMIT if most is None else most

        return {
            "there": there,
            "day_limit": _ints(limit(t.max_minutes_per_day) for t in self.trainers),
            "week_limit": _ints(limit(t.max_minutes_per_week) for t in self.trainers),
            "travels": _ints(t.travels for t in self.trainers),
            "week": _ints(problem.week_of(day) for day in range(len(problem.days))),
        }

    def _places(self) -> dict[str, Ints]:
        problem = self.problem
        opened = np.zeros((len(problem.days), MINUTES_A_DAY + 1), dtype=np.int64)
        for n, day in enumerate(problem.days):
            for start, end in day.periods:
                opened[n, start + 1 : end + 1] = 1
        most = max([1, *(len(room.closed) for room in self.rooms)])
        closed = np.zeros((max(1, len(self.rooms)), most, 3), dtype=np.int64)
        for n, room in enumerate(self.rooms):
            for k, stretch in enumerate(sorted(room.closed)):
                closed[n, k] = stretch
        cities = sorted({room.city for room in self.rooms} | {""})
        travel = np.zeros((len(cities), len(cities)), dtype=np.int64)
        for a, one in enumerate(cities):
            for b, other in enumerate(cities):
                travel[a, b] = problem.minutes_between(one, other)
        return {
            "opened": np.cumsum(opened, axis=1),
            "closed": closed,
            "closed_count": _ints(len(room.closed) for room in self.rooms),
            "city": _ints(cities.index(room.city) for room in self.rooms),
            "travel": travel,
        }


def holders(problem: TimetableProblem) -> dict[tuple[str, str], int]:
    """The number of each group, trainer and room, in that order and by their keys."""
    names = [("group", g.key) for g in sorted(problem.groups, key=lambda g: g.key)]
    names += [("trainer", t.key) for t in sorted(problem.trainers, key=lambda t: t.key)]
    names += [("room", r.key) for r in sorted(problem.rooms, key=lambda r: r.key)]
    return {name: n for n, name in enumerate(names)}


def empty_state(course: Course) -> State:
    """A state in which no session stands anywhere yet."""
    groups, trainers, rooms, items, days = (int(n) for n in course.sizes)
    every = max(1, groups + trainers + rooms + items)
    sessions = len(course.minutes)
    weeks = int(course.week.max()) + 1

    def zeros(*shape: int) -> Ints:
        return np.zeros(shape, dtype=np.int64)

    return State(
        start=zeros(sessions) - 1,
        room=zeros(sessions) - 1,
        fills=zeros(max(1, len(course.able))) - 1,
        cells=zeros(every, days, MOST_IN_A_CELL),
        filled=zeros(every, days),
        hard=zeros(every, days),
        soft=zeros(every, days),
        taught=zeros(max(1, trainers), weeks),
    )
