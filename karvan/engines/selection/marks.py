"""The marks that reviewers gave, and what has to hold before they are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from .requirements import require_count, require_key, require_unique

HIGHEST_MARK = 10_000

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Score:
    """The mark of one reviewer for one application, in hundredths of a point, 0 to 10,000."""

    application: str
    reviewer: str
    mark: int


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """Marks as columns, for hundreds of thousands of them.

    application, reviewer: positions in ``applications`` and ``reviewers``.
    mark:                  hundredths of a point, 0 to 10,000.
    """

    application: Whole
    reviewer: Whole
    mark: Whole
    applications: tuple[str, ...]
    reviewers: tuple[str, ...]

    def __post_init__(self) -> None:
        _require_keys(self.applications, "application")
        _require_keys(self.reviewers, "reviewer")
        sizes = {len(self.application), len(self.reviewer), len(self.mark)}
        if len(sizes) > 1:
            raise ValueError(f"columns of marks must be equally long, got {sorted(sizes)}")
        for name, keys in (("application", self.applications), ("reviewer", self.reviewers)):
            column = _whole(getattr(self, name), partial(_row_of, name))
            _require_positions(column, len(keys), name)
            object.__setattr__(self, name, column)
        object.__setattr__(self, "mark", _whole(self.mark, self._row))
        wrong = np.flatnonzero((self.mark < 0) | (self.mark > HIGHEST_MARK))
        if len(wrong):
            row = int(wrong[0])
            raise ValueError(f"{self._row(row)} must be 0 to {HIGHEST_MARK}, got {self.mark[row]}")
        self._require_unique_pairs()

    def __len__(self) -> int:
        return len(self.mark)

    def __iter__(self) -> Iterator[Score]:
        for a, r, mark in zip(
            self.application.tolist(), self.reviewer.tolist(), self.mark.tolist(), strict=True
        ):
            yield Score(self.applications[a], self.reviewers[r], mark)

    def _row(self, row: int) -> str:
        application = self.applications[self.application[row]]
        reviewer = self.reviewers[self.reviewer[row]]
        return f"mark in row {row + 1} ({application!r}, {reviewer!r})"

    def _require_unique_pairs(self) -> None:
        pair = self.application * np.int64(max(len(self.reviewers), 1)) + self.reviewer
        order = np.argsort(pair, kind="stable")
        again = order[1:][pair[order][1:] == pair[order][:-1]]
        if len(again):
            raise ValueError(f"{self._row(int(again.min()))} repeats a pair that has a mark")


@dataclass(frozen=True, slots=True)
class CalibrationProblem:
    """The marks of a round, and when they are too few to be corrected.

    scores:          each reviewer's mark of each application, at most one a pair.
    pools:           application to the pool it belongs to; those not named are
                     one more pool. Empty: pools are read off the reading graph.
    least_reads:     marks an application needs before its own is corrected, 2 or more.
    least_reviewers: reviewers whose readings hang together, 2 or more.
    """

    scores: tuple[Score, ...] | ScoreTable
    pools: Mapping[str, str] = field(default_factory=dict)
    least_reads: int = 2
    least_reviewers: int = 3

    def __post_init__(self) -> None:
        for name in ("least_reads", "least_reviewers"):
            require_count(getattr(self, name), name)
            if getattr(self, name) < 2:
                raise ValueError(f"{name} must be 2 or more, got {getattr(self, name)}")
        if not isinstance(self.scores, ScoreTable):
            _require_scores(self.scores)
        known = self.applications()
        for row, (application, pool) in enumerate(self.pools.items(), 1):
            if application not in known:
                raise ValueError(f"pools, row {row}: no mark names application {application!r}")
            require_key(pool, f"pools, row {row} ({application!r}): pool")

    def applications(self) -> frozenset[str]:
        """Return the keys of every application that the marks name."""
        if isinstance(self.scores, ScoreTable):
            return frozenset(self.scores.applications)
        return frozenset(score.application for score in self.scores)

    def table(self) -> ScoreTable:
        """Return the marks as columns, keys sorted.

        Cost: O(n log n).
        """
        if isinstance(self.scores, ScoreTable):
            return self.scores
        applications = sorted({score.application for score in self.scores})
        reviewers = sorted({score.reviewer for score in self.scores})
        place_a = {key: n for n, key in enumerate(applications)}
        place_r = {key: n for n, key in enumerate(reviewers)}
        return ScoreTable(
            np.array([place_a[score.application] for score in self.scores], np.int64),
            np.array([place_r[score.reviewer] for score in self.scores], np.int64),
            np.array([score.mark for score in self.scores], np.int64),
            tuple(applications),
            tuple(reviewers),
        )


def _require_scores(scores: Iterable[Score]) -> None:
    seen: set[tuple[str, str]] = set()
    for row, score in enumerate(scores, 1):
        require_key(score.application, f"row {row}: application")
        require_key(score.reviewer, f"row {row}: reviewer")
        name = f"mark in row {row} ({score.application!r}, {score.reviewer!r})"
        require_count(score.mark, name)
        if score.mark > HIGHEST_MARK:
            raise ValueError(f"{name} must be 0 to {HIGHEST_MARK}, got {score.mark}")
        if (score.application, score.reviewer) in seen:
            raise ValueError(f"{name} repeats a pair that has a mark")
        seen.add((score.application, score.reviewer))


def _require_keys(keys: tuple[str, ...], noun: str) -> None:
    for row, key in enumerate(keys, 1):
        require_key(key, f"row {row}: {noun}")
    require_unique(keys, f"{noun} keys")


def _row_of(name: str, row: int) -> str:
    return f"{name} in row {row + 1}"


def _whole(column: Whole, row_name: Callable[[int], str]) -> Whole:
    """Refuse what is no whole number; a table of a reader may hold floats or nothing."""
    found = np.asarray(column)
    if found.ndim != 1:
        raise ValueError(f"a column of marks must have one dimension, got {found.ndim}")
    if found.dtype.kind not in "iu":
        for row, value in enumerate(found.tolist()):
            if isinstance(value, bool) or not isinstance(value, int | float) or value % 1 != 0:
                raise ValueError(f"{row_name(row)} must be a whole number, got {value!r}")
    return found.astype(np.int64)


def _require_positions(column: Whole, size: int, name: str) -> None:
    wrong = np.flatnonzero((column < 0) | (column >= size))
    if len(wrong):
        row = int(wrong[0])
        raise ValueError(f"{name} in row {row + 1} must be below {size}, got {column[row]}")
