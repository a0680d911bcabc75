"""What a timetable costs single people: starts they would not choose, stays, missed sessions."""

from __future__ import annotations

from itertools import combinations

from ortools.sat.python import cp_model

from .model import TimetableModel
from .people_rules import sharing
from .posted import Literal
from .problem import MINUTES_A_DAY, Session, Trainer

Cost = cp_model.LinearExpr | int


def people_costs(model: TimetableModel) -> Cost:
    """Add the variables of these goals and return their cost; only for a model without guards."""
    weights = model.problem.weights
    total: Cost = 0
    if weights.unpreferred:
        for session in model.sessions:
            total += weights.unpreferred * _unpreferred(model, session)
    if weights.stay:
        for trainer in sorted(model.problem.trainers, key=lambda t: t.key):
            if trainer.travels:
                total += weights.stay * _stay(model, trainer)
    if weights.missed:
        total += weights.missed * _missed(model)
    return total


def _unpreferred(model: TimetableModel, session: Session) -> Cost:
    """1 where the session starts at none of its preferred times."""
    liked: list[Literal] = []
    mixed = False
    wanted = cp_model.Domain.from_intervals([list(pair) for pair in session.preferred])
    for window, inside in model.within[session.key].items():
        starts = [minute - window.period.day * MINUTES_A_DAY for minute in window.starts()]
        good = sum(wanted.contains(minute) for minute in starts)
        mixed = mixed or 0 < good < len(starts)
        if good:
            liked.append(inside)
    if not session.preferred or (not mixed and len(liked) == len(model.within[session.key])):
        return 0
    if not mixed:
        return 1 - sum(liked)
    as_liked = model.cp.new_bool_var("")
    model.cp.add(as_liked <= sum(liked))
    every = [
        [day * MINUTES_A_DAY + first, day * MINUTES_A_DAY + last]
        for day in model.on_day[session.key]
        for first, last in session.preferred
    ]
    start, domain = model.start[session.key], cp_model.Domain.from_intervals(every)
    model.cp.add_linear_expression_in_domain(start, domain).only_enforce_if(as_liked)
    return 1 - as_liked


def _stay(model: TimetableModel, trainer: Trainer) -> Cost:
    """Calendar days from the trainer's first session to the last."""
    given = model.given_by(trainer.key)
    days = sorted({day for s, _ in given for day in model.on_day[s.key]})
    if not days:
        return 0
    cp, hull = model.cp, range(days[0], days[-1] + 1)
    there = {day: cp.new_bool_var("") for day in hull}
    come = {day: cp.new_bool_var("") for day in hull}
    yet_to_go = {day: cp.new_bool_var("") for day in hull}
    for session, teaches in given:
        for day, here in model.on_day[session.key].items():
            for literal in (there[day], come[day], yet_to_go[day]):
                model.posted.when(cp.add_bool_or([literal]), teaches, here)
    for day in hull:
        cp.add_bool_or([there[day], ~come[day], ~yet_to_go[day]])
        if day + 1 in there:
            cp.add_implication(come[day], come[day + 1])
            cp.add_implication(yet_to_go[day + 1], yet_to_go[day])
    sure = sum(s.minutes for s, _ in given if trainer.key in s.trainers)
    longest = max(sum(end - start for start, end in day.periods) for day in model.problem.days)
    cp.add(sum(there.values()) >= -(-sure // longest))
    return sum(there.values())


def _missed(model: TimetableModel) -> Cost:
    """People times pairs of their wished sessions that run at once."""
    people: dict[tuple[str, str], int] = {}
    for wish in model.problem.wishes:
        for pair in combinations(sorted(wish.sessions), 2):
            people[pair] = people.get(pair, 0) + wish.people
    by_key = {s.key: s for s in model.sessions}
    shared = set(sharing(model.problem))
    total: Cost = 0
    for pair, count in sorted(people.items()):
        if set(pair) <= set(by_key):
            one, other = (by_key[key] for key in pair)
            if not _never_at_once(model, one, other, shared):
                total += count * _at_once(model, one, other)
    return total


def _never_at_once(
    model: TimetableModel, one: Session, other: Session, shared: set[tuple[str, str]]
) -> bool:
    groups = {(min(a, b), max(a, b)) for a in one.groups for b in other.groups if a != b}
    tied = {key for key, _ in one.after} | {key for key, _ in other.after}
    return bool(
        set(one.groups) & set(other.groups)
        or set(one.trainers) & set(other.trainers)
        or groups & shared
        or {one.key, other.key} & tied
        or not set(model.on_day[one.key]) & set(model.on_day[other.key])
    )


def _at_once(model: TimetableModel, one: Session, other: Session) -> Literal:
    """1 where the two sessions share a minute."""
    cp, first, second = model.cp, model.start[one.key], model.start[other.key]
    missed, before, after = (cp.new_bool_var("") for _ in range(3))
    cp.add_bool_or([missed, before, after])
    cp.add(second >= first + one.minutes).only_enforce_if(before)
    cp.add(first >= second + other.minutes).only_enforce_if(after)
    return missed
