"""Flows first: a timetable and its bound from one model of all groups' days."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from ortools.sat.python import cp_model

from .bounds_slots import SlotModel, has_slots
from .check import Placements, costs_of, faults
from .day_layouts import TooManyError
from .flow_model import FlowModel
from .openings import Openings
from .problem import MINUTES_A_DAY, Session, TimetableProblem
from .relax import only_sessions
from .rooms import assign
from .search import Work, is_found, new_solver, run, solve

# Constraints of a model whose writing down and presolve count as a unit of work.
A_BUILD = 8_000
# Answers that are given rooms and trainers: the last ones; and the work of finding other hours
# for the days of the last where none of them has any.
LOOKED_AT, OTHER_HOURS = 3, 2.0


class _Answers(cp_model.CpSolverSolutionCallback):
    """The answers that a search has met, the cheapest last."""

    def __init__(self) -> None:
        super().__init__()
        self.met: list[list[int]] = []

    def on_solution_callback(self) -> None:
        """Keep the values of all variables."""
        self.met.append(list(self.response_proto.solution))


class FlowsFirst:
    """A model of flows of these sessions, and what has been found out by it.

    bound: no timetable of the sessions costs less.
    best:  the cheapest placements found that keep every rule, with their cost; None so far.
    """

    def __init__(
        self, problem: TimetableProblem, sessions: Sequence[Session], model: FlowModel, seed: int
    ) -> None:
        self.problem, self.sessions, self.seed = problem, sessions, seed
        self.model = model
        self.bound = 0
        self.best: tuple[int, Placements] | None = None

    def search(self, work: Work, start: Placements | None = None) -> None:
        """Look for the cheapest answer of the model from below, and give it rooms and trainers.

        The bound is raised step by step, and answers are mostly met near to it: of 120 sessions
        the first good one after some 8 units of work, of 400 after 20.

        start: placements to begin from, if they keep the rules.
        """
        work.left -= len(self.model.cp.proto.constraints) / A_BUILD
        if start is not None:
            self.model.hint(start)
        solver = new_solver(self.seed, work)
        solver.parameters.linearization_level = 2
        solver.parameters.use_objective_lb_search = True
        solver.parameters.max_presolve_iterations = 1
        answers = _Answers()
        status = solve(solver, self.model.cp, work, answers)
        least = solver.best_objective_bound
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN) and isfinite(least):
            self.bound = max(0, -int(-(least - 1e-6) // 1))
        for values in reversed(answers.met[-LOOKED_AT:]):
            self._settle(*self.model.read(values), work)
        if self.best is None and answers.met:
            self._other_hours(answers.met[-1], work)

    def _settle(
        self,
        starts: dict[str, int],
        roles: dict[tuple[str, str], tuple[str, ...]],
        work: Work,
    ) -> None:
        """Give these times rooms and trainers, and keep what comes out if it is the cheapest."""
        found = assign(self.problem, self.sessions, starts, roles, seed=self.seed, work=work)
        if found is None or faults(self.problem, found):
            return
        keys = frozenset(s.key for s in self.sessions)
        cost = costs_of(only_sessions(self.problem, keys), found).total
        if self.best is None or cost < self.best[0]:
            self.best = (cost, found)

    def _other_hours(self, values: Sequence[int], work: Work) -> None:
        """Look for other hours on the same days."""
        starts, _ = self.model.read(values)
        days = {key: {t // MINUTES_A_DAY} for key, t in starts.items()}
        slots = SlotModel(self.problem, self.sessions, on_days=days, openings=self.model.open)
        if not slots.possible:
            return
        share = Work(max(0.05, min(OTHER_HOURS, work.left)))
        given = share.left
        solver, status = run(slots.cp, seed=self.seed, work=share)
        work.left -= given - share.left
        if is_found(status):
            self._settle(slots.read(solver), slots.read_roles(solver), work)


def flows_of(
    problem: TimetableProblem, sessions: Sequence[Session], seed: int
) -> FlowsFirst | None:
    """Return the model of flows of these sessions, or None where it would be too large.

    Days must be on a coarse grid, and the ways to lay out and to order the days of a group few.

    Cost: a second for 400 sessions in eight groups that are alike.
    """
    if not has_slots(problem, sessions):
        return None
    try:
        model = FlowModel(problem, sessions, Openings(problem, sessions))
    except TooManyError:
        return None
    return FlowsFirst(problem, sessions, model, seed) if model.possible else None
