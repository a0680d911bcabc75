"""Outlines: made from a topology, kept small, and whole for every member state."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from karvan.foundation.places.tables import rows
from karvan.foundation.ui.charts import topology
from karvan.foundation.ui.charts.outlines import ATLAS, outline_of, outlines
from karvan.foundation.ui.charts.polygons import is_inside

# Two squares side by side, sharing the arc in the middle, which the second reads backwards.
SQUARES = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
    "arcs": [
        [[20, 20], [0, -20]],
        [[20, 0], [-20, 0], [0, 20], [20, 0]],
        [[20, 20], [20, 0], [0, -20], [-20, 0]],
    ],
    "objects": {
        "countries": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "031", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "arcs": [[[2, -1]]]},
            ],
        }
    },
}


def test_arcs_are_joined_and_read_backwards_where_they_are_shared():
    found = topology.countries_of(SQUARES)

    assert found["AZ"] == [[(20, 30), (20, 20), (10, 20), (10, 30)]]
    assert found[""] == [[(20, 30), (30, 30), (30, 20), (20, 20)]]


def test_an_atlas_keeps_steps_in_hundredths_and_a_point_inside():
    kept = topology.atlas_of(SQUARES, SQUARES)["countries"]["AZ"]

    assert kept["rings"] == [[2000, 3000, 0, -1000, -1000, 0, 0, 1000]]
    assert 1000 < kept["point"][0] < 2000 < kept["point"][1] < 3000


def test_another_file_than_a_topology_of_countries_is_refused(tmp_path):
    for name in ("countries-110m.json", "countries-50m.json"):
        (tmp_path / name).write_text('{"type": "FeatureCollection"}')
    before = ATLAS.read_text()

    with pytest.raises(CommandError, match=r"countries-110m\.json is wanted"):
        call_command("build_atlas", tmp_path)
    with pytest.raises(CommandError, match="cannot be built"):
        call_command("build_atlas", tmp_path / "nowhere")

    assert ATLAS.read_text() == before


def test_the_atlas_is_small_enough_to_come_with_the_platform():
    assert ATLAS.stat().st_size < 150_000
    assert json.loads(ATLAS.read_text())["quantum"] == 100


def test_every_member_state_has_a_point_and_the_large_ones_an_outline_around_it():
    codes = [row["code"] for row in rows("countries.csv")]
    assert len(codes) == 57

    without = [code for code in codes if not outline_of(code).rings]

    assert without == ["BH", "KM", "MV"]
    for code in set(codes) - set(without):
        one = outline_of(code)
        assert is_inside(one.rings[0], one.point), code


def test_land_without_a_code_is_kept_and_is_no_country():
    assert outlines()[""].rings
    assert outline_of("") is None
    assert outline_of("XX") is None
