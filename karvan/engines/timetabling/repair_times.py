"""When a session may start while others stay: what stays is blocked time, looked up, not solved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from .answer import Placement
from .check import minute_of, present
from .problem import MINUTES_A_DAY, Room, Session, TimetableProblem, Trainer
from .windows import allowed_windows, window_at

Starts = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Blocked:
    """The times that sessions which stay take from everybody and everything they use.

    stay: session key -> where it stays. Every answer is for one session that does not stay, and
          counts every rule between it and those that do, except shared pools of equipment.

    Cost: O(minutes of the horizon) once for each group, room and trainer asked for, then
    O(starts) an answer.
    """

    def __init__(self, problem: TimetableProblem, stay: Mapping[str, Placement]) -> None:
        self.problem = problem
        self.stay = {s.key: (s, stay[s.key]) for s in problem.sessions if s.key in stay}
        self.rooms = {room.key: room for room in problem.rooms}
        self.trainers = {trainer.key: trainer for trainer in problem.trainers}
        self.groups = {group.key: group for group in problem.groups}
        self.sharing = _sharing(problem)
        self.has_travel = any(problem.travel.values())
        self._tied = related(problem)
        self._users = self._by_user()
        self._taken: dict[tuple[str, str], NDArray[np.int64]] = {}
        self._loads: dict[tuple[str, bool], NDArray[np.int64]] = {}

    def _by_user(self) -> dict[tuple[str, str], list[tuple[Session, Placement]]]:
        users: dict[tuple[str, str], list[tuple[Session, Placement]]] = {}
        for session, at in self.stay.values():
            names = [("group", key) for key in session.groups]
            names += [("trainer", key) for key in present(session, at)]
            names += [("room", at.room)] if at.room else []
            for name in names:
                users.setdefault(name, []).append((session, at))
        return users

    def starts(self, session: Session, old: Placement | None) -> Starts:
        """Starts the session's own rules allow, the old one with them, off the grid or not."""
        found = {start for w in allowed_windows(self.problem, session) for start in w.starts()}
        if old is not None and session.fixed is None:
            window = window_at(self.problem, session.minutes, minute_of(old))
            first, last = session.day_range or (0, len(self.problem.days) - 1)
            if window is not None and first <= old.day <= last:
                found.add(window.first)
        return np.array(sorted(found), dtype=np.int64)

    def open_to(self, session: Session) -> list[Room]:
        """Rooms of the right kind and size, or the one already fixed, sorted by key."""
        kind, seats = session.room_kind, self.problem.seats_needed(session)
        fixed = session.fixed[2] if session.fixed else None
        return [
            room
            for _, room in sorted(self.rooms.items())
            if kind is not None
            and room.serves(kind)
            and room.seats >= seats
            and fixed in (None, room.key)
        ]

    def able(self, session: Session, role: str) -> list[Trainer]:
        """Trainers who could fill the role, sorted by key."""
        return [
            trainer
            for key, trainer in sorted(self.trainers.items())
            if role in trainer.roles
            and key not in session.trainers
            and self._understood(session, trainer)
        ]

    def _understood(self, session: Session, trainer: Trainer) -> bool:
        return all(trainer.understands(self.groups[key]) for key in session.groups)

    def fits(self, session: Session, starts: Starts) -> Mask:
        """Starts at which groups and named trainers are free and every relation is kept."""
        mask = np.ones(len(starts), dtype=np.bool_)
        for group in session.groups:
            for other in (group, *self.sharing.get(group, ())):
                mask &= self._free("group", other, starts, session.minutes)
        for key in session.trainers:
            trainer = self.trainers[key]
            mask &= self.fits_trainer(session, trainer, starts)
            if not self._understood(session, trainer):
                mask[:] = False
        return mask & self._related(session, starts)

    def fits_room(self, session: Session, room: Room, starts: Starts) -> Mask:
        """Starts at which the room is open and free, and everybody named can be there in time."""
        mask = self._free("room", room.key, starts, session.minutes)
        people = [("group", key) for key in session.groups]
        people += [("trainer", key) for key in session.trainers]
        for who in people:
            mask &= self.in_time(session, room, who, starts)
        return mask

    def fits_trainer(self, session: Session, trainer: Trainer, starts: Starts) -> Mask:
        """Starts at which the trainer is there, free, and not overloaded by what stays."""
        days = starts // MINUTES_A_DAY
        mask = self._free("trainer", trainer.key, starts, session.minutes)
        if trainer.days is not None:
            mask &= np.isin(days, sorted(trainer.days))
        for most, weekly in (
            (trainer.max_minutes_per_day, False),
            (trainer.max_minutes_per_week, True),
        ):
            if most is not None:
                places = (days + self.problem.week_offset) // 7 if weekly else days
                mask &= self.load(trainer.key, weekly)[places] + session.minutes <= most
        return mask

    def in_time(self, session: Session, room: Room, who: tuple[str, str], starts: Starts) -> Mask:
        """Starts that leave a group or trainer the time to travel to and from what stays."""
        mask = np.ones(len(starts), dtype=np.bool_)
        if not self.has_travel:
            return mask
        for other, at in self._users.get(who, ()):
            city = self.rooms[at.room].city if at.room else ""
            travel = self.problem.minutes_between(room.city, city)
            if travel:
                begin = minute_of(at)
                after = starts >= begin + other.minutes + travel
                mask &= after | (starts + session.minutes + travel <= begin)
        return mask

    def load(self, trainer: str, weekly: bool) -> NDArray[np.int64]:
        """Minutes that stay on each day, or in each week, of the trainer."""
        name = (trainer, weekly)
        if name not in self._loads:
            loads = np.zeros(len(self.problem.days) + 1, dtype=np.int64)
            for session, at in self._users.get(("trainer", trainer), ()):
                loads[self.problem.week_of(at.day) if weekly else at.day] += session.minutes
            self._loads[name] = loads
        return self._loads[name]

    def _free(self, kind: str, key: str, starts: Starts, minutes: int) -> Mask:
        taken = self._busy(kind, key)
        free: Mask = taken[starts + minutes] == taken[starts]
        return free

    def _busy(self, kind: str, key: str) -> NDArray[np.int64]:
        """For each minute of the horizon, how many before it are taken."""
        if (kind, key) not in self._taken:
            minutes = np.zeros((len(self.problem.days) + 2) * MINUTES_A_DAY, dtype=np.int64)
            for session, at in self._users.get((kind, key), ()):
                minutes[minute_of(at) : minute_of(at) + session.minutes] = 1
            if kind == "room":
                for day, start, end in self.rooms[key].closed:
                    minutes[day * MINUTES_A_DAY + start : day * MINUTES_A_DAY + end] = 1
            self._taken[kind, key] = np.concatenate(([0], np.cumsum(minutes)))
        return self._taken[kind, key]

    def _related(self, session: Session, starts: Starts) -> Mask:
        """Starts that keep order and day rules with the sessions that stay."""
        mask = np.ones(len(starts), dtype=np.bool_)
        for other, at in self._relatives(session):
            mask &= keeps_relations(session, other, at, starts)
        return mask

    def _relatives(self, session: Session) -> Iterable[tuple[Session, Placement]]:
        named = sorted(self._tied.get(session.key, ()))
        return [self.stay[key] for key in named if key in self.stay]


