"""The pool of a lottery: people alike to every quota, gathered, and the limits as a matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .problem import NOT_GIVEN, ChoiceProblem

Numbers = NDArray[np.int64]
Shares = NDArray[np.float64]
Barred = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pool:
    """Groups of people alike, and what a panel must keep.

    keys:   members of each group, sorted; groups sorted by what they count for.
    seats:  places each member of a group takes.
    sizes:  members of each group.
    quotas: keys of the quotas, sorted.
    counts: a row for each quota and a last one for the places, a column for
            each group: how much one member counts.
    low, high: what each row must add up to; the last one exactly the places.
    """

    keys: tuple[tuple[str, ...], ...]
    seats: Numbers
    sizes: Numbers
    quotas: tuple[str, ...]
    counts: Numbers
    low: Numbers
    high: Numbers


def pool_of(problem: ChoiceProblem) -> Pool:
    """Return the pool, in an order that the input's order does not touch.

    Cost: O(candidates x attributes + groups x quotas).
    """
    quotas = sorted(problem.quotas, key=lambda q: q.key)
    attributes = sorted({q.attribute for q in quotas})
    counted: dict[object, tuple[int, ...]] = {}
    alike: dict[tuple[int, ...], list[str]] = {}
    for c in problem.candidates:
        look = (
            c.seats,
            tuple([c.attributes.get(a) or NOT_GIVEN for a in attributes]),
            tuple([tuple([m.get(a) or NOT_GIVEN for a in attributes]) for m in c.members]),
        )
        if look not in counted:
            counted[look] = (*(c.people_counted_by(q) for q in quotas), c.seats)
        alike.setdefault(counted[look], []).append(c.key)
    kinds = sorted(alike)
    counts = np.array(kinds, dtype=np.int64).reshape(len(kinds), len(quotas) + 1).T
    most = sum(c.seats for c in problem.candidates)
    # A floor above everyone there is must stay above its ceiling's stand-in.
    low = [*(q.floor or 0 for q in quotas), problem.places]
    high = [*(most if q.ceiling is None else q.ceiling for q in quotas), problem.places]
    return Pool(
        tuple(tuple(sorted(alike[kind])) for kind in kinds),
        counts[-1].copy(),
        np.array([len(alike[kind]) for kind in kinds], dtype=np.int64),
        tuple(q.key for q in quotas),
        counts,
        np.array(low, dtype=np.int64),
        np.array([max(h, f) for h, f in zip(high, low, strict=True)], dtype=np.int64),
    )
