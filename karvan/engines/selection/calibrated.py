"""What the answer to a calibration looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

WhyNot = Literal["", "too_few_reads", "too_few_reviewers", "not_connected", "no_difference"]
Flag = Literal["strict", "lenient", "flat", "inconsistent", "inattentive"]


@dataclass(frozen=True, slots=True)
class CorrectedMark:
    """What an application's marks come to. All in hundredths of a point.

    raw:          plain mean of its marks.
    corrected:    what an average reviewer would have given; ``raw`` where nothing
                  was corrected.
    deviation:    standard deviation of ``corrected``: how far it may be from
                  what very many average reviewers would have given.
    reads:        marks it has.
    is_corrected: whether ``corrected`` was worked out, rather than ``raw`` kept.
    """

    raw: int
    corrected: int
    deviation: int
    reads: int
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class ReviewerStyle:
    """How a reviewer marks, beside the others.

    reads:     marks given.
    leniency:  hundredths above (+) or below what others give an average application.
    gain:      points between two applications that others put a thousand apart.
    noise:     standard deviation, in hundredths, of what neither quality nor style explains.
    flags:     what stands out beyond chance; empty below the reads it takes.
    agreement: correlation, per thousand, of the marks with what the other readers
               of the same applications make of them.
    spread:    standard deviation, in hundredths, of the marks given.
    chance:    standard deviation, in hundredths, of ``leniency``.
    """

    reads: int
    leniency: int
    gain: int
    noise: int
    flags: tuple[Flag, ...]
    agreement: int = 0
    spread: int = 0
    chance: int = 0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Corrected marks, how each reviewer marks, and why nothing was corrected if so.

    is_corrected: whether any mark was.
    why_not:      empty, or why none was.
    parts:        groups of reviewers without any application in common; marks of
                  different parts are compared as they were given.
    centre:       mark, in hundredths, at which ``leniency`` is measured.
    """

    marks: Mapping[str, CorrectedMark]
    reviewers: Mapping[str, ReviewerStyle]
    is_corrected: bool
    why_not: WhyNot
    parts: int
    centre: int = 0
