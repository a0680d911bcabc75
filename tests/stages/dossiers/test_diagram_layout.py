"""The layout of block diagrams: no two boxes overlap, words fit, no link runs through a box."""

from __future__ import annotations

import random
from itertools import combinations
from xml.etree import ElementTree

import pytest

from karvan.stages.dossiers.drawing.diagram import Words, diagram_svg, mirrored
from karvan.stages.dossiers.drawing.layout import BOX, NAME, PAD, Edge, Node, laid_out
from karvan.stages.dossiers.drawing.wrapping import shortened, width_of, wrapped

SIDES = ("patient", "secondary", "mains", "none")
NAMES = (
    "Power",
    "A rather long name of a block that has to be broken into several lines",
    "Donaudampfschifffahrtsgesellschaftskapitänsmütze",
    "مصدر الطاقة المعزول مع محول وفلتر ومقوم وتثبيت الجهد",
    "血氧饱和度传感器前端信号调理电路与模数转换",
    "LED",
)
LANES = {"patient": "Patient side", "secondary": "Isolated side", "mains": "Mains side"}


def world(seed: int) -> tuple[list[Node], list[Edge]]:
    chance = random.Random(seed)
    nodes = [
        Node(n, chance.choice(NAMES), "Signal conditioning", chance.choice(SIDES))
        for n in range(chance.randint(1, 24))
    ]
    pairs = [(a.key, b.key) for a in nodes for b in nodes if a is not b]
    chosen = chance.sample(pairs, min(len(pairs), chance.randint(0, 40)))
    return nodes, [Edge(a, b, "signal", "Signal", "3.3 V") for a, b in chosen]


def overlap(one, other) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def inside(start, end, box) -> bool:
    """True if the level or upright line from start to end goes through the box."""
    low_x, high_x = sorted((start[0], end[0]))
    low_y, high_y = sorted((start[1], end[1]))
    edge = 0.01
    return (
        low_x < box.x + box.width - edge
        and high_x > box.x + edge
        and low_y < box.y + box.height - edge
        and high_y > box.y + edge
    )


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("turn", [lambda one: one, mirrored], ids=["ltr", "rtl"])
def test_boxes_stand_apart_and_links_run_between_them(seed, turn):
    layout = turn(laid_out(*world(seed)))

    assert [pair for pair in combinations(layout.boxes, 2) if overlap(*pair)] == []
    for box in layout.boxes:
        assert box.x >= 0 and box.x + box.width <= layout.width
        assert box.y >= 0 and box.y + box.height <= layout.height
        assert all(width_of(line, NAME) <= BOX - 2 * PAD for line in box.lines)
        assert (len(box.lines) + len(box.notes)) * 19 <= box.height
    for route in layout.routes:
        for start, end in zip(route.points, route.points[1:], strict=False):
            assert start[0] == end[0] or start[1] == end[1]
            assert not [box.node.key for box in layout.boxes if inside(start, end, box)]
            assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in (start, end))


def test_no_two_links_run_on_one_line():
    for seed in range(40):
        upright = [
            (start[0], sorted((start[1], end[1])))
            for route in laid_out(*world(seed)).routes
            for start, end in zip(route.points, route.points[1:], strict=False)
            if start[0] == end[0] and start[1] != end[1]
        ]
        for (x, one), (other_x, other) in combinations(upright, 2):
            assert x != other_x or one[1] <= other[0] or other[1] <= one[0], seed


def test_lanes_stand_from_patient_to_mains_and_the_other_way_where_mirrored():
    nodes = [
        Node(1, "A", side="patient"),
        Node(2, "B", side="secondary"),
        Node(3, "C", side="mains"),
    ]
    layout = laid_out(nodes, [])

    assert [box.node.key for box in sorted(layout.boxes, key=lambda one: one.x)] == [1, 2, 3]
    turned = sorted(mirrored(layout).boxes, key=lambda one: one.x)
    assert [box.node.key for box in turned] == [3, 2, 1]


def test_only_what_goes_from_lane_to_lane_crosses_a_barrier():
    nodes = [
        Node(1, "Finger", side="patient"),
        Node(2, "LED", side="patient"),
        Node(3, "Control", side="secondary"),
        Node(4, "Supply", side="mains"),
        Node(5, "Case", side="none"),
    ]
    edges = [
        Edge(1, 2, "signal"),
        Edge(2, 3, "signal", barrier="Optocoupler"),
        Edge(4, 1, "energy", barrier="Transformer"),
        Edge(5, 2, "material"),
        Edge(5, 4, "material"),
    ]

    layout = laid_out(nodes, edges)

    (opto, transformer) = layout.barriers
    assert (opto.names, transformer.names) == (("Optocoupler",), ("Transformer",))
    crossed = {
        (route.edge.source, route.edge.target): [
            one.names[0]
            for one in layout.barriers
            for start, end in zip(route.points, route.points[1:], strict=False)
            if start[1] == end[1] < layout.lanes_end
            and min(start[0], end[0]) < one.x < max(start[0], end[0])
        ]
        for route in layout.routes
    }
    assert crossed[1, 2] == crossed[5, 2] == crossed[5, 4] == []
    assert crossed[2, 3] == ["Optocoupler"]
    assert "Transformer" in crossed[4, 1]


def test_the_picture_says_its_name_and_finding_and_escapes_what_it_is_told():
    nodes = [Node(1, 'A <b> & "c"', side="patient"), Node(2, "B", side="mains", inferred=True)]
    words = Words("Diagram <1>", "2 blocks & 1 link.", LANES, "en")

    drawn = diagram_svg(
        laid_out(nodes, [Edge(2, 1, "energy", "Energy", "230 V", "T <1>")]), words=words
    )

    tree = ElementTree.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    assert tree.find(f"{space}title").text == "Diagram <1>"
    assert tree.find(f"{space}desc").text == "2 blocks & 1 link."
    said = [one.text.strip("\u2068\u2069") for one in tree.iter(f"{space}text")]
    assert {"T <1>", "Energy", "230 V", "Patient side"} <= set(said)
    assert len(tree.findall(f"{space}line[@class='barrier']")) == 2
    assert len([one for one in tree.iter(f"{space}g") if one.get("data-inferred") is not None]) == 1


def test_words_are_broken_between_words_and_long_ones_cut():
    lines = wrapped("one two three Donaudampfschifffahrt", width=80, size=14)

    assert "".join(lines).replace(" ", "") == "onetwothreeDonaudampfschifffahrt"
    assert all(width_of(line, 14) <= 80 for line in lines)
    assert wrapped("", width=80, size=14) == []
    assert shortened("short", width=200, size=12) == "short"
    assert shortened("a long text indeed", width=60, size=12).endswith("…")
