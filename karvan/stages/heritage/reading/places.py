"""Places as registers write them: WKT, GeoJSON, what Python prints, pairs, degrees and minutes."""

from __future__ import annotations

import ast
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from karvan.foundation.ui.charts.outlines import outline_of
from karvan.foundation.ui.charts.polygons import Box, box_of

MOST_LETTERS = 400_000
MARGIN = 0.6  # degrees around a country's coarse outline
SMALL = 0.7  # degrees around the point of a state without an outline
KINDS = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
_NUMBER = r"[-+−]?\d+(?:[.,]\d+)?"
_WKT = re.compile(r"^(?:SRID=\d+;)?\s*((?:MULTI)?(?:POINT|LINESTRING|POLYGON))\s*(?:Z|M|ZM)?\s*(\(.*\))\s*$", re.I | re.S)  # fmt: skip
_WKT_KINDS = {kind.upper(): kind for kind in KINDS}
_SIDES = {"n": 1, "s": -1, "e": 1, "w": -1, "с": 1, "ю": -1, "в": 1, "з": -1, "o": -1, "ش": 1, "ج": -1, "ق": 1, "غ": -1}  # fmt: skip
_UPRIGHT = "nsсюشج"
_LETTER = "[nsewoсювзشجقغ]"
_FIGURES = (
    rf"(?P<deg>{_NUMBER})\s*(?:°|º|deg)?\s*"
    r"(?:(?P<min>\d+(?:[.,]\d+)?)\s*['′’]\s*)?(?:(?P<sec>\d+(?:[.,]\d+)?)\s*(?:\"|″|”|'')\s*)?"
)
_ANGLE = re.compile(rf"{_FIGURES}(?P<side>{_LETTER}(?![a-zа-яء-ي]))?")
_ANGLE_AFTER = re.compile(rf"(?P<side>{_LETTER})\s*{_FIGURES}")  # the letter goes first
_DOTTED, _COMMAED = r"[-+]?\d+(?:\.\d+)?", r"[-+]?\d+,\d+"
_PAIRS = [
    re.compile(pattern)
    for pattern in (
        rf"^({_NUMBER})\s*[;/|]\s*({_NUMBER})$",
        rf"^({_DOTTED})\s*,\s*({_DOTTED})$",
        rf"^({_NUMBER})\s+({_NUMBER})$",
        rf"^({_COMMAED})\s*,\s+({_COMMAED})$",
    )
]


@dataclass(frozen=True, slots=True)
class Place:
    """A point in degrees, and the whole shape as GeoJSON where there is more than a point."""

    latitude: float
    longitude: float
    geometry: dict[str, Any] | None = None

    @property
    def is_on_earth(self) -> bool:
        return abs(self.latitude) <= 90 and abs(self.longitude) <= 180

    def turned(self) -> Place:
        """The same with latitude and longitude changed."""
        shape = _turned(self.geometry) if self.geometry else None
        return Place(self.longitude, self.latitude, shape)

    def __str__(self) -> str:
        return f"{self.latitude:.6g}, {self.longitude:.6g}"


def place_of(text: str) -> Place:
    """The place that one cell says.

    "lat, lon" is read in this order; WKT and GeoJSON have the longitude first, as they must.
    A shape is kept whole, and its middle is the point.

    Raises: ValueError that quotes the beginning of what cannot be read.
    """
    wanted = text.strip()
    if len(wanted) > MOST_LETTERS:
        raise ValueError(f"a place of {len(wanted)} letters")
    found = _shape(wanted) or _pair(wanted)
    if found is None:
        raise ValueError(f"no place in {wanted[:60]!r}")
    return found


def degree_of(text: str) -> float:
    """One angle: "40.36", "40,36", "40°22′N".

    Raises: ValueError where it is none.
    """
    lowered = text.strip().lower()
    found = _ANGLE.fullmatch(lowered) or _ANGLE_AFTER.fullmatch(lowered)
    if not found:
        raise ValueError(f"no angle in {text[:40]!r}")
    return _degrees(found)


