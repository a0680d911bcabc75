"""Where the blocks of a diagram stand and where its links run, in three lanes and a row below.

A lane is a column: patient, isolated, mains. Blocks without a side stand below, in the same
columns. A link leaves and enters a block at its side and runs in the gutters between the
columns, each on a track of its own, so that none runs through a block.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from .wrapping import wrapped

LANES = ("patient", "secondary", "mains")
BOX = 176
PAD = 10
NAME, SMALL = 14.0, 12.0
LINE = 19.0
PORT = 40.0  # from one link at a block's side to the next
LABEL = 92.0  # room for a link's words beside the block it leaves
TRACK = 14.0
MARGIN = 16.0
HEAD = 64.0  # over the lanes, for their names and the barriers'
GAP = 34.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Node:
    """A block: its words, and the side it is on ("none" for no side)."""

    key: int
    name: str
    note: str = ""
    side: str = "none"
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A link from one block to another, with its words."""

    source: int
    target: int
    flow: str
    word: str = ""
    detail: str = ""
    barrier: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A block in its place, with its words broken into lines."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """A link's way from its source to its target, and where its words stand."""

    edge: Edge
    points: tuple[Point, ...]
    words_at: Point


@dataclass(frozen=True, slots=True)
class Barrier:
    """An isolation between two lanes, with the names of all that crosses it."""

    x: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything in its place."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]
    barriers: tuple[Barrier, ...]
    lanes: tuple[tuple[str, float, float], ...]  # key, left edge, width
    lanes_end: float  # how far down the lanes go
    borders: tuple[float, ...]  # between lanes that no barrier parts


