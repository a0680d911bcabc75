"""Make a timetable cheaper by freeing a few days at a time and holding everything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .answer import Placement
from .goals import cost_terms
from .model import TimetableModel
from .problem import Session, TimetableProblem
from .search import Work, is_found, run
from .shared_rules import add_rules

ONE_TRY = 0.5


def improve(
    problem: TimetableProblem,
    part: Sequence[Session],
    placements: Mapping[str, Placement],
    *,
    cost: int | None,
    bound: int,
    seed: int,
    work: Work,
) -> tuple[dict[str, Placement], int | None]:
    """Return placements that cost no more than those given, and their cost.

    Large neighbourhood search [1]: the sessions of three days are freed, then of five, from the
    first day to the last, over and over until a whole round brings nothing, the bound is reached
    or the work is used up. Every step keeps all rules, since each is a search of the same model.

    Args:
        placements, cost: where to begin and what it costs; None when nobody has counted yet, and
            then the first answer of a search is taken.
        bound: no placements cost less.

    [1] P. Shaw (1998). Using constraint programming and local search methods to solve vehicle
        routing problems. CP 1998, LNCS 1520, 417-431. doi:10.1007/3-540-49481-2_30
    """
    best = dict(placements)
    better = True
    while better and work.left > 0:
        better = False
        for width in (3, 5):
            for first in _days(best):
                if work.left <= 0 or (cost is not None and cost <= bound):
                    return best, cost
                window = range(first, first + width)
                held = frozenset(key for key, at in best.items() if at.day not in window)
                found = _try(problem, part, best, held, seed, work)
                if found is not None and (cost is None or found[1] < cost):
                    better = True
                    best, cost = found
    return best, cost


def _days(placements: Mapping[str, Placement]) -> list[int]:
    return sorted({at.day for at in placements.values()})


def _try(
    problem: TimetableProblem,
    part: Sequence[Session],
    best: dict[str, Placement],
    held: frozenset[str],
    seed: int,
    work: Work,
) -> tuple[dict[str, Placement], int] | None:
    """The cheapest placements found with these sessions held, and what they cost."""
    model = TimetableModel(problem, part, before=best, held=held)
    add_rules(model)
    for session in model.sessions:
        model.hint(session, best[session.key])
    model.cp.minimize(cost_terms(model))
    share = Work(min(ONE_TRY, work.left))
    given = share.left
    solver, status = run(model.cp, seed=seed, work=share)
    work.left -= max(given - share.left, 0.01)
    if not is_found(status):
        return None
    return {s.key: model.placement(solver, s) for s in part}, round(solver.objective_value)
