"""Why somebody with a higher mark was passed over when a place became free."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from karvan.engines import selection as engine

MOST_NAMED = 20  # of those passed over, in a record; all are counted
Why = Literal["team", "ceiling", "floor", "jointly"]


@dataclass(frozen=True, slots=True)
class Passed:
    """One who waits and did not come in, though the mark is higher than of one who did.

    mark:   in hundredths.
    why:    "team" needs more places than are free; "ceiling" or "floor" of ``quotas``
            would not be kept; "jointly" where no single quota says it.
    quotas: their keys.
    """

    number: str
    mark: int
    why: Why
    quotas: tuple[str, ...] = ()


def why_passed(
    problem: engine.ChoiceProblem,
    holding: Collection[str],
    came_in: Sequence[str],
    passed: Sequence[str],
) -> tuple[Passed, ...]:
    """Each of those passed over with what spoke against it, judged by the places held before.

    Args:
        holding: keys of those who hold a place.
        came_in, passed: keys, as the engine gave them.

    Cost: O(candidates x quotas).
    """
    if not passed:
        return ()
    candidates = {one.key: one for one in problem.candidates}
    held = [candidates[key] for key in holding]
    free = problem.places - sum(one.seats for one in held)
    there = {q.key: sum(one.people_counted_by(q) for one in held) for q in problem.quotas}
    found = []
    for key in passed:
        one = candidates[key]
        if one.seats > free:
            found.append(Passed(key, one.merit, "team"))
            continue
        over = tuple(
            q.key
            for q in problem.quotas
            if q.ceiling is not None and there[q.key] + one.people_counted_by(q) > q.ceiling
            and one.people_counted_by(q)
        )  # fmt: skip
        short = tuple(
            q.key
            for q in problem.quotas
            if q.floor and there[q.key] < q.floor and not one.people_counted_by(q)
            and any(candidates[comer].people_counted_by(q) for comer in came_in)
        )  # fmt: skip
        why: Why = "ceiling" if over else "floor" if short else "jointly"
        found.append(Passed(key, one.merit, why, over or short))
    return tuple(found)
