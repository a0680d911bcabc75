"""The map of a register: monuments gathered by cells of a grid, each cell a link into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from math import cos, radians, sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui import formats
from karvan.foundation.ui.charts.outlines import outline_of, outlines
from karvan.foundation.ui.charts.polygons import Box, box_of, cut, path_of, thinned

from ..queries.registers import Window
from ..reading.places import country_box

WIDTH = 1000
FLATTEST, STEEPEST = 420, 760
COLUMNS = 22
MARGIN = 0.06
LEAST_DEGREES = 0.04  # the narrowest window a map opens
SMALLEST, LARGEST = 9.0, 21.0
CLOSEST = 0.002  # degrees: cells this narrow are not opened any further
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60)

Spot = tuple[float, float, int]  # latitude, longitude, key


@dataclass(frozen=True, slots=True)
class Cluster:
    """The monuments of one cell: where their middle is, how many, and the one if it is alone."""

    latitude: float
    longitude: float
    count: int
    key: int
    window: Window


@dataclass(frozen=True)
class Map:
    """A map ready to be drawn."""

    window: Window
    clusters: tuple[Cluster, ...]
    count: int  # monuments in the window
    country: str = ""  # drawn out among the others

    @property
    def height(self) -> int:
        return _height(self.window)


def map_of(spots: Sequence[Spot], window: Window | None = None, *, country: str = "") -> Map | None:
    """The map of these places, or of a window among them; None where none has a place.

    Without a window it shows the whole ``country`` (two letters) if all lie near it.

    Cost: 20,000 places take about 30 ms.
    """
    if not spots and window is None:
        return None
    seen = window or _around(spots, country)
    down = max(1, round(COLUMNS * _height(seen) / WIDTH))
    wide, high = (seen.east - seen.west) / COLUMNS, (seen.north - seen.south) / down
    cells: dict[tuple[int, int], list[float]] = {}
    for latitude, longitude, key in spots:
        if not (seen.west <= longitude < seen.east and seen.south <= latitude < seen.north):
            continue
        at = (int((longitude - seen.west) / wide), int((latitude - seen.south) / high))
        sums = cells.setdefault(at, [0.0, 0.0, 0, key])
        sums[0] += latitude
        sums[1] += longitude
        sums[2] += 1
    clusters = tuple(
        Cluster(
            up / count,
            across / count,
            int(count),
            int(key),
            Window(
                seen.west + x * wide,
                seen.south + y * high,
                seen.west + (x + 1) * wide,
                seen.south + (y + 1) * high,
            ),  # fmt: skip
        )
        for (x, y), (up, across, count, key) in sorted(cells.items())
    )
    return Map(seen, clusters, sum(one.count for one in clusters), country)


def map_svg(
    drawn: Map,
    *,
    title: str,
    monument_url: Callable[[int], str],
    window_url: Callable[[Window], str],
    names: dict[int, str],
) -> str:
    """The map as SVG text. ``names``: of the monuments that stand alone in their cell.

    Links are ordinary ones: they work without scripts.
    """
    window, height = drawn.window, drawn.height

    def spot(longitude: float, latitude: float) -> tuple[float, float]:
        x = (longitude - window.west) / (window.east - window.west) * WIDTH
        y = (window.north - latitude) / (window.north - window.south) * height
        return x, y

    parts = [
        *(f'<path class="{kind}" d="{path}"/>' for kind, path in _lands(drawn) if path),
        *_grid(window, spot, height),
    ]
    for one in sorted(drawn.clusters, key=lambda cluster: -cluster.count):
        parts.append(
            _cluster(one, spot(one.longitude, one.latitude), monument_url, window_url, names)
        )
    return (
        f'<svg class="cluster-map" xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{escape(title)}"'
        f' viewBox="0 0 {WIDTH} {height}" direction="ltr">{"".join(parts)}</svg>'
    )


def finding(drawn: Map, total: int) -> str:
    """What the map shows, in a sentence."""
    shown = ngettext(
        "%(count)s monument lies here", "%(count)s monuments lie here", drawn.count
    ) % {"count": formats.number(drawn.count)}
    missing = total - drawn.count
    if missing > 0:
        beside = ngettext(
            "%(count)s of this list is not on the map: it lies elsewhere, or its place is not known.",
            "%(count)s of this list are not on the map: they lie elsewhere, or their place is not known.",
            missing,
        ) % {"count": formats.number(missing)}
        return f"{shown}. {beside}"
    return f"{shown}."


def _lands(drawn: Map) -> list[tuple[str, str]]:
    """All land, and over it the register's own country."""
    listed = [("land", _land(drawn.window, drawn.height))]
    if drawn.country:
        listed.append(("home", _land(drawn.window, drawn.height, drawn.country)))
    return listed