def keeps_relations(session: Session, other: Session, at: Placement, starts: Starts) -> Mask:
    """Starts that keep the session's order and day rules with another at this place."""
    mask = np.ones(len(starts), dtype=np.bool_)
    days = starts // MINUTES_A_DAY
    begin, end = minute_of(at), minute_of(at) + other.minutes
    for gap in (gap for key, gap in session.after if key == other.key):
        mask &= starts >= end + gap
    for gap in (gap for key, gap in session.no_later if key == other.key):
        mask &= starts <= end + gap
    for gap in (gap for key, gap in other.after if key == session.key):
        mask &= begin >= starts + session.minutes + gap
    for gap in (gap for key, gap in other.no_later if key == session.key):
        mask &= begin <= starts + session.minutes + gap
    if other.key in session.same_day_as or session.key in other.same_day_as:
        mask &= days == at.day
    if other.key in session.not_same_day_as or session.key in other.not_same_day_as:
        mask &= days != at.day
    return mask


def related(problem: TimetableProblem) -> dict[str, set[str]]:
    """Session -> the sessions it is tied to by an order or a rule of days, either way round."""
    found: dict[str, set[str]] = {}
    for session in problem.sessions:
        named = {key for key, _ in (*session.after, *session.no_later)}
        for key in named | {*session.same_day_as, *session.not_same_day_as}:
            found.setdefault(session.key, set()).add(key)
            found.setdefault(key, set()).add(session.key)
    return found


