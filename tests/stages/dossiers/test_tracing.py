"""Checks of requirements, and the way from need to run."""

from __future__ import annotations

import pytest

from karvan.stages.dossiers.tracing import (
    Traced,
    checks_of,
    has_open_point,
    is_binding,
    missing_codes,
    traces_of,
)

NEED = Traced("N1", "need", "The nurse must hear it.")


def one(code="S1", type="system", statement="It shall beep.", **more):
    return Traced(code, type, statement, **more)


def in_order(**more):
    return one(verification="test", fulfils=("N1",), tests=("T1",), **more)


def test_a_requirement_in_order_has_nothing_wrong():
    assert checks_of([NEED, in_order()]) == {"N1": (), "S1": ()}


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        (in_order(dangling=("X",)), "dangling"),
        (one(verification="test", fulfils=("N1",)), "untested"),
        (one(fulfils=("N1",), tests=("T1",)), "no_verification"),
        (one(statement="Beeps.", verification="test", fulfils=("N1",), tests=("T",)), "no_shall"),
        (
            one(statement="It shall beep TBD.", verification="test", fulfils=("N1",), tests=("T",)),
            "open_point",
        ),
        (one(statement=" ", verification="test", fulfils=("N1",), tests=("T",)), "no_statement"),
    ],
)
def test_each_fault_is_found_and_no_other(wrong, check):
    assert checks_of([NEED, wrong])["S1"] == (check,)


def test_a_need_that_nothing_fulfils_is_named():
    assert checks_of([NEED])["N1"] == ("unfulfilled",)


def test_system_requirements_are_to_be_fulfilled_once_there_is_a_level_below():
    below = one("H1", "hardware", verification="analysis", fulfils=("S2",))

    assert "unfulfilled" not in checks_of([NEED, in_order()])["S1"]
    assert "unfulfilled" in checks_of([NEED, in_order(), below])["S1"]


def test_what_is_shown_by_analysis_needs_no_test():
    assert checks_of([NEED, one(verification="analysis", fulfils=("N1",))])["S1"] == ()


def test_a_circle_is_found_and_what_only_leads_to_it_is_not_in_it():
    circle = [one("A", fulfils=("B",)), one("B", fulfils=("A",)), one("C", fulfils=("A",))]

    found = checks_of(circle)

    assert [code for code, wrong in found.items() if "circle" in wrong] == ["A", "B"]


@pytest.mark.parametrize(
    "text",
    ["It shall", "Le boîtier doit tenir", "يجب أن", "Cihaz işləməlidir", "Cihaz dayanmalıdır"],
)
def test_binding_words_are_known_in_the_languages_of_dossiers(text):
    assert is_binding(text)


def test_prose_is_not_binding_and_letters_in_a_word_are_no_open_point():
    assert not is_binding("Gas inlet, marshalled.")
    assert not has_open_point("The TBDX connector")
    assert has_open_point("at most tbc mmHg")


def test_a_trace_leads_from_the_need_over_levels_to_the_last_result():
    listed = [NEED, one(fulfils=("N1",)), one("H1", "hardware", fulfils=("S1",), tests=("T1",))]

    lines = {line.requirement.code: line for line in traces_of(listed, {"T1": "pass"})}

    assert set(lines) == {"S1", "H1"}
    assert lines["H1"].needs == ("N1",)
    assert lines["H1"].results == {"T1": "pass"}
    assert lines["H1"].gaps == frozenset()
    assert lines["S1"].gaps == {"test"}


def test_gaps_say_what_is_missing():
    listed = [
        NEED,
        one("A", "safety", tests=("T1", "T2")),
        one("B", "safety", fulfils=("N2",), tests=("T1",), controls=("R1",), has_deviation=True),
        Traced("N2", "need", "shall"),
    ]

    gaps = {line.requirement.code: line.gaps for line in traces_of(listed, {"T1": "fail"})}

    assert gaps == {
        "N1": {"fulfilled"},
        "A": {"need", "control", "run", "failed"},
        "B": frozenset(),
    }


def test_missing_codes_are_counted_once_and_by_link():
    assert missing_codes([one(dangling=("X", "Y")), one("S2", dangling=("X",))]) == (2, 3)
