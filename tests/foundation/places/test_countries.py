"""The country table: what is loaded, what a second load leaves alone, weeks by date."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from karvan.foundation.places.errors import NoWorkingWeek
from karvan.foundation.places.models import Country, WorkingWeek
from karvan.foundation.places.queries import (
    Disagreement,
    check_weeks_against_library,
    first_day_of_week,
    working_week,
)
from karvan.foundation.places.services import load_places
from karvan.foundation.records.models import Record

pytestmark = pytest.mark.django_db

MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY = [1, 2, 3, 4, 5], [7, 1, 2, 3, 4]


def test_all_57_states_are_loaded_with_names_zone_and_currency():
    loaded = load_places(by=None)

    countries = list(Country.objects.all())
    assert len(countries) == len(loaded.added) == 57
    assert {c.region for c in countries} == {"Arab", "African", "Asian"}
    for country in countries:
        assert set(country.names) == {"en", "fr", "ar", "az"} and all(country.names.values())
        assert ZoneInfo(country.time_zone).key == country.time_zone
        assert country.currency in Locale("en").currencies
        assert country.official_languages
        assert country.working_weeks.exists()


def test_second_load_changes_and_records_nothing():
    load_places(by=None)
    records = Record.objects.count()

    again = load_places(by=None)

    assert (again.added, again.changed, again.weeks, again.left_alone) == ((), (), (), ())
    assert Record.objects.count() == records


def test_a_load_brings_back_a_changed_name_and_records_what_it_was():
    load_places(by=None)
    Country.objects.filter(code="KG").update(time_zone="Asia/Almaty")

    again = load_places(by=None)

    assert again.changed == ("KG",)
    assert Record.objects.last().before == {"time_zone": "Asia/Almaty"}
    assert Country.objects.get(code="KG").time_zone == "Asia/Bishkek"


def test_a_week_that_a_person_corrected_is_left_alone():
    load_places(by=None)
    WorkingWeek.objects.filter(country_id="DJ").update(
        workdays=SUNDAY_TO_THURSDAY, source="Focal point, letter of 3 November 2026"
    )

    again = load_places(by=None)

    assert again.left_alone == ("DJ",)
    assert WorkingWeek.objects.get(country_id="DJ").workdays == SUNDAY_TO_THURSDAY


@pytest.mark.parametrize(
    ("code", "workdays"),
    [
        ("AZ", MONDAY_TO_FRIDAY),
        ("KZ", MONDAY_TO_FRIDAY),
        ("KG", MONDAY_TO_FRIDAY),
        ("PK", MONDAY_TO_FRIDAY),
        ("NG", MONDAY_TO_FRIDAY),
        ("UZ", MONDAY_TO_FRIDAY),
        ("MA", MONDAY_TO_FRIDAY),
        ("SN", MONDAY_TO_FRIDAY),
        ("EG", SUNDAY_TO_THURSDAY),
        ("JO", SUNDAY_TO_THURSDAY),
        ("BN", [6, 1, 2, 3, 4]),
    ],
)
def test_the_week_of_each_country_of_the_programme(code, workdays):
    load_places(by=None)

    assert working_week(code, date(2026, 12, 19)).workdays == workdays


def test_the_emirates_changed_their_week_with_the_year_2022():
    load_places(by=None)

    before = working_week("AE", date(2021, 12, 31))
    after = working_week("AE", date(2022, 1, 1))

    assert (before.workdays, before.half_days) == (SUNDAY_TO_THURSDAY, [])
    assert (after.workdays, after.half_days) == (MONDAY_TO_FRIDAY, [5])


def test_a_date_without_a_week_is_said_and_not_guessed():
    load_places(by=None)
    WorkingWeek.objects.filter(country_id="EG").update(valid_from=date(2020, 1, 1))

    with pytest.raises(NoWorkingWeek, match="Egypt on 31 December 2019"):
        working_week("EG", date(2019, 12, 31))


def test_the_known_disagreements_with_the_library_are_exactly_these():
    load_places(by=None)

    found = {
        one.country: (one.ours, one.library)
        for one in check_weeks_against_library(date(2026, 11, 24))
    }

    assert found == {
        "AF": ((5,), (5, 6)),
        "DJ": ((5,), (5, 6)),
        "LY": ((5, 6), (6, 7)),
        "MR": ((6, 7), (5, 6)),
        "NE": ((6, 7), (7,)),
        "PS": ((5, 6), (6, 7)),
        "SO": ((5,), (6, 7)),
    }


def test_a_new_disagreement_shows_with_our_note():
    load_places(by=None)
    WorkingWeek.objects.filter(country_id="AZ").update(
        workdays=[1, 2, 3, 4, 5, 6], note="Six days."
    )

    assert Disagreement("AZ", (7,), (6, 7), "Six days.") in check_weeks_against_library()


def test_first_day_of_week_is_for_layout_and_differs_by_country():
    assert [first_day_of_week(code) for code in ("AZ", "MA", "SN", "EG", "SA", "MV")] == [
        1, 1, 1, 6, 7, 5,
    ]  # fmt: skip
