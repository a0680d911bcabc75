"""Verdicts by guard band, weighing of alternatives, sums of parts: the arithmetic of a design."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.stages.dossiers.building_sums import Need, sums
from karvan.stages.dossiers.decision_matrix import (
    CRITERIA,
    HEAVIEST,
    Option,
    close_marks,
    places,
    turns,
    winner,
)
from karvan.stages.dossiers.trial_verdicts import verdict


def guarded(value, uncertainty, low="10", high="20"):
    limits = {"low": D(low) if low else None, "high": D(high) if high else None}
    return verdict(D(value), D(uncertainty), rule="guard_band", **limits)


@pytest.mark.parametrize(
    ("value", "uncertainty", "result"),
    [
        ("15", "1", "pass"),
        ("19", "1", "pass"),
        ("19.0001", "1", "inconclusive"),
        ("20", "0", "pass"),
        ("21", "1", "inconclusive"),
        ("21.1", "1", "fail"),
        ("9", "1", "inconclusive"),
        ("8.9", "1", "fail"),
        ("15", "8", "inconclusive"),
    ],
)
def test_a_guard_band_passes_only_what_lies_wholly_within(value, uncertainty, result):
    assert guarded(value, uncertainty) == result


def test_one_sided_limits():
    assert guarded("0.09", "0.01", low=None, high="0.1") == "pass"
    assert guarded("0.095", "0.01", low=None, high="0.1") == "inconclusive"
    assert guarded("5", "1", low="10", high=None) == "fail"


def test_by_the_value_alone_the_uncertainty_does_not_count():
    limits = {"low": D(10), "high": D(20), "rule": "simple"}

    assert verdict(D(20), D(5), **limits) == "pass"
    assert verdict(D("20.01"), None, **limits) == "fail"


@pytest.mark.parametrize(("uncertainty", "high"), [(None, D(1)), (D(-1), D(1)), (D(1), None)])
def test_a_verdict_without_limit_or_uncertainty_is_no_verdict(uncertainty, high):
    with pytest.raises(ValueError, match="needs"):
        verdict(D(1), uncertainty, low=None, high=high, rule="guard_band")


ONES = dict.fromkeys(CRITERIA, 1)


def option(key, *marks):
    return Option(key, dict(zip(CRITERIA, marks, strict=False)))


def test_totals_and_ranks_share_a_place_when_equal():
    found = places([option(1, *[2] * 7), option(2, *[3] * 7), option(3, *[2] * 7)], ONES)

    assert [(one.total, one.rank) for one in found] == [(14, 2), (21, 1), (14, 2)]


def test_a_missing_mark_is_unknown_and_no_zero():
    (found,) = places([option(1, 4, 4)], ONES)

    assert found.total is None and found.rank is None and len(found.missing) == 5


def test_a_criterion_that_does_not_count_needs_no_mark():
    weights = {**dict.fromkeys(CRITERIA, 0), "safety": 2}

    (found,) = places([Option(1, {"safety": 3})], weights)

    assert found.total == 6


def test_the_least_change_of_a_weight_that_turns_it_is_named():
    safe = option(1, 2, 2, 2, 4, 2, 2, 2)
    cheap = option(2, 2, 2, 2, 2, 3, 2, 2)

    found = turns([safe, cheap], ONES)

    assert [(one.criterion, one.other_weight, one.other) for one in found] == [
        ("safety", 0, 2),
        ("cost", 3, 2),
    ]


def test_what_is_best_everywhere_is_turned_by_no_weight():
    assert turns([option(1, *[4] * 7), option(2, *[3] * 7)], ONES) == []


def test_marks_that_decide_are_named():
    close = [option(1, 3, *[2] * 6), option(2, *[2] * 7)]

    assert [name for name, _other in close_marks(close, ONES)] == list(CRITERIA)
    assert close_marks([option(1, *[4] * 7), option(2, *[1] * 7)], ONES) == []


marks = st.lists(st.integers(0, 4), min_size=7, max_size=7)


@settings(deadline=None)
@given(
    st.lists(marks, min_size=2, max_size=5), st.lists(st.integers(0, 10), min_size=7, max_size=7)
)
def test_turns_agree_with_trying_every_weight(rows, listed):
    options = [option(key, *row) for key, row in enumerate(rows, 1)]
    weights = dict(zip(CRITERIA, listed, strict=True))
    leading = winner(options, weights)
    found = {one.criterion: one.size for one in turns(options, weights)}

    for criterion in CRITERIA:
        tried = []
        for weight in range(HEAVIEST + 1):
            changed = {**weights, criterion: weight}
            totals = {one.key: sum(changed[c] * one.marks[c] for c in CRITERIA) for one in options}
            if leading is not None and max(totals.values()) > totals[leading]:
                tried.append(abs(weight - weights[criterion]))
        assert found.get(criterion) == min(tried, default=None)


def summed(least, *uses, most=None, must=True, fitted=True):
    need = Need(
        1,
        None if least is None else D(least),
        None if most is None else D(most),
        must,
        tuple(D(one) for one in uses),
        fitted,
    )
    (found,) = sums([need])
    return found.state, found.left


@pytest.mark.parametrize(
    ("given", "state", "left"),
    [
        (summed("4", "1", "3"), "right", 0),
        (summed("0.3", "0.1", "0.1", "0.1"), "right", 0),
        (summed("4", "1"), "too_little", 3),
        (summed("4", "5"), "too_much", 0),
        (summed("4"), "nowhere", 4),
        (summed("3", "5", most="14"), "right", 0),
        (summed("3", "15", most="14"), "too_much", 0),
        (summed(None, "1"), "unknown", None),
        (summed("2", must=False), "not_needed", 2),
        (summed("2", "1", must=False), "too_little", 1),
        (summed("2", fitted=False), "not_needed", 0),
        (summed("2", "1", fitted=False), "too_much", 0),
    ],
)
def test_uses_are_held_against_the_bill(given, state, left):
    assert given == (state, left)
