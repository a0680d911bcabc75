"""The rules of what remains of a risk, and the picture of where it stands."""

from __future__ import annotations

import itertools
import re

import pytest

from karvan.stages.dossiers.risk_matrix import (
    DEFAULT_CELLS,
    Control,
    Point,
    broken_rules,
    cells_of,
    probability_rule,
    wrong_cells,
    zone,
)
from karvan.stages.dossiers.risk_picture import Marked, Words, matrix_svg, rows_of

RED, YELLOW, GREEN = Point(4, 4), Point(4, 2), Point(4, 1)
WORDS = Words("severity", "probability")


def control(option="protective_measure", text="Fuse", **more):
    more.setdefault("has_test", True)
    return Control(text, option, **more)


def broken(before, after, *controls, judged="yes", reason=""):
    return broken_rules(before, after, controls=controls, judged=judged, reason=reason)


def test_a_measure_with_a_test_brings_red_down_by_probability():
    assert broken(RED, YELLOW, control(test_result="pass")) == []


def test_severity_falls_only_through_inherent_safety_and_the_control_is_named():
    (sentence,) = broken(Point(4, 2), Point(2, 2), control(text="Alarm"))

    assert "inherent safety" in sentence and "“Alarm”" in sentence
    assert broken(Point(4, 2), Point(2, 2), control("inherent_safety")) == []


def test_information_alone_never_brings_red_to_green():
    low = Point(3, 1)
    note = control("information", text="Label")

    (sentence,) = broken(Point(3, 5), low, note)

    assert "“Label”" in sentence and "Information alone" in sentence
    assert broken(Point(3, 5), Point(3, 3), note) == []
    assert broken(Point(3, 5), low, note, control()) == []


def test_each_control_is_shown_by_a_test_or_an_analysis():
    bare = control(text="Fuse", has_test=False)

    (sentence,) = broken(RED, YELLOW, bare)

    assert "“Fuse”" in sentence
    assert broken(RED, YELLOW, control(has_test=False, has_analysis=True)) == []
    assert broken(RED, YELLOW, bare, judged="no") == []


def test_a_control_whose_test_failed_does_not_hold():
    (sentence,) = broken(RED, YELLOW, control(test_result="fail"))

    assert "failed" in sentence


def test_benefit_that_outweighs_asks_for_a_reason_and_red_is_never_plainly_acceptable():
    held = control()

    assert len(broken(RED, Point(4, 3), held, judged="benefit_outweighs")) == 1
    assert broken(RED, Point(4, 3), held, judged="benefit_outweighs", reason="No other.") == []
    assert len(broken(RED, Point(4, 3), held)) == 1


def test_nothing_done_leaves_what_was_there_and_what_remains_is_never_more():
    assert "No control" in broken(RED, YELLOW)[0]
    assert "risk of its own" in broken(YELLOW, Point(4, 3), control())[0]


def test_all_broken_rules_are_said_at_once():
    weak = control("information", text="Sign", has_test=False)

    assert len(broken(Point(5, 5), Point(1, 1), weak)) == 3


def test_a_harm_is_no_more_probable_than_either_of_its_parts():
    assert probability_rule(3, 4, 2)
    assert probability_rule(2, 4, 2) == ""
    assert probability_rule(5, None, None) == ""


def test_the_usual_cells_never_judge_more_harm_milder():
    assert wrong_cells(DEFAULT_CELLS) == ""
    order = {"low": 0, "medium": 1, "high": 2}
    for (s, p), (s2, p2) in itertools.product(itertools.product(range(1, 6), repeat=2), repeat=2):
        if s2 >= s and p2 >= p:
            assert order[zone(Point(s2, p2))] >= order[zone(Point(s, p))]


@pytest.mark.parametrize(
    "rows",
    [
        [["low"] * 5] * 4,
        [["low"] * 4 + ["blue"]] * 5,
        [["high"] + ["low"] * 4, *[["high"] * 5] * 4],
        [["high"] * 5, ["low"] * 5, *[["high"] * 5] * 3],
    ],
)
def test_cells_that_make_no_matrix_are_refused_and_never_used(rows):
    assert wrong_cells(rows)
    assert cells_of({"cells": rows}) == DEFAULT_CELLS


def test_a_dossiers_own_cells_are_used():
    assert cells_of({"cells": [["high"] * 5] * 5}) == (("high",) * 5,) * 5


def drawn(risks, *, after=True, mirrored=False):
    return matrix_svg(risks, DEFAULT_CELLS, WORDS, after=after, mirrored=mirrored)


def places(picture):
    return {
        words: float(x)
        for x, words in re.findall(r'class="code" x="([\d.]+)"[^>]*>([^<]+)<', picture)
    }


def test_the_picture_has_a_shape_in_every_cell_and_codes_where_they_stand():
    risks = [Marked("H-01", RED, YELLOW), Marked("H-02", GREEN)]

    before, after = drawn(risks, after=False), drawn(risks)

    assert before.count('class="cell"') == before.count("<use") == 25
    assert set(places(before)) == {"H-01", "H-02"} and set(places(after)) == {"H-01"}
    assert before.count("<line") == 0 and after.count("<line") == 1


def test_the_picture_is_mirrored_where_one_reads_from_right_to_left():
    risks = [Marked("A", Point(1, 1)), Marked("B", Point(1, 5))]

    ltr, rtl = (places(drawn(risks, after=False, mirrored=one)) for one in (False, True))

    assert ltr["A"] < ltr["B"] and rtl["A"] > rtl["B"]


def test_a_full_cell_counts_what_it_cannot_write():
    risks = [Marked(f"H-{n:02d}", RED) for n in range(9)]

    picture = drawn(risks, after=False)

    assert list(places(picture)) == ["H-00 H-01", "H-02 H-03 +5"]


def test_codes_are_written_as_text_never_as_markup():
    assert "<b>" not in drawn([Marked("<b>", RED)], after=False)


def test_the_table_behind_the_picture_has_the_same_codes():
    rows = dict(rows_of([Marked("H-01", RED, GREEN)], DEFAULT_CELLS, after=True))

    assert rows[4][0] == ("medium", ["H-01"])
    assert sum(len(codes) for row in rows.values() for _zone, codes in row) == 1
