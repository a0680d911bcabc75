"""Recount corrected marks from what is published, plainly and slowly."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import floor

from .calibrated import Calibration, CorrectedMark
from .marks import HIGHEST_MARK, CalibrationProblem, Score


def check_calibration(problem: CalibrationProblem, answer: Calibration) -> tuple[str, ...]:
    """Return what does not follow from the marks and the published styles; empty if all does.

    Leniency, gain, noise and centre are taken as published; how they were
    estimated is not checked. The sums are exact fractions.

    Cost: O(marks).
    """
    marks: dict[str, list[Score]] = defaultdict(list)
    for score in problem.scores:
        marks[score.application].append(score)
    wrong = [
        f"application {key!r}: {what}"
        for key, found in sorted(answer.marks.items())
        for what in _wrong(problem, answer, found, marks[key])
    ]
    if set(marks) - set(answer.marks):
        wrong.append(f"applications without an answer: {sorted(set(marks) - set(answer.marks))}")
    if answer.is_corrected == bool(answer.why_not):
        wrong.append(f"is_corrected {answer.is_corrected}, but why_not is {answer.why_not!r}")
    return tuple(wrong)


def _wrong(
    problem: CalibrationProblem, answer: Calibration, found: CorrectedMark, scores: list[Score]
) -> list[str]:
    wrong = []
    if found.reads != len(scores):
        wrong.append(f"has {len(scores)} marks, not {found.reads}")
    mean = Fraction(sum(score.mark for score in scores), max(len(scores), 1))
    if found.raw != floor(mean + Fraction(1, 2)):
        wrong.append(f"plain mean is {float(mean)}, not {found.raw}")
    if not found.is_corrected:
        if found.corrected != found.raw:
            wrong.append(f"is not corrected, yet {found.corrected} is not {found.raw}")
    elif len(scores) < problem.least_reads:
        wrong.append(f"is corrected with {len(scores)} reads of {problem.least_reads}")
    elif abs(found.corrected - (exact := _exact(answer, scores))) > Fraction(500_001, 1_000_000):
        wrong.append(f"corrected mark is {float(exact)}, not {found.corrected}")
    return wrong


def _exact(answer: Calibration, scores: list[Score]) -> Fraction:
    above = below = Fraction(0)
    for score in scores:
        style = answer.reviewers[score.reviewer]
        gain = Fraction(style.gain, 1_000)
        pull = gain / style.noise**2
        above += pull * (score.mark - answer.centre - style.leniency)
        below += pull * gain
    return min(max(answer.centre + above / below, Fraction(0)), Fraction(HIGHEST_MARK))