def _around(spots: Sequence[Spot], country: str) -> Window:
    """The least window around the places, and around their country if all lie near it."""
    box = box_of((longitude, latitude) for latitude, longitude, _key in spots)
    home = country_box(country) if country else None
    box = home if home is not None and home.holds(box) else box
    across = max(box.right - box.left, LEAST_DEGREES) * (1 + 2 * MARGIN)
    up = max(box.bottom - box.top, LEAST_DEGREES * 0.6) * (1 + 2 * MARGIN)
    middle_x, middle_y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    squeezed = max(cos(radians(middle_y)), 0.1)
    across = max(across, up / squeezed / (STEEPEST / WIDTH))
    up = max(up, across * squeezed * FLATTEST / WIDTH)
    return Window(
        max(-180.0, middle_x - across / 2),
        max(-90.0, middle_y - up / 2),
        min(180.0, middle_x + across / 2),
        min(90.0, middle_y + up / 2),
    )


def _height(window: Window) -> int:
    middle = (window.south + window.north) / 2
    ratio = (window.north - window.south) / (
        (window.east - window.west) * max(cos(radians(middle)), 0.1)
    )
    return round(min(max(WIDTH * ratio, FLATTEST), STEEPEST))


@lru_cache(maxsize=64)
def _land(window: Window, height: int, country: str = "") -> str:
    """Land in the window, or that of one country, as coarse as the atlas is. Kept: the first time
    costs 10 ms."""
    box = Box(window.west, window.south, window.east, window.north)
    across, down = WIDTH / (window.east - window.west), height / (window.north - window.south)
    rings = []
    shown = [outline_of(country)] if country else list(outlines().values())
    for outline in shown:
        if outline is None:
            continue
        for ring in outline.rings:
            if not box_of(ring).meets(box):
                continue
            part = cut(ring, box)
            if part:
                drawn = [((x - window.west) * across, (window.north - y) * down) for x, y in part]
                rings.append(thinned(drawn, 0.6))
    return path_of(rings)


def _grid(
    window: Window, spot: Callable[[float, float], tuple[float, float]], height: int
) -> Iterable[str]:
    """Meridians and parallels with their degrees, four or five each way."""
    step = next((one for one in STEPS if (window.east - window.west) / one <= 6), STEPS[-1])
    for longitude in _steps(window.west, window.east, step):
        x, _y = spot(longitude, window.south)
        if x > WIDTH - 52:
            continue
        yield f'<path class="line" d="M{x:.0f} 0V{height}"/>'
        yield f'<text class="degrees" x="{x + 4:.0f}" y="{height - 6}">{_degrees(longitude, "E", "W", step)}</text>'
    for latitude in _steps(window.south, window.north, step):
        _x, y = spot(window.west, latitude)
        yield f'<path class="line" d="M0 {y:.0f}H{WIDTH}"/>'
        yield f'<text class="degrees" x="4" y="{y - 4:.0f}">{_degrees(latitude, "N", "S", step)}</text>'


def _steps(first: float, last: float, step: float) -> Iterable[float]:
    number = int(first // step) + 1
    while number * step < last:
        yield number * step
        number += 1


def _degrees(value: float, plus: str, minus: str, step: float) -> str:
    digits = 2 if step < 0.1 else 1 if step < 1 else 0
    return f"{abs(value):.{digits}f}° {plus if value >= 0 else minus}"


def _cluster(
    one: Cluster,
    at: tuple[float, float],
    monument_url: Callable[[int], str],
    window_url: Callable[[Window], str],
    names: dict[int, str],
) -> str:
    x, y = at
    radius = min(LARGEST, SMALLEST + sqrt(one.count) * 1.4) if one.count > 1 else SMALLEST
    words = ngettext("%(count)s monument", "%(count)s monuments", one.count) % {"count": formats.number(one.count)}  # fmt: skip
    drawn = f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.1f}"/>'
    if one.count == 1:
        label = names.get(one.key) or _("a monument")
        return f'<a class="spot" href="{escape(monument_url(one.key))}" aria-label="{escape(label)}"><title>{escape(label)}</title>{drawn}</a>'
    text = f'<text x="{x:.0f}" y="{y:.0f}" class="count">{formats.number(one.count)}</text>'
    if one.window.east - one.window.west < CLOSEST:
        return f'<g class="spot" role="img" aria-label="{escape(words)}">{drawn}{text}</g>'
    return f'<a class="spot" href="{escape(window_url(one.window))}" aria-label="{escape(words)}"><title>{escape(words)}</title>{drawn}{text}</a>'
