"""Correct marks for the reviewers who gave them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .calibrated import Calibration, CorrectedMark, Flag, ReviewerStyle, WhyNot
from .comparable import Comparable, comparable
from .flags import LEAST_READS, agreement, flags_of, spread_of_marks
from .leniency import (
    Readings,
    quality_of,
    readings,
    solved,
    spread_of_correction,
    within_matrix,
)
from .marks import HIGHEST_MARK, CalibrationProblem, ScoreTable
from .styles import GAINS, LEAST_NOISE, Styles, estimate_styles

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def calibrate(problem: CalibrationProblem) -> Calibration:
    """Return every application's mark corrected for who read it, or say why it stays as it is.

    A mark is leniency + gain x quality + noise. Qualities are left free, so
    nothing is taken from the difference between pools whose reviewers hardly
    meet; leniency, gain and noise are shrunk by what chance explains of their
    differences (empirical Bayes) [1, 2, 3]. Styles are published as whole
    numbers and the corrected mark follows from those alone:

        corrected = centre + sum w g (mark - centre - leniency) / sum w g g,
        g = gain / 1000,  w = 1 / noise^2,

    rounded half up to hundredths, within 0 to 10,000. It is not drawn towards
    the mean, so that it does not depend on how often an application was read
    but for its deviation.

    Args:
        problem: marks in hundredths; pools if known; least reads and reviewers.

    Returns:
        Marks, reviewers' styles and flags. Marks stay raw, with the reason,
        where reads or reviewers are too few, no reading joins the reviewers, or
        reviewers differ no more than chance allows (one test in a hundred).
        Equal for any order of the input and any names, but for what is drawn
        between reviewers whose marks are twins.

    Cost: O(marks x reads) and a dozen Cholesky factors of reviewers by reviewers:
        900 marks of 30 reviewers take 0.02 CPU s, 300,000 of 1,000 take 2 to 3.

    [1] C. R. Henderson (1953). Estimation of variance and covariance components.
        Biometrics 9, 226-252. doi:10.2307/3001853
    [2] G. K. Robinson (1991). That BLUP is a good thing: the estimation of random
        effects. Statistical Science 6, 15-32. doi:10.1214/ss/1177011926
    [3] G. K. Smyth (2004). Linear models and empirical Bayes methods for assessing
        differential expression in microarray experiments. Statistical
        Applications in Genetics and Molecular Biology 3, 1-25.
        doi:10.2202/1544-6115.1027
    """
    table = problem.table()
    found = comparable(table, problem.least_reviewers)
    reads = np.bincount(table.application, minlength=len(table.applications))
    why_not = _why_not(problem, table, found, reads)
    if why_not:
        return _as_given(table, found.all_parts, why_not)
    centre = _whole_mean(found.mark)
    data = readings(
        found.application,
        found.reviewer,
        (found.mark - centre) / 100,
        len(found.applications),
        len(found.reviewers),
    )
    styles = estimate_styles(data, found.parts, _pools(problem, table, found))
    if not styles.differs:
        size = data.reviewers
        styles = replace(
            styles, leniency=np.zeros(size), gain=np.ones(size), gain_chance=np.zeros(size)
        )
    return _answer(problem, table, found, centre, data, _published(styles))


def _why_not(
    problem: CalibrationProblem, table: ScoreTable, found: Comparable, reads: Whole
) -> WhyNot:
    if len(np.unique(table.reviewer)) < problem.least_reviewers:
        return "too_few_reviewers"
    if not (reads >= problem.least_reads).any():
        return "too_few_reads"
    if not (reads[found.applications] >= problem.least_reads).any():
        return "not_connected"
    left = len(found.mark) - len(found.applications) - len(found.reviewers) + found.parts
    return "too_few_reads" if left < 1 else ""


def _pools(problem: CalibrationProblem, table: ScoreTable, found: Comparable) -> Whole | None:
    """The pool of each comparable application, numbered as they come."""
    if not problem.pools:
        return None
    number: dict[str | None, int] = {}
    named = (problem.pools.get(table.applications[a]) for a in found.applications.tolist())
    return np.array([number.setdefault(pool, len(number)) for pool in named], np.int64)


def _published(styles: Styles) -> Styles:
    """Styles rounded to what is published; corrected marks follow from these."""
    return replace(
        styles,
        leniency=np.round(styles.leniency * 100) / 100,
        gain=np.clip(np.round(styles.gain * 1000) / 1000, *GAINS),
        noise=np.maximum(np.round(styles.noise * 100) / 100, LEAST_NOISE),
    )


def _answer(
    problem: CalibrationProblem,
    table: ScoreTable,
    found: Comparable,
    centre: int,
    data: Readings,
    styles: Styles,
) -> Calibration:
    covariance = _covariance(data, styles)
    marks = _raw(table)
    if styles.differs:
        done = found.applications[marks.reads[found.applications] >= problem.least_reads]
        new = np.isin(found.applications, done)
        precision = 1 / styles.noise**2
        quality = quality_of(data, styles.leniency, styles.gain, precision)
        marks.corrected[done] = _half_up(centre + 100 * quality)[new]
        deviation = _deviation(data, styles, quality, covariance)
        marks.deviation[done] = _half_up(100 * deviation)[new]
        marks.is_corrected[done] = True
    return Calibration(
        marks=marks.by_key(table),
        reviewers=_styles(table, found, data, styles, covariance),
        is_corrected=bool(marks.is_corrected.any()),
        why_not="" if styles.differs else "no_difference",
        parts=found.all_parts,
        centre=centre,
    )


def _covariance(data: Readings, styles: Styles) -> Floats:
    """Covariance of leniency about the mean of all reviewers.

    That the panel as a whole may be strict moves everybody alike and is nobody's
    doubt; that one part of it may be, where few readings join the parts, stays in.
    """
    size = data.reviewers
    if not styles.differs:
        return np.zeros((size, size))
    matrix = within_matrix(data, styles.gain, 1 / styles.noise**2)
    inverse = solved(matrix + np.eye(size) / max(styles.between, 1e-9), np.eye(size))
    about = inverse - inverse.mean(axis=0)
    centred: Floats = about - about.mean(axis=1)[:, None]
    return centred


def _deviation(data: Readings, styles: Styles, quality: Floats, covariance: Floats) -> Floats:
    """Noise of an application's own marks, and what is not known of its reviewers."""
    gain = styles.gain[data.reviewer]
    pull = gain / styles.noise[data.reviewer] ** 2
    known = data.per_application(gain * pull)
    pull = pull / known[data.application]
    of_mark = quality[data.application]
    count = np.maximum(data.per_reviewer(np.ones(len(of_mark))), 1)
    usual = data.per_reviewer(of_mark) / count
    # A gain misjudged tilts a reviewer's line about the middle of what was read.
    tilt = (pull * (of_mark - usual[data.reviewer])) ** 2 * styles.gain_chance[data.reviewer]
    leniency = spread_of_correction(data, pull, covariance)
    return np.sqrt(1 / known + np.maximum(leniency, 0) + data.per_application(tilt))


