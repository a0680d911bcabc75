"""When, where and with whom each session could be held if it were alone, on a grid of slots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .problem import MINUTES_A_DAY, Room, Session, TimetableProblem, Trainer
from .state import role_trainers
from .windows import allowed_windows, periods


class Openings:
    """Starts, rooms and trainers open to each session, looked up once.

    starts:   session key -> starts (minutes on the line) that have a room and trainers.
    rooms_of: session key -> rooms of its kind with seats enough; none where it needs no room.
    able:     session key -> role -> trainers who can fill it.
    free:     room key -> slots (minutes on the line) in which it is not closed.
    """

    def __init__(self, problem: TimetableProblem, sessions: Sequence[Session]) -> None:
        self.problem = problem
        self.cells = [
            (cell, p.day) for p in periods(problem) for cell in range(p.start, p.end, problem.step)
        ]
        self.free = {room.key: self._free(room) for room in problem.rooms}
        self._named = {t.key: t for t in problem.trainers}
        self.rooms_of = {s.key: self._rooms_of(s) for s in sessions}
        self.able = {
            s.key: {role: role_trainers(problem, s, role) for role in s.trainer_roles}
            for s in sessions
        }
        self.starts = {s.key: self._starts(s) for s in sessions}

    def _free(self, room: Room) -> frozenset[int]:
        shut: dict[int, list[tuple[int, int]]] = {}
        for day, first, last in room.closed:
            shut.setdefault(day, []).append((first, last))
        step = self.problem.step
        return frozenset(
            cell
            for cell, day in self.cells
            if not any(
                first < cell - day * MINUTES_A_DAY + step and cell - day * MINUTES_A_DAY < last
                for first, last in shut.get(day, ())
            )
        )

    def _rooms_of(self, session: Session) -> frozenset[str]:
        seats, kind = self.problem.seats_needed(session), session.room_kind
        return frozenset(
            room.key
            for room in self.problem.rooms
            if kind is not None and room.serves(kind) and room.seats >= seats
        )

    def _starts(self, session: Session) -> list[int]:
        every = [t for w in allowed_windows(self.problem, session) for t in w.starts()]
        staffed: dict[int, bool] = {}
        found = []
        for t in sorted(every):
            day = t // MINUTES_A_DAY
            if day not in staffed:
                staffed[day] = self._staffed(session, day)
            if staffed[day] and self._room_open(session, t):
                found.append(t)
        return found

    def _room_open(self, session: Session, minute: int) -> bool:
        if session.room_kind is None:
            return True
        cells = range(minute, minute + session.minutes, self.problem.step)
        return any(
            all(cell in self.free[room] for cell in cells) for room in self.rooms_of[session.key]
        )

    def _staffed(self, session: Session, day: int) -> bool:
        if not all(self._named[key].there_on(day) for key in session.trainers):
            return False
        return all(
            sum(has_time(t, session, day) for t in able) >= session.trainer_roles[role]
            for role, able in self.able[session.key].items()
        )


def has_time(trainer: Trainer, session: Session, day: int) -> bool:
    """Whether the trainer is there on the day and may give so many minutes."""
    most = trainer.max_minutes_per_day
    return trainer.there_on(day) and (most is None or session.minutes <= most)


def is_liked(session: Session, minute: int) -> bool:
    """Whether a start at this minute on the line is one of those that the session prefers."""
    return any(first <= minute % MINUTES_A_DAY <= last for first, last in session.preferred)


def unions(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Unions of these sets that touch each other, at most a hundred, smallest first."""
    sets = set(sets)
    found = set(sets)
    for _ in range(3):
        more = {a | b for a in found for b in sets if a & b}
        if len(found | more) > 100:
            break
        found |= more
    return sorted(found, key=lambda union: (len(union), sorted(union)))


def apart(kinds: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Sets of rooms no two of which share one, smallest first: each needs a room of its own."""
    found: list[frozenset[str]] = []
    for rooms in sorted(kinds, key=lambda r: (len(r), sorted(r))):
        if not any(rooms & other for other in found):
            found.append(rooms)
    return found


def taken_by(
    problem: TimetableProblem, sessions: Sequence[Session]
) -> Mapping[tuple[str, ...], int]:
    """The sessions of each group by key, and how many groups take just these."""
    found: dict[tuple[str, ...], int] = {}
    for group in problem.groups:
        keys = tuple(sorted(s.key for s in sessions if group.key in s.groups))
        if keys:
            found[keys] = found.get(keys, 0) + 1
    return dict(sorted(found.items()))


def split_roles(
    openings: Openings, sessions: Iterable[Session]
) -> tuple[list[tuple[Session, str, Sequence[Trainer]]], dict[frozenset[str], list[Session]]]:
    """Return the roles to choose trainers for, and sessions by the trainers that are only counted.

    Chosen are those for roles that somebody who travels can fill, or that need several.
    """
    travelling = {t.key for t in openings.problem.trainers if t.travels}
    chosen: list[tuple[Session, str, Sequence[Trainer]]] = []
    counted: dict[frozenset[str], list[Session]] = {}
    for session in sessions:
        for role, able in openings.able[session.key].items():
            keys = frozenset(t.key for t in able)
            if keys & travelling or session.trainer_roles[role] > 1:
                chosen.append((session, role, able))
            else:
                counted.setdefault(keys, []).append(session)
    return chosen, counted
