"""The block diagram as SVG: three lanes, the isolation between them, links by line and word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape

from .layout import BOX, HEAD, LABEL, LINE, SMALL, Barrier, Box, Layout, Point, Route
from .wrapping import shortened, wrapped

ARROW = 9.0
ISOLATE, END = "\u2068", "\u2069"  # what lies between them has a direction of its own


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says besides its blocks: its name, its finding, the lanes' names."""

    title: str
    finding: str
    lanes: Mapping[str, str]
    language: str = "en"


def diagram_svg(layout: Layout, *, words: Words, name: str = "diagram") -> str:
    """The laid out diagram; mirrored where its language is written from right to left.

    ``name`` begins the identities of its title and description, one for each on a page.
    """
    drawn = [
        f'<svg class="diagram" viewBox="0 0 {layout.width:.0f} {layout.height:.0f}"'
        f' width="{layout.width:.0f}" height="{layout.height:.0f}" role="img"'
        f' lang="{escape(words.language)}" xmlns="http://www.w3.org/2000/svg"'
        f' aria-labelledby="{name}-title {name}-finding">',
        f'<title id="{name}-title">{escape(words.title)}</title>',
        f'<desc id="{name}-finding">{escape(words.finding)}</desc>',
    ]
    if layout.lanes_end > HEAD:
        drawn += [_lane(layout, key, x, width, words) for key, x, width in layout.lanes]
        drawn += [
            f'<line class="border" x1="{x:.1f}" x2="{x:.1f}" y1="8" y2="{layout.lanes_end:.1f}"/>'
            for x in layout.borders
        ]
        drawn += [_barrier(layout, one) for one in layout.barriers]
    drawn += [_route(one) for one in layout.routes]
    drawn += [_box(one) for one in layout.boxes]
    drawn += [_words(one) for one in layout.routes]
    return "".join([*drawn, "</svg>"])


def mirrored(layout: Layout) -> Layout:
    """The same from right to left."""
    wide = layout.width

    def turn(point: Point) -> Point:
        return wide - point[0], point[1]

    return replace(
        layout,
        boxes=tuple(replace(one, x=wide - one.x - one.width) for one in layout.boxes),
        routes=tuple(
            replace(one, points=tuple(turn(p) for p in one.points), words_at=turn(one.words_at))
            for one in layout.routes
        ),
        barriers=tuple(replace(one, x=wide - one.x) for one in layout.barriers),
        lanes=tuple((key, wide - x - width, width) for key, x, width in layout.lanes),
        borders=tuple(wide - x for x in layout.borders),
    )


def _lane(layout: Layout, key: str, x: float, width: float, words: Words) -> str:
    name = shortened(str(words.lanes[key]), width=BOX, size=SMALL)
    return (
        f'<rect class="lane" x="{x:.1f}" y="8" width="{width:.1f}"'
        f' height="{layout.lanes_end - 8:.1f}"/>' + _text(name, x + width / 2, 32, "lane-name")
    )


def _barrier(layout: Layout, one: Barrier) -> str:
    """A double line with the names of what crosses it, over it."""
    lines = "".join(
        f'<line class="barrier" x1="{one.x + by:.1f}" x2="{one.x + by:.1f}" y1="44"'
        f' y2="{layout.lanes_end:.1f}"/>'
        for by in (-2.5, 2.5)
    )
    said = wrapped(" · ".join(one.names), width=2 * LABEL - 16, size=SMALL)
    if len(said) > 2:
        said = [said[0], shortened(f"{said[1]} …", width=2 * LABEL - 16, size=SMALL)]
    names = "".join(_text(line, one.x, 18 + 16 * n, "barrier-name") for n, line in enumerate(said))
    return lines + names


def _box(box: Box) -> str:
    """A block with its words in its middle; an outline of dashes where it was not seen."""
    middle = box.x + box.width / 2
    count = len(box.lines) + len(box.notes)
    first = box.y + (box.height - count * LINE) / 2 + LINE * 0.72
    named = [_text(one, middle, first + n * LINE, "name") for n, one in enumerate(box.lines)]
    noted = [
        _text(one, middle, first + (len(box.lines) + n) * LINE, "note")
        for n, one in enumerate(box.notes)
    ]
    inferred = ' data-inferred=""' if box.node.inferred else ""
    return (
        f'<g class="block" data-block="{box.node.key}"{inferred}>'
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}"'
        f' height="{box.height:.1f}"/>{"".join(named)}{"".join(noted)}</g>'
    )


def _route(route: Route) -> str:
    points = list(route.points)
    end, before = points[-1], points[-2]
    back = ARROW if before[0] < end[0] else -ARROW
    points[-1] = (end[0] - back, end[1])
    path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    head = " ".join(
        f"{x:.1f},{y:.1f}"
        for x, y in (end, (end[0] - back, end[1] - 5), (end[0] - back, end[1] + 5))
    )
    return (
        f'<g class="link" data-flow="{escape(route.edge.flow)}"><path class="under" d="{path}"/>'
        f'<path d="{path}"/><polygon points="{head}"/></g>'
    )


def _words(route: Route) -> str:
    """The flow's word over the line where it leaves its block, what it carries under it."""
    (x, y), room = route.words_at, LABEL - 10
    over = _text(shortened(route.edge.word, width=room, size=SMALL), x, y - 5, "flow")
    if not route.edge.detail:
        return over
    detail = shortened(route.edge.detail, width=room, size=SMALL)
    return over + _text(detail, x, y + 14, "detail")


def _text(words: str, x: float, y: float, kind: str) -> str:
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">'
        f"{ISOLATE}{escape(words)}{END}</text>"
    )