@dataclass(frozen=True, slots=True)
class _Marks:
    """Columns of the answer, by application."""

    raw: Whole
    corrected: Whole
    deviation: Whole
    reads: Whole
    is_corrected: NDArray[np.bool_]

    def by_key(self, table: ScoreTable) -> dict[str, CorrectedMark]:
        columns = (self.raw, self.corrected, self.deviation, self.reads, self.is_corrected)
        rows = zip(table.applications, *(column.tolist() for column in columns), strict=True)
        return {key: CorrectedMark(*row) for key, *row in sorted(rows)}


def _raw(table: ScoreTable) -> _Marks:
    n = len(table.applications)
    reads = np.bincount(table.application, minlength=n)
    sums = np.zeros(n, np.int64)
    np.add.at(sums, table.application, table.mark)
    some = np.maximum(reads, 1)
    raw = (2 * sums + some) // (2 * some)
    deviation = _half_up(_disagreement(table, sums, reads) / np.sqrt(some))
    return _Marks(raw, raw.copy(), deviation, reads, np.zeros(n, np.bool_))


def _disagreement(table: ScoreTable, sums: Whole, reads: Whole) -> float:
    """Standard deviation of one mark about its application's, or of all marks if that is unknown."""
    left = len(table) - int((reads > 0).sum())
    mark = table.mark.astype(np.float64)
    if left < 1:
        return float(mark.std()) if len(mark) else 0.0
    # Whole numbers: squares about the mean, times reads, so that the order of rows is nothing.
    squares = np.zeros(len(reads), np.int64)
    np.add.at(squares, table.application, table.mark**2)
    about = np.sort((squares * reads - sums**2) / np.maximum(reads, 1))
    return float((about.sum() / left) ** 0.5)


