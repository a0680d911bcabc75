"""The route map of a programme: its countries, and a line from each edition to the next in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from math import hypot

from django.templatetags.static import static

from karvan.foundation.ui.states import state_of

from .framing import WIDTH, Frame, frame_around, land
from .labels import Line, Placed, Wanted, placed, text_width
from .outlines import outline_of
from .polygons import Box, Point, path_of

# What an edition can be on the way, the most telling first: a country shows its first one.
STATES = ("in_progress", "done", "late", "open", "draft", "unknown", "dropped")
ON_THE_WAY = ("in_progress", "done", "late", "open")
HELD = ("in_progress", "done")
NAME_SIZE, LINE_SIZE, LEADING = 15, 12.5, 16
MARK = 13
BEND = 0.14  # of a leg's length, to its left, so that there and back do not cover each other


@dataclass(frozen=True, slots=True)
class Stop:
    """One edition on the map.

    code: what its edition is called; country: two letters; name: the country's, as read.
    state: one of ``STATES``; words: the state and when, as shown: "held, September 2021".
    starts_on: the first day, which gives the order; None where it is not known.
    at: longitude and latitude of its venue; None for a point inside its country.
    """

    code: str
    country: str
    name: str
    state: str
    words: str
    starts_on: date | None = None
    at: Point | None = None
    url: str = ""

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"no state {self.state!r} on a map; there are {', '.join(STATES)}")

    @property
    def is_on_the_way(self) -> bool:
        """True if a line leads to it: its first day is known and it is not called off."""
        return self.starts_on is not None and self.state in ON_THE_WAY


@dataclass(frozen=True, slots=True)
class Numbered:
    """A stop with its number in time; None where its order is not known."""

    stop: Stop
    number: int | None


@dataclass(frozen=True, slots=True)
class Leg:
    """The way from one stop to the next; ``bow`` tells ways between the same two apart."""

    start: Numbered
    end: Numbered
    bow: int


@dataclass(frozen=True)
class Route:
    """The stops of one programme and what they show; ``finding`` says it in a sentence or two."""

    name: str
    title: str
    finding: str
    stops: tuple[Stop, ...]

    @cached_property
    def numbered(self) -> tuple[Numbered, ...]:
        """In time, those without a known day last; two on one day by their code."""
        known = sorted(
            (stop for stop in self.stops if stop.is_on_the_way),
            key=lambda stop: (stop.starts_on or date.max, stop.code),
        )
        rest = sorted((stop for stop in self.stops if not stop.is_on_the_way), key=_by_code)
        return (
            *(Numbered(stop, number) for number, stop in enumerate(known, start=1)),
            *(Numbered(stop, None) for stop in rest),
        )

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """From each stop to the next one that is held elsewhere."""
        listed = [
            one
            for one in self.numbered
            if one.number is not None and one.stop.country in self.countries
        ]
        legs: list[Leg] = []
        for start, end in zip(listed, listed[1:], strict=False):
            if start.stop.country != end.stop.country:
                again = sum(
                    leg.start.stop.country == start.stop.country
                    and leg.end.stop.country == end.stop.country
                    for leg in legs
                )
                legs.append(Leg(start, end, again))
        return tuple(legs)

    @cached_property
    def countries(self) -> dict[str, list[Numbered]]:
        """The stops of each country on the map, in the order of the countries' first ones."""
        found: dict[str, list[Numbered]] = {}
        for one in self.numbered:
            found.setdefault(one.stop.country, []).append(one)
        return {code: listed for code, listed in found.items() if _point_of(listed)}

    @property
    def not_drawn(self) -> list[str]:
        """The names of countries that have no place on the map: no venue, and not in the atlas."""
        return sorted({stop.name for stop in self.stops if stop.country not in self.countries})


def route_svg(route: Route, *, mirrored: bool = False) -> str:
    """The map as SVG text; ``mirrored`` sets its words from right to left, never the earth.

    Raises: ValueError for a route without a country that has a place.
    Cost: 60 ms for 20 stops in 11 countries, 35 of them once a frame.
    """
    points = {
        code: point for code, listed in route.countries.items() if (point := _point_of(listed))
    }
    lands = [ring for code in points for ring in _rings(code)[:1]]
    frame = frame_around(list(points.values()), lands)
    at = {code: frame.place(*point) for code, point in points.items()}
    curves = [
        _curve(at[leg.start.stop.country], at[leg.end.stop.country], leg) for leg in route.legs
    ]
    wanted = [_wanted(at[code], listed) for code, listed in route.countries.items()]
    picture = Box(4, 4, WIDTH - 4, frame.height - 4)
    labels = placed(wanted, picture, [line for curve in curves for line in _lines(curve)])
    parts = [
        f'<path class="land" d="{land(frame)}"/>',
        *(_home(frame, code, listed, route.name) for code, listed in route.countries.items()),
        *(_leg(curve, leg) for curve, leg in zip(curves, route.legs, strict=True)),
        *(_place(at[code], listed) for code, listed in route.countries.items()),
        *(
            _label(label, listed, mirrored=mirrored)
            for label, listed in zip(labels, route.countries.values(), strict=True)
        ),
    ]
    return (
        f'<svg class="route-map" xmlns="http://www.w3.org/2000/svg" role="img"'
        f' aria-label="{escape(route.title)}" aria-describedby="{escape(route.name)}-finding" viewBox="0 0 {WIDTH} {frame.height}"'
        f' direction="{"rtl" if mirrored else "ltr"}">{_hatch(route.name)}{"".join(parts)}</svg>'
    )