def lies_in(place: Place, country: str) -> bool:
    """True if the place lies near the country's box, or the country's box is not known."""
    box = country_box(country)
    if box is None:
        return True
    return box.left <= place.longitude <= box.right and box.top <= place.latitude <= box.bottom


@cache
def country_box(country: str) -> Box | None:
    """The box around a country in degrees with a margin; None where the atlas has none."""
    outline = outline_of(country)
    if outline is None:
        return None
    if outline.rings:
        return box_of(point for ring in outline.rings for point in ring).grown(MARGIN)
    if outline.point is None:
        return None
    x, y = outline.point
    return Box(x, y, x, y).grown(SMALL)


def checked_shape(found: Any) -> dict[str, Any]:
    """A GeoJSON geometry with numbers as they must be.

    Raises: ValueError where it is none.
    """
    if not isinstance(found, dict):
        raise ValueError(f"no geometry in {str(found)[:60]!r}")
    kind = found.get("type")
    if kind == "Feature":
        return checked_shape(found.get("geometry"))
    if kind in ("FeatureCollection", "GeometryCollection"):
        parts = found.get("features") or found.get("geometries")
        listed = [checked_shape(part) for part in parts] if isinstance(parts, list) else []
        if not listed:
            raise ValueError(f"an empty {kind}")
        return listed[0] if len(listed) == 1 else {"type": "GeometryCollection", "geometries": listed}  # fmt: skip
    if kind not in KINDS:
        raise ValueError(f"no geometry of kind {str(kind)[:40]!r}")
    numbers = _numbers(found.get("coordinates"), 0)
    if not list(_points(numbers)):
        raise ValueError(f"a {kind} without a point")
    return {"type": kind, "coordinates": numbers}


def middle_of(shape: dict[str, Any]) -> tuple[float, float]:
    """The middle of a shape, longitude first: of its largest outer ring, else of its points."""
    rings = sorted((_ring_middle(ring) for ring in _rings(shape)), reverse=True)
    if rings and rings[0][0] > 0:
        return rings[0][1], rings[0][2]
    points = list(_points([part["coordinates"] for part in _single(shape)]))
    across, down = zip(*points, strict=True)
    return sum(across) / len(points), sum(down) / len(points)


def _shape(text: str) -> Place | None:
    if wkt := _WKT.match(text):
        shape = _from_wkt(_WKT_KINDS[wkt[1].upper()], wkt[2])
    elif text.startswith(("{", "[{")):
        shape = checked_shape(_data(text))
    else:
        return None
    longitude, latitude = middle_of(shape)
    return Place(latitude, longitude, None if shape["type"] == "Point" else shape)


def _data(text: str) -> Any:
    """JSON, or what Python prints of a dictionary; several one after another become a collection.

    Only literals are read: nothing that the text says is ever run.
    """
    joined = re.sub(r"\}\s*[;|]\s*\{", "}, {", text)
    several = joined != text
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(f"[{joined}]" if several else text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list):
            return {"type": "GeometryCollection", "geometries": _once(found)}
        return found
    raise ValueError(f"no geometry in {text[:60]!r}")


