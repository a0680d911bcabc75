"""Risk by its parts: what is not known is not low."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvan.stages.heritage.surveys_risk import Risk, extent_class, risk_of, worst_known
from karvan.stages.heritage.surveys_rules import due_by, months_after, next_look, rises

UNKNOWN_OR = {
    "extent": st.none() | st.integers(0, 5),
    "severity": st.none() | st.integers(1, 3),
    "probability": st.none() | st.integers(1, 3),
}


def test_the_product_is_shown_with_its_parts():
    risk = risk_of("31_60", [1, 3, 2], ["possible", "probable"])

    assert (risk.value, risk.parts, risk.mark) == (18, "3 × 3 × 2", "waiting")
    assert risk.word == "medium: 18 of 45"


def test_an_unknown_part_gives_the_span_and_never_low():
    risk = risk_of("31_60", [], ["probable"])

    assert risk.value is None
    assert (risk.mark, risk.parts, risk.word) == ("unknown", "3 × ? × 2", "not known: 6 to 18")


def test_nothing_said_about_threats_is_unknown():
    assert risk_of("1_10", [1], []).probability is None
    assert risk_of("1_10", [1], ["not_applicable"]).probability is None


def test_no_visible_damage_makes_no_risk():
    assert risk_of("none", [], []).value == 0


def test_one_unknown_severity_hides_the_worst_unless_the_worst_is_known():
    assert worst_known([1, None], 3) is None
    assert worst_known([3, None], 3) == 3
    assert worst_known([], 3) is None


@given(st.builds(Risk, **UNKNOWN_OR), st.integers(0, 5), st.integers(1, 3), st.integers(1, 3))
def test_whatever_the_unknown_turns_out_to_be_lies_in_the_span(risk, extent, severity, chance):
    known = Risk(
        extent if risk.extent is None else risk.extent,
        severity if risk.severity is None else risk.severity,
        chance if risk.probability is None else risk.probability,
    )

    assert known.value is not None
    assert risk.least <= known.value <= risk.most <= 45


@pytest.mark.parametrize(
    ("percent", "found"),
    [(None, None), (0, 0), (1, 1), (10, 1), (11, 2), (30, 2), (31, 3), (60, 3), (90, 4), (100, 5)],
)
def test_per_cents_fall_into_the_classes_of_the_vocabulary(percent, found):
    assert extent_class(percent) == found


def test_a_class_rises_only_between_known_ones():
    assert rises("poor", "fair")
    assert not rises("fair", "poor")
    assert not rises("fair", "fair")
    assert not rises("unknown", "good")
    assert not rises("", "good")


def test_days_follow_from_priority_and_class():
    day = date(2026, 8, 31)

    assert due_by("immediate", day) == date(2026, 9, 30)
    assert due_by("6_12_months", day) == date(2027, 8, 31)
    assert due_by("beyond_5_years", day) is None
    assert next_look("very_bad", day) == date(2027, 2, 28)
    assert next_look("destroyed", day) is None
    assert months_after(date(2024, 2, 29), -24) == date(2022, 2, 28)
