"""The matrix of risks as SVG: before, after, and the way each risk went. Mirrored where one reads
from right to left; every cell has the shape of its zone, so that it can be read in grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.html import escape

from karvan.foundation.ui.charts.labels import text_width

from .risk_matrix import LEVELS, PROBABILITIES, SEVERITIES, ZONE_MARKS, Cells, Point

SIDE, TALL = 84, 56  # a cell
GUTTER, FOOT = 104, 46
WAY = 21  # how far down in a cell an arrow runs
HEIGHT = 5 * TALL + FOOT
WIDTH = GUTTER + 5 * SIDE
LINES_IN_CELL = 2
TONES = {"low": "good", "medium": "wait", "high": "bad"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A risk on the matrix. ``after`` None: not judged yet."""

    code: str
    before: Point
    after: Point | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on the picture beside the codes."""

    severity: str
    probability: str


def matrix_svg(
    risks: Sequence[Marked], cells: Cells, words: Words, *, after: bool, mirrored: bool
) -> str:
    """One matrix: where the risks stood before their controls, or what remains of them.

    ``after`` also draws an arrow from where each moved risk stood.
    """
    placed = _placed(risks, after=after)
    parts = [
        _cell(severity, probability, cells, placed, mirrored)
        for severity in LEVELS
        for probability in LEVELS
    ]
    arrows = [_arrow(one, mirrored) for one in _moves(risks)] if after else []
    return (
        f'<svg class="risks" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
        f"{_head() if after else ''}{''.join(parts)}{''.join(arrows)}{''.join(_labels(placed, mirrored))}"
        f"{_axes(words, mirrored)}</svg>"
    )


def rows_of(
    risks: Sequence[Marked], cells: Cells, *, after: bool
) -> list[tuple[int, list[tuple[str, list[str]]]]]:
    """The same as a table: for each severity from 5 down, zone and codes by probability."""
    placed = _placed(risks, after=after)
    return [
        (
            severity,
            [
                (cells[severity - 1][probability - 1], placed.get(Point(severity, probability), []))
                for probability in LEVELS
            ],
        )
        for severity in reversed(LEVELS)
    ]


def _placed(risks: Sequence[Marked], *, after: bool) -> Mapping[Point, list[str]]:
    found: dict[Point, list[str]] = {}
    for one in risks:
        point = one.after if after else one.before
        if point is not None:
            found.setdefault(point, []).append(one.code)
    return found


def _moves(risks: Sequence[Marked]) -> list[tuple[Point, Point]]:
    """Each way once, however many went it."""
    ways = [(one.before, one.after) for one in risks if one.after and one.after != one.before]
    return list(dict.fromkeys(ways))


def _corner(point: Point, mirrored: bool) -> tuple[int, int]:
    across = GUTTER + (point.probability - 1) * SIDE
    left = WIDTH - across - SIDE if mirrored else across
    return left, (5 - point.severity) * TALL


def _cell(
    severity: int,
    probability: int,
    cells: Cells,
    placed: Mapping[Point, list[str]],
    mirrored: bool,
) -> str:
    x, y = _corner(Point(severity, probability), mirrored)
    kind = cells[severity - 1][probability - 1]
    used = " data-used" if Point(severity, probability) in placed else ""
    mark_x = x + 5 if mirrored else x + SIDE - 17
    return (
        f'<g data-tone="{TONES[kind]}" data-zone="{kind}"{used}>'
        f'<rect class="cell" x="{x}" y="{y}" width="{SIDE}" height="{TALL}"/>'
        f'<use class="shape" href="{static("ui/marks.svg")}#{ZONE_MARKS[kind]}"'
        f' x="{mark_x}" y="{y + 4}" width="12" height="12"/></g>'
    )


def _labels(placed: Mapping[Point, list[str]], mirrored: bool) -> list[str]:
    """Codes in their cells; what does not fit is counted."""
    drawn = []
    for point, codes in placed.items():
        x, y = _corner(point, mirrored)
        lines = _fitted(codes)
        for number, line in enumerate(lines):
            at = y + TALL / 2 + 14 + (number - (len(lines) - 1) / 2) * 15
            drawn.append(
                f'<text class="code" x="{x + SIDE / 2:g}" y="{at:g}" text-anchor="middle">'
                f"{escape(line)}</text>"
            )
    return drawn


def _in_lines(words: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and text_width(f"{lines[-1]} {word}", 12) < SIDE - 8:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _fitted(codes: Sequence[str]) -> list[str]:
    """As many codes as two lines hold, and how many more there are."""
    for shown in range(len(codes), 0, -1):
        more = [f"+{len(codes) - shown}"] if shown < len(codes) else []
        lines = _in_lines([*codes[:shown], *more])
        if len(lines) <= LINES_IN_CELL:
            return lines
    return [f"+{len(codes)}"]


def _head() -> str:
    return (
        '<defs><marker id="moved" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"'
        ' markerHeight="7" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>'
    )


def _arrow(way: tuple[Point, Point], mirrored: bool) -> str:
    """From one cell into the other, between the shapes above and the codes below."""
    (start_x, start_y), (end_x, end_y) = (_corner(point, mirrored) for point in way)
    across, down = end_x - start_x, end_y - start_y
    length = max(1.0, (across**2 + down**2) ** 0.5)
    x, y = start_x + SIDE / 2, start_y + WAY
    to_x = end_x + SIDE / 2 - 16 * across / length
    to_y = end_y + WAY - 4 * down / length
    return (
        f'<g class="way"><circle cx="{x:g}" cy="{y:g}" r="3.5"/>'
        f'<line x1="{x:g}" y1="{y:g}" x2="{to_x:.1f}" y2="{to_y:.1f}" marker-end="url(#moved)"/></g>'
    )


def _axes(words: Words, mirrored: bool) -> str:
    """The levels with their words, severity beside the rows, probability under the columns."""
    drawn = []
    edge = WIDTH - GUTTER + 8 if mirrored else GUTTER - 8
    for level in LEVELS:
        _x, y = _corner(Point(level, 1), mirrored)
        drawn.append(_text(f"{level} {SEVERITIES[level]}", edge, y + TALL / 2 + 4, "end"))
        x, _y = _corner(Point(1, level), mirrored)
        drawn.append(_text(str(level), x + SIDE / 2, 5 * TALL + 15, "middle"))
        drawn.append(_text(str(PROBABILITIES[level]), x + SIDE / 2, 5 * TALL + 29, "middle"))
    start = WIDTH if mirrored else 0
    drawn.append(_text(f"{words.severity} ↑", start, 5 * TALL + 15, "start", "axis"))
    toward = "←" if mirrored else "→"
    drawn.append(_text(f"{words.probability} {toward}", start, 5 * TALL + 31, "start", "axis"))
    return "".join(drawn)


def _text(words: str, x: float, y: float, anchor: str, kind: str = "level") -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(words)}</text>'
