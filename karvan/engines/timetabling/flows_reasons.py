"""Whether many sessions have no times together, shown by the flows of their groups, and what helps.

A model of hundreds of sessions is too large to look for the rules that clash in it. Flows say in
seconds whether there are any times, so that question is asked again: of the modules of a few weeks
alone, and of the problem with one thing more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ortools.sat.python import cp_model

from .answer import Clash, ClashKind, NoTimetable, Remedy, RemedyKind
from .flows_first import A_BUILD, flows_of
from .neighbourhoods import chains
from .problem import Session, TimetableProblem
from .relax import longest_hours, with_remedy
from .search import Work, is_found, new_solver, solve

# Most work of one question about everything, and of one about some sessions.
ONE_QUESTION, A_SMALL_ONE = 6.0, 0.5
# Most modules that are asked about alone and by twos, and most sessions remedies are tried for.
MOST_CHAINS, FEW = 30, 150
# Remedies that are enough.
ENOUGH = 3


def without_times(
    problem: TimetableProblem, sessions: Sequence[Session], *, seed: int, work: Work
) -> list[Session] | None:
    """Return sessions that have no times together, or None where that is not shown.

    They are all of those given, or what order binds together, a module say, or two that follow each
    other, where these alone show it. Rules that a layout of days does not know, such as sessions that stay
    where they are, are left out; so what is shown holds with them, too.

    Cost: a model of flows for each question; 400 sessions take about 10 CPU seconds.
    """
    if _has_times(problem, sessions, seed, work, ONE_QUESTION) is not False:
        return None
    return narrowed(problem, sessions, seed=seed, work=work)


def narrowed(
    problem: TimetableProblem, sessions: Sequence[Session], *, seed: int, work: Work
) -> list[Session]:
    """Return the fewest found of these sessions, known to have no times, that have none alone."""
    first = {s.key: s.day_range or (0, len(problem.days)) for s in sessions}
    bound = sorted(chains(sessions), key=lambda keys: (min(first[key] for key in keys), keys[0]))
    for count in (1, 2) if len(bound) <= MOST_CHAINS else ():
        for begin in range(len(bound) - count + 1):
            if work.left <= 0:
                return list(sessions)
            keys = {key for chain in bound[begin : begin + count] for key in chain}
            some = [s for s in sessions if s.key in keys]
            if _has_times(problem, some, seed, work, A_SMALL_ONE) is False:
                return some
    return list(sessions)


def no_times(
    problem: TimetableProblem,
    sessions: Sequence[Session],
    *,
    whole: Sequence[Session],
    seed: int,
    work: Work,
) -> NoTimetable:
    """Return the answer for sessions that have no times, with up to three remedies.

    A remedy is a closed day that is opened, or a room or a trainer more; each is verified to give
    these sessions times, and where ``suffices`` says so, all of ``whole``. None is looked for where
    there are more than 150 of these sessions: each would take minutes.
    """
    clash = Clash(ClashKind.NO_TIMES, tuple(sorted(s.key for s in sessions)))
    found: list[Remedy] = []
    kinds: set[RemedyKind] = set()
    for remedy in _remedies(problem, sessions) if len(sessions) <= FEW else ():
        if work.left <= 0 or len(found) >= ENOUGH:
            break
        if remedy.kind in kinds:
            continue
        eased = with_remedy(problem, remedy)
        if _has_times(eased, sessions, seed, work, A_SMALL_ONE):
            kinds.add(remedy.kind)
            suffices = _has_times(eased, whole, seed, work, ONE_QUESTION) is True
            found.append(Remedy(remedy.kind, remedy.keys, remedy.amount, suffices))
    return NoTimetable((clash,), minimal=False, remedies=tuple(found))


def _has_times(
    problem: TimetableProblem, sessions: Sequence[Session], seed: int, work: Work, most: float
) -> bool | None:
    """Whether the flows of these sessions have any answer; None where nobody can tell."""
    flows = flows_of(problem, sessions, seed)
    if flows is None:
        return None
    if not flows.model.possible:
        return False
    cp = flows.model.cp
    cp.clear_objective()  # type: ignore[no-untyped-call]
    work.left -= len(cp.proto.constraints) / A_BUILD
    solver = new_solver(seed, Work(max(0.01, min(most, work.left))))
    solver.parameters.linearization_level = 2
    solver.parameters.max_presolve_iterations = 1
    status = solve(solver, cp, work)
    return is_found(status) or (False if status == cp_model.INFEASIBLE else None)


def _remedies(problem: TimetableProblem, sessions: Sequence[Session]) -> Iterator[Remedy]:
    """Single changes that could help: of the rooms and trainers asked for, and of closed days."""
    for kind in sorted({s.room_kind for s in sessions if s.room_kind}):
        yield Remedy(RemedyKind.MORE_ROOMS, (kind,), 1)
    for role in sorted({role for s in sessions for role in s.trainer_roles}):
        yield Remedy(RemedyKind.MORE_TRAINERS, (role,), 1)
    minutes = sum(end - start for start, end in longest_hours(problem))
    last = len(problem.days) - 1
    ranges = [s.day_range or (0, last) for s in sessions]
    for n, day in enumerate(problem.days):
        if not day.periods and any(begin <= n <= end for begin, end in ranges):
            yield Remedy(RemedyKind.DAY_OPENED, (day.key,), minutes)
