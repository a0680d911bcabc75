"""Holidays: what the library suggests, what notes decide, which days are worked."""

from datetime import date

import pytest

from karvan.foundation.places.errors import HolidayNeedsName, HolidayNeedsReason, NotAHoliday
from karvan.foundation.places.models import Country, HolidayNote
from karvan.foundation.places.queries import (
    calendar_of,
    holidays_between,
    is_working_day,
    next_working_day,
)
from karvan.foundation.places.services import load_places, note_holiday
from karvan.foundation.records.models import Record

pytestmark = pytest.mark.django_db

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def places():
    load_places(by=None)


def on(day, country="AZ", language="en", scope=""):
    return next(iter(holidays_between(country, day, day, language, scope)), None)


def test_the_20th_of_january_and_novruz_are_holidays_in_azerbaijan():
    assert on(date(2026, 1, 20)).name == "Martyrs' Day"
    assert on(date(2026, 1, 20), language="az").name == "Ümumxalq hüzn günü"
    assert [bool(on(date(2026, 3, day))) for day in (19, 20, 21, 22, 23, 24)] == [
        False, True, True, True, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("country", "day", "language", "name"),
    [
        ("KZ", date(2026, 12, 16), "en", "Independence Day"),
        ("KG", date(2026, 8, 31), "en", "Independence Day"),
        ("PK", date(2026, 8, 14), "en", "Independence Day"),
        ("NG", date(2026, 10, 1), "en", "National Day"),
        ("UZ", date(2026, 9, 1), "en", "Independence Day"),
        ("MA", date(2026, 7, 30), "fr", "Fête du Trône"),
        ("EG", date(2026, 7, 23), "en", "July 23 Revolution Day"),
        ("SN", date(2026, 4, 4), "fr", "Fête de l'Indépendance"),
        ("JO", date(2026, 5, 25), "ar", "عيد الاستقلال"),
        ("BN", date(2026, 2, 23), "en", "National Day"),
    ],
)
def test_the_national_day_of_each_country_in_a_language_asked_for(country, day, language, name):
    assert on(day, country, language).name == name


def test_a_feast_the_moon_decides_is_estimated_and_a_fixed_day_is_not():
    eid, throne = on(date(2026, 5, 27), "MA"), on(date(2026, 7, 30), "MA")

    assert (eid.estimated, eid.confirmed, "estimated" in eid.name) == (True, False, False)
    assert (throne.estimated, throne.confirmed) == (False, False)
    assert eid.source.startswith("holidays ")


def test_a_language_the_library_does_not_know_falls_back_to_english():
    assert on(date(2026, 12, 16), "KZ", "az").name == "Independence Day"


def test_a_confirmed_feast_is_no_longer_estimated():
    note_holiday(
        Country.objects.get(code="MA"), on=date(2026, 5, 27), kind="confirmed",
        reason="Communiqué of the ministry", by=None,
    )  # fmt: skip

    eid = on(date(2026, 5, 27), "MA")

    assert (eid.estimated, eid.confirmed, eid.source) == (False, True, "Communiqué of the ministry")
    assert Record.objects.last().act == "noted holiday"


def test_an_added_day_closes_and_a_removed_one_opens_the_day():
    country = Country.objects.get(code="AZ")
    wednesday, tuesday = date(2026, 11, 25), date(2026, 1, 20)

    note_holiday(country, on=wednesday, kind="added", name="Snow", reason="Roads closed", by=None)
    note_holiday(country, on=tuesday, kind="removed", reason="Invented for a test", by=None)

    assert [is_working_day("AZ", wednesday), is_working_day("AZ", tuesday)] == [False, True]
    assert next_working_day("AZ", wednesday) == date(2026, 11, 26)
    assert on(wednesday).name == "Snow"


def test_a_note_for_one_edition_beats_the_countrys_and_is_unknown_elsewhere():
    country, day = Country.objects.get(code="AZ"), date(2026, 11, 25)
    note_holiday(country, on=day, kind="added", name="Snow", reason="Roads closed", by=None)
    note_holiday(country, on=day, kind="removed", reason="Held indoors", scope="TVP/AZ-1", by=None)

    assert is_working_day("AZ", day, "TVP/AZ-1") is True
    assert is_working_day("AZ", day) is is_working_day("AZ", day, "TVP/AZ-2") is False


