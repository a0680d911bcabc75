"""The Islamic calendar as calculated."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvan.foundation.places.hijri import (
    FIRST,
    LAST,
    HijriDate,
    eid_days,
    hijri,
    ramadan_spans,
)

DATES = st.dates(FIRST, LAST)


def test_19_december_2026_is_10_rajab_1448():
    assert hijri(date(2026, 12, 19)) == HijriDate(1448, 7, 10)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "10 Rajab 1448 AH (calculated)"),
        ("fr", "10 rajab 1448 AH (calculé)"),
        ("ar", "10 رجب 1448 هـ (بالحساب)"),
        ("az", "10 Rəcəb 1448 h. (hesablanmış)"),
    ],
)
def test_the_date_in_words_says_that_it_is_calculated(language, text):
    assert HijriDate(1448, 7, 10).text(language) == text


@given(DATES.filter(lambda on: on < LAST))
def test_the_next_day_is_the_next_date_or_the_first_of_a_month(on):
    today, tomorrow = hijri(on), hijri(on + timedelta(days=1))

    assert today < tomorrow
    assert tomorrow.day == (today.day + 1 if tomorrow.month == today.month else 1)


@given(DATES)
def test_a_day_lies_in_a_ramadan_span_exactly_when_its_month_is_the_ninth(on):
    assert bool(ramadan_spans(on, on)) == (hijri(on).month == 9)


@given(DATES)
def test_a_day_is_an_eid_exactly_on_the_days_of_the_two_feasts(on):
    found = hijri(on)
    feast = (found.month == 10 and found.day <= 3) or (found.month == 12 and 10 <= found.day <= 13)

    assert bool(eid_days(on, on)) == feast


def test_ramadan_1448_and_its_eid_follow_one_another():
    (ramadan,) = ramadan_spans(date(2027, 1, 1), date(2027, 12, 31))
    fitr, adha = eid_days(date(2027, 1, 1), date(2027, 12, 31))

    assert (ramadan.start, ramadan.end) == (date(2027, 2, 8), date(2027, 3, 8))
    assert (fitr.kind, fitr.start) == ("eid_al_fitr", date(2027, 3, 9))
    assert (adha.kind, adha.start) == ("eid_al_adha", date(2027, 5, 16))
    assert {ramadan.basis, fitr.basis, adha.basis} == {"calculated"}


def test_dates_outside_the_tables_are_refused_by_name():
    with pytest.raises(ValueError, match="1900-01-01"):
        hijri(date(1900, 1, 1))
