"""ISBN, ISSN and DOI: the check digits, against numbers that libraries print."""

from __future__ import annotations

import pytest

from karvan.stages.convening.errors import NotGiven
from karvan.stages.convening.proceedings_numbers import (
    checked_doi_prefix,
    checked_isbn,
    checked_issn,
    doi_of,
    isbn10_digit,
    isbn13_digit,
    issn_digit,
)


@pytest.mark.parametrize(
    "good", ["978-0-306-40615-7", "9780306406157", "0-306-40615-2", "0-8044-2957-X", ""]
)
def test_right_isbns_pass(good):
    assert checked_isbn(good) == good


def test_a_wrong_digit_is_told_with_the_right_one():
    with pytest.raises(NotGiven, match="would be 7, not 8"):
        checked_isbn("978-0-306-40615-8")
    with pytest.raises(NotGiven, match="would be 0, not 4"):
        checked_issn("2049-3634")


@pytest.mark.parametrize("bad", ["978", "977-0-306-40615-7", "abcdefghij", "X123456789"])
def test_what_is_no_isbn_is_said(bad):
    with pytest.raises(NotGiven, match="is no ISBN"):
        checked_isbn(bad)


def test_issns_are_written_one_way():
    assert checked_issn("20493630") == "2049-3630"
    assert checked_issn("2434-561x") == "2434-561X"
    with pytest.raises(NotGiven, match="is no ISSN"):
        checked_issn("2049-36")


@pytest.mark.parametrize("figures", ["978030640615", "978159327950", "979000000000"])
def test_one_changed_figure_is_always_found(figures):
    for at, sign in enumerate(figures):
        for other in set("0123456789") - {sign}:
            changed = f"{figures[:at]}{other}{figures[at + 1 :]}"
            assert isbn13_digit(changed) != isbn13_digit(figures)
            if at < 9:
                assert isbn10_digit(changed[:9]) != isbn10_digit(figures[:9])
            if at < 7:
                assert issn_digit(changed[:7]) != issn_digit(figures[:7])


def test_a_doi_is_made_of_its_prefix_and_the_papers_number():
    assert checked_doi_prefix("https://doi.org/10.12345/agadir/") == "10.12345/agadir"
    assert doi_of("10.12345/agadir", "TVP/MA-2021/SYM", 7) == "10.12345/agadir.7"
    assert doi_of("10.12345", "TVP/MA-2021/SYM", 7) == "10.12345/tvp.ma-2021.sym.7"
    assert doi_of("", "TVP", 7) == ""
    with pytest.raises(NotGiven, match="not the beginning of a DOI"):
        checked_doi_prefix("11.12345")