def test_a_second_note_takes_the_place_of_the_first_and_both_are_recorded():
    country, day = Country.objects.get(code="AZ"), date(2026, 11, 25)
    note_holiday(country, on=day, kind="added", name="Snow", reason="Roads closed", by=None)
    note_holiday(country, on=day, kind="removed", reason="The thaw came", by=None)

    assert [note.kind for note in HolidayNote.objects.all()] == ["removed"]
    assert Record.objects.last().before == {
        "kind": "added",
        "name": "Snow",
        "reason": "Roads closed",
    }


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"kind": "added", "name": "Snow", "reason": " "}, HolidayNeedsReason),
        ({"kind": "added", "name": " ", "reason": "Roads closed"}, HolidayNeedsName),
        ({"kind": "confirmed", "reason": "Heard so"}, NotAHoliday),
        ({"kind": "removed", "reason": "Heard so"}, NotAHoliday),
        ({"kind": "moved", "reason": "Heard so"}, ValueError),
    ],
)
def test_a_refused_note_changes_nothing(said, refusal):
    records = Record.objects.count()

    with pytest.raises(refusal):
        note_holiday(Country.objects.get(code="AZ"), on=date(2026, 11, 25), by=None, **said)

    assert not HolidayNote.objects.exists()
    assert Record.objects.count() == records


def test_a_calendar_reads_four_times_and_then_answers_for_a_year(django_assert_num_queries):
    with django_assert_num_queries(4):
        calendar = calendar_of("AZ", language="en")
        closed = calendar.closed_days(*YEAR)

    assert closed[date(2026, 1, 20)] == "Martyrs' Day"
    assert closed[date(2026, 1, 24)] == "Saturday, not a working day"
    assert date(2026, 1, 21) not in closed


def test_working_days_skip_the_friday_weekend_of_egypt():
    calendar = calendar_of("EG", language="en")

    days = calendar.working_days(date(2026, 11, 26), 3)  # a Thursday

    assert days == (date(2026, 11, 26), date(2026, 11, 29), date(2026, 11, 30))


def test_working_days_and_closed_days_share_out_every_day():
    calendar = calendar_of("BN", language="en")
    days = calendar.working_days(YEAR[0], 100)

    assert not set(days) & set(calendar.closed_days(YEAR[0], days[-1]))
    assert len(days) + len(calendar.closed_days(YEAR[0], days[-1])) == (days[-1] - YEAR[0]).days + 1


def test_a_friday_in_the_emirates_is_half_a_day_and_still_worked():
    calendar = calendar_of("AE", language="en")

    assert calendar.half_days(date(2026, 11, 23), date(2026, 11, 29)) == (date(2026, 11, 27),)
    assert calendar.is_working_day(date(2026, 11, 27)) is True


def test_asking_for_no_days_is_a_mistake():
    with pytest.raises(ValueError, match="got 0"):
        calendar_of("AZ").working_days(YEAR[0], 0)


@pytest.mark.parametrize(
    ("country", "day", "language", "name"),
    [
        ("NG", date(2026, 12, 28), "en", "Boxing Day"),
        ("KZ", date(2027, 1, 4), "en", "New Year's Day"),
        ("AZ", date(2024, 3, 25), "az", "Novruz bayramı"),
        ("EG", date(2024, 7, 25), "ar", "عيد ثورة ٢٣ يوليو"),
        ("BN", date(2027, 1, 2), "en", "New Year's Day"),
    ],
)
def test_a_day_off_in_place_of_a_feast_is_observed_and_its_name_is_plain(
    country, day, language, name
):
    found = on(day, country, language)

    assert (found.name, found.observed, found.instead_of) == (name, True, None)


def test_a_day_off_that_a_decree_moved_says_from_where():
    moved = on(date(2024, 5, 8), "KZ")

    assert (moved.name, moved.observed, moved.instead_of) == ("Day off", True, date(2024, 5, 4))
    assert calendar_of("KZ").worked_instead(date(2024, 1, 1), date(2024, 12, 31)) == (
        date(2024, 5, 4),
    )


def test_a_feasts_own_day_is_not_observed_even_where_another_falls_on_it():
    assert on(date(2027, 1, 1), "KZ").observed is False
    assert on(date(2027, 5, 17), "SN", "fr").observed is False  # Whit Monday in its own right


def test_an_observed_day_of_a_moons_feast_is_estimated_too():
    found = on(date(2027, 8, 16), "NG")

    assert (found.name, found.estimated, found.observed) == ("Id el Maulud", True, True)


def test_an_observed_day_that_is_confirmed_stays_observed():
    note_holiday(
        Country.objects.get(code="NG"), on=date(2027, 8, 16), kind="confirmed",
        reason="Ministry of the Interior", by=None,
    )  # fmt: skip

    found = on(date(2027, 8, 16), "NG")

    assert (found.confirmed, found.estimated, found.observed) == (True, False, True)
