"""Build the cheapest timetable that keeps every rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from .answer import ClashKind, NoTimetable, Timetable
from .bounds import least_cost
from .bounds_slots import has_slots
from .check import Placements, costs_of, faults
from .days_first import DaysFirst, has_few_days
from .explain import explain, out_of_work, refused
from .flows_first import flows_of
from .flows_reasons import narrowed, no_times
from .goals import cost_terms
from .improve import improve
from .kernel_search import search_placements
from .model import TimetableModel
from .parts import independent_parts
from .precheck import quick_reasons
from .problem import Session, TimetableProblem
from .relax import only_sessions
from .rooms_first import cheaper_times, first_placements
from .search import Work, hint, is_found, run
from .shared_rules import add_rules

# Parts with more sessions than this are searched first and bounded group by group.
SMALL = 60
# How much of the work such a part gives to the search, with and without a model of all its days;
# the rest is for its bound.
SEARCHING, SEARCHING_ALONE = 0.6, 0.8
# How much of that goes into days first, where that can be done.
PLANNING = 0.55
# How much goes into flows of groups, where the part has a model of them; the rest is for what is
# done where they give no timetable.
FLOWING = 0.95


def build_timetable(
    problem: TimetableProblem,
    *,
    seed: int = 1,
    work_limit: int = 60,
    start: Timetable | None = None,
) -> Timetable | NoTimetable:
    """Return the cheapest timetable found, with a bound on every other, or why there is none.

    Sessions are cut into parts that share no day; each part is one CP-SAT model [1] of starts,
    periods, rooms and trainers with one interval a session, solved first for any timetable and
    then, from that one, for the cheapest; where that is not proved with half the work, the rest
    goes into a compiled search and into freeing a few days at a time. A part of more than 60
    sessions is placed and bounded as flows of its groups through their days. Where these have too
    many ways, it gets its days first, or its times, or is placed by the search, and is bounded by
    what its days cost at least; CP-SAT is asked about the whole where the search finds nothing. The
    parts have no say in each other, so their optima and bounds add up. Which sessions come first in
    the input makes no difference.

    Args:
        problem: the open days, sessions, rooms, trainers, groups and pools.
        seed: settles which of several equally good timetables is found.
        work_limit: stop after about this many units of work for the search, a unit being about
            a second of one core. Work is counted, not timed, so a run can be repeated. What has
            been found by then is returned with ``proved`` false.
        start: placements to begin from; where they keep every rule, the answer costs no more.

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
    placements: Placements = {}
    bound, proved = 0, True
    parts = sorted(independent_parts(problem), key=lambda part: (len(part), part[0].key))
    for index, part in enumerate(parts):
        share = work.share(len(parts) - index)
        found = _place(problem, part, seed, share, work, start.placements if start else None)
        if isinstance(found, NoTimetable):
            return found
        placements = {**placements, **found[0]}
        bound += found[1]
        proved = proved and found[2]
    placements = _no_worse(problem, placements, start)
    costs = costs_of(problem, placements)
    return Timetable(dict(sorted(placements.items())), costs, bound, proved)


def _no_worse(
    problem: TimetableProblem, placements: Placements, start: Timetable | None
) -> Placements:
    """The placements, or those begun from where these keep every rule and cost less."""
    if start is None or {s.key for s in problem.sessions} != set(start.placements):
        return placements
    before = start.placements
    if costs_of(problem, before).total >= costs_of(problem, placements).total:
        return placements
    return placements if faults(problem, before) else before


def _place(
    problem: TimetableProblem,
    part: Sequence[Session],
    seed: int,
    share: Work,
    work: Work,
    start: Placements | None,
) -> tuple[Placements, int, bool] | NoTimetable:
    """Placements, bound and proof of one part; what it used is taken off ``work``."""
    before = share.left
    if len(part) > SMALL:
        found = _place_large(problem, part, seed, share, start)
        work.left -= before - share.left
        if found is not None:
            return found
    before = share.left
    model = TimetableModel(problem, part)
    add_rules(model)
    _begin_from(model, start)
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
    placements: Placements = {s.key: model.placement(solver, s) for s in part}
    bound, proved = round(best.best_objective_bound), status == cp_model.OPTIMAL
    cost = round(best.objective_value) if is_found(status) else None
    if not proved:
        placements, cost = _cheaper(problem, part, placements, cost, seed, share)
        placements, cost = improve(
            problem, part, placements, cost=cost, bound=bound, seed=seed, work=share
        )
        proved = cost == bound
    work.left -= used - share.left
    return placements, bound, proved


