"""Rings of points: cut to a window, thinned, measured, written as a path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import hypot

Point = tuple[float, float]
Ring = Sequence[Point]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that stands upright."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Box:
        """The same box, wider by so much on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def holds(self, other: Box) -> bool:
        """True if the other lies within."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def meets(self, other: Box) -> bool:
        """True if the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def box_of(points: Iterable[Point]) -> Box:
    """The least box around the points.

    Raises: ValueError where there are none.
    """
    listed = list(points)
    if not listed:
        raise ValueError("no box around no points")
    across, down = zip(*listed, strict=True)
    return Box(min(across), min(down), max(across), max(down))


def cut(ring: Ring, window: Box) -> list[Point]:
    """The part of a ring inside a window; [] where nothing is left.

    Method: Sutherland and Hodgman, side by side: right for a convex window. Where the ring leaves
    and returns, the parts are joined along the window's edge, which a fill does not show.
    Source: I. Sutherland, G. Hodgman, "Reentrant polygon clipping", CACM 17 (1974),
    doi:10.1145/360767.360802.
    """
    sides: tuple[tuple[int, float, int], ...] = (
        (0, window.left, 1),
        (0, window.right, -1),
        (1, window.top, 1),
        (1, window.bottom, -1),
    )
    kept = list(ring)
    for axis, limit, sign in sides:
        kept = _cut_side(kept, axis, limit, sign)
    return kept if len(kept) > 2 else []


def _cut_side(ring: Ring, axis: int, limit: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    for number, point in enumerate(ring):
        before = ring[number - 1]
        is_in = sign * (point[axis] - limit) >= 0
        was_in = sign * (before[axis] - limit) >= 0
        if is_in != was_in:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            kept.append(
                (
                    before[0] + share * (point[0] - before[0]),
                    before[1] + share * (point[1] - before[1]),
                )
            )
        if is_in:
            kept.append(point)
    return kept


def thinned(points: Ring, tolerance: float) -> list[Point]:
    """The points without those that lie nearer than ``tolerance`` to the line that is left.

    Source: D. Douglas, T. Peucker, Cartographica 10 (1973), doi:10.3138/FM57-6770-U75U-7727.
    """
    if len(points) < 3:
        return list(points)
    keep = {0, len(points) - 1}
    open_spans = [(0, len(points) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        away, farthest = max(
            ((_away(points[at], points[first], points[last]), at) for at in range(first + 1, last)),
            default=(0.0, first),
        )
        if away > tolerance:
            keep.add(farthest)
            open_spans += [(first, farthest), (farthest, last)]
    return [points[at] for at in sorted(keep)]


def _away(point: Point, start: Point, end: Point) -> float:
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down)
    if not length:
        return hypot(point[0] - start[0], point[1] - start[1])
    return abs(across * (start[1] - point[1]) - (start[0] - point[0]) * down) / length


def area(ring: Ring) -> float:
    """The ring's area without its sign, in its own units squared."""
    return abs(sum(start[0] * end[1] - end[0] * start[1] for start, end in _edges(ring))) / 2


def label_point(ring: Ring, cells: int = 24) -> Point:
    """The point of a grid of ``cells`` by ``cells`` that lies inside and farthest from the border.

    Cost: cells squared times the ring's points; 40 ms for 3,000. For building, not for a page.
    """
    box = box_of(ring)
    across, down = (box.right - box.left) / cells, (box.bottom - box.top) / cells
    grid = [
        (box.left + (x + 0.5) * across, box.top + (y + 0.5) * down)
        for y in range(cells)
        for x in range(cells)
    ]
    return max(
        (point for point in grid if is_inside(ring, point)),
        key=lambda point: _to_border(ring, point),
        default=ring[0],
    )


def is_inside(ring: Ring, point: Point) -> bool:
    """True if the point lies inside: a line from it to the right crosses the ring an odd time."""
    crossings = sum(
        point[0]
        < before[0] + (point[1] - before[1]) / (here[1] - before[1]) * (here[0] - before[0])
        for before, here in _edges(ring)
        if (before[1] > point[1]) != (here[1] > point[1])
    )
    return crossings % 2 == 1


def _to_border(ring: Ring, point: Point) -> float:
    return min(_to_edge(point, *edge) for edge in _edges(ring))


def _to_edge(point: Point, start: Point, end: Point) -> float:
    across, down = end[0] - start[0], end[1] - start[1]
    length = across * across + down * down
    along = (point[0] - start[0]) * across + (point[1] - start[1]) * down
    share = min(1.0, max(0.0, along / length)) if length else 0.0
    return hypot(point[0] - start[0] - share * across, point[1] - start[1] - share * down)


def _edges(ring: Ring) -> Iterable[tuple[Point, Point]]:
    return zip((ring[-1], *ring[:-1]), ring, strict=True)


def path_of(rings: Iterable[Ring], write: Callable[[float], int] = round) -> str:
    """The rings as the data of one SVG path, in whole units, each point as a step from the last."""
    parts = []
    for ring in rings:
        whole = [(write(x), write(y)) for x, y in ring]
        steps = [
            (point[0] - before[0], point[1] - before[1])
            for before, point in zip(whole, whole[1:], strict=False)
        ]
        moved = [step for step in steps if step != (0, 0)]
        if len(moved) > 1:
            parts.append(f"M{whole[0][0]} {whole[0][1]}l{_listed(moved)}z")
    return "".join(parts)


def _listed(steps: Sequence[tuple[int, int]]) -> str:
    """Numbers with a blank only where no minus sign parts them."""
    return " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
