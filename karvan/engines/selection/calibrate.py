"""Correct marks for the reviewers who gave them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .calibrated import Calibration, CorrectedMark, ReviewerStyle, WhyNot
from .marks import HIGHEST_MARK, CalibrationProblem, ScoreTable

Floats = NDArray[np.float64]


def calibrate(problem: CalibrationProblem) -> Calibration:
    """Return every application's mark corrected for who read it.

    Leniency by least squares over reviewers, shrunk by the variance between them.
    """
    table = problem.table()
    a, r, y = table.application, table.reviewer, table.mark.astype(np.float64)
    n, m = len(table.applications), len(table.reviewers)
    reads, given = np.bincount(a, minlength=n), np.bincount(r, minlength=m)
    raw = np.bincount(a, y, n) / np.maximum(reads, 1)
    why_not: WhyNot = ""
    if m < problem.least_reviewers:
        why_not = "too_few_reviewers"
    elif not (reads >= problem.least_reads).any():
        why_not = "too_few_reads"
    leniency, noise = np.zeros(m), float(np.std(y - raw[a])) if len(y) else 0.0
    if not why_not:
        leniency, noise = _leniency(table, raw, reads, given)
    corrected = raw - np.bincount(a, leniency[r], n) / np.maximum(reads, 1)
    done = (reads >= problem.least_reads) & (not why_not)
    final = np.where(done, corrected, raw)
    return Calibration(
        marks={
            key: CorrectedMark(
                _rounded(raw[i]),
                _rounded(final[i]),
                _rounded(noise / max(reads[i], 1) ** 0.5),
                int(reads[i]),
                bool(done[i]),
            )
            for i, key in enumerate(table.applications)
        },
        reviewers={
            key: ReviewerStyle(int(given[j]), round(float(leniency[j])), 1000, round(noise), ())
            for j, key in enumerate(table.reviewers)
        },
        is_corrected=bool(done.any()),
        why_not=why_not,
        parts=1,
    )


def _leniency(
    table: ScoreTable, raw: Floats, reads: NDArray[np.int64], given: NDArray[np.int64]
) -> tuple[Floats, float]:
    a, r, y = table.application, table.reviewer, table.mark.astype(np.float64)
    m = len(given)
    read_by = np.zeros((len(reads), m))
    read_by[a, r] = 1
    within = np.diag(given.astype(np.float64)) - read_by.T @ (
        read_by / np.maximum(reads, 1)[:, None]
    )
    right = np.bincount(r, y - raw[a], m)
    noise, between = float(np.var(y - raw[a])) + 1, float(np.var(y - raw[a])) + 1
    leniency = np.zeros(m)
    for _ in range(20):
        inverse = np.linalg.inv(within / noise + np.eye(m) / between)
        leniency = inverse @ right / noise
        between = float(leniency @ leniency + np.trace(inverse)) / m
        mean = np.bincount(a, y - leniency[r], len(reads)) / np.maximum(reads, 1)
        left = y - leniency[r] - mean[a]
        noise = max(float(left @ left) / max(len(y) - len(reads) - m, 1), 1.0)
    return leniency, noise**0.5


def _rounded(mark: float) -> int:
    return int(np.clip(np.floor(mark + 0.5), 0, HIGHEST_MARK))
