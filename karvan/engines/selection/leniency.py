"""The linear equations of leniency: applications eliminated, reviewers solved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Readings:
    """Marks in points, and who gave them to what; every application is read twice or more.

    left, right: every ordered pair of rows of the same application, itself included.
    """

    application: Whole
    reviewer: Whole
    mark: Floats
    applications: int
    reviewers: int
    left: Whole
    right: Whole

    def per_application(self, values: Floats) -> Floats:
        """Return the sum of a value per mark, by application."""
        return _summed(self.application, values, self.applications)

    def per_reviewer(self, values: Floats) -> Floats:
        """Return the sum of a value per mark, by reviewer."""
        return _summed(self.reviewer, values, self.reviewers)


def readings(
    application: Whole, reviewer: Whole, mark: Floats, applications: int, reviewers: int
) -> Readings:
    """Return the marks with their pairs. Cost: O(sum of squared reads)."""
    left, right = _pairs(application, applications)
    return Readings(application, reviewer, mark, applications, reviewers, left, right)


def within_matrix(data: Readings, gain: Floats, precision: Floats) -> Floats:
    """Return what marks say about leniency once every quality is left free.

    With qualities eliminated (a Schur complement), the normal equations of
    mark = leniency + gain quality + noise are a matrix of reviewers by
    reviewers. Its null space is one vector for each part of the reading graph.
    """
    size = data.reviewers
    weight = precision[data.reviewer]
    pull = gain[data.reviewer] * weight
    known = data.per_application(gain[data.reviewer] * pull)
    shared = pull[data.left] * pull[data.right] / known[data.application[data.left]]
    cell = data.reviewer[data.left] * size + data.reviewer[data.right]
    matrix = np.bincount(cell, shared, size * size).reshape(size, size)
    return np.diag(data.per_reviewer(weight)) - matrix


def within_sums(data: Readings, gain: Floats, precision: Floats) -> Floats:
    """Return the right-hand side that belongs to ``within_matrix``."""
    weight = precision[data.reviewer]
    pull = gain[data.reviewer] * weight
    known = data.per_application(gain[data.reviewer] * pull)
    quality = data.per_application(pull * data.mark) / known
    return data.per_reviewer(weight * data.mark - pull * quality[data.application])


def solved(matrix: Floats, right: Floats) -> Floats:
    """Return the solution of a positive definite system, by Cholesky."""
    solution: Floats = cho_solve(cho_factor(matrix, lower=True), right)
    return solution


def quality_of(data: Readings, leniency: Floats, gain: Floats, precision: Floats) -> Floats:
    """Return each application's quality by weighted least squares, given the reviewers."""
    pull = (gain * precision)[data.reviewer]
    known = data.per_application(gain[data.reviewer] * pull)
    return data.per_application(pull * (data.mark - leniency[data.reviewer])) / known


def spread_of_correction(data: Readings, pull: Floats, covariance: Floats) -> Floats:
    """Return the variance that uncertain leniency adds to each application's quality.

    pull: weight of each mark in the quality of its application.
    """
    size = data.reviewers
    cell = data.reviewer[data.left] * size + data.reviewer[data.right]
    shares = pull[data.left] * pull[data.right] * covariance.ravel()[cell]
    return _summed(data.application[data.left], shares, data.applications)


def _summed(index: Whole, values: Floats, size: int) -> Floats:
    return np.bincount(index, values, size).astype(np.float64)


def _pairs(application: Whole, applications: int) -> tuple[Whole, Whole]:
    reads = np.bincount(application, minlength=applications)
    order = np.argsort(application, kind="stable")
    start = np.cumsum(reads) - reads
    left, right = [], []
    for times in np.unique(reads[reads > 0]).tolist():
        rows = order[start[reads == times][:, None] + np.arange(times)]
        left.append(np.repeat(rows, times, axis=1).ravel())
        right.append(np.tile(rows, (1, times)).ravel())
    if not left:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate(left), np.concatenate(right)
