"""Build the cheapest timetable that keeps every rule."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from .answer import NoTimetable, Placement, Timetable
from .check import costs_of
from .explain import explain, out_of_work, refused
from .goals import cost_terms
from .improve import improve
from .model import TimetableModel
from .parts import independent_parts
from .precheck import quick_reasons
from .problem import Session, TimetableProblem
from .search import Work, hint, is_found, run
from .shared_rules import add_rules


def build_timetable(
    problem: TimetableProblem, *, seed: int = 1, work_limit: int = 60
) -> Timetable | NoTimetable:
    """Return the cheapest timetable found, with a bound on every other, or why there is none.

    Sessions are cut into parts that share no day; each part is one CP-SAT model [1] of starts,
    periods, rooms and trainers with one interval a session, solved first for any timetable and
    then, from that one, for the cheapest; where that is not proved with half the work, the rest
    goes into freeing a few days at a time. The parts have no say in each other, so their optima
    and bounds add up. Which sessions come first in the input makes no difference.

    Args:
        problem: the open days, sessions, rooms, trainers, groups and pools.
        seed: settles which of several equally good timetables is found.
        work_limit: stop after about this many units of work for the search, a unit being about
            a second of one core. Work is counted, not timed, so a run can be repeated. What has
            been found by then is returned with ``proved`` false.

    Returns:
        ``Timetable``, whose rules and costs hold by ``check_timetable``; or ``NoTimetable``
        with the rules that cannot all be kept, or with ``WORK_LIMIT`` when it was stopped
        before it found or excluded one.

    Raises:
        ValueError: ``work_limit`` is not positive.

    Cost: exponential at worst; figures are in docs/engines/timetabling.md.

    [1] L. Perron, F. Didier, S. Gay (2023). The CP-SAT-LP Solver. CP 2023, LIPIcs 280, 3:1-3:2.
        doi:10.4230/LIPIcs.CP.2023.3
    """
    if work_limit <= 0:
        raise ValueError(f"work_limit must be positive, got {work_limit!r}")
    reasons = quick_reasons(problem)
    if reasons:
        return refused(problem, reasons, seed=seed, work=Work(work_limit))
    work = Work(work_limit)
    placements: dict[str, Placement] = {}
    bound, proved = 0, True
    parts = sorted(independent_parts(problem), key=lambda part: (len(part), part[0].key))
    for index, part in enumerate(parts):
        found = _place(problem, part, seed, work.share(len(parts) - index), work)
        if isinstance(found, NoTimetable):
            return found
        placements |= found[0]
        bound += found[1]
        proved = proved and found[2]
    costs = costs_of(problem, placements)
    return Timetable(dict(sorted(placements.items())), costs, bound, proved)


def _place(
    problem: TimetableProblem, part: Sequence[Session], seed: int, share: Work, work: Work
) -> tuple[dict[str, Placement], int, bool] | NoTimetable:
    """Placements, bound and proof of one part; what it used is taken off ``work``."""
    before = share.left
    model = TimetableModel(problem, part)
    add_rules(model)
    solver, status = run(model.cp, seed=seed, work=share)
    work.left -= before - share.left
    if status == cp_model.INFEASIBLE:
        return explain(problem, part, seed=seed, work=work)
    if not is_found(status):
        return out_of_work()
    used = share.left
    proving = Work(share.left / 2)
    model.cp.minimize(cost_terms(model))
    hint(model.cp, solver)
    best, status = run(model.cp, seed=seed, work=proving)
    share.left -= used / 2 - proving.left
    solver = best if is_found(status) else solver
    placements = {s.key: model.placement(solver, s) for s in part}
    bound, proved = round(best.best_objective_bound), status == cp_model.OPTIMAL
    cost = round(best.objective_value) if is_found(status) else None
    if not proved:
        placements, cost = improve(
            problem, part, placements, cost=cost, bound=bound, seed=seed, work=share
        )
        proved = cost == bound
    work.left -= used - share.left
    return placements, bound, proved
