"""A review assignment as arrays: who may read what, for how many points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from .pair_points import MOST_POINTS, PairPoints
from .reading import Application, AssignmentProblem, Pair, Reviewer, shared_fields
from .tickets import ticket

# Without a list every pair is looked at, which takes 100 bytes each; 3 GB at most.
MOST_UNLISTED = 30_000_000

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Row = TypeVar("Row", Application, Reviewer)


@dataclass(frozen=True, slots=True)
class PairTable:
    """The pairs that may be read and are not kept, sorted by application, then reviewer.

    Applications and reviewers stand in the order of their tickets, so that the
    order of the input is forgotten. Kept pairs are taken out: they use up
    reads and loads, and their points stand in ``kept_points``.

    application, reviewer, points: one row for each pair.
    draw:        the ticket of each pair, 0 to 2**32 - 1.
    need:        reads each application still lacks.
    low, high:   reads each reviewer must and may still take.
    kept:        positions of the kept pairs.
    """

    applications: tuple[Application, ...]
    reviewers: tuple[Reviewer, ...]
    application: Whole
    reviewer: Whole
    points: Whole
    draw: Whole
    need: Whole
    low: Whole
    high: Whole
    kept: tuple[Whole, Whole]
    kept_points: Whole

    def __len__(self) -> int:
        return len(self.points)

    def worth(self, read: Flags) -> Whole:
        """Return the points of each application: its kept pairs and those flagged."""
        worth = np.zeros(len(self.applications), dtype=np.int64)
        np.add.at(worth, self.kept[0], self.kept_points)
        np.add.at(worth, self.application[read], self.points[read])
        return worth

    def pairs(self, read: Flags) -> tuple[Pair, ...]:
        """Return kept pairs and those flagged, as keys, sorted."""
        applications = [a.key for a in self.applications]
        reviewers = [r.key for r in self.reviewers]
        rows = np.concatenate([self.kept[0], self.application[read]])
        columns = np.concatenate([self.kept[1], self.reviewer[read]])
        order = np.lexsort((_ranks(reviewers)[columns], _ranks(applications)[rows]))
        both = zip(rows[order].tolist(), columns[order].tolist(), strict=True)
        return tuple((applications[a], reviewers[r]) for a, r in both)

    def ranks(self) -> Whole:
        """Return the place of each pair among those of its application, most points first.

        Reviewers who can take no more reads stand last.
        """
        short = np.where(self.high[self.reviewer] > 0, MOST_POINTS - self.points, MOST_POINTS + 1)
        order = np.argsort(self.application * (MOST_POINTS + 2) + short, kind="stable")
        firsts = np.searchsorted(self.application, np.arange(len(self.applications)))
        rank = np.empty(len(self), dtype=np.int64)
        rank[order] = np.arange(len(self)) - firsts[self.application]
        return rank


def pair_table(problem: AssignmentProblem, kept: Iterable[Pair] | None = None) -> PairTable:
    """Return the table of a problem; ``kept`` takes the place of the problem's kept pairs.

    Cost: O(pairs) in arrays; no pair is looked at one by one except those that
        a mapping states.
    """
    applications, first = _drawn(problem.applications, problem.seed)
    reviewers, second = _drawn(problem.reviewers, problem.seed)
    wide = max(1, len(reviewers))
    here = {a.key: n for n, a in enumerate(applications)}
    there = {r.key: n for n, r in enumerate(reviewers)}
    held = _positions(problem.kept if kept is None else kept, here, there)
    barred = _positions(problem.conflicts, here, there)
    code, points = _coded_points(problem, applications, reviewers, here, there)
    rank = np.searchsorted(code, held[0] * wide + held[1])
    kept_points = points[rank]
    taken = np.concatenate([held[0] * wide + held[1], barred[0] * wide + barred[1]])
    allowed = _speaking(applications, reviewers, code)
    place = np.searchsorted(code, taken)
    place = place[(place < len(code)) & (code[np.minimum(place, len(code) - 1)] == taken)]
    allowed[place] = False
    row, column = np.divmod(code[allowed], wide)
    need = np.full(len(applications), problem.reads_each, dtype=np.int64)
    np.subtract.at(need, held[0], 1)
    load = np.bincount(held[1], minlength=len(reviewers)).astype(np.int64)
    return PairTable(
        applications=applications,
        reviewers=reviewers,
        application=row,
        reviewer=column,
        points=points[allowed],
        draw=_mixed(first[row], second[column]),
        need=need,
        low=np.maximum(0, np.array([r.load_low for r in reviewers], dtype=np.int64) - load),
        high=np.array([r.load_high for r in reviewers], dtype=np.int64) - load,
        kept=held,
        kept_points=kept_points,
    )


def _drawn(rows: tuple[Row, ...], seed: str) -> tuple[tuple[Row, ...], NDArray[np.uint64]]:
    """Return the rows in the order of their tickets, and the tickets."""
    tickets = sorted((ticket(seed, row.key), row.key, n) for n, row in enumerate(rows))
    drawn = np.array([number for number, *_ in tickets], dtype=np.uint64)
    return tuple(rows[n] for *_, n in tickets), drawn


def _ranks(keys: Sequence[str]) -> Whole:
    """Return the place of each key among the sorted keys."""
    ranks = np.empty(len(keys), dtype=np.int64)
    ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return ranks


def _positions(
    pairs: Iterable[Pair], here: Mapping[str, int], there: Mapping[str, int]
) -> tuple[Whole, Whole]:
    found = sorted((here[a], there[r]) for a, r in pairs)
    both = np.array(found, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _coded_points(
    problem: AssignmentProblem,
    applications: tuple[Application, ...],
    reviewers: tuple[Reviewer, ...],
    here: Mapping[str, int],
    there: Mapping[str, int],
) -> tuple[Whole, Whole]:
    """Return pairs as application times reviewers plus reviewer, rising, and their points."""
    wide = max(1, len(reviewers))
    listed = problem.suitability
    if isinstance(listed, PairPoints):
        rows = np.array([here[a.key] for a in problem.applications], dtype=np.int64)
        columns = np.array([there[r.key] for r in problem.reviewers], dtype=np.int64)
        code, stated = listed.points, listed.points
        if len(listed):
            code = rows[listed.application] * wide + columns[listed.reviewer]
        if listed.only_listed:
            order = np.argsort(code)
            return code[order], stated[order]
    else:
        row, column = _positions(listed, here, there)
        code = row * wide + column
        keys = [r.key for r in reviewers]
        values = (
            listed[applications[a].key, keys[r]]
            for a, r in zip(row.tolist(), column.tolist(), strict=True)
        )
        stated = np.fromiter(values, dtype=np.int64, count=len(code))
    if len(applications) * len(reviewers) > MOST_UNLISTED:
        raise ValueError(
            f"{len(applications)} applications by {len(reviewers)} reviewers are more than "
            f"{MOST_UNLISTED} pairs: list those that may be read as PairPoints"
        )
    points = _shared(applications, reviewers)
    points[code] = stated
    return np.arange(len(points), dtype=np.int64), points


def _shared(applications: tuple[Application, ...], reviewers: tuple[Reviewer, ...]) -> Whole:
    """Return the points from shared fields of all pairs, each two sets of fields compared once."""
    kinds, rows = _kinds([a.fields for a in applications])
    others, columns = _kinds([r.fields for r in reviewers])
    table = np.array(
        [[shared_fields(wanted, known) for known in others] for wanted in kinds], dtype=np.int64
    ).reshape(len(kinds), len(others))
    points: Whole = table[rows[:, None], columns[None, :]].ravel()
    return points


def _speaking(
    applications: tuple[Application, ...], reviewers: tuple[Reviewer, ...], code: Whole
) -> Flags:
    """Return which pairs their languages allow."""
    kinds, rows = _kinds([a.languages for a in applications])
    others, columns = _kinds([r.languages for r in reviewers])
    table = np.array(
        [[wanted <= known for known in others] for wanted in kinds], dtype=np.bool_
    ).reshape(len(kinds), len(others))
    if table.all():
        return np.ones(len(code), dtype=np.bool_)
    row, column = np.divmod(code, max(1, len(reviewers)))
    allowed: Flags = table[rows[row], columns[column]]
    return allowed


def _kinds(sets: Sequence[frozenset[str]]) -> tuple[list[frozenset[str]], Whole]:
    """Return the distinct sets and, for each given set, which of them it is."""
    kinds = {some: n for n, some in enumerate(dict.fromkeys(sets))}
    return list(kinds), np.array([kinds[some] for some in sets], dtype=np.int64)


def _mixed(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> Whole:
    """Return a ticket for each pair, mixed from the tickets of its two keys."""
    # Odd multipliers and a shift spread the bits; uint64 wraps on every machine alike.
    mixed = (one * np.uint64(0x9E3779B97F4A7C15)) ^ (other * np.uint64(0xC2B2AE3D27D4EB4F))
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    drawn: Whole = (mixed >> np.uint64(32)).astype(np.int64)
    return drawn
