"""What times on a coarse grid cost groups and travelling trainers, as terms of a CP-SAT model."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python import cp_model

from .openings import apart, is_liked, taken_by
from .posted import Literal
from .problem import MINUTES_A_DAY, Session, TimetableProblem

Cost = cp_model.LinearExpr | int


class SlotCosts:
    """Variables of a model of times, and the goals counted on them."""

    cp: cp_model.CpModel
    problem: TimetableProblem
    sessions: list[Session]
    cells: list[tuple[int, int]]
    at: dict[str, dict[int, Literal]]
    on_day: dict[str, dict[int, Literal]]
    covers: dict[str, dict[int, list[Literal]]]
    given: dict[str, list[tuple[Session, int, Literal]]]
    rooms_of: dict[str, frozenset[str]]
    cost: Cost

    def on(self, session: Session, day: int) -> Literal | None:
        """Whether the session is on the day; None when that cannot be."""
        return self.on_day[session.key].get(day)

    def add_costs(self) -> None:
        """Add every goal but the choice among rooms to the cost."""
        self.stays: dict[str, Cost] = {}
        by_key = {s.key: s for s in self.sessions}
        for keys, groups in taken_by(self.problem, self.sessions).items():
            self.cost += groups * self._group_cost([by_key[key] for key in keys])
        weights = self.problem.weights
        for session in self.sessions:
            if session.preferred:
                self.cost += weights.unpreferred * sum(
                    lit for t, lit in self.at[session.key].items() if not is_liked(session, t)
                )
        for trainer in self.problem.trainers:
            if trainer.travels and weights.stay:
                self.stays[trainer.key] = weights.stay * self._stay(self.given[trainer.key])
                self.cost += self.stays[trainer.key]

    def _group_cost(self, taken: list[Session]) -> Cost:
        total: Cost = 0
        used: list[Literal] = []
        longest = 1
        by_day: dict[int, list[int]] = defaultdict(list)
        for cell, day in self.cells:
            by_day[day].append(cell)
        for day, cells in by_day.items():
            there = [(s, lit) for s in taken if (lit := self.on(s, day)) is not None]
            longest = max(longest, len(cells) * self.problem.step)
            if not there:
                continue
            comes = self.cp.new_bool_var("")
            used.append(comes)
            for _, lit in there:
                self.cp.add_implication(lit, comes)
            minutes = sum(s.minutes * lit for s, lit in there)
            self.cp.add(minutes <= len(cells) * self.problem.step * comes)
            total += self.problem.weights.group_day * comes
            total += self._span(taken, cells, day) + self._beyond(there, comes)
            total += self._changes(there, comes)
        self.cp.add(sum(used) >= -(-sum(s.minutes for s in taken) // longest))
        return total

    def _span(self, taken: list[Session], cells: list[int], day: int) -> Cost:
        """Waiting between two sessions of the day and late ends."""
        weights, step = self.problem.weights, self.problem.step
        busy = [[lit for s in taken for lit in self.covers[s.key].get(cell, ())] for cell in cells]
        begun = [self.cp.new_bool_var("") for _ in cells]
        goes_on = [self.cp.new_bool_var("") for _ in cells]
        total: Cost = 0
        dusk = day * MINUTES_A_DAY + weights.late_from
        for k, cell in enumerate(cells):
            for lit in busy[k]:
                self.cp.add_implication(lit, begun[k])
                self.cp.add_implication(lit, goes_on[k])
            if k:
                self.cp.add_implication(begun[k - 1], begun[k])
                self.cp.add_implication(goes_on[k], goes_on[k - 1])
            if 0 < k < len(cells) - 1 and weights.gap:
                waits = self.cp.new_bool_var("")
                self.cp.add(waits >= begun[k] + goes_on[k] - 1 - sum(busy[k]))
                total += weights.gap * step * waits
            total += weights.late * max(0, cell + step - max(cell, dusk)) * goes_on[k]
        return total

    def _beyond(self, there: list[tuple[Session, Literal]], comes: Literal) -> Cost:
        weights = self.problem.weights
        most = sum(s.minutes for s, _ in there) - weights.full_day
        if not weights.spread or most <= 0:
            return 0
        beyond = self.cp.new_int_var(0, most, "")
        minutes = sum(s.minutes * lit for s, lit in there)
        self.cp.add(beyond >= minutes - weights.full_day * comes)
        return weights.spread * beyond

    def _changes(self, there: list[tuple[Session, Literal]], comes: Literal) -> Cost:
        """Rooms beyond the first that the day needs because no room serves two of its kinds."""
        kinds: dict[frozenset[str], list[Literal]] = defaultdict(list)
        for session, lit in there:
            if session.room_kind:
                kinds[self.rooms_of[session.key]].append(lit)
        found = apart(kinds)
        if len(found) < 2 or not self.problem.weights.room_change:
            return 0
        uses = [self.cp.new_bool_var("") for _ in found]
        for rooms, use in zip(found, uses, strict=True):
            for lit in kinds[rooms]:
                self.cp.add_implication(lit, use)
        changes = self.cp.new_int_var(0, len(found) - 1, "")
        self.cp.add(changes >= sum(uses) - comes)
        return self.problem.weights.room_change * changes

    def _stay(self, given: list[tuple[Session, int, Literal]]) -> Cost:
        days = sorted({t // MINUTES_A_DAY for _, t, _ in given})
        if not days:
            return 0
        hull = range(days[0], days[-1] + 1)
        come, to_go, there = ({d: self.cp.new_bool_var("") for d in hull} for _ in range(3))
        for _, t, lit in given:
            for name in (come, to_go, there):
                self.cp.add_implication(lit, name[t // MINUTES_A_DAY])
        for day in hull:
            self.cp.add_bool_or([there[day], ~come[day], ~to_go[day]])
            if day + 1 in come:
                self.cp.add_implication(come[day], come[day + 1])
                self.cp.add_implication(to_go[day + 1], to_go[day])
        return sum(there.values())