def _cost(problem: TimetableProblem, part: Sequence[Session], placements: Placements) -> int:
    """What the placements of these sessions cost."""
    keys = frozenset(s.key for s in part)
    wishes = [
        replace(w, sessions=tuple(k for k in w.sessions if k in keys)) for w in problem.wishes
    ]
    alone = replace(only_sessions(problem, keys), wishes=tuple(wishes))
    return costs_of(alone, placements).total


def _begin_from(model: TimetableModel, start: Placements | None) -> None:
    for session in model.sessions:
        if start is not None and session.key in start:
            model.hint(session, start[session.key])


def _place_large(
    problem: TimetableProblem,
    part: Sequence[Session],
    seed: int,
    share: Work,
    start: Placements | None,
) -> tuple[Placements, int, bool] | NoTimetable | None:
    """Placements of a part too large for an exact search, and a bound; None when none were found."""
    flows = flows_of(problem, part, seed)
    if flows is not None:
        flowing = Work(share.left * FLOWING)
        given = flowing.left
        flows.search(flowing, start)
        share.left -= given - flowing.left
        if flows.impossible:
            return _no_times(problem, part, seed, share)
        if flows.best is not None:
            return flows.best[1], flows.bound, flows.best[0] == flows.bound
    bound = 0 if flows is None else flows.bound
    days = _days(problem, part, seed)
    searching = Work(share.left * (SEARCHING_ALONE if days is None else SEARCHING))
    given = searching.left
    placements = None
    if start is None and has_slots(problem, part):
        placements = _times_first(problem, part, days, seed, searching)
    if placements is None:
        placements = search_placements(problem, part, seed=seed, work=searching, start=start)
    share.left -= given - searching.left
    if placements is None:
        return None
    bound = max(bound, least_cost(problem, part, seed=seed, work=share, days=days))
    return placements, bound, _cost(problem, part, placements) == bound


def _no_times(
    problem: TimetableProblem, part: Sequence[Session], seed: int, work: Work
) -> NoTimetable:
    """Why the part has no timetable, which is known: rules that clash, or sessions without times."""
    some = narrowed(problem, part, seed=seed, work=work)
    if len(some) <= SMALL:
        explaining = Work(work.left / 2)
        work.left -= explaining.left
        answer = explain(problem, some, seed=seed, work=explaining)
        work.left += max(0.0, explaining.left)
        if answer.reasons[0].kind != ClashKind.WORK_LIMIT:
            return answer
    return no_times(problem, some, whole=part, seed=seed, work=work)


def _days(problem: TimetableProblem, part: Sequence[Session], seed: int) -> DaysFirst | None:
    """The model of days of the whole part, where it is small enough to be solved."""
    if not has_few_days(problem, part):
        return None
    days = DaysFirst(problem, part, seed)
    return days if days.possible else None


def _times_first(
    problem: TimetableProblem,
    part: Sequence[Session],
    days: DaysFirst | None,
    seed: int,
    searching: Work,
) -> Placements | None:
    """Placements found by days or by times first, then made cheaper."""
    first = Work(searching.left * (PLANNING if days is not None else 0.5))
    given = first.left
    found = None if days is None else days.plan(first)
    if found is None:
        first.left = max(first.left, given / 2)
        found = first_placements(problem, part, seed=seed, work=first)
    searching.left -= given - first.left
    if found is not None and searching.left > 0:
        found = cheaper_times(
            problem, part, found, seed=seed, work=searching, planned=days is not None
        )
    return found


def _cheaper(
    problem: TimetableProblem,
    part: Sequence[Session],
    placements: Placements,
    cost: int | None,
    seed: int,
    share: Work,
) -> tuple[Placements, int | None]:
    """The placements after a third of the work has gone into making them cheaper."""
    walking = Work(share.left / 3)
    share.left -= walking.left
    found = search_placements(problem, part, seed=seed, work=walking, start=placements)
    share.left += max(0.0, walking.left)
    if found is None:
        return placements, cost
    total = _cost(problem, part, found)
    return (found, total) if cost is None or total < cost else (placements, cost)