def _styles(
    table: ScoreTable, found: Comparable, data: Readings, styles: Styles, covariance: Floats
) -> dict[str, ReviewerStyle]:
    agreed, spread = agreement(data, styles), spread_of_marks(data)
    chance = np.sqrt(np.maximum(np.diag(covariance), 0))
    flags = flags_of(data, styles, chance, agreed, spread)
    known = {
        table.reviewers[j]: (
            _hundredths(styles.leniency[i], 100),
            _hundredths(styles.gain[i], 1000),
            _hundredths(styles.noise[i], 100),
            flags[i],
            _hundredths(agreed[i], 1000),
            _hundredths(chance[i], 100),
        )
        for i, j in enumerate(found.reviewers.tolist())
    }
    usual = _hundredths(float(np.sqrt((styles.noise**2).mean())), 100)
    return _with_spread(table, known, usual)


def _as_given(table: ScoreTable, parts: int, why_not: WhyNot) -> Calibration:
    """Raw marks, where they are too few to say anything of the reviewers."""
    marks = _raw(table)
    usual = int(_half_up(np.array([_disagreement(table, *_sums(table))]))[0])
    return Calibration(marks.by_key(table), _with_spread(table, {}, usual), False, why_not, parts)


def _sums(table: ScoreTable) -> tuple[Whole, Whole]:
    sums = np.zeros(len(table.applications), np.int64)
    np.add.at(sums, table.application, table.mark)
    return sums, np.bincount(table.application, minlength=len(sums))


Known = tuple[int, int, int, tuple[Flag, ...], int, int]


def _with_spread(
    table: ScoreTable, known: dict[str, Known], usual: int
) -> dict[str, ReviewerStyle]:
    size = len(table.reviewers)
    given = np.bincount(table.reviewer, minlength=size)
    sums, squares = np.zeros(size, np.int64), np.zeros(size, np.int64)
    np.add.at(sums, table.reviewer, table.mark)
    np.add.at(squares, table.reviewer, table.mark**2)
    variance = (squares * given - sums**2) / np.maximum(given, 1) ** 2
    spread = _half_up(np.sqrt(variance)).tolist()
    found = {}
    for j, key in sorted(enumerate(table.reviewers), key=lambda row: row[1]):
        leniency, gain, noise, flags, agreed, chance = known.get(key, (0, 1000, usual, (), 0, 0))
        if variance[j] == 0 and given[j] >= LEAST_READS and "inattentive" not in flags:
            flags = (*flags, "inattentive")
        found[key] = ReviewerStyle(
            int(given[j]), leniency, gain, noise, flags, agreed, spread[j], chance
        )
    return found


def _whole_mean(mark: Whole) -> int:
    return (2 * int(mark.sum()) + len(mark)) // (2 * len(mark))


def _hundredths(value: float, scale: int) -> int:
    return int(np.floor(float(value) * scale + 0.5))


def _half_up(values: Floats) -> Whole:
    return np.clip(np.floor(values + 0.5), 0, HIGHEST_MARK).astype(np.int64)
