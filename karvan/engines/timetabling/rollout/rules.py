"""The rules of a problem by name, the days each of them leaves, and the problem with one less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from .answer import Remedy, Rule, RuleKind
from .problem import RolloutProblem, Stop

NO_STARTS: Mapping[str, int] = {}
Days = tuple[tuple[int, int], ...]


def rules_of(problem: RolloutProblem, held: Mapping[str, int] = NO_STARTS) -> Iterator[Rule]:
    """Every rule of the problem that can be named, once."""
    for stop in problem.stops:
        yield Rule(RuleKind.VISIT, (stop.key,))
        yield from rules_of_stop(stop, held)
    for quarter in problem.quarters:
        yield Rule(RuleKind.QUARTER, (quarter.key,))
    if problem.handover:
        yield Rule(RuleKind.HANDOVER)


def rules_of_stop(stop: Stop, held: Mapping[str, int] = NO_STARTS) -> Iterator[Rule]:
    """The rules on which days one stop begins."""
    if stop.ready_from > 0:
        yield Rule(RuleKind.READY, (stop.key,))
    if stop.visa_days:
        yield Rule(RuleKind.VISA, (stop.key,))
    if stop.done_by is not None:
        yield Rule(RuleKind.DONE_BY, (stop.key,))
    if stop.fixed is not None:
        yield Rule(RuleKind.FIXED, (stop.key,))
    if stop.key in held:
        yield Rule(RuleKind.HELD, (stop.key,))
    for one in stop.stretches:
        if one.price is None:
            yield Rule(RuleKind.CLOSED, (stop.key, one.name))


def days_left(stop: Stop, rule: Rule, latest: int, held: Mapping[str, int] = NO_STARTS) -> Days:
    """First and last of the days, up to ``latest``, on which the stop may begin by a rule of it."""
    if rule.kind == RuleKind.READY:
        return ((stop.ready_from, latest),)
    if rule.kind == RuleKind.VISA:
        return ((stop.ready_from + stop.visa_days, latest),)
    if rule.kind == RuleKind.DONE_BY and stop.done_by is not None:
        return ((0, stop.done_by - stop.days + 1),)
    if rule.kind == RuleKind.FIXED and stop.fixed is not None:
        return ((stop.fixed, stop.fixed),)
    if rule.kind == RuleKind.HELD:
        return ((held[stop.key], held[stop.key]),)
    shut = next(one for one in stop.stretches if one.price is None and one.name == rule.keys[1])
    return ((0, shut.first - stop.days), (shut.last + 1, latest))


def first_days(stop: Stop, latest: int, held: Mapping[str, int] = NO_STARTS) -> list[int]:
    """The days on which the stop may begin by all rules of its own."""
    left = [days_left(stop, rule, latest, held) for rule in rules_of_stop(stop, held)]
    return [
        day
        for day in range(latest + 1)
        if all(any(first <= day <= last for first, last in spans) for spans in left)
    ]


def without(problem: RolloutProblem, rule: Rule) -> RolloutProblem:
    """The problem with one rule less; ``HELD`` is not of the problem and changes nothing."""
    if rule.kind == RuleKind.HANDOVER:
        return replace(problem, handover=0)
    if rule.kind == RuleKind.QUARTER:
        left = tuple(one for one in problem.quarters if one.key != rule.keys[0])
        return replace(problem, quarters=left)
    if rule.kind == RuleKind.VISIT:
        return _less_stop(problem, rule.keys[0])
    return _with_stop(problem, rule, None)


def with_remedy(problem: RolloutProblem, remedy: Remedy) -> RolloutProblem:
    """The problem with one rule that gives way by so much; a stretch gives way as a whole."""
    rule, amount = remedy.rule, remedy.amount
    if rule.kind == RuleKind.HANDOVER:
        return replace(problem, handover=problem.handover - amount)
    if rule.kind == RuleKind.QUARTER:
        more = tuple(
            replace(one, most=one.most + amount) if one.key == rule.keys[0] else one
            for one in problem.quarters
        )
        return replace(problem, quarters=more)
    if rule.kind in (RuleKind.READY, RuleKind.VISA, RuleKind.DONE_BY):
        return _with_stop(problem, rule, amount)
    return without(problem, rule)


def _less_stop(problem: RolloutProblem, key: str) -> RolloutProblem:
    stops = tuple(stop for stop in problem.stops if stop.key != key)
    trips = {pair: trip for pair, trip in problem.trips.items() if key not in pair}
    return replace(problem, stops=stops, trips=trips)


def _with_stop(problem: RolloutProblem, rule: Rule, amount: int | None) -> RolloutProblem:
    stops = tuple(
        _eased(stop, rule, amount) if stop.key == rule.keys[0] else stop for stop in problem.stops
    )
    return replace(problem, stops=stops)


def _eased(stop: Stop, rule: Rule, amount: int | None) -> Stop:
    """The stop with a rule of its own that gives way by so much, or wholly with None."""
    if rule.kind == RuleKind.READY:
        # The visa is asked for when the country is ready; it comes no later for its being so.
        by = stop.ready_from if amount is None else amount
        return replace(stop, ready_from=stop.ready_from - by)
    if rule.kind == RuleKind.VISA:
        by = stop.visa_days if amount is None else amount
        return replace(stop, visa_days=stop.visa_days - by)
    if rule.kind == RuleKind.DONE_BY and stop.done_by is not None:
        return replace(stop, done_by=None if amount is None else stop.done_by + amount)
    if rule.kind == RuleKind.FIXED:
        return replace(stop, fixed=None)
    if rule.kind != RuleKind.CLOSED:
        return stop
    left = tuple(one for one in stop.stretches if one.price is not None or one.name != rule.keys[1])
    return replace(stop, stretches=left)