@dataclass(slots=True)
class _Plan:
    """What is found out on the way."""

    place: dict[int, tuple[int, int]] = field(default_factory=dict)  # column, row
    ports: dict[tuple[int, str], list[tuple[int, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    gutters: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    gaps: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    starts: set[tuple[int, int, int]] = field(default_factory=set)  # tracks before the barrier
    lane_rows: int = 0


def laid_out(nodes: Sequence[Node], edges: Sequence[Edge]) -> Layout:
    """The layout of a diagram; links whose blocks are not there are left out.

    Cost: about 1 ms for ten blocks, 20 ms for a hundred.
    """
    known = {node.key: node for node in nodes}
    edges = [one for one in edges if one.source in known and one.target in known]
    plan = _Plan()
    lane_rows = plan.lane_rows = _place(nodes, edges, plan)
    for number, edge in enumerate(edges):
        _plan_route(number, edge, plan)
    _sort_ports(plan, edges)
    heights = {node.key: _height(node, plan) for node in nodes}
    rows = max((row for _column, row in plan.place.values()), default=-1) + 1
    tops, bottoms = _rows(rows, heights, plan)
    lefts, gutters = _columns(plan)
    boxes = {
        node.key: _box(node, lefts[plan.place[node.key][0]], tops[plan.place[node.key][1]], heights)
        for node in nodes
    }
    routes = [_route(n, edge, plan, boxes, gutters, bottoms) for n, edge in enumerate(edges)]
    barriers, borders = _barriers(edges, known, gutters, plan)
    end = (bottoms[lane_rows - 1] if lane_rows else HEAD) + GAP / 2
    height = (bottoms[-1] if bottoms else HEAD) + GAP / 2 + _gap(rows - 1, plan) + MARGIN
    lanes = tuple((key, lefts[n] - 8, BOX + 16.0) for n, key in enumerate(LANES))
    width = lefts[2] + BOX + _gutter_width(3, plan) + MARGIN
    return Layout(
        width, height, tuple(boxes.values()), tuple(routes), barriers, lanes, end, borders
    )


def _place(nodes: Sequence[Node], edges: Sequence[Edge], plan: _Plan) -> int:
    """Columns and rows, neighbours near each other; how many rows the lanes have."""
    columns = {lane: [node.key for node in nodes if node.side == lane] for lane in LANES}
    near: dict[int, list[int]] = defaultdict(list)
    for edge in edges:
        near[edge.source].append(edge.target)
        near[edge.target].append(edge.source)
    for _sweep in range(4):
        rows = {key: row for keys in columns.values() for row, key in enumerate(keys)}
        for keys in columns.values():
            keys.sort(key=lambda key: _mean_row(key, near, rows))
            rows.update({key: row for row, key in enumerate(keys)})
    for column, lane in enumerate(LANES):
        plan.place.update({key: (column, row) for row, key in enumerate(columns[lane])})
    lane_rows = max(len(keys) for keys in columns.values())
    below = [node.key for node in nodes if node.side not in LANES]
    plan.place.update({key: (n % 3, lane_rows + n // 3) for n, key in enumerate(below)})
    return lane_rows


def _mean_row(key: int, near: dict[int, list[int]], rows: dict[int, int]) -> float:
    beside = [rows[one] for one in near[key] if one in rows]
    return sum(beside) / len(beside) if beside else float(rows[key])


def _plan_route(number: int, edge: Edge, plan: _Plan) -> None:
    """Which sides a link leaves and enters by, and which gutters and gaps it takes."""
    from_column, to_column = plan.place[edge.source][0], plan.place[edge.target][0]
    forward = to_column > from_column
    out = "right" if forward or to_column == from_column else "left"
    into = "left" if forward else "right"
    plan.ports[edge.source, out].append((number, "out"))
    plan.ports[edge.target, into].append((number, "in"))
    first = from_column + (1 if out == "right" else 0)
    _take_gutter(first, number, 0, edge, plan)
    if abs(to_column - from_column) == 2:
        _take_gutter(first + (1 if forward else -1), number, 1, edge, plan)
        plan.gaps[_gap_row(edge, plan)].append(number)


def _take_gutter(gutter: int, number: int, part: int, edge: Edge, plan: _Plan) -> None:
    """A track in a gutter: on the near side of the barrier for what does not go from lane to lane."""
    plan.gutters[gutter].append((number, part))
    places = (plan.place[edge.source], plan.place[edge.target])
    lanes = {column for column, row in places if row < plan.lane_rows}
    if len(lanes) < 2 and all(column < gutter for column in lanes):
        plan.starts.add((gutter, number, part))


def _gap_row(edge: Edge, plan: _Plan) -> int:
    """The row under which a link passes the middle column: below the lanes if one end is."""
    rows = (plan.place[edge.source][1], plan.place[edge.target][1])
    return max(min(rows), plan.lane_rows - 1) if max(rows) >= plan.lane_rows else min(rows)


def _sort_ports(plan: _Plan, edges: Sequence[Edge]) -> None:
    """At each side the links in the order of the rows they come from or go to."""

    def other(one: tuple[int, str]) -> tuple[int, int]:
        edge = edges[one[0]]
        column, row = plan.place[edge.target if one[1] == "out" else edge.source]
        return row, column

    for listed in plan.ports.values():
        listed.sort(key=other)


def _height(node: Node, plan: _Plan) -> float:
    words = len(_lines(node)) + len(_notes(node))
    sides = max(len(plan.ports.get((node.key, side), ())) for side in ("left", "right"))
    return max(words * LINE + 2 * PAD, (sides + 0.4) * PORT, 48.0)


def _lines(node: Node) -> tuple[str, ...]:
    return tuple(wrapped(node.name, width=BOX - 2 * PAD, size=NAME)) or ("",)


def _notes(node: Node) -> tuple[str, ...]:
    return tuple(wrapped(node.note, width=BOX - 2 * PAD, size=SMALL))


def _rows(rows: int, heights: dict[int, float], plan: _Plan) -> tuple[list[float], list[float]]:
    tops, bottoms, y = [], [], HEAD
    for row in range(rows):
        tall = max(heights[key] for key, (_column, r) in plan.place.items() if r == row)
        tops.append(y)
        bottoms.append(y + tall)
        y += tall + GAP + _gap(row, plan)
    return tops, bottoms


def _gap(row: int, plan: _Plan) -> float:
    return TRACK * len(plan.gaps.get(row, ()))


def _gutter_width(number: int, plan: _Plan) -> float:
    """Labels at both sides of the tracks; the last gutter has blocks at one side only."""
    tracks = len(plan.gutters.get(number, ()))
    if number == 3:
        return LABEL + TRACK * tracks if tracks else 0.0
    return 2 * LABEL + TRACK * (tracks + 2)


def _columns(plan: _Plan) -> tuple[list[float], dict[int, float]]:
    """Left edges of the columns, and where the tracks of each gutter begin."""
    lefts = [MARGIN + 8]
    gutters = {}
    for number in (1, 2, 3):
        gutters[number] = lefts[-1] + BOX + LABEL
        if number < 3:
            lefts.append(lefts[-1] + BOX + _gutter_width(number, plan))
    for number, listed in plan.gutters.items():
        listed.sort(key=lambda one: (number, *one) not in plan.starts)  # noqa: B023
    return lefts, gutters


def _box(node: Node, x: float, y: float, heights: dict[int, float]) -> Box:
    return Box(node, x, y, BOX, heights[node.key], _lines(node), _notes(node))


def _port(number: int, way: str, key: int, plan: _Plan, box: Box) -> tuple[Point, str]:
    side = next(s for s in ("left", "right") if (number, way) in plan.ports.get((key, s), ()))
    listed = plan.ports[key, side]
    y = box.y + box.height * (listed.index((number, way)) + 1) / (len(listed) + 1)
    return (box.x + box.width if side == "right" else box.x, y), side


def _track(gutter: int, number: int, part: int, plan: _Plan, gutters: dict[int, float]) -> float:
    beyond = 0 if (gutter, number, part) in plan.starts else 1
    return gutters[gutter] + TRACK * (plan.gutters[gutter].index((number, part)) + beyond + 0.5)


def _route(
    number: int,
    edge: Edge,
    plan: _Plan,
    boxes: dict[int, Box],
    gutters: dict[int, float],
    bottoms: list[float],
) -> Route:
    start, out = _port(number, "out", edge.source, plan, boxes[edge.source])
    end, _into = _port(number, "in", edge.target, plan, boxes[edge.target])
    from_column, to_column = plan.place[edge.source][0], plan.place[edge.target][0]
    first = from_column + (1 if out == "right" else 0)
    x = _track(first, number, 0, plan, gutters)
    points = [start, (x, start[1])]
    if abs(to_column - from_column) == 2:
        row = _gap_row(edge, plan)
        across = bottoms[row] + GAP / 2 + TRACK * (plan.gaps[row].index(number) + 0.5)
        second = first + (1 if to_column > from_column else -1)
        far = _track(second, number, 1, plan, gutters)
        points += [(x, across), (far, across), (far, end[1])]
    else:
        points.append((x, end[1]))
    points.append(end)
    middle = start[0] + (LABEL / 2 if out == "right" else -LABEL / 2)
    return Route(edge, tuple(points), (middle, start[1]))


def _barriers(
    edges: Sequence[Edge], known: dict[int, Node], gutters: dict[int, float], plan: _Plan
) -> tuple[tuple[Barrier, ...], tuple[float, ...]]:
    """A barrier in a gutter that a link with a named barrier crosses, else a plain border.

    What goes from patient to mains is parted where the mains begin.
    """
    names: dict[int, list[str]] = {1: [], 2: []}
    for edge in edges:
        sides = {known[edge.source].side, known[edge.target].side}
        gutter = 2 if "mains" in sides else 1
        if edge.barrier and edge.barrier not in names[gutter]:
            names[gutter].append(edge.barrier)
    before = {n: sum(1 for one in plan.starts if one[0] == n) for n in (1, 2)}
    at = {number: gutters[number] + TRACK * (before[number] + 0.5) for number in (1, 2)}
    return (
        tuple(Barrier(at[number], tuple(listed)) for number, listed in names.items() if listed),
        tuple(at[number] for number, listed in names.items() if not listed),
    )
