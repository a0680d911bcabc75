"""Suitability of millions of pairs, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_POINTS = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class PairPoints:
    """Points of pairs, row by row: three arrays of whole numbers of equal length.

    application: position in the problem's ``applications``, from 0.
    reviewer:    position in the problem's ``reviewers``, from 0.
    points:      0 to 1,000,000.
    only_listed: whether a pair that is not listed may not be read at all. If
                 not, it gets points from the fields, as without a list.
    """

    application: NDArray[np.int64]
    reviewer: NDArray[np.int64]
    points: NDArray[np.int64]
    only_listed: bool = True

    def __post_init__(self) -> None:
        for name in ("application", "reviewer", "points"):
            object.__setattr__(self, name, _whole(name, getattr(self, name)))
        lengths = {len(self.application), len(self.reviewer), len(self.points)}
        if len(lengths) > 1:
            raise ValueError(f"pair points must be arrays of equal length, got {sorted(lengths)}")
        for name, most in (("application", None), ("reviewer", None), ("points", MOST_POINTS)):
            self._require_within(name, most)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, PairPoints)
            and self.only_listed == other.only_listed
            and np.array_equal(self.application, other.application)
            and np.array_equal(self.reviewer, other.reviewer)
            and np.array_equal(self.points, other.points)
        )

    def __len__(self) -> int:
        return len(self.points)

    def require_positions(self, applications: int, reviewers: int) -> None:
        """Refuse positions beyond so many applications or reviewers, and name the row."""
        self._require_within("application", applications - 1)
        self._require_within("reviewer", reviewers - 1)

    def first_repeated(self) -> tuple[int, int] | None:
        """Return the positions of the first pair that is listed twice, if any.

        Cost: one sort of the pairs.
        """
        if not len(self):
            return None
        code = np.sort(self.application * (int(self.reviewer.max()) + 1) + self.reviewer)
        twice = np.flatnonzero(code[1:] == code[:-1])
        if not len(twice):
            return None
        application, reviewer = divmod(int(code[twice[0]]), int(self.reviewer.max()) + 1)
        return application, reviewer

    def lists(self, applications: list[int], reviewers: list[int]) -> list[bool]:
        """Return which of these pairs of positions are listed.

        Cost: one pass over the pairs.
        """
        wide = max([*reviewers, int(self.reviewer.max(initial=0))], default=0) + 1
        asked = np.array(applications, dtype=np.int64) * wide + np.array(reviewers, dtype=np.int64)
        found: list[bool] = np.isin(asked, self.application * wide + self.reviewer).tolist()
        return found

    def of(self, application: int, reviewer: int) -> int | None:
        """Return the points of one pair of positions, None if it is not listed.

        Cost: one pass over the pairs.
        """
        rows = np.flatnonzero((self.application == application) & (self.reviewer == reviewer))
        return int(self.points[rows[0]]) if len(rows) else None

    def _require_within(self, name: str, most: int | None) -> None:
        values = getattr(self, name)
        wrong = values < 0 if most is None else (values < 0) | (values > most)
        if wrong.any():
            row = int(np.argmax(wrong))
            limit = "0 or more" if most is None else f"0 to {most}"
            raise ValueError(
                f"pair points, row {row + 1}: {name} must be {limit}, got {values[row]}"
            )


def _whole(name: str, values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the values as 64-bit whole numbers; refuse fractions and what is no number."""
    array = np.asarray(values)
    if array.ndim != 1:
        raise ValueError(f"pair points: {name} must be one row of numbers, got {array.shape}")
    if array.dtype.kind == "f":
        wrong = ~np.isfinite(array) | (array != np.trunc(array))
        if wrong.any():
            row = int(np.argmax(wrong))
            raise ValueError(
                f"pair points, row {row + 1}: {name} must be a whole number, got {array[row]}"
            )
    elif array.dtype.kind not in "iu":
        raise ValueError(f"pair points: {name} must be whole numbers, got {array.dtype}")
    return array.astype(np.int64)
