"""A first timetable of a large course on a coarse grid, made cheaper a few days or groups at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .answer import Placement
from .bounds_slots import SlotModel
from .check import Placements, faults, minute_of
from .problem import Session, TimetableProblem
from .rooms import assign
from .search import Work, is_found, run

ONE_TRY = 0.5
# Pairs of sessions whose model takes about a unit of work to write down and presolve.
A_BUILD = 160_000


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
) -> dict[str, Placement]:
    """Return placements whose times, stays and days cost no more than those of the placements.

    Large neighbourhood search [1] over the times: the sessions of some days, or of one group and
    all who sit with it, are freed and the rest is held. Rooms and trainers are settled once a
    round, so a round whose times leave no rooms is given up.

    [1] P. Shaw (1998). Using constraint programming and local search methods to solve vehicle
        routing problems. CP 1998, LNCS 1520, 417-431. doi:10.1007/3-540-49481-2_30
    """
    starts = {s.key: minute_of(placements[s.key]) for s in sessions}
    roles = _roles(sessions, placements)
    cost: float | None = None
    best = dict(placements)
    better = True
    while better and work.left > 0:
        better = False
        for free in _neighbourhoods(problem, sessions, starts):
            if work.left <= 0:
                break
            held = {key: at for key, at in starts.items() if key not in free}
            model = SlotModel(problem, sessions, held=held)
            model.hint(starts, roles)
            share = Work(min(ONE_TRY, work.left))
            given = share.left
            solver, status = run(model.cp, seed=seed, work=share)
            work.left -= given - share.left + len(sessions) ** 2 / A_BUILD
            if not is_found(status) or (cost is not None and solver.objective_value >= cost):
                continue
            new, chosen = model.read(solver), model.read_roles(solver)
            found = assign(problem, sessions, new, chosen, seed=seed, work=work)
            work.left -= len(sessions) ** 2 / A_BUILD
            if found is not None:
                better = True
                starts, best, cost = new, found, solver.objective_value
                roles = _roles(sessions, found)
    return best


def _roles(
    sessions: Sequence[Session], placements: Placements
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The trainers of each session and role."""
    return {
        (s.key, role): placements[s.key].roles[role] for s in sessions for role in s.trainer_roles
    }


def _neighbourhoods(
    problem: TimetableProblem, sessions: Sequence[Session], starts: dict[str, int]
) -> Iterator[set[str]]:
    """Sessions to free together: of a stretch of days, then of each group."""
    for width in (4, 7):
        for first in range(0, len(problem.days), width // 2):
            window = range(first, first + width)
            free = {key for key, at in starts.items() if at // 1440 in window}
            if free:
                yield free
        for group in problem.groups:
            yield {s.key for s in sessions if group.key in s.groups and len(s.groups) == 1}
