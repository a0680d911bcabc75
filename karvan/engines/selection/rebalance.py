"""Rebalance reviews: the fewest changes after reviewers left or came."""

from __future__ import annotations

import numpy as np

from .assigned import Rebalanced
from .fairness import bound_of_worst
from .network import (
    bonus_of,
    bound_of_flow,
    drawn_among_equals,
    reads_of,
    solved_network,
)
from .reading import AssignmentProblem, Pair
from .summing import summed
from .table import pair_table


def rebalance_reviews(
    problem: AssignmentProblem, standing: frozenset[Pair], done: frozenset[Pair]
) -> Rebalanced:
    """Return the assignment that changes the fewest standing reads.

    First as many reads as possible, then as many standing reads kept as
    possible, then no reviewer below ``load_low``, then the greatest total
    suitability, then the smallest sum of tickets. With the number of reads
    given, most kept is fewest changed. A kept read earns more than any cycle of
    the flow could gain in loads and points, so one minimum-cost flow does all.
    The worst-off application is not raised: that would change more.

    Args:
        problem: as it is now. Who left has a ``load_high`` of what they have
            done; late reviewers are among the reviewers.
        standing: the pairs assigned so far. One that a conflict or a language
            forbids by now is taken back.
        done: those of them that are read; they never move.

    Raises:
        ValueError: a pair that is unknown, done but not standing, done in spite
            of a conflict or a language, or beyond the reads of an application
            or the ``load_high`` of a reviewer; costs beyond 64 bits.
    """
    _require_standing(problem, standing, done)
    fixed = AssignmentProblem(
        applications=problem.applications,
        reviewers=problem.reviewers,
        reads_each=problem.reads_each,
        conflicts=problem.conflicts,
        kept=problem.kept | done,
        suitability=problem.suitability,
        seed=problem.seed,
        languages=problem.languages,
    )
    table = pair_table(fixed)
    here = {a.key: n for n, a in enumerate(table.applications)}
    there = {r.key: n for n, r in enumerate(table.reviewers)}
    wide = max(1, len(there))
    codes = np.array([here[a] * wide + there[r] for a, r in standing], dtype=np.int64)
    stands = np.isin(table.application * wide + table.reviewer, codes)
    # Twice what fills a lower load: more than one cycle's loads and points together.
    bonus = 2 * bonus_of(len(here), len(there), table.points)
    rank = table.ranks()
    network, optimum = solved_network(table, np.where(stands, 0, rank), stands * bonus)
    read = reads_of(network, drawn_among_equals(network, optimum, table.draw))
    kept = int((read & stands).sum())
    bound = bound_of_flow(network, optimum) - bonus * kept + int(table.kept_points.sum())
    answer = summed(fixed, table, read, read, bound, bound_of_worst(table, rank))
    pairs = frozenset(answer.pairs)
    return Rebalanced(answer, tuple(sorted(pairs - standing)), tuple(sorted(standing - pairs)))


def _require_standing(
    problem: AssignmentProblem, standing: frozenset[Pair], done: frozenset[Pair]
) -> None:
    applications = {a.key for a in problem.applications}
    reviewers = {r.key for r in problem.reviewers}
    for pair in sorted(standing):
        if pair[0] not in applications or pair[1] not in reviewers:
            raise ValueError(f"standing names an unknown pair {pair!r}")
    for pair in sorted(done - standing):
        raise ValueError(f"done pair {pair!r} does not stand")
