"""The rubric of a round, and the total of its marks. Whole numbers only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST = 10_000  # hundredths of a point of 100


def rubric_of(written: Any) -> dict[str, Any]:
    """The rubric as a round keeps it: {"scale": [low, high], "criteria": [...]}; {} if there is none.

    A blueprint lists criteria with their anchors from the score 0 up; a document that
    names its scale is taken as it is.
    """
    if isinstance(written, Mapping):
        return dict(written)
    if not written:
        return {}
    anchors = [len(criterion.get("anchors") or ()) for criterion in written]
    return {"scale": [0, max(max(anchors) - 1, 1)], "criteria": list(written)}


def total_of(rubric: Mapping[str, Any], marks: Mapping[str, int]) -> int | None:
    """The weighted total in hundredths of a point of 100, 0 to 10,000; None while a mark is missing.

    The lowest mark everywhere is 0, the highest everywhere 10,000; half a hundredth
    rounds up.
    """
    criteria = rubric["criteria"]
    if any(criterion["code"] not in marks for criterion in criteria):
        return None
    low, high = rubric["scale"]
    weighted: int = sum(c["weight"] * (marks[c["code"]] - low) for c in criteria)
    most: int = sum(c["weight"] for c in criteria) * (high - low)
    return (2 * weighted * MOST + most) // (2 * most)


def mean_of(values: list[int]) -> int:
    """The mean of whole numbers as a whole number, half rounded up.

    Raises:
        ValueError: there are none.
    """
    if not values:
        raise ValueError("no values to take the mean of")
    return (2 * sum(values) + len(values)) // (2 * len(values))
