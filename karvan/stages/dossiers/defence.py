"""What the assessors' anchors say of a defence together. Plain mappings in, a verdict out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

ASSESSORS, THIRD_OVER, ANCHORS = 2, 1, 5
MORE, THIRD, NOTHING = "assessor", "third", ""


@dataclass(frozen=True, slots=True)
class Rubric:
    """By what a defence is marked: lines with their anchors from 0, how many assess it,
    and over how many anchors of difference another one decides."""

    criteria: tuple[Mapping[str, Any], ...] = ()
    assessors: int = ASSESSORS
    third_over: int = THIRD_OVER

    @property
    def codes(self) -> list[str]:
        return [line["code"] for line in self.criteria]

    def top_of(self, code: str) -> int:
        """The best anchor of a line."""
        line = next(one for one in self.criteria if one["code"] == code)
        return max(1, len(line.get("anchors") or range(ANCHORS)) - 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what each assessor gave, whether they are too far apart, what stands."""

    code: str
    given: tuple[int, ...]
    third: int | None
    is_disputed: bool
    stands: Fraction | None
    top: int

    @property
    def mean(self) -> float | None:
        """What stands as a figure to show."""
        return None if self.stands is None else float(self.stands)


@dataclass(frozen=True, slots=True)
class Verdict:
    """All lines; ``waits_for``: another assessor, the third opinion, or nobody."""

    lines: tuple[Line, ...]
    waits_for: str
    percent: int | None

    @property
    def is_disputed(self) -> bool:
        return any(line.is_disputed for line in self.lines)


def rubric_of(document: Mapping[str, Any]) -> Rubric:
    """The rubric by which the design's assessment has the defence marked; without lines if none."""
    named = [one["rubric"] for one in document.get("assessment") or () if one.get("rubric")]
    for one in document.get("rubrics") or ():
        if one["code"] in named or not named:
            return Rubric(
                tuple(one.get("criteria") or ()),
                int(one.get("assessors", ASSESSORS)),
                int(one.get("third_over_anchors", THIRD_OVER)),
            )
    return Rubric()


def verdict(
    rubric: Rubric, given: Sequence[Mapping[str, int]], third: Mapping[str, int] | None = None
) -> Verdict:
    """What stands of a defence: the mean of the assessors, line by line.

    Where they differ by more than the rubric's limit the line is in dispute; there the third
    opinion stands, and nothing does before it is given. The result is the mean of the lines in
    whole per cent of their best anchors, rounded down.
    """
    complete = len(given) >= rubric.assessors
    lines = tuple(_line(rubric, code, given, third, complete) for code in rubric.codes)
    if not complete or not lines:
        return Verdict(lines, MORE, None)
    if any(line.stands is None for line in lines):
        return Verdict(lines, THIRD, None)
    share = sum(((line.stands or 0) / line.top for line in lines), Fraction(0)) / len(lines)
    return Verdict(lines, NOTHING, int(100 * share))


def _line(
    rubric: Rubric,
    code: str,
    given: Sequence[Mapping[str, int]],
    third: Mapping[str, int] | None,
    complete: bool,
) -> Line:
    marks = tuple(one[code] for one in given if code in one)
    decided = third.get(code) if third else None
    disputed = complete and max(marks, default=0) - min(marks, default=0) > rubric.third_over
    stands: Fraction | None = None
    if complete and marks:
        mean = Fraction(sum(marks), len(marks))
        stands = (None if decided is None else Fraction(decided)) if disputed else mean
    return Line(code, marks, decided, disputed, stands, rubric.top_of(code))
