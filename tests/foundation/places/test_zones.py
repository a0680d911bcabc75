"""When clocks change: around Ramadan, with summer, once for all."""

from datetime import UTC, date, datetime, timedelta

import pytest

from karvan.foundation.places.zones import offset_in_words, zone_changes

HOUR = timedelta(hours=1)


def test_kazakhstan_went_back_an_hour_on_the_first_of_march_2024():
    (change,) = zone_changes("Asia/Almaty", date(2024, 1, 1), date(2024, 12, 31))

    assert (change.before, change.after, change.is_forward) == (6 * HOUR, 5 * HOUR, False)
    assert change.at == datetime(2024, 2, 29, 18, 0, tzinfo=UTC)
    assert change.clock_before == datetime(2024, 3, 1, 0, 0)
    assert change.clock_after == datetime(2024, 2, 29, 23, 0)


def test_morocco_goes_back_for_ramadan_and_forward_after_it():
    changes = zone_changes("Africa/Casablanca", date(2026, 1, 1), date(2026, 12, 31))

    assert [(one.clock_before.date(), one.is_forward) for one in changes] == [
        (date(2026, 2, 15), False),
        (date(2026, 3, 22), True),
    ]
    assert [one.after for one in changes] == [timedelta(), HOUR]


def test_egypt_has_summer_time_again_since_2023():
    assert zone_changes("Africa/Cairo", date(2022, 1, 1), date(2022, 12, 31)) == ()

    forward, back = zone_changes("Africa/Cairo", date(2023, 1, 1), date(2023, 12, 31))

    assert (forward.clock_before, forward.after) == (datetime(2023, 4, 28, 0, 0), 3 * HOUR)
    assert (back.clock_before, back.after) == (datetime(2023, 10, 27, 0, 0), 2 * HOUR)


def test_a_change_on_the_first_or_last_day_of_the_span_is_in_it():
    day = date(2026, 3, 22)

    assert len(zone_changes("Africa/Casablanca", day, day)) == 1
    assert zone_changes("Africa/Casablanca", date(2026, 3, 23), date(2026, 12, 31)) == ()


def test_baku_has_not_changed_since_2016():
    assert zone_changes("Asia/Baku", date(2016, 1, 1), date(2027, 12, 31)) == ()


@pytest.mark.parametrize(
    ("offset", "words"),
    [(5 * HOUR, "UTC+5"), (timedelta(), "UTC+0"), (-3.5 * HOUR, "UTC−3:30")],  # noqa: RUF001
)
def test_an_offset_in_words(offset, words):
    assert offset_in_words(offset) == words
