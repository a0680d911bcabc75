"""The reading graph: reviewers, joined where they read the same application."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from .table import Whole


def parts_of(application: Whole, reviewer: Whole) -> tuple[int, Whole]:
    """Return how many connected parts the reviewers who read form, and the part of each reviewer.

    Reviewers who read nothing belong to no part: -1. Positions in, positions out.

    Cost: O(reads).
    """
    if not len(application):
        return 0, np.zeros(0, dtype=np.int64)
    n, m = int(application.max()) + 1, int(reviewer.max()) + 1
    joined = csr_array((np.ones(len(application)), (application, reviewer + n)), (n + m, n + m))
    label = connected_components(joined, directed=False)[1][n:]
    reads = np.bincount(reviewer, minlength=m) > 0
    part = np.full(m, -1, dtype=np.int64)
    _, part[reads] = np.unique(label[reads], return_inverse=True)
    return int(part.max()) + 1, part


def mixing_of(application: Whole, reviewer: Whole) -> int:
    """Return the fewest different co-readers that any reviewer who reads has.

    Nought: somebody reads only what nobody else reads, and cannot be compared.

    Cost: O(applications x reads each squared).
    """
    if not len(application):
        return 0
    reads = csr_array((np.ones(len(application), dtype=np.int64), (reviewer, application)))
    together = (reads @ reads.T).tocsr()
    others = np.diff(together.indptr) - 1
    return int(others[np.unique(reviewer)].min())
