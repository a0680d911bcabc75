"""A slow, plain recount of every rule of a choice, sharing nothing with the search."""

from __future__ import annotations

from .answer import Cohort
from .problem import ChoiceProblem
from .tickets import ticket


def check_cohort(problem: ChoiceProblem, cohort: Cohort) -> tuple[str, ...]:
    """Return the rules the cohort breaks, in words; empty if none.

    Counts places and quotas, adds up the merit, recomputes tickets and the
    bound that the prices prove.

    Cost: O(candidates x quotas); plain loops.
    """
    return (
        *_broken_lists(problem, cohort),
        *_broken_limits(problem, cohort),
        *_broken_proof(problem, cohort),
    )


def _broken_lists(problem: ChoiceProblem, cohort: Cohort) -> list[str]:
    broken = []
    keys = sorted(c.key for c in problem.candidates)
    if sorted([*cohort.chosen, *cohort.waiting]) != keys:
        broken.append("not everyone is either chosen or waiting, once")
    if sorted(cohort.standing) != keys:
        broken.append("not everyone has a standing")
    if dict(cohort.tickets) != {key: ticket(problem.seed, key) for key in keys}:
        broken.append("tickets are not those of the seed")
    alike: dict[object, list[tuple[int, int, str]]] = {}
    for c in problem.candidates:
        kind = (c.seats, tuple(c.people_counted_by(q) for q in problem.quotas))
        alike.setdefault(kind, []).append((-c.merit, cohort.tickets.get(c.key, 0), c.key))
    for group in alike.values():
        is_in = [key in cohort.chosen for *_, key in sorted(group)]
        if is_in != sorted(is_in, reverse=True):
            broken.append(f"among people alike to every quota a lesser one is in: {sorted(group)}")
    return broken


def _broken_limits(problem: ChoiceProblem, cohort: Cohort) -> list[str]:
    broken = []
    chosen = [c for c in problem.candidates if c.key in set(cohort.chosen)]
    seats = sum(c.seats for c in chosen)
    if seats > problem.places:
        broken.append(f"{seats} people on {problem.places} places")
    for quota in problem.quotas:
        people = sum(c.people_counted_by(quota) for c in chosen)
        if quota.floor is not None and people < quota.floor:
            broken.append(f"quota {quota.key}: {people} people, floor {quota.floor}")
        if quota.ceiling is not None and people > quota.ceiling:
            broken.append(f"quota {quota.key}: {people} people, ceiling {quota.ceiling}")
    value = sum(c.merit * c.seats for c in chosen)
    if value != cohort.value:
        broken.append(f"merit adds up to {value}, stated {cohort.value}")
    return broken


def _broken_proof(problem: ChoiceProblem, cohort: Cohort) -> list[str]:
    broken = []
    proven = bound_by_prices(problem, cohort)
    if cohort.bound < cohort.value:
        broken.append(f"bound {cohort.bound} is below the value {cohort.value}")
    if cohort.bound > proven:
        broken.append(f"bound {cohort.bound} is above {proven}, which the prices prove")
    if cohort.proof == "prices" and proven != cohort.value:
        broken.append(f"prices prove {proven}, not the value {cohort.value}")
    return broken


def bound_by_prices(problem: ChoiceProblem, cohort: Cohort) -> int:
    """Return the greatest merit any cohort can have, recomputed from the published prices.

    Weak duality: a cohort's merit is at most the price of what the limits
    allow, plus every candidate's surplus over its own price. Needs no solver.

    Returns:
        Hundredths of merit.

    Raises:
        ValueError: a price has the wrong sign for a limit that is not there.

    Cost: O(candidates x quotas); 10,000 candidates take 0.013 CPU s.
    """
    prices = cohort.prices
    fraction = prices.unit // (problem.places + 1)
    bound = prices.place * problem.places
    if prices.place < 0:
        raise ValueError(f"the price of a place must be 0 or more, got {prices.place}")
    for quota in problem.quotas:
        price = prices.quotas[quota.key]
        limit = quota.ceiling if price > 0 else quota.floor or 0
        if price and limit is None:
            raise ValueError(f"quota {quota.key!r} has price {price} but no ceiling")
        bound += price * (limit or 0)
    priced = [q for q in problem.quotas if prices.quotas[q.key]]
    for c in problem.candidates:
        surplus = c.seats * (c.merit * prices.unit + fraction - prices.place)
        surplus -= sum(prices.quotas[q.key] * c.people_counted_by(q) for q in priced)
        bound += max(0, surplus)
    return bound // prices.unit
