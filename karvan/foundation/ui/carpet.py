"""A carpet band: a row of stepped diamonds whose rings are coloured by a programme's own numbers.

The way of flat-woven carpets of the Caucasus: everything is drawn on a grid of square knots, each
medallion is mirrored both ways, and the ground between two medallions belongs to both. Which ring
has which colour, and whether its edge is notched, comes from the grid of numbers that is passed in
(stages down, editions across, say), so two programmes get two bands and one programme always the
same.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

# Wool on paper, as LOOK.md names them: ink, the one accent, and three dyes.
COLOURS = ("#23303f", "#0e6a7d", "#9a3342", "#c8963c", "#3f7350")
GROUND = "#faf9f6"
REACH = 9  # knots from the middle of a medallion to its tip
PERIOD = 2 * REACH
BORDER = 3  # knots of border above and below
HEIGHT = 2 * REACH + 1 + 2 * BORDER

Knots = list[list[str]]


def carpet_band(grid: Sequence[Sequence[int]], *, medallions: int = 9) -> str:
    """The band as SVG text, one unit a knot, transparent where the ground shows.

    Args: `grid` holds whole numbers of any size, one sequence a medallion; with fewer sequences
    than medallions they are woven again from the first. The band is symmetrical about its middle.
    Raises: ValueError for an empty grid or a band without medallions.
    """
    if medallions < 1 or not grid or not all(grid):
        raise ValueError(f"no band from {medallions} medallions of the grid {grid!r}")
    knots = weave(grid, medallions)
    width = len(knots[0])
    paths = "".join(
        f'<path fill="{colour}" d="{_path(knots, colour)}"/>'
        for colour in COLOURS
        if any(colour in row for row in knots)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}"'
        f' width="{width}" height="{HEIGHT}" shape-rendering="crispEdges" aria-hidden="true">'
        f"{paths}</svg>"
    )


def weave(grid: Sequence[Sequence[int]], medallions: int) -> Knots:
    """The colour of every knot, row by row; the ground is `GROUND`."""
    width = medallions * PERIOD + 1
    # Both halves are woven by the distance to their end, which makes them mirror each other.
    across = [min(at, width - 1 - at) for at in range(width)]
    rows = [[_border(at, depth) for at in across] for depth in range(BORDER)]
    field = [[_knot(grid, at, down) for at in across] for down in range(-REACH, REACH + 1)]
    return [*rows, *field, *reversed(rows)]


def _border(at: int, depth: int) -> str:
    """A line with a row of teeth below it, pointing inwards."""
    if depth == 0:
        return COLOURS[0]
    teeth = at % 4
    return COLOURS[0] if teeth == 0 or (depth == 1 and teeth != 2) else GROUND


def _knot(grid: Sequence[Sequence[int]], at: int, down: int) -> str:
    """One knot of the field, `at` knots from the nearer end: on a ring or on the ground."""
    number = at // PERIOD
    numbers = grid[number % len(grid)]
    x, y = abs(at - number * PERIOD - REACH), abs(down)
    distance = x + y
    if distance > REACH:
        return _ground(distance - REACH, numbers)
    if distance == REACH:
        return COLOURS[0]
    return _ring(distance, abs(x - y), numbers)


def _ring(distance: int, slant: int, numbers: Sequence[int]) -> str:
    """Rings two knots wide; a notched one lets the ground through at every other step."""
    ring = distance // 2
    value = numbers[ring % len(numbers)]
    if distance % 2 and value % 2 and slant % 4 == 1:
        return GROUND
    return (
        GROUND if ring % 2 and value % 3 == 0 else COLOURS[1 + (value + ring) % (len(COLOURS) - 1)]
    )


def _ground(beyond: int, numbers: Sequence[int]) -> str:
    """The triangles between medallions: a hollow chevron, then a filled tip."""
    if beyond in (2, 3):
        return COLOURS[1 + sum(numbers) % (len(COLOURS) - 1)]
    return COLOURS[0] if beyond in (6, 7) else GROUND


def _path(knots: Knots, colour: str) -> str:
    """All knots of one colour, a run of neighbours as one rectangle."""
    parts = []
    for down, row in enumerate(knots):
        across = 0
        for found, run in groupby(row):
            length = len(list(run))
            if found == colour:
                parts.append(f"M{across} {down}h{length}v1h-{length}z")
            across += length
    return "".join(parts)
