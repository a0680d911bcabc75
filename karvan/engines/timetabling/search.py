"""Run CP-SAT so that the same problem, seed and work always give the same answer."""

from __future__ import annotations

from dataclasses import dataclass

from ortools.sat.python import cp_model


@dataclass(slots=True)
class Work:
    """How much work is left, in CP-SAT's deterministic units: about a second each, but counted
    in steps and not by a clock, so a run can be repeated anywhere."""

    left: float

    def share(self, among: int) -> Work:
        """An equal share for the first of so many parts."""
        return Work(self.left / among)


def new_solver(seed: int, work: Work) -> cp_model.CpSolver:
    """A solver with one worker, this seed and at most this much work."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = max(work.left, 0.01)
    return solver


def core_solver(seed: int, work: Work) -> cp_model.CpSolver:
    """A solver that raises the bound core by core; for goals that count what is disturbed."""
    solver = new_solver(seed, work)
    solver.parameters.optimize_with_core = True
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.max_presolve_iterations = 1
    return solver


def run(
    cp: cp_model.CpModel, *, seed: int, work: Work, linear: bool = True
) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
    """Solve, take what it cost off ``work``, and return the solver with its status.

    linear: whether to solve linear relaxations on the way; a search for any answer
        goes without, and without probing.
    """
    solver = new_solver(seed, work)
    if not linear:
        solver.parameters.linearization_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
    status = solve(solver, cp, work)
    if status == cp_model.MODEL_INVALID:
        raise ValueError(f"the model is invalid: {cp.validate()}")
    return solver, status


def solve(
    solver: cp_model.CpSolver,
    cp: cp_model.CpModel,
    work: Work,
    callback: cp_model.CpSolverSolutionCallback | None = None,
) -> cp_model.CpSolverStatus:
    """Solve with a solver of ``new_solver``, take what it cost off ``work``; return the status."""
    try:
        status = solver.solve(cp, callback)
    except IndexError:
        # CP-SAT 9.15 trips over its own symmetry presolve on a few small models. Without that
        # step it solves them; on other models the step is what makes proofs quick.
        solver.parameters.symmetry_level = 0
        status = solver.solve(cp, callback)
    work.left -= solver.deterministic_time
    return status


def is_found(status: cp_model.CpSolverStatus) -> bool:
    """Whether the solver holds a solution."""
    return status in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def hint(cp: cp_model.CpModel, solver: cp_model.CpSolver) -> None:
    """Let the next search start from the solution of the last one."""
    cp.proto.clear_solution_hint()
    for index, value in enumerate(solver.response_proto.solution):
        cp.add_hint(cp.get_int_var_from_proto_index(index), value)
