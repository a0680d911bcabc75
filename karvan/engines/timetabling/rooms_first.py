"""A first timetable of a large course on a coarse grid, made cheaper some sessions at a time."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from .answer import Placement
from .bounds_slots import SlotModel
from .check import Placements, costs_of, faults, minute_of
from .neighbourhoods import Neighbourhoods
from .openings import Openings
from .problem import Session, TimetableProblem
from .relax import only_sessions
from .rooms import assign
from .search import Work, is_found, new_solver, run, solve

# Part of the work for the whole at once, where a course is too large to be planned by its days, and
# the work of one try with some sessions free after that; with and without such a plan.
WHOLE, ONE_TRY, ONE_TRY_PLANNED = 0.25, 0.5, 3.0
# Pairs of sessions whose model takes about a unit of work to write down and presolve.
A_BUILD = 560_000
# Tries after which rooms are settled, and the part of the work that is left for the last time.
SETTLE_AFTER, SETTLING = 8, 0.03


def first_placements(
    problem: TimetableProblem, sessions: Sequence[Session], *, seed: int, work: Work
) -> dict[str, Placement] | None:
    """Return placements that keep every rule, or None: times first, then rooms and trainers.

    Cost: one CP-SAT model without a goal; 400 sessions take some seconds.
    """
    model = SlotModel(problem, sessions, with_cost=False)
    if not model.possible:
        return None
    solver, status = run(model.cp, seed=seed, work=work, linear=False)
    if not is_found(status):
        return None
    starts, roles = model.read(solver), model.read_roles(solver)
    found = assign(problem, sessions, starts, roles, seed=seed, work=work)
    return None if found is None or faults(problem, found) else found


def cheaper_times(
    problem: TimetableProblem,
    sessions: Sequence[Session],
    placements: Placements,
    *,
    seed: int,
    work: Work,
    planned: bool = False,
) -> dict[str, Placement]:
    """Return placements that cost no more, found by other times, as long as there is work.

    Large neighbourhood search [1] over the times. First CP-SAT frees what it likes of one model of
    the whole, without linear relaxations: that is quick while much is to be gained. Then the
    sessions of a group, of some days, or those that order binds to each other are freed, the rest is
    held, and relaxations show the best that can be done with them. Rooms and trainers are settled
    now and then; where times leave no rooms, the search goes back to those that did.

    planned: whether the placements come from a plan of all days, which only larger sets make better.

    [1] P. Shaw (1998). Using constraint programming and local search methods to solve vehicle
        routing problems. CP 1998, LNCS 1520, 417-431. doi:10.1007/3-540-49481-2_30
    """
    given = work.left
    search = _Times(problem, sessions, placements, seed, planned)
    if not planned:
        search.free_any(seed, Work(given * WHOLE), work)
        search.settle(work)
    tries = 0
    while work.left > given * SETTLING:
        tries += 1
        search.free(seed + tries, work)
        if tries % SETTLE_AFTER == 0:
            search.settle(work)
    search.settle(work)
    return search.best


class _Times:
    """Times being made cheaper, and the last placements whose rooms were settled."""

    def __init__(
        self,
        problem: TimetableProblem,
        sessions: Sequence[Session],
        placements: Placements,
        seed: int,
        planned: bool,
    ) -> None:
        self.problem, self.sessions, self.seed = problem, sessions, seed
        self.one_try = ONE_TRY_PLANNED if planned else ONE_TRY
        self.openings = Openings(problem, sessions)
        self.sets = Neighbourhoods(problem, sessions, seed, few=not planned)
        self.best = dict(placements)
        self.total: int | None = None
        self._back()
        self.cost: float | None = None
        self.changed = False

    def _back(self) -> None:
        """Go back to the times of the best placements."""
        self.starts = {s.key: minute_of(self.best[s.key]) for s in self.sessions}
        self.roles = _roles(self.sessions, self.best)

    def free_any(self, seed: int, share: Work, work: Work) -> None:
        """Let CP-SAT free sets of its own choice, as long as there is work in the share."""
        solver = new_solver(seed, share)
        solver.parameters.use_lns_only = True
        solver.parameters.linearization_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        self._search(set(self.starts), solver, work)

    def free(self, seed: int, work: Work) -> None:
        """Free one set of sessions and keep the times found where they cost no more."""
        free = self.sets.draw(self.starts) if self.cost is not None else set()
        solver = new_solver(seed, Work(max(0.01, min(self.one_try, work.left))))
        solver.parameters.linearization_level = 2
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        status = self._search(free, solver, work)
        self.sets.tried(status == cp_model.OPTIMAL)

    def _search(
        self, free: set[str], solver: cp_model.CpSolver, work: Work
    ) -> cp_model.CpSolverStatus:
        """Solve with these sessions free and keep the times found where they cost no more."""
        held = {key: at for key, at in self.starts.items() if key not in free}
        model = SlotModel(self.problem, self.sessions, held=held, openings=self.openings)
        model.hint(self.starts, self.roles)
        status = solve(solver, model.cp, work)
        work.left -= len(self.sessions) ** 2 / A_BUILD
        if is_found(status) and (self.cost is None or solver.objective_value <= self.cost):
            self.changed = self.changed or solver.objective_value != self.cost
            self.cost = solver.objective_value
            self.starts, self.roles = model.read(solver), model.read_roles(solver)
        return status

    def settle(self, work: Work) -> None:
        """Give the times rooms and trainers; where that cannot be, go back."""
        if not self.changed:
            return
        self.changed = False
        found = assign(
            self.problem, self.sessions, self.starts, self.roles, seed=self.seed, work=work
        )
        work.left -= len(self.sessions) ** 2 / A_BUILD
        if found is None or faults(self.problem, found):
            self._back()
            self.cost = None
            return
        keys = frozenset(s.key for s in self.sessions)
        total = costs_of(only_sessions(self.problem, keys), found).total
        if self.total is None or total <= self.total:
            self.best, self.total = found, total


def _roles(
    sessions: Sequence[Session], placements: Placements
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The trainers of each session and role."""
    return {
        (s.key, role): placements[s.key].roles[role] for s in sessions for role in s.trainer_roles
    }
