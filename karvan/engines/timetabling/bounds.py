"""A cost that no timetable of some sessions can undercut, found group by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite

from ortools.sat.python import cp_model

from .bounds_days import least_by_days
from .bounds_slots import SlotModel, has_slots
from .days_first import DaysFirst
from .goals import cost_terms
from .model import TimetableModel
from .openings import taken_by
from .problem import Session, TimetableProblem, Trainer
from .search import Work, run
from .shared_rules import add_rules
from .state import role_trainers
from .windows import allowed_windows

# Part of the work for the groups alone.
ALONE, ALONE_BESIDE_DAYS = 0.2, 0.06


def least_cost(
    problem: TimetableProblem,
    sessions: Sequence[Session],
    *,
    seed: int,
    work: Work,
    days: DaysFirst | None = None,
) -> int:
    """Return a cost that every timetable of these sessions reaches at least.

    The cost is a sum over groups and over travelling trainers. So the least each group could
    cost if the others were not there, and the least each such trainer could, add up to a bound.
    A group alone keeps its own rules, its rooms and trainers; CP-SAT solves it or gives its own
    bound. Groups that only sit together are counted as one with its weight. On a coarse grid
    models of days then bound what groups and trainers cost together, and the better bound counts.

    days: the model of days of the whole, where it is small enough and known already.

    Cost: one small CP-SAT model a group; the work is shared among them.
    """
    by_key = {s.key: s for s in sessions}
    taken = taken_by(problem, sessions)
    alone: dict[tuple[str, ...], int] = {}
    given = work.left
    alone_part = ALONE if days is None else ALONE_BESIDE_DAYS
    for index, keys in enumerate(taken):
        share = Work((work.left - given * (1 - alone_part)) / (len(taken) - index))
        before = share.left
        alone[keys] = _group_alone(problem, [by_key[key] for key in keys], seed, share)
        work.left -= before - share.left
    bound = sum(groups * alone[keys] for keys, groups in taken.items())
    bound += sum(least_stay(problem, sessions, trainer) for trainer in problem.trainers)
    if work.left <= 0 or not has_slots(problem, sessions):
        return bound
    if days is not None:
        return max(bound, days.bound(alone, work))
    return max(bound, least_by_days(problem, sessions, alone, seed=seed, work=work))


def _group_alone(problem: TimetableProblem, taken: list[Session], seed: int, work: Work) -> int:
    """The least one group can cost, or what CP-SAT can say of it within the work."""
    shared = set.intersection(*(set(s.groups) for s in taken))
    name = min(shared)
    # Seats stay those of the whole; the other groups, their wishes and stays are left out.
    alone = replace(
        problem,
        sessions=tuple(_without_others(problem, s, name, {t.key for t in taken}) for s in taken),
        groups=tuple(replace(g, shares_with=frozenset()) for g in problem.groups if g.key == name),
        trainers=tuple(replace(t, travels=False) for t in problem.trainers),
        wishes=(),
    )
    solver, status = run(_model_of(alone), seed=seed, work=work)
    known = status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN)
    least = solver.best_objective_bound
    longest = max(sum(end - start for start, end in day.periods) for day in problem.days)
    days = -(-sum(s.minutes for s in taken) // max(1, longest))
    fewest = problem.weights.group_day * days
    return max(fewest, _rounded_up(least)) if known and isfinite(least) else fewest


def _model_of(alone: TimetableProblem) -> cp_model.CpModel:
    """The model of a group alone; on a coarse grid the one that only counts rooms."""
    if has_slots(alone, alone.sessions):
        slots = SlotModel(alone, alone.sessions)
        if slots.possible:
            return slots.cp
    model = TimetableModel(alone, alone.sessions)
    add_rules(model)
    model.cp.minimize(cost_terms(model))
    return model.cp


def _rounded_up(value: float) -> int:
    return -int(-(value - 1e-6) // 1)


def _without_others(
    problem: TimetableProblem, session: Session, group: str, kept: set[str]
) -> Session:
    return replace(
        session,
        groups=(group,),
        preferred=session.preferred if len(session.groups) == 1 else (),
        seats=problem.seats_needed(session),
        after=tuple(pair for pair in session.after if pair[0] in kept),
        no_later=tuple(pair for pair in session.no_later if pair[0] in kept),
        same_day_as=tuple(key for key in session.same_day_as if key in kept),
        not_same_day_as=tuple(key for key in session.not_same_day_as if key in kept),
    )


def least_stay(problem: TimetableProblem, sessions: Sequence[Session], trainer: Trainer) -> int:
    """What the stay of a travelling trainer costs at least: from the sessions nobody else can take.

    Counts the days their minutes fill, and the span that their day ranges force.
    """
    if not trainer.travels:
        return 0
    mine = [s for s in sessions if _only(problem, s, trainer)]
    if not mine:
        return 0
    open_on = [
        sum(end - start for start, end in day.periods) if trainer.there_on(n) else 0
        for n, day in enumerate(problem.days)
    ]
    most = trainer.max_minutes_per_day
    open_on = [minutes if most is None else min(minutes, most) for minutes in open_on]
    days = [
        [d for d in {w.period.day for w in allowed_windows(problem, s)} if open_on[d]] for s in mine
    ]
    if any(not found for found in days):
        return 0
    needed = sum(s.minutes for s in mine)
    earliest_last = max(min(found) for found in days)
    latest_first = min(max(found) for found in days)
    span = max(1, earliest_last - latest_first + 1)
    return problem.weights.stay * max(span, _shortest(open_on, needed))


def _shortest(open_on: list[int], needed: int) -> int:
    """Calendar days of the shortest stretch that holds so many minutes."""
    best = len(open_on)
    for first in range(len(open_on)):
        held = 0
        for last in range(first, len(open_on)):
            held += open_on[last]
            if held >= needed:
                best = min(best, last - first + 1)
                break
    return best


def _only(problem: TimetableProblem, session: Session, trainer: Trainer) -> bool:
    """Whether nobody else can take the trainer's place in the session."""
    if trainer.key in session.trainers:
        return True
    for role, count in session.trainer_roles.items():
        able = [t.key for t in role_trainers(problem, session, role)]
        if trainer.key in able and len(able) <= count:
            return True
    return False
