"""The GUM: types A and B, their combination, the report and the verdict."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.measurement import (
    BadBudget,
    Component,
    combine,
    coverage_for,
    guarded_verdict,
    of_instrument,
    of_readings,
    read_many,
    reported,
    simple_verdict,
)

D = Decimal
amounts = st.decimals("0.000001", "1000", places=6)
shapes = st.sampled_from(["normal", "rectangular", "triangular", "u-shaped"])
parts = st.lists(st.builds(Component, st.just("c"), amounts, shapes), min_size=1, max_size=6)


def test_readings_give_mean_deviation_and_that_of_the_mean():
    found = read_many([D("10.1"), D("10.2"), D("10.3"), D("10.2")])

    assert (found.n, found.mean) == (4, D("10.2"))
    assert abs(found.deviation - D("0.0816496580927726")) < D("1e-15")
    assert abs(found.standard - D("0.0408248290463863")) < D("1e-15")


def test_one_reading_says_nothing_of_its_spread():
    found = read_many([D("5")])

    assert (found.deviation, found.standard, of_readings(found)) == (None, None, None)


def test_accuracy_of_an_instrument_is_per_cent_and_digits():
    """A multimeter of ±(0.5 % + 2 digits) with 0.01 V digits reads 12.00 V: half-width 0.08 V."""
    found = of_instrument(D("12.00"), percent=D("0.5"), digits=D(2), resolution=D("0.01"))

    assert (found.value, found.distribution) == (D("0.08"), "rectangular")
    assert of_instrument(D("-12"), percent=D("0.5"), digits=None, resolution=None).value == D(
        "0.06"
    )


def test_an_instrument_of_which_only_the_resolution_is_known_gives_half_a_digit():
    assert of_instrument(D(1), percent=None, digits=None, resolution=D("0.1")).value == D("0.05")
    assert of_instrument(D(1), percent=None, digits=None, resolution=None) is None


def test_digits_without_a_resolution_are_refused():
    with pytest.raises(BadBudget, match="digits_without_resolution"):
        of_instrument(D(1), percent=None, digits=D(2), resolution=None)


def test_gum_example_of_the_gauge_block_h1():
    """GUM H.1: five components give u = 32 nm with 16 effective degrees of freedom."""
    components = [
        Component("standard", D(25), "normal", None, 18),
        Component("difference", D("9.7"), "normal", None, 25),
        Component("expansion", D("2.9"), "normal", None, 50),
        Component("temperature", D("16.6"), "normal", None, 2),
    ]

    found = combine(components, coverage=None)

    assert abs(found.standard - D("31.7")) < D("0.1")
    assert int(found.freedom) == 16
    assert abs(found.coverage - coverage_for(found.freedom)) == 0


def test_coverage_follows_student():
    assert coverage_for(None) == D("2.000")
    assert coverage_for(D("9.9")) == coverage_for(D(9)) == D("2.320")


@settings(max_examples=80, deadline=None)
@given(parts)
def test_laws_of_combination(components):
    found = combine(components)

    assert abs(sum(line.share for line in found.lines) - 1) < D("1e-25")
    assert found.standard >= max(line.standard for line in found.lines) * (1 - D("1e-24"))
    assert found.standard <= sum(line.standard for line in found.lines) * (1 + D("1e-24"))
    assert combine(list(reversed(components))).standard - found.standard < D("1e-24")
    doubled = combine([*components, *components])
    assert abs(doubled.standard**2 - 2 * found.standard**2) < D("1e-20")


@settings(max_examples=15, deadline=None)
@given(parts, st.integers(0, 2**32 - 1))
def test_combination_agrees_with_drawing_numbers(components, seed):
    rng = np.random.default_rng(seed)
    drawn = np.zeros(60_000)
    for one in components:
        half = float(one.value)
        drawn += {
            "normal": lambda: rng.normal(0, half, drawn.size),  # noqa: B023
            "rectangular": lambda: rng.uniform(-half, half, drawn.size),  # noqa: B023
            "triangular": lambda: rng.triangular(-half, 0, half, drawn.size),  # noqa: B023
            "u-shaped": lambda: half * np.sin(rng.uniform(0, 2 * np.pi, drawn.size)),  # noqa: B023
        }[one.distribution]()

    assert drawn.std() == pytest.approx(float(combine(components).standard), rel=0.02)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 40), amounts)
def test_one_component_keeps_its_degrees_of_freedom(n, u):
    found = combine([Component("a", u, "normal", None, n - 1, "A")], coverage=None)

    assert abs(found.freedom - (n - 1)) < D("1e-20")


@pytest.mark.parametrize(
    ("component", "code"),
    [
        (Component("x", D(-1)), "negative"),
        (Component("x", D("NaN")), "negative"),
        (Component("x", D(1), "normal", D(0)), "bad_divisor"),
        (Component("x", D(1), "lognormal"), "bad_distribution"),
    ],
)
def test_what_makes_no_budget_is_named(component, code):
    with pytest.raises(BadBudget) as raised:
        combine([component])

    assert (raised.value.code, raised.value.where) == (code, "x")


@pytest.mark.parametrize(
    ("value", "expanded", "said"),
    [
        ("12.34567", "0.0123", ("12.346", "0.012")),
        ("12.34567", "0.0996", ("12.35", "0.10")),
        ("1234.5", "123", ("1230", "120")),
        ("0.5", "0.045", ("0.500", "0.045")),
        ("7", "2.5", ("7.0", "2.5")),
        ("-3.14159", "0.00995", ("-3.142", "0.010")),
        ("2.345", "0.125", ("2.35", "0.13")),
        ("5.000000000000", None, ("5", "")),
        ("100.000", None, ("100", "")),
    ],
)
def test_results_are_reported_to_two_figures_of_the_uncertainty(value, expanded, said):
    found = reported(D(value), None if expanded is None else D(expanded))

    assert (found.value_text, found.expanded_text) == said


@given(st.decimals("-1e6", "1e6", places=8), st.decimals("1e-6", "1e5", places=8))
def test_a_report_is_near_and_both_end_at_the_same_place(value, expanded):
    found = reported(value, expanded)

    if found.expanded < 10:  # from there on zeros before the point stand for figures
        assert found.value.as_tuple().exponent == found.expanded.as_tuple().exponent
        assert len(found.expanded.as_tuple().digits) == 2
    assert abs(found.value - value) <= expanded / 10
    assert abs(found.expanded - expanded) <= expanded / 10


@pytest.mark.parametrize(
    ("value", "u", "low", "high", "verdict"),
    [
        ("0.08", "0.01", None, "0.1", "pass"),
        ("0.09", "0.01", None, "0.1", "pass"),
        ("0.095", "0.01", None, "0.1", "inconclusive"),
        ("0.105", "0.01", None, "0.1", "inconclusive"),
        ("0.12", "0.01", None, "0.1", "fail"),
        ("5", "1", "4", "6", "pass"),
        ("3.5", "0.4", "4", "6", "fail"),
        ("5", "2", "4", "6", "inconclusive"),
        ("5", None, "4", "6", "inconclusive"),
    ],
)
def test_guarded_verdicts(value, u, low, high, verdict):
    limits = {"low": low and D(low), "high": high and D(high)}

    assert guarded_verdict(D(value), u and D(u), **limits) == verdict


@given(
    st.decimals(-100, 100, places=3), st.decimals(0, 50, places=3), st.decimals(-50, 50, places=3)
)
def test_guarding_never_turns_a_fail_into_a_pass(value, expanded, high):
    guarded = guarded_verdict(value, expanded, low=None, high=high)
    simple = simple_verdict(value, low=None, high=high)

    assert guarded in (simple, "inconclusive")


def test_a_verdict_needs_a_limit_in_the_right_order():
    for low, high in ((None, None), (D(2), D(1))):
        with pytest.raises(ValueError, match="limit"):
            guarded_verdict(D(1), D(1), low=low, high=high)
