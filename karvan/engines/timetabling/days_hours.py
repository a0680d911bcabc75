"""Which sessions of a day must lie late in it, or early, because of the others that day.

A session that follows others of the same day starts after them, however they lie. So for every
slot of a day, those that start no sooner need places in what is left of the day; and those that
end no later need places in the part before. Both are counted like whole days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ortools.sat.python import cp_model

from .openings import Openings, unions
from .posted import Literal
from .problem import MINUTES_A_DAY, Session, TimetableProblem


class HoursInDays:
    """Adds to a model of days what the order inside a day takes away."""

    cp: cp_model.CpModel
    problem: TimetableProblem
    open: Openings
    sessions: list[Session]
    by_key: dict[str, Session]
    size: dict[str, int]
    slots: list[list[int]]
    on: dict[str, dict[int, Literal]]

    def add_hours(self) -> None:
        """Count the sessions pushed to the end of a day, and those pushed to its beginning."""
        self._index: dict[int, int] = {}
        self._cells: dict[int, list[int]] = defaultdict(list)
        for cell, day in self.open.cells:
            self._index[cell] = len(self._cells[day])
            self._cells[day].append(cell)
        before: dict[str, list[str]] = defaultdict(list)
        after: dict[str, list[str]] = defaultdict(list)
        for late in self.sessions:
            for key, _ in late.after:
                if key in self.by_key:
                    before[late.key].append(key)
                    after[key].append(late.key)
        for late_ones, nearer in ((True, before), (False, after)):
            self._pushed: dict[tuple[str, int, int], Literal | None] = {}
            self._nearer, self._late = nearer, late_ones
            for day, cells in self._cells.items():
                for left in range(1, len(cells)):
                    self._count(day, left)

    def _place(self, key: str, day: int) -> int:
        """Most slots from the session's first to the day's end, or from the day's start to its last."""
        starts = [t for t in self.open.starts[key] if t // MINUTES_A_DAY == day]
        if self._late:
            return len(self._cells[day]) - self._index[starts[0]]
        return self._index[starts[-1]] + self.size[key]

    def _push(self, key: str, day: int, left: int) -> Literal | None:
        """A literal that is true where the session must lie in so many slots; None where never.

        With ``late`` these are the last slots of the day, otherwise the first.
        """
        known = (key, day, left)
        if known in self._pushed:
            return self._pushed[known]
        self._pushed[known] = None
        here = self.on[key].get(day)
        if here is None or self._place(key, day) <= left:
            self._pushed[known] = here
            return here
        causes = [
            (other, cause)
            for other in self._nearer.get(key, ())
            if day in self.on[other]
            and (cause := self._push(other, day, left + self.size[other])) is not None
        ]
        if not causes:
            return None
        if left < self.size[key]:
            for _, cause in causes:
                self.cp.add_bool_or([~here, ~cause])
            return None
        pushed = self.cp.new_bool_var("")
        self.cp.add_implication(pushed, here)
        for _, cause in causes:
            self.cp.add_bool_or([~here, ~cause, pushed])
        self._pushed[known] = pushed
        return pushed

    def _count(self, day: int, left: int) -> None:
        cells = self._cells[day][-left:] if self._late else self._cells[day][:left]
        pushed = {
            s.key: lit for s in self.sessions if (lit := self._push(s.key, day, left)) is not None
        }
        if not pushed:
            return
        inside = [s for s in self.sessions if s.key in pushed]
        rooms = {self.open.rooms_of[s.key] for s in inside if s.room_kind}
        for union in unions(rooms):
            held = [s for s in inside if s.room_kind and self.open.rooms_of[s.key] <= union]
            places = sum(cell in self.open.free[room] for room in union for cell in cells)
            self._fit(held, pushed, places)
        able = {
            s.key: frozenset(t.key for found in self.open.able[s.key].values() for t in found)
            for s in inside
            if sum(s.trainer_roles.values()) == 1
        }
        for union in unions(set(able.values())):
            held = [s for s in inside if s.key in able and able[s.key] <= union]
            there = sum(t.there_on(day) for t in self.problem.trainers if t.key in union)
            self._fit(held, pushed, there * left)
        for item in sorted({item for s in inside for item in s.equipment}):
            most = self.problem.pool(item) + sum(
                room.equipment.get(item, 0) for room in self.problem.rooms
            )
            using = [s for s in inside if item in s.equipment]
            need = {s.key: s.equipment[item] * self.size[s.key] for s in using}
            if sum(need.values()) > most * left:
                self.cp.add(sum(n * pushed[key] for key, n in need.items()) <= most * left)

    def _fit(self, held: Sequence[Session], pushed: dict[str, Literal], places: int) -> None:
        if sum(self.size[s.key] for s in held) > places:
            self.cp.add(sum(self.size[s.key] * pushed[s.key] for s in held) <= places)
