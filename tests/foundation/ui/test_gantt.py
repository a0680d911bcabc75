"""A Gantt chart's bars stand where their days are, in both directions, and nothing unknown is zero."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils.translation import override

from karvan.foundation.ui.charts.axis import Axis, Stretch
from karvan.foundation.ui.charts.gantt import Gantt, Lane, Part, Span, axis_svg, bars_of, lane_svg

YEAR = Axis(date(2026, 1, 1), date(2026, 12, 31))
LEFTWARDS = Axis(date(2026, 1, 1), date(2026, 12, 31), mirrored=True)
TODAY = date(2026, 7, 2)
SVG = "{http://www.w3.org/2000/svg}"


def span(first, last=None):
    return Span(date(2026, *first), date(2026, *last) if last else None)


def kinds(part, axis=YEAR):
    return [bar.kind for bar in bars_of(part, axis, TODAY)]


def lane(*parts, **fields):
    defaults = {"name": "Azerbaijan", "code": "TVP/AZ", "url": "", "state": "done", "word": "held"}
    return Lane(**defaults | {"words": "all of it", "parts": parts} | fields)


def chart(*lanes, axis=YEAR):
    return Gantt("g", "Editions", "Two were held.", axis, TODAY, "today", lanes)


def drawn(one, axis=YEAR):
    with override("ar" if axis.mirrored else "en"):
        return ElementTree.fromstring(lane_svg(chart(one, axis=axis), one))


def test_a_day_is_a_share_of_the_axis_and_a_stretch_holds_both_its_ends():
    assert YEAR.at(date(2026, 1, 1)) == 0
    assert YEAR.stretch(date(2026, 1, 1), date(2026, 12, 31)) == Stretch(0, 100)
    assert YEAR.stretch(date(2026, 1, 1), date(2026, 1, 1)).width == pytest.approx(100 / 365)


def test_a_stretch_is_cut_at_the_ends_of_the_axis_and_none_beyond_it():
    assert YEAR.stretch(date(2025, 6, 1), date(2026, 1, 1)) == Stretch(0, 100 / 365)
    assert YEAR.stretch(date(2025, 6, 1), date(2025, 12, 31)) is None
    assert YEAR.stretch(date(2027, 1, 1), date(2027, 2, 1)) is None


def test_the_same_days_mirrored_stand_as_far_from_the_other_edge():
    days = (date(2026, 3, 2), date(2026, 3, 20))
    one, other = YEAR.stretch(*days), LEFTWARDS.stretch(*days)

    assert other.width == one.width
    assert other.left == pytest.approx(100 - one.right)
    assert LEFTWARDS.middle(TODAY) == pytest.approx(100 - YEAR.middle(TODAY))


def test_an_axis_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="2026-02-01"):
        Axis(date(2026, 2, 1), date(2026, 1, 1))
    with pytest.raises(ValueError, match="2026-02-01"):
        span((2, 1), (1, 1))


def test_months_are_told_apart_only_on_a_short_axis():
    assert YEAR.has_months
    assert not Axis(date(2021, 1, 1), date(2027, 12, 31)).has_months
    assert [day.month for day in Axis(date(2026, 11, 5), date(2027, 2, 1)).months()] == [12, 1, 2]


def test_what_was_planned_and_what_was_are_two_bars_over_the_call():
    part = Part("Camp", span((3, 2), (3, 20)), span((4, 6), (4, 24)), span((1, 5), (2, 10)))

    assert kinds(part) == ["call", "planned", "actual"]


def test_what_is_under_way_is_filled_until_today():
    bars = bars_of(Part("Course", span((6, 1), (8, 1)), span((6, 1))), YEAR, TODAY)

    assert bars[-1].stretch == YEAR.stretch(date(2026, 6, 1), TODAY)


def test_a_plan_of_which_nothing_is_known_is_hatched_and_never_filled():
    part = Part("Course", span((3, 2), (3, 20)), is_lost=True)

    assert kinds(part) == ["unknown", "planned"]
    assert [one.get("fill") for one in drawn(lane(part)).iter(f"{SVG}rect")][0] == "url(#g-hatch)"


def test_an_end_that_nobody_wrote_down_is_hatched_after_the_first_day():
    bars = bars_of(Part("C", span((3, 2), (3, 20)), span((3, 4)), is_lost=True), YEAR, TODAY)

    assert [bar.kind for bar in bars] == ["planned", "unknown", "actual"]
    assert bars[-1].stretch.width == pytest.approx(100 / 365)


def test_what_is_late_has_its_shape_at_today_and_its_word_beside_it():
    part = Part("Camp", span((6, 1), (6, 3)), note="31 days late", is_late=True)
    strip = drawn(lane(part))

    assert kinds(part) == ["planned", "overdue"]
    assert any(one.get("href", "").endswith("#late") for one in strip.iter(f"{SVG}use"))
    assert "31 days late" in "".join(strip.itertext())


def test_an_edition_without_days_is_hatched_where_it_must_have_been():
    unknown = lane(between=Span(date(2026, 4, 1), date(2026, 5, 31)), between_words="not known")
    rects = list(drawn(unknown).iter(f"{SVG}rect"))

    assert [one.get("class") for one in rects] == ["unknown"]
    assert float(rects[0].get("width").rstrip("%")) == pytest.approx(100 * 61 / 365, abs=0.01)


def test_a_part_without_days_is_still_named_beside_the_others():
    strip = drawn(lane(Part("Camp", span((3, 2), (3, 4))), Part("Course", dates="no dates yet")))

    assert "Course no dates yet" in "".join(strip.itertext())


def test_a_label_stands_on_the_side_with_room_and_turns_with_the_direction():
    early, late = Part("Early", span((1, 5), (1, 9))), Part("Late", span((12, 1), (12, 20)))

    def label(part, axis=YEAR):
        found = next(one for one in drawn(lane(part), axis).iter(f"{SVG}text"))
        return found.get("text-anchor"), found.get("dx")

    assert label(early) == ("start", "8")
    assert label(late) == ("end", "-8")
    assert label(early, LEFTWARDS) == ("start", "-8")
    assert label(late, LEFTWARDS) == ("end", "8")


@pytest.mark.parametrize("axis", [YEAR, LEFTWARDS, Axis(date(2021, 1, 1), date(2027, 12, 31))])
def test_every_strip_is_well_formed_without_styles_and_says_its_words(axis):
    part = Part("<Camp>", span((3, 2), (3, 20)), span((4, 6), (4, 24)), dates="a & b")
    one = chart(lane(part, words='held "late"'), axis=axis)

    for text in (axis_svg(one), *(lane_svg(one, each) for each in one.lanes)):
        ElementTree.fromstring(text)
        assert "style=" not in text
    assert 'aria-label="held &quot;late&quot;"' in lane_svg(one, one.lanes[0])


def test_the_component_states_its_finding_and_names_each_lane():
    with override("en"):
        page = Template("{% gantt_chart one %}").render(Context({"one": chart(lane())}))

    assert "<figcaption>Two were held.</figcaption>" in page
    assert '<th scope="row" role="rowheader"><bdi>Azerbaijan</bdi>' in page
    assert "marks.svg#done" in page
