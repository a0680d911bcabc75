"""Sum up which pairs are read into the answer that people see."""

from __future__ import annotations

from collections import Counter

import numpy as np

from .assigned import Assignment, Unmet, UnmetReason
from .reading import AssignmentProblem
from .reading_graph import mixing_of, parts_of
from .table import Flags, PairTable


def summed(
    problem: AssignmentProblem,
    table: PairTable,
    read: Flags,
    before: Flags,
    bound: int,
    worst_bound: int,
) -> Assignment:
    """Return the answer for the pairs flagged as read.

    Args:
        problem: the problem.
        table: its pairs.
        read: the pairs read.
        before: those read before the worst-off application was raised.
        bound: proved most points.
        worst_bound: proved most points of the worst-off application.

    Cost: O(pairs).
    """
    pairs = table.pairs(read)
    loads = Counter(r for _, r in pairs)
    reviewers = sorted(problem.reviewers, key=lambda r: r.key)
    graph = (
        np.concatenate([table.kept[0], table.application[read]]),
        np.concatenate([table.kept[1], table.reviewer[read]]),
    )
    kept = int(table.kept_points.sum())
    worth = table.worth(read)
    return Assignment(
        pairs=pairs,
        loads={r.key: loads[r.key] for r in reviewers},
        total=int(table.points[read].sum()) + kept,
        bound=bound,
        unmet=_unmet(problem, table, read),
        short_loads={
            r.key: r.load_low - loads[r.key] for r in reviewers if loads[r.key] < r.load_low
        },
        total_before=int(table.points[before].sum()) + kept,
        worst=int(worth.min()) if len(worth) else 0,
        worst_bound=worst_bound,
        parts=parts_of(*graph)[0],
        mixing=mixing_of(*graph),
        idle=_idle(table),
    )


def _idle(table: PairTable) -> tuple[str, ...]:
    busy = np.bincount(table.reviewer, minlength=len(table.reviewers)) > 0
    busy[table.kept[1]] = True
    return tuple(sorted(r.key for r, some in zip(table.reviewers, busy, strict=True) if not some))


def _unmet(problem: AssignmentProblem, table: PairTable, read: Flags) -> tuple[Unmet, ...]:
    """Return who lacks reads and why; rules are counted for those applications only."""
    n = len(table.applications)
    reads = np.bincount(table.application[read], minlength=n)
    lacking = np.flatnonzero(reads < table.need)
    allowed = np.bincount(table.application, minlength=n) + np.bincount(table.kept[0], minlength=n)
    speaking: Counter[frozenset[str]] = Counter(r.languages for r in table.reviewers)
    found = []
    for position in lacking.tolist():
        application = table.applications[position]
        spoken = sum(count for known, count in speaking.items() if application.languages <= known)
        reason: UnmetReason = "loads_full"
        if spoken < problem.reads_each:
            reason = "no_reviewer_with_language"
        elif allowed[position] < problem.reads_each:
            reason = "all_in_conflict"
        missing = int(table.need[position] - reads[position])
        found.append(Unmet(application.key, missing, reason, spoken, int(allowed[position])))
    return tuple(sorted(found, key=lambda u: u.application))
