"""Days first: a plan of days that the hours of each day can hold, for a timetable and its bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite

from ortools.sat.python import cp_model

from .bounds_slots import SlotModel, has_slots
from .check import Placements, costs_of, faults
from .days import DayModel
from .days_held import HeldDays
from .openings import Openings, taken_by
from .problem import Session, TimetableProblem
from .relax import only_sessions
from .rooms import assign
from .search import Work, hint, is_found, new_solver, run, solve
from .windows import allowed_windows

# Constraints of a model whose writing down and presolve count as a unit of work.
A_BUILD = 40_000
# Pairs of session and day beyond which the model is too large to be solved as a whole.
MOST_PAIRS = 2_500
# Work of one round, and of writing down the slots of a plan for each pair of sessions.
ONE_ROUND, A_PAIR = 1.0, 280_000
# Plans of one round that are looked at: the last ones.
LOOKED_AT = 3
# Part of the work of a bound that first goes into such rounds where there were none.
LEARNING = 0.3


class _Plans(cp_model.CpSolverSolutionCallback):
    """The plans of days that a search has met, the latest last."""

    def __init__(self, literals: Sequence[cp_model.IntVar]) -> None:
        super().__init__()
        self.literals = literals
        self.met: list[frozenset[int]] = []

    def on_solution_callback(self) -> None:
        """Keep the literals that are true."""
        self.met.append(frozenset(lit.index for lit in self.literals if self.boolean_value(lit)))


def has_few_days(problem: TimetableProblem, sessions: Sequence[Session]) -> bool:
    """Whether days are coarse and few enough for a model of all of these sessions."""
    if not has_slots(problem, sessions):
        return False
    days = ({w.period.day for w in allowed_windows(problem, s)} for s in sessions)
    return sum(len(on) for on in days) <= MOST_PAIRS


class DaysFirst:
    """A model of the days of all these sessions, and what has been found out about it.

    possible: whether each session has a day at all; nothing can be asked where it has not.
    """

    def __init__(self, problem: TimetableProblem, sessions: Sequence[Session], seed: int) -> None:
        self.problem, self.sessions, self.seed = problem, sessions, seed
        self.openings = Openings(problem, sessions)
        self.model = DayModel(problem, sessions, self.openings)
        self.constraints = len(self.model.cp.proto.constraints)
        self.possible = self.model.possible
        if self.possible:
            self.held = HeldDays(self.model, seed)
            self.held.in_order()
            self.model.cp.minimize(self.model.total())
            self.literals = [lit for on in self.model.on.values() for lit in on.values()]
            self.literals += [lit for on in self.model.there.values() for lit in on.values()]

    def plan(self, work: Work) -> Placements | None:
        """Return placements that keep every rule, or None; the cheapest of all rounds.

        Each round looks for cheap days, forbids what the hours of a day cannot hold, and gives the
        sessions their hours; those on days that were wrong, or next to one, may change days.
        Ends with the work, or with days that are the best and can be held.

        Cost: for 120 sessions a round takes about 2 units of work.
        """
        best: tuple[int, Placements] | None = None
        rounds = 0
        while work.left > 0:
            rounds += 1
            work.left -= self.constraints / A_BUILD
            plans = _Plans(self.literals)
            solver = new_solver(self.seed + rounds, Work(min(ONE_ROUND, max(work.left, 0.05))))
            solver.parameters.linearization_level = 2
            status = solve(solver, self.model.cp, work, plans)
            if not is_found(status) or not plans.met:
                break
            wrong: set[int] = set()
            for met in plans.met[-LOOKED_AT:]:
                wrong = self.held.look(met, work)
            hint(self.model.cp, solver)
            found = self._with_hours(plans.met[-1], wrong, work)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
            if not wrong and status == cp_model.OPTIMAL:
                break
        return None if best is None else best[1]

    def _with_hours(
        self, plan: frozenset[int], wrong: set[int], work: Work
    ) -> tuple[int, Placements] | None:
        """Cost and placements on the days of the plan, but for days that are wrong or next to one."""
        near = wrong | {day + 1 for day in wrong} | {day - 1 for day in wrong}
        days = {
            key: chosen
            for key, on in self.model.on.items()
            if near.isdisjoint(chosen := {day for day, lit in on.items() if lit.index in plan})
        }
        slots = SlotModel(self.problem, self.sessions, on_days=days, openings=self.openings)
        work.left -= len(self.sessions) ** 2 / A_PAIR
        if not slots.possible:
            return None
        share = Work(max(0.05, min(ONE_ROUND, work.left)))
        given = share.left
        solver, status = run(slots.cp, seed=self.seed, work=share)
        work.left -= given - share.left
        if not is_found(status):
            return None
        starts, roles = slots.read(solver), slots.read_roles(solver)
        found = assign(self.problem, self.sessions, starts, roles, seed=self.seed, work=work)
        if found is None or faults(self.problem, found):
            return None
        keys = frozenset(s.key for s in self.sessions)
        return costs_of(only_sessions(self.problem, keys), found).total, found

    def bound(self, alone: Mapping[tuple[str, ...], int], work: Work) -> int:
        """Return a cost that no timetable of the sessions undercuts, from 0.

        Every timetable is an answer of the model of days, or becomes one when groups that are
        alike change places; so the least of the model, or what is shown of it, is a bound. It is
        sought from below: for 120 sessions 10 units of work showed 4590 so, and 4460 where good
        answers were sought.

        Args:
            alone: the least that a group with just these sessions costs by itself.
        """
        if not self.held.found:
            learning = Work(work.left * LEARNING)
            work.left -= learning.left
            self.plan(learning)
            work.left += max(0.0, learning.left)
        model = self.model
        total = model.total()
        for keys, groups in taken_by(self.problem, self.sessions).items():
            # What a group waits or stays late is no part of the model, but of the least it costs.
            by_itself = alone.get(keys, 0)
            if by_itself > 0:
                hours = model.cp.new_int_var(0, by_itself, "")
                model.cp.add(model.by_group[keys] + hours >= by_itself)
                total += groups * hours
        model.cp.minimize(total)
        model.cp.proto.clear_solution_hint()
        work.left -= self.constraints / A_BUILD
        solver = new_solver(self.seed, work)
        solver.parameters.linearization_level = 2
        solver.parameters.use_objective_lb_search = True
        status = solve(solver, model.cp, work)
        known = status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN)
        least = solver.best_objective_bound
        return max(0, -int(-(least - 1e-6) // 1)) if known and isfinite(least) else 0
