"""A lean CP-SAT model for repairs: variables for the sessions that may change, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import numpy as np
from ortools.sat.python import cp_model

from .answer import Placement
from .check import minute_of
from .posted import Literal
from .problem import MINUTES_A_DAY, Session, TimetableProblem
from .repair_measure import is_changed
from .repair_times import Blocked, Choices, Mask, Starts, runs

T = TypeVar("T", str, tuple[str, str])


class RepairModel:
    """Where and with whom the free sessions may be held while all the others stay.

    free:      the sessions that may change.
    blocked:   the others, as taken time.
    unit:      minutes of one step of the model's clock; every start is a multiple of it.
    start, in_room, fills: the variables. A choice that is settled has the constant ``true``.
    possible:  false when some session has no place at all; then there is nothing to solve.
    """

    def __init__(
        self,
        problem: TimetableProblem,
        before: Mapping[str, Placement],
        stay: Mapping[str, Placement],
    ) -> None:
        self.cp = cp_model.CpModel()
        self.true: Literal = self.cp.new_constant(1)
        self.problem, self.before = problem, before
        self.blocked = Blocked(problem, stay)
        self.free = [s for s in sorted(problem.sessions, key=lambda s: s.key) if s.key not in stay]
        self.starts: dict[str, Starts] = {}
        self.start: dict[str, cp_model.IntVar] = {}
        self.in_room: dict[str, dict[str, Literal]] = {}
        self.fills: dict[str, dict[tuple[str, str], Literal]] = {}
        self._days: dict[str, cp_model.IntVar] = {}
        self._stretch: dict[tuple[str, int], cp_model.IntervalVar] = {}
        self._either: dict[tuple[str, str], Literal] = {}
        narrowed = [Choices(self.blocked, s, before.get(s.key)) for s in self.free]
        self.possible = all(one.possible for one in narrowed)
        if self.possible:
            self.unit = self._common_step(one.starts for one in narrowed)
            for choices in narrowed:
                self._place(choices)

    def _common_step(self, starts: Iterable[Starts]) -> int:
        """The longest step of which every start is a multiple, pools' fixed users included."""
        found = [int(np.gcd.reduce(one)) for one in starts]
        using = [minute_of(at) for s, at in self.blocked.stay.values() if s.equipment]
        ends = [minute_of(at) + s.minutes for s, at in self.blocked.stay.values() if s.equipment]
        return int(np.gcd.reduce([MINUTES_A_DAY, *found, *using, *ends]))

    def _place(self, choices: Choices) -> None:
        session, key = choices.session, choices.session.key
        self.starts[key] = choices.starts
        domain = self.domain(choices.starts)
        self.start[key] = self.cp.new_int_var_from_domain(domain, f"start {key}")
        self.in_room[key] = self._choice(key, choices, choices.rooms)
        if session.room_kind is not None:
            self.cp.add_exactly_one(self.in_room[key].values())
        self.fills[key] = self._choice(key, choices, choices.trainers)
        for role, count in sorted(session.trainer_roles.items()):
            able = [lit for (of, _), lit in self.fills[key].items() if of == role]
            self.cp.add(sum(able) == count)
        for trainer in sorted({who for _, who in self.fills[key]}):
            roles = [lit for (_, who), lit in self.fills[key].items() if who == trainer]
            if len(roles) > 1:
                self.cp.add_at_most_one(roles)
        self._travel_of_both(choices)

    def _choice(self, key: str, choices: Choices, open_to: dict[T, Mask]) -> dict[T, Literal]:
        made: dict[T, Literal] = {}
        for name, mask in open_to.items():
            made[name] = self.cp.new_bool_var("")
            if not mask.all():
                allowed = self.domain(choices.starts[mask])
                start = self.start[key]
                self.cp.add_linear_expression_in_domain(start, allowed).only_enforce_if(made[name])
        return made

    def _travel_of_both(self, choices: Choices) -> None:
        """Starts that room and trainer allow each alone, but not the way between them."""
        if not self.blocked.has_travel:
            return
        session, key, starts = choices.session, choices.session.key, choices.starts
        for room, inside in self.in_room[key].items():
            for (_, trainer), fills in self.fills[key].items():
                place = self.blocked.rooms[room]
                mask = self.blocked.in_time(session, place, ("trainer", trainer), starts)
                if not mask.all():
                    allowed = self.domain(starts[mask])
                    rule = self.cp.add_linear_expression_in_domain(self.start[key], allowed)
                    rule.only_enforce_if(inside, fills)

    def domain(self, minutes: Starts) -> cp_model.Domain:
        """These minutes on the model's clock."""
        return cp_model.Domain.from_intervals(runs(minutes // self.unit))

    def length(self, minutes: int) -> int:
        """So many minutes on the model's clock, rounded up; between starts that loses nothing."""
        return -(-minutes // self.unit)

    def stretch(self, session: Session, presence: Literal) -> cp_model.IntervalVar:
        """The session's stretch of time, there when the literal is true."""
        name = (session.key, presence.index)
        if name not in self._stretch:
            start, size = self.start[session.key], self.length(session.minutes)
            if presence.index == self.true.index:
                made = self.cp.new_fixed_size_interval_var(start, size, "")
            else:
                made = self.cp.new_optional_fixed_size_interval_var(start, size, presence, "")
            self._stretch[name] = made
        return self._stretch[name]

    def teaches(self, session: Session, trainer: str) -> Literal | None:
        """Whether the trainer is in the session; None when that cannot be."""
        if trainer in session.trainers:
            return self.true
        roles = [lit for (_, who), lit in self.fills[session.key].items() if who == trainer]
        if len(roles) < 2:
            return roles[0] if roles else None
        if (session.key, trainer) not in self._either:
            either = self.cp.new_bool_var("")
            self.cp.add(sum(roles) == either)
            self._either[session.key, trainer] = either
        return self._either[session.key, trainer]

    def day(self, session: Session) -> cp_model.LinearExpr | int:
        """The index of the day the session is on."""
        key = session.key
        days = np.unique(self.starts[key] // MINUTES_A_DAY)
        if len(days) == 1:
            return int(days[0])
        if key not in self._days:
            domain = cp_model.Domain.from_intervals(runs(days))
            self._days[key] = self.cp.new_int_var_from_domain(domain, f"day {key}")
            whole = MINUTES_A_DAY // self.unit
            minute = self.start[key] - whole * self._days[key]
            self.cp.add_linear_constraint(minute, 0, whole - 1)
        return self._days[key]

    def week(self, session: Session) -> cp_model.LinearExpr | int:
        """The number of the week the session is in."""
        day = self.day(session)
        if isinstance(day, int):
            return self.problem.week_of(day)
        days = np.unique(self.starts[session.key] // MINUTES_A_DAY)
        weeks = sorted({self.problem.week_of(int(day)) for day in days})
        week = self.cp.new_int_var(weeks[0], weeks[-1], "")
        self.cp.add_linear_constraint(day + self.problem.week_offset - 7 * week, 0, 6)
        return week

    def hint(self, after: Mapping[str, Placement]) -> None:
        """Let the search start from these placements."""
        for session in self.free:
            at = after.get(session.key)
            if at is None:
                continue
            minute = minute_of(at)
            if minute in self.starts[session.key]:
                self.cp.add_hint(self.start[session.key], minute // self.unit)
            for room, inside in self.in_room[session.key].items():
                self.cp.add_hint(inside, room == at.room)
            for (role, trainer), fills in self.fills[session.key].items():
                self.cp.add_hint(fills, trainer in at.roles.get(role, ()))

    def placements(self, solver: cp_model.CpSolver) -> dict[str, Placement]:
        """Where the solver put every free session, and where the others stay."""
        found = {key: at for key, (_, at) in self.blocked.stay.items()}
        for session in self.free:
            key = session.key
            day, minute = divmod(solver.value(self.start[key]) * self.unit, MINUTES_A_DAY)
            rooms = [room for room, inside in self.in_room[key].items() if solver.value(inside)]
            roles: dict[str, tuple[str, ...]] = dict.fromkeys(sorted(session.trainer_roles), ())
            for (role, trainer), fills in sorted(self.fills[key].items()):
                if solver.value(fills):
                    roles[role] += (trainer,)
            new = Placement(day, minute, rooms[0] if rooms else None, roles)
            old = self.before.get(key)
            found[key] = new if old is None or is_changed(old, new) else old
        return found
