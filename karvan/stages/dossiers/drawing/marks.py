"""Marks drawn over a photograph: each with its number in its colour, seen on any ground."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

ACROSS = 1000  # units of the drawing's width, whatever the picture's
RADIUS = 30  # of the disc that carries the number
HEAD = 42  # length of an arrow's head

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark in shares of the picture's width and height, as it is kept."""

    number: int
    shape: str  # point, box, arrow, polygon
    x: float
    y: float
    w: float = 0.0
    h: float = 0.0
    points: tuple[Point, ...] = ()
    colour: str = "red"


def marks_svg(marks: Iterable[Mark], *, width: int, height: int) -> str:
    """The marks as one SVG to be laid over a picture of this size; "" where there are none.

    What the marks mean is written beside the picture, so the drawing itself is hidden
    from readers of the screen.
    """
    down = ACROSS * height / width if width and height else ACROSS * 3 / 4
    drawn = "".join(mark_svg(mark, down) for mark in marks)
    if not drawn:
        return ""
    return (
        f'<svg class="marks" viewBox="0 0 {ACROSS} {down:.0f}" aria-hidden="true"'
        f' focusable="false">{drawn}</svg>'
    )


def mark_svg(mark: Mark, down: float) -> str:
    """One mark as a group, in a picture ``down`` units high."""
    x, y = mark.x * ACROSS, mark.y * down
    w, h = mark.w * ACROSS, mark.h * down
    shape, at = "", (x, y)
    if mark.shape == "box":
        shape = _twice(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(w, 1):.1f}" height="{max(h, 1):.1f}"'
        )
    elif mark.shape == "arrow":
        shape = _arrow((x, y), (x + w, y + h))
    elif mark.shape == "polygon" and mark.points:
        placed = [(px * ACROSS, py * down) for px, py in mark.points]
        listed = " ".join(f"{px:.1f},{py:.1f}" for px, py in placed)
        shape, at = _twice(f'<polygon points="{listed}"'), placed[0]
    cx, cy = _within(at[0], ACROSS), _within(at[1], down)
    return (
        f'<g data-colour="{escape(mark.colour)}">{shape}'
        f'<circle class="disc" cx="{cx:.1f}" cy="{cy:.1f}" r="{RADIUS}"/>'
        f'<text x="{cx:.1f}" y="{cy:.1f}" text-anchor="middle">{mark.number}</text></g>'
    )


def _twice(opening: str) -> str:
    """A line with a pale edge under it, so that it is seen on dark and on light."""
    return f'{opening} class="edge"/>{opening} class="line"/>'


def _arrow(tail: Point, head: Point) -> str:
    across, down = head[0] - tail[0], head[1] - tail[1]
    length = math.hypot(across, down)
    if length < 1:
        return ""
    ux, uy = across / length, down / length
    back = (head[0] - ux * HEAD, head[1] - uy * HEAD)
    wing = HEAD * 0.45
    corners: Sequence[Point] = (
        head,
        (back[0] - uy * wing, back[1] + ux * wing),
        (back[0] + uy * wing, back[1] - ux * wing),
    )
    listed = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    shaft = _twice(
        f'<line x1="{tail[0]:.1f}" y1="{tail[1]:.1f}" x2="{back[0]:.1f}" y2="{back[1]:.1f}"'
    )
    return f'{shaft}<polygon class="head" points="{listed}"/>'


def _within(at: float, most: float) -> float:
    """Where the disc stands so that all of it is on the picture."""
    return min(max(at, RADIUS + 2), most - RADIUS - 2)
