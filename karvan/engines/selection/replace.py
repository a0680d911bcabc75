"""Who comes in when somebody declines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from .answer import Cohort, Replacement
from .candidate import Quota
from .columns import columns_of, limits_of
from .optimum import find_optimum
from .pool import Pool
from .prepared import WORK, Chosen, PreparedChoice, keys_at, prepare_choice
from .problem import ChoiceProblem


def next_from_waiting(
    problem: ChoiceProblem | PreparedChoice,
    cohort: Cohort,
    taken: Collection[str],
    left: Collection[str],
    *,
    work: int = WORK,
) -> Replacement:
    """Return who comes in for those who left, without breaking a quota.

    Whoever holds a seat keeps it. The free seats and what the quotas still
    need or allow make a smaller problem of the same kind, solved exactly over
    the waiting people with the same tickets. It depends only on who holds a
    seat and who left, so the order of declines before it does not matter.

    Args:
        problem: the problem the cohort answers, or the same prepared.
        cohort: the answer as published.
        taken: keys from the waiting list who were offered a seat since.
        left: keys who declined, or whose offer expired; never asked again.
        work: as for ``choose_cohort``.

    Returns:
        The keys that come in, best first: none, one, or several where a team
        left or several people did. Where nobody waiting can restore a quota,
        none, and the quotas' keys. A ceiling is never exceeded.

    Raises:
        ValueError: a key that no candidate has.

    Cost: one choice over the waiting people.
    """
    prepared = prepare_choice(problem)
    pool, places = prepared.pool, prepared.problem.places
    is_held = np.zeros(len(pool), dtype=bool)
    is_held[pool.positions([*cohort.chosen, *taken])] = True
    waits = ~is_held
    gone = pool.positions(left)
    is_held[gone] = False
    waits[gone] = False
    free = places - int(pool.seats_of[is_held].sum())
    if free <= 0:
        return Replacement((), "no_free_seat")
    people = _people(prepared, is_held)
    if not waits.any():
        return Replacement((), "nobody_waiting", quotas=_below_floor(prepared, people))
    return _fill(prepared, people, waits, free, work)


def _fill(
    prepared: PreparedChoice, people: dict[str, int], waits: Chosen, free: int, work: int
) -> Replacement:
    pool = prepared.pool
    quotas = [_what_is_left(q, people[q.key]) for q in prepared.problem.quotas]
    best = find_optimum(columns_of(pool, quotas, waits), limits_of(free, quotas), work)
    if best is None:
        return Replacement((), "quota_cannot_be_kept", quotas=_below_floor(prepared, people))
    chosen = best.columns.chosen(best.taken)
    if not len(chosen):
        return Replacement((), "nobody_waiting", keys_at(pool, np.flatnonzero(waits)))
    return Replacement(keys_at(pool, chosen), "best_allowed", _passed(pool, waits, chosen))


def _passed(pool: Pool, waits: Chosen, chosen: np.ndarray) -> tuple[str, ...]:
    """Return who waits and stands before the last of those who come in."""
    last = int(pool.ordered(chosen)[-1])
    before = waits & (pool.merit >= pool.merit[last])
    before[chosen] = False
    stands = pool.ordered(np.append(np.flatnonzero(before), last))
    end = int(np.flatnonzero(stands == last)[0])
    return tuple(pool.keys[n] for n in stands[:end].tolist())


def _people(prepared: PreparedChoice, is_held: Chosen) -> dict[str, int]:
    """Return how many people each quota counts among those who hold a seat."""
    kinds = prepared.pool.kind[is_held]
    return {q.key: int(prepared.pool.counts(q)[kinds].sum()) for q in prepared.problem.quotas}


def _what_is_left(quota: Quota, there: int) -> Quota:
    floor = None if quota.floor is None else max(0, quota.floor - there)
    ceiling = None if quota.ceiling is None else max(0, quota.ceiling - there)
    return replace(quota, floor=floor, ceiling=ceiling)


def _below_floor(prepared: PreparedChoice, people: dict[str, int]) -> tuple[str, ...]:
    quotas = prepared.problem.quotas
    return tuple(sorted(q.key for q in quotas if q.floor and people[q.key] < q.floor))
