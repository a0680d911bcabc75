"""From TopoJSON to the outlines we keep: used when the atlas is built, never on a page.

The format: https://github.com/topojson/topojson-specification. Arcs are lists of steps in whole
units; a ring is a list of arcs, and an arc numbered ~n is arc n read backwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from babel.core import get_global

from .polygons import Point, area, label_point, thinned

QUANTUM = 100  # hundredths of a degree, about a kilometre
SOUTHERNMOST = -60.0  # what lies beyond is Antarctica
TOLERANCE = 0.02  # degrees


def countries_of(topology: Mapping[str, Any]) -> dict[str, list[list[Point]]]:
    """The rings of each country in degrees, by its two letters; "" for land without a code.

    Raises: ValueError if it is no topology of countries.
    """
    if topology.get("type") != "Topology" or "countries" not in topology.get("objects", {}):
        raise ValueError("not a topology with countries; countries-110m.json is wanted")
    arcs = list(_arcs(topology))
    found: dict[str, list[list[Point]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        rings = [_ring(ring, arcs) for ring in _rings(shape)]
        kept = [ring for ring in rings if max(point[1] for point in ring) > SOUTHERNMOST]
        if kept:
            found.setdefault(_letters(shape.get("id")), []).extend(kept)
    return found


def atlas_of(small: Mapping[str, Any], larger: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept: each country's outline at the small scale, and a point inside it.

    The small scale leaves out states of few kilometres; of those there is the point alone, which
    is taken from the larger scale.
    """
    outlines = countries_of(small)
    points = {**countries_of(larger), **outlines}
    codes = sorted(points)
    return {
        "quantum": QUANTUM,
        "countries": {
            code: {
                **({"point": _whole(label_point(_largest(points[code])))} if code else {}),
                "rings": [
                    steps for ring in outlines.get(code, ()) if len(steps := _steps(ring)) > 6
                ],
            }
            for code in codes
        },
    }


def _letters(numeric: str | None) -> str:
    """The two letters for a country's number, as Unicode CLDR pairs them."""
    letters: list[str] = get_global("territory_aliases").get(numeric or "", [])
    return letters[0] if letters else ""


def _arcs(topology: Mapping[str, Any]) -> Iterator[list[Point]]:
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"][key] for key in ("scale", "translate")
    )
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        yield points


def _rings(shape: Mapping[str, Any]) -> list[list[int]]:
    if shape["type"] == "Polygon":
        return list(shape["arcs"])
    return [ring for polygon in shape["arcs"] for ring in polygon]


def _ring(numbers: Sequence[int], arcs: Sequence[list[Point]]) -> list[Point]:
    """The arcs joined; where two meet, the point is taken once, and the last is not the first."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[:-1])
    return points


def _largest(rings: Sequence[list[Point]]) -> list[Point]:
    return max(rings, key=area)


def _whole(point: Point) -> list[int]:
    return [round(point[0] * QUANTUM), round(point[1] * QUANTUM)]


def _steps(ring: list[Point]) -> list[int]:
    """The first point in whole units, then the steps from each point to the next."""
    flat: list[int] = []
    x = y = 0
    for point in thinned(ring, TOLERANCE):
        across, down = _whole(point)
        if flat and (across, down) == (x, y):
            continue
        flat += [across - x, down - y]
        x, y = across, down
    return flat
