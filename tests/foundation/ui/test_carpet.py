"""The carpet band: symmetrical, the programme's own, and nothing but shapes."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvan.foundation.ui.carpet import COLOURS, GROUND, HEIGHT, PERIOD, carpet_band, weave

grids = st.lists(
    st.lists(st.integers(-99, 99), min_size=1, max_size=7).map(tuple), min_size=1, max_size=6
)


@given(grids, st.integers(1, 12))
def test_band_is_whole_and_symmetrical_both_ways(grid, medallions):
    knots = weave(grid, medallions)

    assert len(knots) == HEIGHT
    assert {len(row) for row in knots} == {medallions * PERIOD + 1}
    assert knots == knots[::-1]
    assert knots == [row[::-1] for row in knots]


@given(grids)
def test_only_our_colours_are_used(grid):
    assert {knot for row in weave(grid, 5) for knot in row} <= {*COLOURS, GROUND}


def test_every_ring_of_a_medallion_follows_its_number():
    bands = {
        carpet_band([[0] * ring + [step] + [0] * (4 - ring)])
        for ring in range(5)
        for step in range(12)
    }

    # Step 0 is the one plain band; each of the five rings has at least three other looks.
    assert len(bands) >= 1 + 5 * 3


def test_same_numbers_give_the_same_band_and_the_svg_is_well_formed():
    band = carpet_band([[3, 1, 4], [1, 5, 9]], medallions=4)
    root = ElementTree.fromstring(band)

    assert band == carpet_band(((3, 1, 4), (1, 5, 9)), medallions=4)
    assert root.get("viewBox") == f"0 0 {4 * PERIOD + 1} {HEIGHT}"
    assert {element.tag.split("}")[1] for element in root} == {"path"}


@pytest.mark.parametrize(("grid", "medallions"), [([], 3), ([[]], 3), ([[1], []], 3), ([[1]], 0)])
def test_nothing_to_weave_is_refused(grid, medallions):
    with pytest.raises(ValueError, match="medallions"):
        carpet_band(grid, medallions=medallions)
