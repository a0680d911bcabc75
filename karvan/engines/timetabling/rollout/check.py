"""A slow, plain recount of every rule and every cost of a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from .answer import Costs, Rollout, Rule, RuleKind
from .problem import HOME, RolloutProblem, Stop


def check_rollout(problem: RolloutProblem, rollout: Rollout) -> tuple[Rule, ...]:
    """Return every rule that the year breaks, sorted; nothing when it keeps them all.

    It shares no code with the search. A stop without a day breaks ``VISIT``.

    Raises:
        ValueError: the costs written in the answer are not those of its days.

    Cost: O(n²) for n stops.
    """
    costs = costs_of(problem, rollout.starts)
    if costs != rollout.costs:
        raise ValueError(f"costs are {costs!r}, the answer says {rollout.costs!r}")
    return broken(problem, rollout.starts)


def broken(problem: RolloutProblem, starts: Mapping[str, int]) -> tuple[Rule, ...]:
    """Every rule that stops which begin on these days break, sorted."""
    found: set[Rule] = set()
    for stop in problem.stops:
        if stop.key in starts:
            found |= set(_alone(stop, starts[stop.key]))
        else:
            found.add(Rule(RuleKind.VISIT, (stop.key,)))
    for quarter in problem.quarters:
        begun = (s for s in problem.stops if s.key in starts and quarter.holds(starts[s.key]))
        spent = sum(stop.amount for stop in begun)
        if spent > quarter.most:
            found.add(Rule(RuleKind.QUARTER, (quarter.key,)))
    return tuple(sorted(found | set(_on_the_way(problem, starts))))


def costs_of(problem: RolloutProblem, starts: Mapping[str, int]) -> Costs:
    """The cost by goal of stops that begin on these days."""
    stops = [stop for stop in problem.stops if stop.key in starts]
    way = [HOME, *order_of(starts), HOME]
    return Costs(
        early=sum(stop.weight * starts[stop.key] for stop in stops),
        travel=sum(problem.trip(a, b).cost for a, b in pairwise(way)) if stops else 0,
        dear=sum(stop.dear(starts[stop.key]) for stop in stops),
    )


def order_of(starts: Mapping[str, int]) -> list[str]:
    """The stops by the day they begin, two on one day by key."""
    return sorted(starts, key=lambda key: (starts[key], key))


def _alone(stop: Stop, start: int) -> Iterator[Rule]:
    """The rules of one stop that a start on this day breaks."""
    last = start + stop.days - 1
    if start < stop.ready_from:
        yield Rule(RuleKind.READY, (stop.key,))
    if start < stop.ready_from + stop.visa_days:
        yield Rule(RuleKind.VISA, (stop.key,))
    if stop.done_by is not None and last > stop.done_by:
        yield Rule(RuleKind.DONE_BY, (stop.key,))
    if stop.fixed not in (None, start):
        yield Rule(RuleKind.FIXED, (stop.key,))
    for one in stop.stretches:
        if one.price is None and one.first <= last and start <= one.last:
            yield Rule(RuleKind.CLOSED, (stop.key, one.name))


def _on_the_way(problem: RolloutProblem, starts: Mapping[str, int]) -> Iterator[Rule]:
    """Leaving home, each way with its handover, and coming home."""
    order = order_of(starts)
    for early, late in pairwise(order):
        free = starts[late] - starts[early] - problem.stop(early).days
        way = problem.trip(early, late).days
        if free < way:
            yield Rule(RuleKind.TOGETHER, (early, late))
        elif free < way + problem.handover:
            yield Rule(RuleKind.HANDOVER)
    if order:
        first, last = order[0], order[-1]
        back = starts[last] + problem.stop(last).days + problem.trip(last, HOME).days
        if starts[first] < problem.trip(HOME, first).days:
            yield Rule(RuleKind.HORIZON, (first,))
        if back > problem.horizon:
            yield Rule(RuleKind.HORIZON, (last,))
