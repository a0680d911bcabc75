"""Symbols of real papers are read and written by each organ's own pattern."""

from __future__ import annotations

from datetime import date

import pytest

from karvan.stages.convening.symbols import (
    disagreements,
    number_of,
    parts_of,
    problem_of,
    symbol_of,
    text_of,
)
from tests import make

ISESCO = "{organ} {session}/{year2}/{item}{rev}{status} | {organ} {session}/{year}[/{kind}][/{item}]{rev}{add}{corr}{status}"
UNESCO_BOARD = "{session} {organ}/{item}{rev}{add}{corr}"
UNESCO_CONFERENCE = "{session} {organ}[/{kind}]/{number}{status}{rev}{add}{corr}"
UN_RESOLUTION = "{organ}/{kind}/{session}/{number}"
UN_DRAFT = "{organ}/{session}/{kind}.{number}[/Rev.{rev}][/Add.{add}][/Corr.{corr}]"

REAL = [
    (
        ISESCO,
        "CE 14/93/1.2 Provisional Amended",
        {"organ": "CE", "session": "14", "year": "93", "item": "1.2", "status": "Provisional Amended"},
    ),
    (ISESCO, "GC 11/2012/F.R.", {"organ": "GC", "session": "11", "year": "2012", "kind": "F.R."}),
    (UNESCO_BOARD, "151 EX/23", {"session": "151", "organ": "EX", "item": "23"}),
    (UNESCO_CONFERENCE, "29 C/2", {"session": "29", "organ": "C", "number": "2"}),
    (
        UNESCO_CONFERENCE,
        "39 C/1 Prov. Rev.",
        {"session": "39", "organ": "C", "number": "1", "status": "Prov.", "rev": "0"},
    ),
    (
        UNESCO_CONFERENCE,
        "38 C/NOM/..",
        {"session": "38", "organ": "C", "kind": "NOM", "number": ".."},
    ),
    (
        UN_RESOLUTION,
        "A/RES/74/208",
        {"organ": "A", "kind": "RES", "session": "74", "number": "208"},
    ),
    (
        UN_DRAFT,
        "A/C.3/78/L.60/Rev.1",
        {"organ": "A/C.3", "session": "78", "kind": "L", "number": "60", "rev": "1"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "text", "parts"), REAL, ids=[one[1] for one in REAL])
def test_a_real_symbol_is_read_and_written_the_same(pattern, text, parts):
    assert parts_of(pattern, text) == parts
    assert text_of(pattern, parts) == text


@pytest.mark.parametrize(
    "text", ["GC eleven/2012", "151 ex/23", "A/RES/74", "", "GC 11/2012/F.R. /"]
)
def test_what_does_not_fit_is_not_read(text):
    assert [parts_of(pattern, text) for pattern in (ISESCO, UNESCO_BOARD, UN_RESOLUTION)] == [
        None
    ] * 3


def test_a_pattern_of_the_default_form_reads_and_writes_its_tails():
    pattern = "{organ} {session}/{year}/{item}{rev}{status}"

    assert parts_of(pattern, "GC 12/2015/7.2 Rev.3 Provisional") == {
        "organ": "GC", "session": "12", "year": "2015", "item": "7.2", "rev": "3",
        "status": "Provisional",
    }  # fmt: skip
    assert text_of(
        pattern, {"organ": "GC", "session": 12, "year": 2015, "item": "7.2", "rev": 3}
    ) == ("GC 12/2015/7.2 Rev.3")


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("{organ} {itm}", "{itm}"),
        ("{organ}[/{item}", "["),
        ("{organ}]/{item}", "]"),
        ("[[{organ}]]", "["),
        ("{item}/{item}", "{item}"),
        ("{year}/{year2}", "{year2}"),
        ("GC", "{}"),
        ("{organ", "{"),
        ("{organ}/{item} | {organ}", ""),
        (ISESCO, ""),
    ],
)
def test_a_pattern_says_what_is_wrong_with_it(pattern, problem):
    assert problem_of(pattern) == problem


def test_a_bad_pattern_or_a_missing_part_is_not_written():
    with pytest.raises(ValueError, match="itm"):
        text_of("{itm}", {})
    with pytest.raises(ValueError, match="asks for more"):
        text_of("{organ}/{item}", {"organ": "GC"})


@pytest.mark.django_db
def test_organ_session_and_year_come_from_the_session():
    organ = make.organ(
        "gc", symbol_pattern=ISESCO, number_pattern="{organ} {session}/{kind}.{number}"
    )
    session = make.statutory_session(
        organ, ordinal=12, starts_on=date(2015, 11, 26), ends_on=date(2015, 11, 28)
    )

    assert symbol_of(organ, session, item="2.3") == "GC 12/15/2.3"
    assert symbol_of(organ, session, kind="F.R.") == "GC 12/2015/F.R."
    assert number_of(organ, session, kind="R", number=4) == "GC 12/R.4"
    assert disagreements(organ, session, "GC 12/15/2.3") == []
    assert disagreements(organ, session, "CE 11/14/2.3") == [
        ("organ", "CE", "GC"), ("session", "11", "12"), ("year", "14", "2015"),
    ]  # fmt: skip
