"""Order the stops of a year at the least cost, and mend such an order when something changes."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from ortools.sat.python import cp_model

from karvan.engines.timetabling.search import Work, hint, is_found, run

from .answer import NoRollout, Rollout
from .check import costs_of
from .explain import explain, out_of_work, too_long
from .labels import prove_in_steps
from .model import RolloutModel
from .problem import RolloutProblem, Stop

FOR_SOLVER = 1.5  # units of work, and at most half of all, before the proof
LABELS = 400_000  # tried for a unit of work, about as long


def plan_rollout(
    problem: RolloutProblem, *, seed: int = 1, work_limit: int = 20
) -> Rollout | NoRollout:
    """Return the cheapest year found, with a bound on every other, or why there is none.

    One CP-SAT model [1]: a circuit from home through every stop and home again, a day for each
    stop to begin, and time for the way and the handover on every arc that is taken. What it has
    not proved is proved, or beaten, by labels (``labels.prove_in_steps``).

    Args:
        problem: the stops, the ways between them, the quarters.
        seed: settles which of several equally good years is found.
        work_limit: stop after about this many units of work, a unit being about a second of
            one core. Work is counted, not timed, so a run can be repeated.

    Returns:
        ``Rollout``, whose rules and costs hold by ``check_rollout``; or ``NoRollout`` with the
        rules that cannot all be kept and what would free them, or with ``WORK_LIMIT``.

    Raises:
        ValueError: ``work_limit`` is not positive.

    Cost: exponential at worst; a few seconds for 15 stops.

    [1] L. Perron, F. Didier, S. Gay (2023). The CP-SAT-LP Solver. CP 2023, LIPIcs 280, 3:1-3:2.
        doi:10.4230/LIPIcs.CP.2023.3
    """
    if work_limit <= 0:
        raise ValueError(f"work_limit must be positive, got {work_limit!r}")
    long = too_long(problem)
    if long:
        return long
    work = Work(work_limit)
    model = RolloutModel(problem)
    model.cp.minimize(model.costs())
    solver, status = run(model.cp, seed=seed, work=Work(min(FOR_SOLVER, work_limit / 2)))
    if status == cp_model.INFEASIBLE:
        return explain(problem, seed=seed, work=work)
    starts = model.starts(solver) if is_found(status) else None
    bound = _bound(solver) if starts else 0
    if status != cp_model.OPTIMAL:
        beat = costs_of(problem, starts).total if starts else _dearest(problem)
        proof = prove_in_steps(problem, beat, int(LABELS * work_limit))
        if starts is None and proof.starts is None and proof.whole:
            return explain(problem, seed=seed, work=work)
        starts = proof.starts or starts
        bound = max(bound, proof.bound)
    if starts is None:
        return out_of_work()
    costs = costs_of(problem, starts)
    return Rollout(starts, costs, bound, proved=bound == costs.total)


def mend_rollout(
    problem: RolloutProblem,
    before: Mapping[str, int],
    held: frozenset[str] = frozenset(),
    *,
    seed: int = 1,
    work_limit: int = 20,
) -> Rollout | NoRollout:
    """Return a year of the changed problem that moves as few stops as can be.

    Fewest stops that begin on another day come first, then fewest days by which they are
    moved, then the least cost. Stops new to the problem are placed and do not count as moved.

    Args:
        problem: the problem as it is now: a country not ready, a date lost, a stop more.
        before: the days on which the stops began.
        held: keys of stops that must stay, since they are over or announced.
        seed, work_limit: as in ``plan_rollout``.

    Returns:
        ``Rollout`` with ``moved``; its ``bound`` is the least number of stops any way to mend
        it moves, and ``proved`` says that this one moves no more. Or ``NoRollout``.

    Raises:
        ValueError: a held stop has no day in ``before``; ``work_limit`` is not positive.
    """
    if work_limit <= 0:
        raise ValueError(f"work_limit must be positive, got {work_limit!r}")
    keys = {stop.key for stop in problem.stops}
    homeless = sorted((held - set(before)) | (held - keys))
    if homeless:
        raise ValueError(f"held stops must have had a day before, got {homeless}")
    long = too_long(problem)
    if long:
        return long
    work, kept = Work(work_limit), {key: before[key] for key in held}
    model = RolloutModel(problem, held=kept)
    known = {key: day for key, day in before.items() if key in keys}
    model.hint(known)
    changes, days = _changes(model, known)
    solver, status = _best(model, changes, seed, work.share(2))
    if status == cp_model.INFEASIBLE:
        return explain(problem, seed=seed, work=Work(work_limit), held=kept)
    if not is_found(status):
        return out_of_work()
    fewest = round(solver.objective_value)
    bound = _bound(solver)
    model.cp.add(changes <= fewest)
    for goal in (days, model.costs()):
        hint(model.cp, solver)
        better, found = _best(model, goal, seed, work.share(4))
        if is_found(found):
            solver = better
        model.cp.add(goal <= solver.value(goal))
    starts = model.starts(solver)
    moved = tuple(sorted(key for key, day in known.items() if starts[key] != day))
    return Rollout(starts, costs_of(problem, starts), bound, bound == len(moved), moved)


def _bound(solver: cp_model.CpSolver) -> int:
    """The solver's bound as a whole number; its fractions are those of floating point."""
    return ceil(solver.best_objective_bound - 1e-6)


def _dearest(problem: RolloutProblem) -> int:
    """More than any year costs."""
    stops = sum(s.weight * problem.horizon + _priced(s) for s in problem.stops)
    return 1 + stops + sum(trip.cost for trip in problem.trips.values()) * 2


def _priced(stop: Stop) -> int:
    return sum((one.price or 0) * stop.days for one in stop.stretches)


def _best(
    model: RolloutModel, goal: cp_model.LinearExprT, seed: int, work: Work
) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
    model.cp.minimize(goal)
    return run(model.cp, seed=seed, work=work)


def _changes(
    model: RolloutModel, known: Mapping[str, int]
) -> tuple[cp_model.LinearExprT, cp_model.LinearExprT]:
    """How many stops begin on another day than before, and by how many days in all."""
    changes: list[cp_model.LinearExprT] = []
    days: list[cp_model.LinearExprT] = []
    for key, day in known.items():
        moved = model.cp.new_bool_var(f"{key} is moved")
        model.cp.add(model.start[key] == day).only_enforce_if(~moved)
        away = model.cp.new_int_var(0, model.problem.horizon + abs(day), f"{key} moved by")
        model.cp.add(away >= model.start[key] - day)
        model.cp.add(away >= day - model.start[key])
        changes.append(moved)
        days.append(away)
    return sum(changes), sum(days)