def _once(listed: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for one in listed:
        if one not in kept:
            kept.append(one)
    return kept


def _from_wkt(kind: str, body: str) -> dict[str, Any]:
    if kind == "MultiPoint":
        body = re.sub(r"\(\s*([^()]+?)\s*\)", r"\1", body[1:-1].strip())
        body = f"({body})"
    if not re.fullmatch(r"[-+\d.eE,()\s]+", body):
        raise ValueError(f"no {kind} in {body[:60]!r}")
    listed = re.sub(r"([-+\d.eE]+)\s+([-+\d.eE]+)(?:\s+[-+\d.eE]+){0,2}", r"[\1,\2]", body)
    try:
        found = json.loads(re.sub(r"(?<![\d.])\+", "", listed.replace("(", "[").replace(")", "]")))
    except ValueError:
        raise ValueError(f"no {kind} in {body[:60]!r}") from None
    return checked_shape({"type": kind, "coordinates": found[0] if kind == "Point" else found})


def _pair(text: str) -> Place | None:
    """Two angles: by their letters where they have some, else latitude first."""
    lowered = text.lower().replace("−", "-")
    lowered = re.sub(r"(?:lat(?:itude)?|lon(?:g(?:itude)?)?|lng)\s*[:=.]?", " ", lowered).strip(
        " ()[]"
    )
    for pattern in _PAIRS:
        if found := pattern.match(lowered):
            first, second = (float(one.replace(",", ".")) for one in found.groups())
            return Place(first, second)
    pattern = _ANGLE_AFTER if lowered[:1].isalpha() else _ANGLE
    angles = [one for one in pattern.finditer(lowered) if _letter(one)]
    if len(angles) != 2:
        return None
    first_is_up = _letter(angles[0]) in _UPRIGHT
    if first_is_up == (_letter(angles[1]) in _UPRIGHT):
        return None
    values = [_degrees(one) for one in angles]
    up, across = values if first_is_up else values[::-1]
    return Place(up, across)


def _letter(found: re.Match[str]) -> str:
    return (found["side"] or "").lower()


def _degrees(found: re.Match[str]) -> float:
    parts = [
        float((found[key] or "0").replace(",", ".").replace("−", "-"))
        for key in ("deg", "min", "sec")
    ]
    sign = -1 if parts[0] < 0 or found["deg"].startswith(("-", "−")) else 1
    value = sign * (abs(parts[0]) + parts[1] / 60 + parts[2] / 3600)
    letter = _letter(found)
    return value * _SIDES.get(letter, 1) if value >= 0 else value


def _numbers(found: Any, depth: int) -> Any:
    if depth > 4 or not isinstance(found, list | tuple) or not found:
        raise ValueError(f"no coordinates in {str(found)[:60]!r}")
    if all(isinstance(one, int | float) and not isinstance(one, bool) for one in found):
        if len(found) < 2 or not all(math.isfinite(one) for one in found[:2]):
            raise ValueError(f"no point in {str(found)[:60]!r}")
        return [float(found[0]), float(found[1])]
    return [_numbers(one, depth + 1) for one in found]


def _points(numbers: Any) -> Iterator[tuple[float, float]]:
    if isinstance(numbers, list) and numbers and isinstance(numbers[0], float):
        yield numbers[0], numbers[1]
    else:
        for one in numbers:
            yield from _points(one)


def _single(shape: dict[str, Any]) -> list[dict[str, Any]]:
    if shape["type"] != "GeometryCollection":
        return [shape]
    return [one for part in shape["geometries"] for one in _single(part)]


def _rings(shape: dict[str, Any]) -> Iterator[list[list[float]]]:
    for part in _single(shape):
        if part["type"] == "Polygon":
            yield part["coordinates"][0]
        elif part["type"] == "MultiPolygon":
            yield from (polygon[0] for polygon in part["coordinates"])


def _ring_middle(ring: list[list[float]]) -> tuple[float, float, float]:
    """Area and middle of a ring, reckoned from its first point so that no digit is lost."""
    x0, y0 = ring[0]
    twice = across = down = 0.0
    for (xa, ya), (xb, yb) in zip(ring, [*ring[1:], ring[0]], strict=True):
        ax, ay, bx, by = xa - x0, ya - y0, xb - x0, yb - y0
        cross = ax * by - bx * ay
        twice += cross
        across += (ax + bx) * cross
        down += (ay + by) * cross
    if not twice:
        return 0.0, x0, y0
    return abs(twice), x0 + across / (3 * twice), y0 + down / (3 * twice)


def _turned(shape: dict[str, Any]) -> dict[str, Any]:
    if shape["type"] == "GeometryCollection":
        return {**shape, "geometries": [_turned(one) for one in shape["geometries"]]}

    def turn(numbers: Any) -> Any:
        if isinstance(numbers[0], float):
            return [numbers[1], numbers[0]]
        return [turn(one) for one in numbers]

    return {"type": shape["type"], "coordinates": turn(shape["coordinates"])}
