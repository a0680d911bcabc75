"""Flows first: a timetable and its bound from one model of all groups' days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite

from ortools.sat.python import cp_model

from .bounds_slots import SlotModel, has_slots
from .check import Placements, costs_of, faults
from .day_layouts import TooManyError
from .flow_branching import FlowBranching
from .flow_model import FlowModel
from .flow_neighbourhoods import Neighbourhoods, Stays, Stretches
from .openings import Openings
from .problem import MINUTES_A_DAY, Session, TimetableProblem
from .relax import only_sessions
from .relaxation import relaxed_least
from .rooms import assign
from .rooms_first import first_placements
from .search import Work, is_found, new_solver, run, solve

# Constraints of a model whose writing down and presolve count as a unit of work.
A_BUILD, A_COPY = 8_000, 25_000
# Least part of the work for the bound; it gets all that making the answer cheaper does not need. That
# needs about a unit of work for so many constraints, squared, and so does raising the bound step by
# step; with less the linear relaxation must do, of so many constraints a unit.
BOUNDING, A_CHEAPER, A_RAISE, A_RELAXATION = 0.65, 800_000, 1_400_000, 3_000
# Most constraints of a model whose bound is raised by branching.
MOST_BRANCHED = 3_000
# Shares of what is left of the work for branching, one after the other, and how many ways are then
# followed to answers, which bound the next one from above.
BRANCHING = ((0.25, 3), (1.0, 3))
# Most work of making an answer cheaper with some of it held.
ONE_TRY = 1.5
# Most work of making an answer of the model from a timetable.
BEGINNING = 2.0
# Answers that are given rooms and trainers: the last ones, as long as they could be cheaper; and
# the work of finding other hours for the days of the last where none of them has any.
LOOKED_AT, OTHER_HOURS = 12, 2.0


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
    met:   values of all variables in the answers met, the cheapest last.
    impossible: whether it is shown that there is no timetable at all.
    """

    def __init__(
        self, problem: TimetableProblem, sessions: Sequence[Session], model: FlowModel, seed: int
    ) -> None:
        self.problem, self.sessions, self.seed = problem, sessions, seed
        self.model = model
        self.bound = 0
        self.impossible = not model.possible
        self.best: tuple[int, Placements] | None = None
        self.met: list[list[int]] = []

    def search(self, work: Work, start: Placements | None = None) -> None:
        """Look for a bound, then for cheaper answers, and give the cheapest rooms and trainers.

        Where there are travellers, the bound of a model that is not too large comes from a tree of
        linear programmes, which leads to answers. Else it is raised step by step, and answers are
        mostly met near to it; where there is too little work for that, any times are found. The
        cheapest answer is then made cheaper with some of it held (large neighbourhood search [1]):
        the stays of all travellers but a few, or all days outside a stretch.

        start: placements to begin from, if they keep the rules.

        [1] P. Shaw (1998). Using constraint programming and local search methods to solve vehicle
            routing problems. CP 1998, LNCS 1520, 417-431. doi:10.1007/3-540-49481-2_30
        """
        if self.impossible:
            return
        constraints = len(self.model.cp.proto.constraints)
        work.left -= constraints / A_BUILD
        if start is not None:
            self._begin(start, work)
        share = Work(max(work.left * BOUNDING, work.left - constraints**2 / A_CHEAPER))
        if constraints <= MOST_BRANCHED and self.model.stays:
            self._branch(share, work)
        if share.left >= constraints**2 / A_RAISE:
            self._from_below(share, work)
        elif not self.bound:
            self.bound = relaxed_least(self.model.cp)
            work.left -= constraints / A_RELAXATION
        if self.impossible:
            return
        if not self.met:
            self._begin(self._any_times(work), work)
        if self.met:
            self._cheaper(work)
        for values in reversed(self.met[-LOOKED_AT:]):
            if self.best is None or self.best[0] > self.model.cost_of(values):
                self._settle(*self.model.read(values), work)
        if self.best is None and self.met:
            self._other_hours(self.met[-1], work)

    def _branch(self, share: Work, work: Work) -> None:
        """Raise the bound by a tree of programmes; look for answers with the stays it leads to."""
        tree = FlowBranching(self.model.cp, self.model)
        for part, count in BRANCHING:
            some = Work(share.left * part)
            given = some.left
            tree.search(some, self.model.cost_of(self.met[-1]) if self.met else None)
            self.bound = tree.bound
            leads = tree.leads(count, some)
            share.left -= given - some.left
            work.left -= given - some.left
            for stays in leads:
                _, found = self._try(stays, work)
                if found is not None:
                    self.met.append(found)
            self.met.sort(key=self.model.cost_of, reverse=True)

    def _from_below(self, share: Work, work: Work) -> None:
        """Raise the bound for so long; keep the answers met."""
        solver = new_solver(self.seed, share)
        solver.parameters.linearization_level = 2
        solver.parameters.use_objective_lb_search = True
        solver.parameters.max_presolve_iterations = 1
        answers = _Answers()
        status = solve(solver, self.model.cp, work, answers)
        self.met = sorted([*self.met, *answers.met], key=self.model.cost_of, reverse=True)
        self.impossible = status == cp_model.INFEASIBLE
        least = solver.best_objective_bound
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN) and isfinite(least):
            self.bound = max(self.bound, -int(-(least - 1e-6) // 1))

    def _any_times(self, work: Work) -> Placements | None:
        return first_placements(self.problem, self.sessions, seed=self.seed, work=work)

    def _begin(self, placements: Placements | None, work: Work) -> None:
        """Keep these placements as the last answer, if they are one and the cheapest so far."""
        given = None if placements is None else self.model.values_of(placements)
        if given is None:
            return
        cp = self.model.cp.clone()
        for index, value in given.items():
            cp.add(cp.get_int_var_from_proto_index(index) == value)
        share = Work(max(0.01, min(BEGINNING, work.left)))
        before = share.left
        solver, status = run(cp, seed=self.seed, work=share, linear=False)
        work.left -= before - share.left
        if is_found(status):
            self.met.append(list(solver.response_proto.solution))
            self.met.sort(key=self.model.cost_of, reverse=True)

    def _cheaper(self, work: Work) -> None:
        """Make the last answer cheaper, some of it at a time, until all of the work is done.

        A kind of neighbourhood that helps is tried again, else the next one has its turn.
        """
        kinds: list[Neighbourhoods] = [Stretches(self.model, self.seed)]
        if self.model.stays:
            kinds.insert(0, Stays(self.model.stays, self.seed))
        cost = self.model.cost_of(self.met[-1])
        while work.left > 0 and cost > self.bound and kinds:
            held = kinds[0].held()
            if held is None:
                kinds.pop(0)
                continue
            values = self.met[-1]
            through, found = self._try({i: values[i] for i in held}, work, values)
            now = cost if found is None else self.model.cost_of(found)
            kinds[0].tried(through=through, cheaper=now < cost)
            if through and kinds[0].is_all():
                self.bound = max(self.bound, now)
            if now >= cost:
                kinds.append(kinds.pop(0))
            if found is not None and now <= cost:
                self.met.append(found)
                cost = now

    def _try(
        self, held: Mapping[int, int], work: Work, start: Sequence[int] = ()
    ) -> tuple[bool, list[int] | None]:
        """Whether all answers with these values of variables were looked through, and the best.

        start: values of all variables to begin from.
        """
        cp = self.model.cp.clone()
        for index, value in held.items():
            cp.add(cp.get_int_var_from_proto_index(index) == value)
        cp.proto.clear_solution_hint()
        for index, value in enumerate(start):
            cp.add_hint(cp.get_int_var_from_proto_index(index), value)
        work.left -= len(self.model.cp.proto.constraints) / A_COPY
        solver = new_solver(self.seed, Work(max(0.01, min(ONE_TRY, work.left))))
        solver.parameters.linearization_level = 2
        solver.parameters.max_presolve_iterations = 1
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        status = solve(solver, cp, work)
        found = list(solver.response_proto.solution) if is_found(status) else None
        return status == cp_model.OPTIMAL, found

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
    return FlowsFirst(problem, sessions, model, seed)