def _sharing(problem: TimetableProblem) -> dict[str, set[str]]:
    """Group -> the groups it has people in common with."""
    found: dict[str, set[str]] = {}
    for group in problem.groups:
        for other in group.shares_with:
            found.setdefault(group.key, set()).add(other)
            found.setdefault(other, set()).add(group.key)
    return found


def runs(values: Starts) -> list[list[int]]:
    """Sorted whole numbers as stretches [first, last] without holes."""
    if not len(values):
        return []
    cuts = np.flatnonzero(np.diff(values) > 1)
    firsts = values[np.concatenate(([0], cuts + 1))]
    lasts = values[np.concatenate((cuts, [len(values) - 1]))]
    return [[int(a), int(b)] for a, b in zip(firsts, lasts, strict=True)]


class Choices:
    """What is open to one free session: starts, and for each room and trainer which of them."""

    def __init__(self, blocked: Blocked, session: Session, old: Placement | None) -> None:
        self.session = session
        starts = blocked.starts(session, old)
        self.starts = starts = starts[blocked.fits(session, starts)]
        self.rooms = {
            room.key: blocked.fits_room(session, room, starts) for room in blocked.open_to(session)
        }
        self.trainers = {
            (role, trainer.key): blocked.fits_trainer(session, trainer, starts)
            for role in sorted(session.trainer_roles)
            for trainer in blocked.able(session, role)
        }
        self._narrow()

    def _narrow(self) -> None:
        """Drop what fits at no start, and the starts for which too little is left."""
        mask = np.ones(len(self.starts), dtype=np.bool_)
        if self.session.room_kind is not None:
            mask &= _enough(self.rooms.values(), 1, len(mask))
        for role, count in self.session.trainer_roles.items():
            able = [fit for (of, _), fit in self.trainers.items() if of == role]
            mask &= _enough(able, count, len(mask))
        self.starts = self.starts[mask]
        self.rooms = {key: fit[mask] for key, fit in self.rooms.items() if fit[mask].any()}
        self.trainers = {key: fit[mask] for key, fit in self.trainers.items() if fit[mask].any()}
        self.possible = bool(len(self.starts))

    def holds(self, at: Placement) -> bool:
        """Whether the session may be there, as far as the sessions that stay are concerned."""
        where = np.flatnonzero(self.starts == minute_of(at))
        if not len(where):
            return False
        fits = [self.trainers.get((role, who)) for role, keys in at.roles.items() for who in keys]
        fits += [self.rooms.get(at.room)] if at.room is not None else []
        counts = {role: len(keys) for role, keys in at.roles.items() if keys}
        return (
            all(fit is not None and fit[where[0]] for fit in fits)
            and (at.room is None) == (self.session.room_kind is None)
            and counts == dict(self.session.trainer_roles)
        )

    def must_change(self, at: Placement) -> tuple[int, int]:
        """Whether the room must change (0 or 1), and how many new trainers its roles need."""
        none = at.room is None and self.session.room_kind is None
        room = int(not none and at.room not in self.rooms)
        newcomers = 0
        for role, count in self.session.trainer_roles.items():
            keys = set(at.roles.get(role, ()))
            newcomers += count - min(count, sum((role, who) in self.trainers for who in keys))
        return room, newcomers


def _enough(fits: Iterable[Mask], count: int, length: int) -> Mask:
    found: Mask = sum(fits, np.zeros(length, dtype=np.int64)) >= count
    return found
