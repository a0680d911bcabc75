"""Why each candidate is in or out."""

from __future__ import annotations

from collections.abc import Collection

from .answer import Prices, Standing
from .problem import Candidate, ChoiceProblem


def standings(
    problem: ChoiceProblem,
    chosen: Collection[str],
    pure: Collection[str],
    tied: Collection[str],
    prices: Prices,
) -> dict[str, Standing]:
    """Return the standing of every candidate, by key.

    Args:
        chosen: who is in.
        pure: who would be in without quotas.
        tied: who is in only some of the cohorts of equal value.
        prices: the certificate, from which cut-offs follow.

    Cost: O(candidates x quotas).
    """
    free = problem.places - sum(c.seats for c in problem.candidates if c.key in chosen)
    found: dict[str, Standing] = {}
    for c in sorted(problem.candidates, key=lambda c: c.key):
        cutoff = cutoff_of(problem, c, prices)
        if c.key in tied:
            found[c.key] = Standing("tie_drawn_in" if c.key in chosen else "tie_drawn_out", cutoff)
        elif c.key in chosen:
            found[c.key] = _why_in(problem, c, cutoff, c.key in pure, prices)
        else:
            found[c.key] = _why_out(problem, c, cutoff, c.key in pure, prices, free)
    return found


def cutoff_of(problem: ChoiceProblem, candidate: Candidate, prices: Prices) -> int:
    """Return the least merit, in hundredths, that reaches the cut of a candidate's own group.

    The cut is the price of its seats and of the quotas that count it. With no
    gap between value and price bound, nobody below it is in and nobody above
    it is out.
    """
    filling = candidate.seats * (prices.unit // (problem.places + 1))
    price = candidate.seats * prices.place - filling
    for quota in problem.quotas:
        if prices.quotas[quota.key]:
            price += prices.quotas[quota.key] * candidate.people_counted_by(quota)
    return max(0, -(-price // (prices.unit * candidate.seats)))


def _why_in(
    problem: ChoiceProblem, c: Candidate, cutoff: int, in_pure: bool, prices: Prices
) -> Standing:
    if in_pure:
        return Standing("chosen_on_merit", cutoff)
    helping = _priced(problem, c, prices, counted=True, floors=True)
    making_room = _priced(problem, c, prices, counted=False, floors=False)
    return Standing("chosen_with_quota", cutoff, helping or making_room or _limits(problem))


def _why_out(
    problem: ChoiceProblem, c: Candidate, cutoff: int, in_pure: bool, prices: Prices, free: int
) -> Standing:
    if in_pure:
        full = _priced(problem, c, prices, counted=True, floors=False)
        others = _priced(problem, c, prices, counted=False, floors=True)
        return Standing("displaced_by_quota", cutoff, full or others or _limits(problem))
    if c.merit < cutoff:
        return Standing("below_cutoff", cutoff, points=cutoff - c.merit)
    if c.seats > max(1, free):
        return Standing("no_seats_for_team", cutoff, seats=c.seats)
    return Standing("decided_jointly", cutoff)


def _priced(
    problem: ChoiceProblem, c: Candidate, prices: Prices, *, counted: bool, floors: bool
) -> tuple[str, ...]:
    """Return the keys of quotas with a price of that side that do, or do not, count ``c``."""
    return tuple(
        sorted(
            q.key
            for q in problem.quotas
            if (prices.quotas[q.key] < 0 if floors else prices.quotas[q.key] > 0)
            and (c.people_counted_by(q) > 0) == counted
        )
    )


def _limits(problem: ChoiceProblem) -> tuple[str, ...]:
    """Return every quota's key: without prices they decide only together."""
    return tuple(sorted(q.key for q in problem.quotas))
