"""The projection has the published measures, keeps areas, and refuses what is no place."""

from __future__ import annotations

from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvan.foundation.ui.charts.projection import equal_earth

LATITUDES = st.floats(-89, 89)
LONGITUDES = st.floats(-179, 179)


def test_the_whole_map_has_the_measures_of_the_paper():
    across, _y = equal_earth(180, 0)
    _x, upwards = equal_earth(0, 90)

    assert (round(across, 4), round(upwards, 4)) == (2.7066, 1.3174)
    assert round(across / upwards, 5) == 2.05458  # the ratio the paper states


def test_the_poles_are_lines_0_59_times_the_equator():
    at_pole, _y = equal_earth(180, 90)
    at_equator, _y = equal_earth(180, 0)

    assert round(at_pole / at_equator, 2) == 0.59


@given(LONGITUDES, LATITUDES)
def test_a_small_cell_keeps_the_area_it_has_on_the_sphere(longitude, latitude):
    step = 1e-3
    (x0, y0), (x1, y1), (x2, y2) = (
        equal_earth(longitude, latitude),
        equal_earth(longitude + step, latitude),
        equal_earth(longitude, latitude + step),
    )

    drawn = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)

    on_sphere = radians(step) ** 2 * cos(radians(latitude))
    assert drawn == pytest.approx(on_sphere, rel=2e-3, abs=1e-13)


@given(LONGITUDES, LATITUDES)
def test_south_and_west_mirror_north_and_east(longitude, latitude):
    x, y = equal_earth(longitude, latitude)

    assert equal_earth(-longitude, -latitude) == pytest.approx((-x, -y))


@pytest.mark.parametrize(("longitude", "latitude"), [(0, 90.1), (0, -91), (float("nan"), 0)])
def test_what_is_no_place_on_earth_is_refused_with_its_numbers(longitude, latitude):
    with pytest.raises(ValueError, match=str(latitude)):
        equal_earth(longitude, latitude)
