"""Which marks can be compared, in an order that depends on the marks alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .marks import ScoreTable

Whole = NDArray[np.int64]
Words = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Comparable:
    """The marks that say something of their reviewers, renumbered.

    application, reviewer: new numbers, by row; mark in hundredths.
    applications, reviewers: old number of each new one.
    parts:     parts of the reading graph among them.
    all_parts: parts of the whole reading graph.
    """

    application: Whole
    reviewer: Whole
    mark: Whole
    applications: Whole
    reviewers: Whole
    parts: int
    all_parts: int


def comparable(table: ScoreTable, least_reviewers: int) -> Comparable:
    """Return the marks of applications read twice or more, in parts of enough reviewers.

    Rows stand in an order that the marks decide, keys only between twins, so
    that sums are added up alike however the input is sorted or named.

    Cost: O(n log n).
    """
    n, m = len(table.applications), len(table.reviewers)
    part = _parts(table)
    has_marks = np.bincount(table.reviewer, minlength=m) > 0
    all_parts = len(np.unique(part[has_marks]))
    size = np.bincount(part[has_marks], minlength=m)
    reads = np.bincount(table.application, minlength=n)
    use = (reads >= 2)[table.application] & (size[part] >= least_reviewers)[table.reviewer]
    a, r, mark = table.application[use], table.reviewer[use], table.mark[use]
    by_application, by_reviewer = _signatures(a, r, mark, n, m)
    applications = _ordered(by_application, table.applications, np.unique(a))
    reviewers = _ordered(by_reviewer, table.reviewers, np.unique(r))
    place_a, place_r = np.zeros(n, np.int64), np.zeros(m, np.int64)
    place_a[applications] = np.arange(len(applications))
    place_r[reviewers] = np.arange(len(reviewers))
    order = np.lexsort((place_r[r], place_a[a]))
    return Comparable(
        place_a[a][order],
        place_r[r][order],
        mark[order],
        applications,
        reviewers,
        len(np.unique(part[reviewers])),
        all_parts,
    )


def _parts(table: ScoreTable) -> Whole:
    """The part of the reading graph each reviewer is in."""
    n, m = len(table.applications), len(table.reviewers)
    ones = np.ones(len(table), np.int8)
    edges = coo_array((ones, (table.reviewer, m + table.application)), shape=(n + m, n + m))
    found: Whole = connected_components(edges.tocsr(), directed=False)[1][:m].astype(np.int64)
    return np.unique(found, return_inverse=True)[1].astype(np.int64)


def _signatures(a: Whole, r: Whole, mark: Whole, n: int, m: int) -> tuple[Words, Words]:
    """Whole numbers that tell apart what differs in marks, near or far; sums wrap round.

    Colour refinement: each takes up what its neighbours are, three times over.
    """
    given = _mixed(mark.astype(np.uint64))
    by_application, by_reviewer = np.zeros(n, np.uint64), np.zeros(m, np.uint64)
    for _ in range(3):
        reader, read = by_reviewer[r], by_application[a]
        by_application, by_reviewer = np.zeros(n, np.uint64), np.zeros(m, np.uint64)
        np.add.at(by_application, a, _mixed(reader + given))
        np.add.at(by_reviewer, r, _mixed(read + given))
    return by_application, by_reviewer


def _mixed(words: Words) -> Words:
    """Steele, Lea and Flood's finaliser (SplitMix64): unlike numbers far apart."""
    words = words + np.uint64(0x9E3779B97F4A7C15)
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def _ordered(signature: Words, keys: tuple[str, ...], present: Whole) -> Whole:
    by_key = np.array(sorted(present.tolist(), key=keys.__getitem__), dtype=np.int64)
    return by_key[np.argsort(signature[by_key], kind="stable")]