def _by_code(stop: Stop) -> str:
    return stop.code


def _point_of(listed: Sequence[Numbered]) -> Point | None:
    """The venue of the country's newest edition that has one, else a point inside the country."""
    venues = [one.stop.at for one in listed if one.stop.at]
    outline = outline_of(listed[0].stop.country)
    return venues[-1] if venues else outline.point if outline else None


def _rings(country: str) -> tuple[tuple[Point, ...], ...]:
    found = outline_of(country)
    return found.rings if found else ()


def _state_of(listed: Sequence[Numbered]) -> str:
    return min((one.stop.state for one in listed), key=STATES.index)


def _hatch(name: str) -> str:
    return (
        f'<defs><pattern id="{escape(name)}-hatch" width="6" height="6" patternTransform="rotate(45)"'
        ' patternUnits="userSpaceOnUse"><path class="hatch" d="M0 0v6"/></pattern></defs>'
    )


def _home(frame: Frame, code: str, listed: Sequence[Numbered], name: str) -> str:
    """A country of the programme: filled where held, an outline where planned, else hatched."""
    rings = [part for ring in _rings(code) for part in frame.ring(ring)]
    state = _state_of(listed)
    fill = f' fill="url(#{escape(name)}-hatch)"' if state == "unknown" else ""
    drawn = path_of(rings)
    return f'<path class="home" data-state="{state}"{fill} d="{drawn}"/>' if drawn else ""


def _curve(start: Point, end: Point, leg: Leg) -> tuple[Point, Point, Point]:
    """A quadratic curve: where it starts, what it bends to, where it ends."""
    bend = BEND * (1 + leg.bow * 0.7)
    across, down = end[0] - start[0], end[1] - start[1]
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    return start, (middle[0] + down * bend, middle[1] - across * bend), end


def _on_curve(curve: tuple[Point, Point, Point], share: float) -> Point:
    (x0, y0), (x1, y1), (x2, y2) = curve
    left = 1 - share
    return (
        left * left * x0 + 2 * left * share * x1 + share * share * x2,
        left * left * y0 + 2 * left * share * y1 + share * share * y2,
    )


def _lines(curve: tuple[Point, Point, Point]) -> Iterator[Line]:
    points = [_on_curve(curve, number / 8) for number in range(9)]
    yield from zip(points, points[1:], strict=False)


def _leg(curve: tuple[Point, Point, Point], leg: Leg) -> str:
    """The line with its head in the middle; broken where what it leads to is still to come."""
    start, bend, end = curve
    kind = "held" if leg.end.stop.state in HELD else "planned"
    line = f"M{_xy(start)}Q{_xy(bend)} {_xy(end)}"
    return (
        f'<path class="leg" data-kind="{kind}" d="{line}"/><path class="head" d="{_head(curve)}"/>'
    )


def _head(curve: tuple[Point, Point, Point]) -> str:
    """A small triangle at the middle of the curve that points on."""
    x, y = _on_curve(curve, 0.5)
    across, down = curve[2][0] - curve[0][0], curve[2][1] - curve[0][1]
    length = hypot(across, down) or 1.0
    east, south = across / length, down / length
    corners = [(5, 0), (-4, 4), (-4, -4)]
    return path_of([[(x + a * east - b * south, y + a * south + b * east) for a, b in corners]])


def _place(at: Point, listed: Sequence[Numbered]) -> str:
    x, y = at
    ground = f'<circle class="ground" cx="{x:.0f}" cy="{y:.0f}" r="{MARK * 0.62:.1f}"/>'
    return ground + _mark(_state_of(listed), round(x) - MARK / 2, round(y) - MARK / 2)


def _mark(state: str, x: float, y: float) -> str:
    """The house's shape of a state; its word stands beside it."""
    return (
        f'<use class="shape" data-tone="{state_of(state).tone}" href="{static("ui/marks.svg")}#{state}"'
        f' x="{x:.1f}" y="{y:.1f}" width="{MARK}" height="{MARK}"/>'
    )


def _wanted(at: Point, listed: Sequence[Numbered]) -> Wanted:
    widths = [text_width(listed[0].stop.name, NAME_SIZE * 1.06)]
    widths += [text_width(_line(one), LINE_SIZE) + MARK + 5 for one in listed]
    return Wanted(at, max(widths), LEADING * (len(listed) + 1) + 4)


def _line(one: Numbered) -> str:
    return f"{one.number}. {one.stop.words}" if one.number else one.stop.words


def _label(label: Placed, listed: Sequence[Numbered], *, mirrored: bool) -> str:
    """The country's name, and a line for each edition: its shape, its number, its state."""
    box = label.box
    side = box.right if mirrored else box.left
    text_at = side + (-MARK - 5 if mirrored else MARK + 5)
    parts = []
    if label.leader:
        start, end = label.leader
        parts.append(f'<path class="leader" d="M{_xy(start)}L{_xy(end)}"/>')
    name = escape(listed[0].stop.name)
    parts.append(f'<text class="name" x="{side:.0f}" y="{box.top + LEADING:.0f}">{name}</text>')
    for number, one in enumerate(listed, start=2):
        y = box.top + LEADING * number
        mark_at = side - MARK if mirrored else side
        parts.append(_mark(one.stop.state, mark_at, y - MARK + 2.5))
        parts.append(f'<text x="{text_at:.0f}" y="{y:.0f}">{escape(_line(one))}</text>')
    return "".join(parts)


def _xy(point: Point) -> str:
    return f"{point[0]:.0f} {point[1]:.0f}"
