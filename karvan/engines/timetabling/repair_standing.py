"""Where every session stands, in arrays, so that all places open to one are priced at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from .answer import Placement
from .check import minute_of, overloaded, present, short_of_equipment, together
from .problem import MINUTES_A_DAY, Session
from .repair_measure import filled
from .repair_times import Blocked, Choices, Mask, Starts, keeps_relations, related

Prices = NDArray[np.float64]
# The price of what must not be.
NEVER = 1e9
# The price of one moved session, and of a change of room or trainer.
MOVE, OTHER = 10.0, 2.0


class Standing:
    """Sessions at their places; one that has none may ask what each place would displace.

    at:      session key -> where it stands; no two of these break a rule together.
    prices:  what it costs to displace each session, in the order of ``sessions``.
    """

    def __init__(self, blocked: Blocked, before: Mapping[str, Placement]) -> None:
        self.problem, self.before, self.blocked = blocked.problem, before, blocked
        self.sessions = sorted(self.problem.sessions, key=lambda s: s.key)
        self.row = {s.key: n for n, s in enumerate(self.sessions)}
        count = len(self.sessions)
        self.at: dict[str, Placement] = {}
        self.prices: Prices = np.ones(count)
        self._minutes = np.array([s.minutes for s in self.sessions], dtype=np.int64)
        self._begin = np.zeros(count, dtype=np.int64)
        self._is_there = np.zeros(count, dtype=np.bool_)
        self._rooms = {room.key: np.zeros(count, dtype=np.bool_) for room in self.problem.rooms}
        self._teach = {t.key: np.zeros(count, dtype=np.bool_) for t in self.problem.trainers}
        self._choices: dict[str, Choices] = {}
        self._people = self._sitting()
        self._tied = related(self.problem)
        self._travel = max(self.problem.travel.values(), default=0)

    def _sitting(self) -> dict[str, Mask]:
        """Group -> the sessions of it and of groups it has people in common with."""
        found: dict[str, Mask] = {}
        for group in self.blocked.groups:
            names = {group, *self.blocked.sharing.get(group, ())}
            found[group] = np.array([bool(names & set(s.groups)) for s in self.sessions])
        return found

    def put(self, session: Session, at: Placement) -> None:
        """Let the session stand there."""
        row = self.row[session.key]
        self.at[session.key] = at
        self._begin[row], self._is_there[row] = minute_of(at), True
        for trainer in present(session, at):
            self._teach[trainer][row] = True
        if at.room is not None:
            self._rooms[at.room][row] = True

    def lift(self, session: Session) -> None:
        """Take the session from where it stands."""
        row = self.row[session.key]
        at = self.at.pop(session.key)
        self._is_there[row] = False
        for trainer in present(session, at):
            self._teach[trainer][row] = False
        if at.room is not None:
            self._rooms[at.room][row] = False

    def choices(self, session: Session) -> Choices:
        """What would be open to the session if it had only those to mind that never move."""
        if session.key not in self._choices:
            old = self.before.get(session.key)
            self._choices[session.key] = Choices(self.blocked, session, old)
        return self._choices[session.key]

    def places(self, session: Session) -> Places:
        """The price of every place open to the session."""
        return Places(self, session)

    def displaced(self, session: Session, at: Placement) -> list[Session] | None:
        """Who has to leave when the session takes this place; None when somebody cannot."""
        leave: set[str] = set()
        around = self._around(session, at)
        for other in around:
            if together(self.problem, session, at, other, self.at[other.key]):
                leave.add(other.key)
        for trainer in present(session, at):
            rows = np.flatnonzero(self._teach[trainer])
            self._unload(session, at, [self.sessions[n] for n in rows], leave, trainer)
        if session.equipment:
            self._share(session, at, around, leave)
        if session.key in leave or any(self.prices[self.row[key]] >= NEVER for key in leave):
            return None
        return [self.sessions[self.row[key]] for key in sorted(leave)]

    def _around(self, session: Session, at: Placement) -> list[Session]:
        begin = minute_of(at)
        near = self._begin < begin + session.minutes + self._travel
        near &= self._begin + self._minutes > begin - self._travel
        for key in self._tied.get(session.key, ()):
            near[self.row[key]] = True
        return [self.sessions[n] for n in np.flatnonzero(near & self._is_there)]

    def _unload(
        self, session: Session, at: Placement, others: list[Session], leave: set[str], who: str
    ) -> None:
        """Who else has to leave so that the trainer has no more than a day or a week may hold."""
        trainer = self.blocked.trainers[who]
        placements = {**self.at, session.key: at}
        while session.key not in leave:
            stay = [session, *(s for s in others if s.key not in leave)]
            clashes = overloaded(self.problem, trainer, stay, placements)
            if not clashes:
                return
            leave.add(self._cheapest(session, clashes[0].keys[1:]))

    def _share(
        self, session: Session, at: Placement, around: list[Session], leave: set[str]
    ) -> None:
        """Who else has to leave so that the shared equipment suffices."""
        placements = {**self.at, session.key: at}
        while session.key not in leave:
            stay = [session, *(s for s in around if s.key not in leave)]
            found = (short_of_equipment(self.problem, s, stay, placements) for s in stay)
            clashes = [clash for some in found for clash in some if session.key in clash.keys]
            if not clashes:
                return
            leave.add(self._cheapest(session, clashes[0].keys[1:]))

    def _cheapest(self, session: Session, keys: Iterable[str]) -> str:
        """The cheapest to displace; the session itself when there is no other."""
        others = [key for key in keys if key != session.key]
        return min(others, key=lambda k: (self.prices[self.row[k]], k), default=session.key)


class Places:
    """The price of every place open to one session: what would be displaced, and its own change."""

    def __init__(self, standing: Standing, session: Session) -> None:
        self._standing, self._session = standing, session
        self._choices = standing.choices(session)
        self._old = standing.before.get(session.key)
        starts = self._choices.starts
        self._over = self._overlaps(starts)
        self._out = np.zeros_like(self._over)
        self._people_and_order(starts)
        self.total: Prices = standing.prices @ self._out
        if self._old is not None:
            self.total += MOVE * (starts != minute_of(self._old))
        self._in_room = self._price_rooms()
        if self._in_room:
            self.total += np.min(list(self._in_room.values()), axis=0)
        self._by = self._price_trainers(starts)
        for role, count in session.trainer_roles.items():
            able = np.array([p for (of, _), p in self._by.items() if of == role])
            self.total += np.sort(able, axis=0)[:count].sum(axis=0)
        self._price_equipment()

    def _overlaps(self, starts: Starts) -> Mask:
        standing = self._standing
        begin, end = standing._begin[:, None], (standing._begin + standing._minutes)[:, None]
        found: Mask = (begin < starts + self._session.minutes) & (end > starts)
        return found & standing._is_there[:, None]

    def _people_and_order(self, starts: Starts) -> None:
        standing, session = self._standing, self._session
        people = np.zeros(len(standing.sessions), dtype=np.bool_)
        for group in session.groups:
            people |= standing._people[group]
        for trainer in session.trainers:
            people |= standing._teach[trainer]
        self._out[people] = self._over[people]
        for key in standing._tied.get(session.key, ()):
            if key in standing.at:
                row = standing.row[key]
                other = standing.sessions[row]
                self._out[row] |= ~keeps_relations(session, other, standing.at[key], starts)

    def _also(self, rows: Mask) -> Prices:
        """The price of whom these rows displace beside those displaced anyway."""
        found = np.flatnonzero(rows)
        also = self._over[found] & ~self._out[found]
        prices: Prices = self._standing.prices[found] @ also
        return prices

    def _price_rooms(self) -> dict[str, Prices]:
        found: dict[str, Prices] = {}
        for key, open_to in self._choices.rooms.items():
            price = self._also(self._standing._rooms[key])
            price[~open_to] = NEVER
            found[key] = price + OTHER * (self._old is not None and self._old.room != key)
        return found

    def _price_trainers(self, starts: Starts) -> dict[tuple[str, str], Prices]:
        found: dict[tuple[str, str], Prices] = {}
        loads: dict[str, Prices] = {}
        was = filled(self._old) if self._old is not None else None
        for (role, key), able in self._choices.trainers.items():
            if key not in loads:
                loads[key] = self._also(self._standing._teach[key]) + self._overload(key, starts)
            price = loads[key].copy()
            price[~able] = NEVER
            found[role, key] = price + OTHER * (was is not None and key not in was.get(role, ()))
        for key in self._session.trainers:
            self.total += self._overload(key, starts)
        return found

    def _overload(self, key: str, starts: Starts) -> Prices:
        """About what it costs to relieve the trainer of too full days and weeks."""
        standing, problem = self._standing, self._standing.problem
        trainer = standing.blocked.trainers[key]
        rows = np.flatnonzero(standing._teach[key])
        price: Prices = np.zeros(len(starts))
        if not len(rows):
            return price
        days, mine = starts // MINUTES_A_DAY, standing._begin[rows] // MINUTES_A_DAY
        stays = ~self._over[rows] & ~self._out[rows]
        for most, of, there in (
            (trainer.max_minutes_per_day, days, mine),
            (
                trainer.max_minutes_per_week,
                (days + problem.week_offset) // 7,
                (mine + problem.week_offset) // 7,
            ),
        ):
            if most is not None:
                same = stays & (there[:, None] == of)
                full = standing._minutes[rows] @ same + self._session.minutes > most
                least = np.where(same, standing.prices[rows][:, None], NEVER).min(axis=0)
                price += np.where(full, least, 0)
        return price

    def _price_equipment(self) -> None:
        standing = self._standing
        for item, count in self._session.equipment.items():
            drawn = np.array([s.equipment.get(item, 0) for s in standing.sessions])
            rows = np.flatnonzero(drawn)
            using = self._over[rows] & ~self._out[rows]
            short = drawn[rows] @ using + count > standing.problem.pool(item)
            least = np.where(using, standing.prices[rows][:, None], NEVER).min(
                axis=0, initial=NEVER
            )
            self.total += np.where(short & (least < NEVER), least, 0)

    def placement(self, index: int) -> Placement:
        """The cheapest way to be held at the start with this index."""
        day, minute = divmod(int(self._choices.starts[index]), MINUTES_A_DAY)
        rooms = {key: price[index] for key, price in self._in_room.items()}
        room = min(sorted(rooms), key=lambda key: rooms[key]) if rooms else None
        roles: dict[str, tuple[str, ...]] = {}
        taken: set[str] = set()
        for role, count in sorted(self._session.trainer_roles.items()):
            able = [
                (price[index], key)
                for (of, key), price in self._by.items()
                if of == role and key not in taken
            ]
            roles[role] = tuple(sorted(key for _, key in sorted(able)[:count]))
            taken |= set(roles[role])
        return Placement(day, minute, room, roles)
