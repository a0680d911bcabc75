"""What changes of room a day costs its groups, as terms of a model of days.

A group uses a room of its own for each of its kinds of session that share no room. Where one kind
has some of the rooms of another (a plenary needs the hall, a seminar may be in it), a group that
takes both and does not change holds the second in the rooms of the first; and these are open for
so many slots only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from .openings import Openings, apart
from .posted import Literal
from .problem import MINUTES_A_DAY, Session, TimetableProblem

Cost = cp_model.LinearExpr | int


class RoomsInDays:
    """Counts the rooms of a day for each group, and what stays in the rooms of a kind."""

    cp: cp_model.CpModel
    problem: TimetableProblem
    open: Openings
    sessions: list[Session]
    size: dict[str, int]
    slots: list[list[int]]
    to_relax: bool
    on: dict[str, dict[int, Literal]]

    def changes(self, taken: Sequence[Session], day: int, comes: Literal) -> Cost:
        """Rooms beyond the first that the day needs of a group, times their weight."""
        kinds: dict[frozenset[str], list[tuple[Session, Literal]]] = defaultdict(list)
        for session in taken:
            if session.room_kind and day in self.on[session.key]:
                kinds[self.open.rooms_of[session.key]].append((session, self.on[session.key][day]))
        if len(kinds) < 2 or not self.problem.weights.room_change:
            return 0
        found = apart(kinds)
        uses = {rooms: self.cp.new_bool_var("") for rooms in kinds}
        for rooms, use in uses.items():
            for _, lit in kinds[rooms]:
                self.cp.add_implication(lit, use)
        changes = self.cp.new_int_var(0, max(1, len(found) - 1), "")
        self.cp.add(changes >= sum(uses[rooms] for rooms in found) - comes)
        for rooms, use in uses.items():
            shortest = min(self.size[one.key] for one, _ in kinds[rooms])
            stayed, filled = self._stay_or_change(rooms, use, kinds, day, changes)
            longest = sum(self.slots[day])
            if not self.to_relax:
                continue
            # The same of all their slots together, which a relaxation feels: they fill a day
            # without these rooms, or what is left of one with them, in another room or staying.
            self.cp.add(filled <= longest * (comes - use) + (longest - shortest) * changes + stayed)
        return self.problem.weights.room_change * changes

    def _stay_or_change(
        self,
        rooms: frozenset[str],
        use: Literal,
        kinds: Mapping[frozenset[str], Sequence[tuple[Session, Literal]]],
        day: int,
        changes: cp_model.IntVar,
    ) -> tuple[Cost, Cost]:
        """Slots held in these rooms, and slots of all that would else be a change of room."""
        stayed: Cost = 0
        filled: Cost = 0
        for others, there in kinds.items():
            for session, lit in there:
                if len(session.groups) > 1 or not (rooms < others or rooms.isdisjoint(others)):
                    continue
                filled += self.size[session.key] * lit
                if rooms < others:
                    stays = self.cp.new_bool_var("")
                    self.cp.add(stays + changes >= use + lit - 1)
                    self._stayed[rooms, day].append((self.size[session.key], stays))
                    stayed += self.size[session.key] * stays
        return stayed, filled

    def begin_rooms(self) -> None:
        """Nothing is known yet of what stays where."""
        self._stayed: dict[tuple[frozenset[str], int], list[tuple[int, Literal]]] = defaultdict(
            list
        )

    def fit_stays(self) -> None:
        """What stays in the rooms of a kind, and what needs them, has place there on the day."""
        for (rooms, day), stayed in self._stayed.items():
            inside = [
                (self.size[s.key], self.on[s.key][day])
                for s in self.sessions
                if s.room_kind and self.open.rooms_of[s.key] <= rooms and day in self.on[s.key]
            ]
            places = sum(
                cell // MINUTES_A_DAY == day for room in rooms for cell in self.open.free[room]
            )
            if sum(size for size, _ in (*inside, *stayed)) > places:
                self.cp.add(sum(size * lit for size, lit in (*inside, *stayed)) <= places)
            if not self.to_relax:
                continue
            # Nobody need stay where nobody has to be: a relaxation would stay a little every day.
            left = max(0, places - min((size for size, _ in inside), default=0))
            needed = sum(lit for _, lit in inside)
            self.cp.add(sum(size * lit for size, lit in stayed) <= left * needed)
