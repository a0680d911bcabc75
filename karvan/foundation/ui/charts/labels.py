"""Labels beside the places of a map: none on another, none on a place, a thin line where far off."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from .polygons import Box, Point

GAP = 9  # units from the middle of a place to a label beside it
REACHES = (0, 26, 54, 90, 140, 200)
DIRECTIONS = 16
CROSSING = 26  # what crossing a line costs, in units of distance
NARROW, WIDE_LETTERS = set("ijlt.,:;'’|!1 ()-"), set("mwMWQ@%–—")

Line = tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label for a place: how large it is."""

    at: Point
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the label stands; ``leader`` joins it to its place where it is far off."""

    box: Box
    leader: Line | None


def placed(wanted: Sequence[Wanted], picture: Box, lines: Sequence[Line] = ()) -> list[Placed]:
    """A place for every label, in the order given.

    Method: the most crowded first, each at the cheapest of some hundred positions around it that
    is free; distance and crossed lines cost. Where none is free, the one that covers least.
    Cost: labels times positions times lines; 20 ms for 11 labels and 20 curves.
    """
    order = sorted(range(len(wanted)), key=lambda at: (-_neighbours(wanted, at), at))
    places = [Box(x, y, x, y).grown(GAP - 1) for x, y in (one.at for one in wanted)]
    found: dict[int, Placed] = {}
    for at in order:
        taken = [one.box for one in found.values()]
        leaders = [one.leader for one in found.values() if one.leader]
        others = [*places[:at], *places[at + 1 :]]
        tried = [
            (_covered(one, picture, taken, others, leaders), one) for one in _positions(wanted[at])
        ]
        least = min(covered for covered, _one in tried)
        free = [one for covered, one in tried if covered == least]
        crossed = [*lines, *leaders]
        found[at] = min(free, key=lambda one: _cost(one, wanted[at].at, crossed))  # noqa: B023
    return [found[at] for at in range(len(wanted))]


def text_width(text: str, size: float) -> float:
    """About how wide a text is, on the large side: labels are placed before any font is known."""
    return sum(_letter_width(letter) for letter in text) * size


def _letter_width(letter: str) -> float:
    if letter in NARROW:
        return 0.34
    if letter in WIDE_LETTERS:
        return 0.92
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.bidirectional(letter) == "AL":
        return 0.47
    return 0.68 if letter.isupper() else 0.58


def _neighbours(wanted: Sequence[Wanted], at: int) -> int:
    x, y = wanted[at].at
    return sum(hypot(one.at[0] - x, one.at[1] - y) < 150 for one in wanted)


def _positions(one: Wanted) -> Iterator[Placed]:
    """Around the place, near ones first: beside it, above, below, and off its corners."""
    for reach in REACHES:
        for number in range(DIRECTIONS):
            angle = 2 * pi * number / DIRECTIONS
            east, south = cos(angle), sin(angle)
            x = one.at[0] + east * (GAP + reach) + (_side(east) - 1) * one.width / 2
            y = one.at[1] + south * (GAP + reach) + (_side(south) - 1) * one.height / 2
            box = Box(x, y, x + one.width, y + one.height)
            yield Placed(box, (one.at, _nearest(box, one.at)) if reach > 20 else None)


def _side(toward: float) -> float:
    """Which part of a label faces its place: 1 and -1 its sides, between them its middle."""
    return max(-1.0, min(1.0, toward * 1.6))


def _nearest(box: Box, point: Point) -> Point:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    if box.left <= point[0] <= box.right:
        return (x, box.top if point[1] < y else box.bottom)
    return (box.left if point[0] < x else box.right, y)


def _covered(
    one: Placed, picture: Box, labels: Sequence[Box], places: Sequence[Box], leaders: Sequence[Line]
) -> float:
    """How much of other things it covers: 0 where it is free. A label that cannot be read is worse
    than any line through something, and one outside the picture is worse still."""
    outside = 0.0 if picture.holds(one.box) else 100_000.0
    box = one.box.grown(2)
    covered = sum(10_000.0 + _shared(box, other) for other in labels if box.meets(other))
    covered += sum(_shared(box, other) for other in places)
    covered += sum(500.0 for line in leaders if _crosses_box(line, box))
    if one.leader:
        covered += sum(300.0 for other in (*labels, *places) if _crosses_box(one.leader, other))
    return outside + covered


def _cost(one: Placed, at: Point, lines: Sequence[Line]) -> float:
    x, y = _nearest(one.box, at)
    crossed = sum(_crosses_box(line, one.box) for line in lines)
    return hypot(x - at[0], y - at[1]) + CROSSING * crossed


def _shared(one: Box, other: Box) -> float:
    if not one.meets(other):
        return 0.0
    across = min(one.right, other.right) - max(one.left, other.left)
    return across * (min(one.bottom, other.bottom) - max(one.top, other.top)) + 1


def _crosses_box(line: Line, box: Box) -> bool:
    """True if the line has a point in the box: it is cut back side by side (Liang and Barsky)."""
    (x, y), (end_x, end_y) = line
    if max(x, end_x) < box.left or min(x, end_x) > box.right:
        return False
    if max(y, end_y) < box.top or min(y, end_y) > box.bottom:
        return False
    enters, leaves = 0.0, 1.0
    for step, room in (
        (x - end_x, x - box.left),
        (end_x - x, box.right - x),
        (y - end_y, y - box.top),
        (end_y - y, box.bottom - y),
    ):
        if step == 0:
            if room < 0:
                return False
            continue
        share = room / step
        if step < 0:
            enters = max(enters, share)
        else:
            leaves = min(leaves, share)
    return enters < leaves
