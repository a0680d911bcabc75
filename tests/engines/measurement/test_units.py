"""Units are known or said to be wrong, and measure the quantity they are given for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.measurement import (
    QUANTITIES,
    FormulaError,
    UnitError,
    check_formula,
    check_unit,
    convert,
    convert_difference,
    parse_unit,
    quantities_of,
)


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_every_proposed_unit_measures_its_quantity(quantity):
    for unit in QUANTITIES[quantity]:
        assert check_unit(unit, quantity).written == unit


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("furlongs per fortnight of something", "unknown"),
        ("V/√Hz", "root"),
        ("10 V", "scaled"),
        ("V**99999999", "scaled"),
        ("__import__('os')", "unknown"),
        ("x" * 50, "too_long"),
    ],
)
def test_what_is_no_unit_is_said(text, code):
    with pytest.raises(UnitError) as raised:
        parse_unit(text)

    assert raised.value.code == code


def test_a_unit_in_wrong_case_is_proposed_in_the_right_one():
    with pytest.raises(UnitError) as raised:
        parse_unit("hz")

    assert raised.value.said["near"] == "Hz"


def test_newton_metres_are_no_count_of_metres():
    assert dict(parse_unit("Nm").dimension) == dict(parse_unit("J").dimension)
    assert quantities_of("Nm") == ("energy", "torque")


@pytest.mark.parametrize(
    ("unit", "quantity"),
    [
        ("A", "voltage"),
        ("C", "temperature"),
        ("L", "flow"),
        ("%", "sound_level"),
        ("°C", "heat_rate"),
    ],
)
def test_a_unit_of_another_quantity_is_refused_with_what_would_do(unit, quantity):
    with pytest.raises(UnitError) as raised:
        check_unit(unit, quantity)

    assert raised.value.code == "other_quantity"
    assert raised.value.said["proposed"].startswith(QUANTITIES[quantity][0])


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        ("25.0", "°C", "K", "298.15"),
        ("212", "°F", "°C", "100"),
        ("1", "cmH2O", "Pa", "98.0665"),
        ("60", "rpm", "1/min", "376.99111843077518861551720600"),
        ("120", "bpm", "Hz", "2"),
        ("1.5", "L/min", "mL/s", "25"),
    ],
)
def test_values_are_converted_exactly(value, source, target, expected):
    assert abs(convert(Decimal(value), source, target) - Decimal(expected)) < Decimal("1e-20")


def test_an_uncertainty_in_degrees_is_converted_without_the_offset():
    assert convert_difference(Decimal("0.5"), "°C", "K") == Decimal("0.5")
    assert convert_difference(Decimal("0.5"), "°C", "°F") == Decimal("0.9")


def test_volts_are_never_amperes():
    with pytest.raises(UnitError) as raised:
        convert(Decimal(1), "V", "A")

    assert raised.value.code == "not_convertible"


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([q for q in QUANTITIES if q not in ("sound_level",)]),
    st.decimals("-1e6", "1e6", places=6),
    st.data(),
)
def test_there_and_back_is_where_one_was(quantity, value, data):
    one, other = (data.draw(st.sampled_from(QUANTITIES[quantity])) for _n in range(2))

    back = convert(convert(value, one, other), other, one)

    assert abs(back - value) <= Decimal("1e-20") * max(1, abs(value)) + Decimal("1e-18")


def test_relative_centrifugal_force_comes_out_and_its_number_is_right():
    found = check_formula("RCF = 1.118e-5 * r * n^2", {"r": "cm", "n": "rpm"}, "g_0")

    assert found.comes_out and found.number_fits
    assert found.stated == Decimal("0.00001118")
    assert abs(found.expected - Decimal("1.11824e-5")) < Decimal("1e-10")


def test_the_same_formula_with_millimetres_has_the_wrong_number():
    found = check_formula("1.118e-5 * r * n**2", {"r": "mm", "n": "rpm"}, "g_0")

    assert found.comes_out and found.number_fits is False


def test_a_force_that_forgets_a_square_does_not_come_out():
    units = {"m": "kg", "r": "m", "w": "rad/s"}

    assert not check_formula("F = m·r·w", units, "N").comes_out
    assert check_formula("F = m·r·w²", units, "N").comes_out
    assert check_formula("F = m·r·w²", units, "kN").number_fits is False


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("m +", "syntax"),
        ("m + r", "adds_unlike"),
        ("q * m", "unknown_name"),
        ("exp(m)", "function_of_unit"),
        ("m ** r", "function_of_unit"),
        ("m ** 999", "not_allowed"),
        ("m.real", "not_allowed"),
        ("[m for m in r]", "not_allowed"),
        ("1/0", "not_allowed"),
        ("m" * 400, "too_long"),
    ],
)
def test_a_formula_that_cannot_be_read_says_why(formula, code):
    with pytest.raises(FormulaError) as raised:
        check_formula(formula, {"m": "kg", "r": "m"}, "N")

    assert raised.value.code == code
