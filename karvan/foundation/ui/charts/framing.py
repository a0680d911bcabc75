"""What part of the world a map shows: the least window around some places, and land drawn in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .outlines import outlines
from .polygons import Box, Point, Ring, box_of, cut, path_of, thinned
from .projection import equal_earth

WIDTH = 1000
FLATTEST, STEEPEST = 0.45, 0.72  # height to width
LEAST_ACROSS = 0.4  # of the sphere's radius, some 2,500 km: outlines are too coarse for less
MARGIN = 0.09  # of the window's width, on each side
TOLERANCE = 0.6  # units of the picture
WORLD = Box(-180.0, -90.0, 180.0, 90.0)
BEYOND = 8  # units outside the picture, so that no cut edge is seen


@dataclass(frozen=True, slots=True)
class Frame:
    """A window on the plane of the projection, turned to a meridian; units are the picture's."""

    meridian: int
    scale: float
    left: float
    top: float
    height: int

    def place(self, longitude: float, latitude: float) -> Point:
        """Where a place stands in the picture, from the upper left corner."""
        return self._on_picture(_turned(longitude, self.meridian), latitude)

    def ring(self, ring: Ring) -> list[list[Point]]:
        """What of a ring in degrees is seen, thinned to what the picture can show."""
        window = Box(-BEYOND, -BEYOND, WIDTH + BEYOND, self.height + BEYOND)
        seen = []
        for part in _unrolled(ring, self.meridian):
            drawn = cut([self._on_picture(*point) for point in part], window)
            if drawn:
                seen.append(thinned(drawn, TOLERANCE))
        return seen

    def _on_picture(self, turned: float, latitude: float) -> Point:
        x, y = equal_earth(turned, latitude)
        return (x - self.left) * self.scale, (self.top - y) * self.scale


def frame_around(places: Sequence[Point], lands: Iterable[Ring] = ()) -> Frame:
    """The least frame that shows these places and lands with a margin.

    Args: longitude and latitude in degrees.
    Raises: ValueError where there is no place.
    """
    corners = [*places, *(point for land in lands for point in land)]
    meridian = middle_meridian([point[0] for point in places])
    seen = box_of(equal_earth(_turned(x, meridian), y) for x, y in corners)
    across = max(seen.right - seen.left, LEAST_ACROSS) * (1 + 2 * MARGIN)
    down = (seen.bottom - seen.top) * (1 + 2 * MARGIN)
    across = max(across, down / STEEPEST)
    height = min(max(down, across * FLATTEST), across * STEEPEST)
    return Frame(
        meridian=meridian,
        scale=WIDTH / across,
        left=(seen.left + seen.right - across) / 2,
        top=(seen.top + seen.bottom + height) / 2,
        height=round(WIDTH * height / across),
    )


def middle_meridian(longitudes: Sequence[float]) -> int:
    """The whole degree in the middle of the places, opposite the widest gap between them.

    Raises: ValueError where there is no place.
    """
    if not longitudes:
        raise ValueError("no meridian for no places")
    around = sorted(longitude % 360 for longitude in longitudes)
    gaps = [
        (after - before, after)
        for before, after in zip(around, (*around[1:], around[0] + 360), strict=True)
    ]
    widest, starts = max(gaps)
    middle = starts + (360 - widest) / 2
    return round((middle + 180) % 360 - 180)


@lru_cache(maxsize=32)
def land(frame: Frame) -> str:
    """All land in the frame as one path, without frontiers. Kept: the first time costs 25 ms."""
    seen = [part for one in outlines().values() for ring in one.rings for part in frame.ring(ring)]
    return path_of(seen)


def _turned(longitude: float, meridian: float) -> float:
    """Degrees east of the meridian, from -180 to 180."""
    return (longitude - meridian + 180) % 360 - 180


def _unrolled(ring: Ring, meridian: int) -> list[list[Point]]:
    """The ring as it lies around the meridian: in one part, or in two where the far side cuts it."""
    first = _turned(ring[0][0], meridian) - ring[0][0]
    turned = [(x + first, y) for x, y in ring]
    box = box_of(turned)
    parts = []
    for turn in (-360.0, 0.0, 360.0):
        if box.left + turn < WORLD.right and box.right + turn > WORLD.left:
            parts.append(cut([(x + turn, y) for x, y in turned], WORLD))
    return [part for part in parts if part]
