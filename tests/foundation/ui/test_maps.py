"""Frames around places, rings cut to them, labels that do not cover each other."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from karvan.foundation.ui.charts.framing import WIDTH, frame_around, land, middle_meridian
from karvan.foundation.ui.charts.labels import Wanted, placed, text_width
from karvan.foundation.ui.charts.polygons import (
    Box,
    area,
    box_of,
    cut,
    is_inside,
    label_point,
    path_of,
    thinned,
)

SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
BAKU, RABAT, SUVA, SAMOA = (49.87, 40.41), (-6.84, 34.02), (178.4, -18.1), (-171.8, -13.8)


def test_a_ring_is_cut_at_the_window_and_gone_beyond_it():
    half = cut(SQUARE, Box(-5, -5, 5, 20))

    assert area(half) == 50
    assert box_of(half) == Box(0, 0, 5, 10)
    assert cut(SQUARE, Box(20, 20, 30, 30)) == []


def test_thinning_keeps_corners_and_drops_what_lies_on_the_way():
    line = [(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 8.0)]

    assert thinned(line, 0.5) == [(0, 0), (10, 0), (10, 8)]
    assert thinned(line, 0.05) == line


def test_a_label_stands_inside_a_bent_land():
    bent = [(0, 0), (30, 0), (30, 30), (24, 30), (24, 6), (0, 6)]

    point = label_point(bent)

    assert is_inside(bent, point)
    assert not is_inside(bent, (10, 20))


def test_a_path_is_written_in_whole_steps():
    assert path_of([SQUARE]) == "M0 0l10 0 0 10-10 0z"
    assert path_of([[(0.0, 0.0), (0.2, 0.1), (0.1, 0.2)]]) == ""


def test_the_middle_meridian_lies_opposite_the_widest_gap():
    assert middle_meridian([BAKU[0], RABAT[0]]) == round((BAKU[0] + RABAT[0]) / 2)
    assert abs(middle_meridian([SUVA[0], SAMOA[0]])) in (176, 177)
    with pytest.raises(ValueError, match="no places"):
        middle_meridian([])


@pytest.mark.parametrize("places", [[BAKU], [BAKU, RABAT], [SUVA, SAMOA], [BAKU, SUVA, RABAT]])
def test_all_places_stand_in_the_picture_with_east_to_the_right(places):
    frame = frame_around(places)
    at = [frame.place(*place) for place in places]

    assert all(0 < x < WIDTH and 0 < y < frame.height for x, y in at)
    assert 0.4 < frame.height / WIDTH < 0.75


def test_a_ring_over_the_date_line_is_drawn_whole_where_the_map_turns_to_it():
    frame = frame_around([SUVA, SAMOA])
    over = [(178.0, -16.0), (182.0, -16.0), (182.0, -18.0), (178.0, -18.0)]

    drawn = frame.ring(over)

    assert len(drawn) == 1
    (left, _y), (right, _y2) = drawn[0][0], drawn[0][1]
    assert 0 < left < right < WIDTH


def test_a_ring_on_the_far_side_of_the_earth_is_not_drawn():
    assert frame_around([BAKU, RABAT]).ring([(-120.0, 40.0), (-110.0, 40.0), (-110.0, 50.0)]) == []


def test_land_is_drawn_only_as_far_as_it_is_seen():
    assert 1_000 < len(land(frame_around([BAKU, RABAT]))) < 30_000


def test_labels_far_more_than_fit_beside_their_places_still_do_not_cover_each_other():
    crowd = [Wanted((500.0 + 9 * number, 300.0), 150, 40) for number in range(8)]
    picture = Box(0, 0, 1000, 600)

    boxes = [one.box for one in placed(crowd, picture)]

    assert not any(a.meets(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])
    assert all(picture.holds(box) for box in boxes)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.floats(80, 900), st.floats(80, 500)), min_size=1, max_size=5))
@example([(80.0, 80.0), (80.0, 86.0), (86.0, 80.0)])
def test_a_few_labels_anywhere_cover_neither_each_other_nor_a_place(places):
    wanted = [Wanted(place, 110, 34) for place in places]

    found = placed(wanted, Box(0, 0, 1000, 600))

    boxes = [one.box for one in found]
    assert not any(a.meets(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])


def test_a_wide_word_counts_as_wider():
    assert text_width("mmmm", 10) > text_width("aaaa", 10) > text_width("iiii", 10)
    assert text_width("مصر", 10) < text_width("MMM", 10)
