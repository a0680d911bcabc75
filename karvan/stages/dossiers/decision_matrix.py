"""Alternatives weighed: totals, who leads, and which change of a weight or a mark would turn it.

No rows known. Whole numbers inside, so that equal is equal. A missing mark is unknown, never zero:
an alternative without all its marks has no total and no place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CRITERIA: dict[str, Promise] = {
    "functionality": _("Functionality"),
    "performance": _("Performance"),
    "usability": _("Usability"),
    "safety": _("Safety"),
    "cost": _("Cost"),
    "local_sourcing": _("Local sourcing"),
    "reparability": _("Reparability"),
}
MARKS = range(5)  # 0 to 4
MOST = 4
HEAVIEST = 10  # a weight goes from 0, does not count, to this


@dataclass(frozen=True, slots=True)
class Option:
    """An alternative with its marks by criterion, those that were given."""

    key: int
    marks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Place:
    """What an alternative comes to. ``total`` and ``rank`` are None where a mark is missing."""

    key: int
    total: int | None
    rank: int | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """The least change that puts another first: one weight from a number to a number."""

    criterion: str
    weight: int
    other_weight: int
    winner: int
    other: int

    @property
    def size(self) -> int:
        return abs(self.other_weight - self.weight)


def places(options: Sequence[Option], weights: Mapping[str, int]) -> list[Place]:
    """Total and rank of each; equal totals share a rank. Criteria of weight 0 need no mark."""
    counted = [criterion for criterion, weight in weights.items() if weight > 0]
    found = []
    for one in options:
        missing = tuple(criterion for criterion in counted if criterion not in one.marks)
        total = None if missing or not counted else _total(one, weights)
        found.append(Place(one.key, total, None, missing))
    totals = [one.total for one in found if one.total is not None]
    return [
        Place(
            one.key,
            one.total,
            None if one.total is None else 1 + sum(other > one.total for other in totals),
            one.missing,
        )
        for one in found
    ]


def highest(weights: Mapping[str, int]) -> int:
    """The total of an alternative with the best mark everywhere."""
    return MOST * sum(weights.values())


def winner(options: Sequence[Option], weights: Mapping[str, int]) -> int | None:
    """The alternative that leads alone, None where there is none or several do."""
    first = [one.key for one in places(options, weights) if one.rank == 1]
    return first[0] if len(first) == 1 else None


def turns(options: Sequence[Option], weights: Mapping[str, int]) -> list[Turn]:
    """For each criterion the least change of its weight alone that puts another first, least first.

    Method: with all else fixed, the lead of the winner over a rival is a straight line in one
    weight; where it crosses zero, the next whole weight (0 to ``HEAVIEST``) turns the order. A
    rival that is put before the winner may itself be behind a third, which then leads; either
    way the winner is no longer first. Cost: rivals times criteria.
    """
    leading = winner(options, weights)
    if leading is None:
        return []
    scored = {one.key: one for one in options}
    ranked = [one.key for one in places(options, weights) if one.total is not None]
    found: dict[str, Turn] = {}
    for rival in ranked:
        if rival == leading:
            continue
        for criterion in weights:
            at = _turning(scored[leading], scored[rival], weights, criterion)
            if at is None:
                continue
            turn = Turn(criterion, weights[criterion], at, leading, rival)
            if criterion not in found or turn.size < found[criterion].size:
                found[criterion] = turn
    return sorted(found.values(), key=lambda one: (one.size, one.criterion))


def close_marks(options: Sequence[Option], weights: Mapping[str, int]) -> list[tuple[str, int]]:
    """Criteria on which one mark less for the winner puts another level or before, with who."""
    leading = winner(options, weights)
    if leading is None:
        return []
    placed = {one.key: one.total for one in places(options, weights) if one.total is not None}
    rivals = {key: total for key, total in placed.items() if key != leading}
    if not rivals:
        return []
    nearest = max(rivals, key=lambda key: (rivals[key], -key))
    lead = placed[leading] - rivals[nearest]
    marks = next(one.marks for one in options if one.key == leading)
    return [
        (criterion, nearest)
        for criterion, weight in weights.items()
        if weight >= lead and weight > 0 and marks.get(criterion, 0) > 0
    ]


def _total(one: Option, weights: Mapping[str, int]) -> int:
    return sum(weight * one.marks.get(criterion, 0) for criterion, weight in weights.items())


def _turning(
    leading: Option, rival: Option, weights: Mapping[str, int], criterion: str
) -> int | None:
    """The whole weight nearest to the present one at which the rival is ahead, None if there is none."""
    if criterion not in leading.marks or criterion not in rival.marks:
        return None
    slope = leading.marks[criterion] - rival.marks[criterion]
    if slope == 0:
        return None
    lead = _total(leading, weights) - _total(rival, weights)
    crossing = Fraction(weights[criterion]) - Fraction(lead, slope)
    at = ceil(crossing) - 1 if slope > 0 else floor(crossing) + 1
    return at if 0 <= at <= HEAVIEST else None
