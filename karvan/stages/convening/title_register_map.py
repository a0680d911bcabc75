"""The register as a map: a mark a city, its shape the region's, its name beside it where it fits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape

from karvan.foundation.ui.charts.framing import WIDTH, frame_around, land
from karvan.foundation.ui.charts.labels import Wanted, placed, text_width
from karvan.foundation.ui.charts.polygons import Box

SIZE = 10.5
R = 4.5
EDGE = 14  # units cut off below, where what lies beyond the frame is squeezed to a line


@dataclass(frozen=True, slots=True)
class Spot:
    """One city with all its years: where it lies, in degrees, and the number of its region."""

    name: str
    years: str
    longitude: float
    latitude: float
    shape: int  # the place of its region in the series, from 0; 3 for any other
    is_permanent: bool = False


@lru_cache(maxsize=16)
def map_svg(title: str, spots: tuple[Spot, ...], *, mirrored: bool = False) -> str:
    """The picture as SVG text; ``mirrored`` sets its words from right to left, never the earth.

    Raises: ValueError where there is no spot.
    Cost: about a second for 66 cities, once a language; kept until the register changes.
    """
    frame = frame_around([(spot.longitude, spot.latitude) for spot in spots])
    at = [frame.place(spot.longitude, spot.latitude) for spot in spots]
    wanted = [
        Wanted(point, text_width(_label(spot), SIZE), SIZE + 2.5)
        for point, spot in zip(at, spots, strict=True)
    ]
    labels = placed(wanted, Box(4, 4, WIDTH - 4, frame.height - EDGE - 4))
    parts = [f'<path class="land" d="{land(frame)}"/>']
    for spot, (x, y), label in zip(spots, at, labels, strict=True):
        if label.leader:
            (x1, y1), (x2, y2) = label.leader
            parts.append(f'<path class="leader" d="M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}"/>')
        parts.append(_mark(spot, x, y))
        side = label.box.right if mirrored else label.box.left
        parts.append(
            f'<text x="{side:.0f}" y="{label.box.top + SIZE:.0f}">{escape(_label(spot))}</text>'
        )
    return (
        f'<svg class="titles-map" xmlns="http://www.w3.org/2000/svg" role="img"'
        f' aria-label="{escape(title)}" aria-describedby="map-finding" viewBox="0 0 {WIDTH} {frame.height - EDGE}"'
        f' direction="{"rtl" if mirrored else "ltr"}">{"".join(parts)}</svg>'
    )


def shape_svg(shape: int) -> str:
    """The mark of a region alone, for the line that says what it stands for."""
    spot = Spot("", "", 0, 0, shape)
    return f'<svg class="titles-map shape" viewBox="0 0 12 12" aria-hidden="true">{_mark(spot, 6, 6)}</svg>'


def _label(spot: Spot) -> str:
    return f"{spot.name} {spot.years}"


def _mark(spot: Spot, x: float, y: float) -> str:
    kind = ' data-kind="permanent"' if spot.is_permanent else ""
    if spot.shape == 0:
        return f'<circle class="city"{kind} cx="{x:.1f}" cy="{y:.1f}" r="{R}"/>'
    if spot.shape == 1:
        return f'<rect class="city"{kind} x="{x - R:.1f}" y="{y - R:.1f}" width="{2 * R}" height="{2 * R}"/>'
    if spot.shape == 2:
        top, low = y - R - 1, y + R - 0.5
        return f'<path class="city"{kind} d="M{x:.1f} {top:.1f}L{x + R + 0.5:.1f} {low:.1f}H{x - R - 0.5:.1f}Z"/>'
    return f'<path class="city"{kind} d="M{x:.1f} {y - R - 1:.1f}L{x + R + 1:.1f} {y:.1f}L{x:.1f} {y + R + 1:.1f}L{x - R - 1:.1f} {y:.1f}Z"/>'
