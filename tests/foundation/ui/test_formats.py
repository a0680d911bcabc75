"""Dates, numbers and money as each language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone, translation

from karvan.foundation.ui import formats

DAY = date(2026, 12, 19)
MOMENT = datetime(2026, 12, 19, 10, 3, tzinfo=UTC)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Saturday, 19 December 2026"),
        ("fr", "samedi 19 décembre 2026"),
        ("ar", "السبت، 19 ديسمبر 2026"),
        ("az", "19 dekabr 2026, şənbə"),
    ],
)
def test_a_date_is_said_in_words_with_its_weekday(language, words):
    assert formats.date_in_words(DAY, language) == words


def test_a_country_may_ask_for_its_own_figures():
    assert formats.date_in_words(DAY, "ar", numbering="arab") == "السبت، ١٩ ديسمبر ٢٠٢٦"
    assert formats.number(12345, "ar", numbering="arab") == "١٢٬٣٤٥"


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "12,345.5"), ("fr", "12\u202f345,5"), ("ar", "12,345.5"), ("az", "12.345,5")],
)
def test_a_number_has_the_separators_of_its_language_and_latin_figures(language, written):
    assert formats.number(12345.5, language) == written


def test_a_zone_is_named_when_it_is_not_the_readers():
    with timezone.override("Africa/Casablanca"):
        words = formats.datetime_in_words(MOMENT, "en", zone="Asia/Baku")

    assert words == "Saturday, 19 December 2026, 14:03 (Baku time)"


def test_a_zone_is_not_named_when_it_is_the_readers():
    with timezone.override("Asia/Baku"):
        words = formats.datetime_in_words(MOMENT, "en")

    assert words == "Saturday, 19 December 2026, 14:03"


def test_universal_time_is_always_named():
    with timezone.override("UTC"):
        assert formats.datetime_in_words(MOMENT, "en").endswith("10:03 (UTC)")


def test_a_city_is_said_in_the_readers_language():
    assert formats.zone_in_words("Asia/Baku", "az").startswith("Bakı")


@pytest.mark.parametrize(
    ("far", "words"),
    [
        (timedelta(minutes=5), "in 5 minutes"),
        (timedelta(hours=26), "in 26 hours"),
        (timedelta(days=12, hours=3), "in 12 days"),
        (timedelta(days=-12, hours=-3), "12 days ago"),
        (timedelta(days=95), "in 3 months"),
    ],
)
def test_how_far_off_is_said_in_the_unit_people_plan_in(far, words):
    with time_machine.travel(NOON, tick=False):
        assert formats.relative(NOON + far, "en") == words


def test_a_date_is_counted_in_whole_days():
    with time_machine.travel(NOON, tick=False):
        today = NOON.date()

        assert formats.relative(today, "en") == "today"
        assert formats.relative(today + timedelta(days=1), "en") == "in 1 day"


def test_a_share_and_an_amount():
    assert formats.percent(0.3, "en") == "30%"
    assert formats.percent(0.3, "fr") == "30\u00a0%"
    assert formats.percent(0.1234, "en", digits=1) == "12.3%"
    assert formats.money(Decimal("1234.5"), "AZN", "en") == "1,234.50\u00a0AZN"
    assert formats.money(1234.5, "AZN", "az") == "1.234,50\u00a0AZN"


@pytest.mark.parametrize(
    ("language", "mark", "words"),
    [
        ("en", ",", "one, two"),
        ("fr", ";", "one; two"),
        ("ar", ",", "one، two"),
        ("ar", ";", "one؛ two"),
    ],
)
def test_a_row_has_the_marks_of_its_language(language, mark, words):
    with translation.override(language):
        assert formats.in_a_row(["one", "two"], mark) == words
