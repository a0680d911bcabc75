"""The week of each country of the programme with its source, and weeks that people set."""

from datetime import date

import pytest
from babel import Locale

from karvan.foundation.places.errors import (
    CountryWide,
    OverlappingDates,
    SourceMissing,
    WrongValidity,
    WrongWeek,
)
from karvan.foundation.places.models import Country, WorkingWeek
from karvan.foundation.places.public_holidays import library_weekend
from karvan.foundation.places.queries import calendar_of, is_working_day, working_week
from karvan.foundation.places.services import (
    load_places,
    remove_working_week,
    set_working_week,
)
from karvan.foundation.places.tables import rows
from karvan.foundation.records.models import Record

pytestmark = pytest.mark.django_db

MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY = {1, 2, 3, 4, 5}, {7, 1, 2, 3, 4}
HERE = "TVP/KZ-2027"


@pytest.fixture(autouse=True)
def places():
    load_places(by=None)


@pytest.fixture
def kazakhstan():
    return Country.objects.get(code="KZ")


def rest(week):
    return set(range(1, 8)) - set(week.workdays)


def cldr_weekend(code):
    locale = Locale.parse(f"und_{code}")
    return {locale.weekend_start + 1, locale.weekend_end + 1}


@pytest.mark.parametrize(
    ("code", "workdays", "source", "differing"),
    [
        ("AZ", MONDAY_TO_FRIDAY, "Law 618-IQ of 1 February 1999", set()),
        ("KZ", MONDAY_TO_FRIDAY, "Labour Code of Kazakhstan, article 85", set()),
        ("KG", MONDAY_TO_FRIDAY, "Government decree 868 of 23 December 2015", set()),
        ("PK", MONDAY_TO_FRIDAY, "Establishment Division, notification of 8 June 2022", set()),
        ("NG", MONDAY_TO_FRIDAY, "Head of the Civil Service", set()),
        ("UZ", MONDAY_TO_FRIDAY, "Labour Code of Uzbekistan, article 208", set()),
        ("MA", MONDAY_TO_FRIDAY, "Decree 2-05-916 of 20 July 2005", set()),
        ("SN", MONDAY_TO_FRIDAY, "Decree 96-677 of 7 August 1996", set()),
        ("EG", SUNDAY_TO_THURSDAY, "El Fagr, November 2018", set()),
        ("JO", SUNDAY_TO_THURSDAY, "Petra, 25 December 1999", set()),
        ("BN", {6, 1, 2, 3, 4}, "Prime Minister's Office", {"cldr"}),
        ("AE", MONDAY_TO_FRIDAY, "UAE Government Media Office (WAM), 7 December 2021", set()),
    ],
)
def test_the_week_of_each_country_has_its_source_and_others_agree_or_are_named(
    code, workdays, source, differing
):
    week = working_week(code, date(2026, 12, 19))

    assert set(week.workdays) == workdays
    assert source in week.source and not week.source.startswith("Karvan")
    others = {"cldr": cldr_weekend(code), "holidays": set(library_weekend(code))}
    assert {name for name, days in others.items() if days != rest(week)} == differing


def test_bruneis_friday_and_sunday_are_known_to_one_library_and_not_to_the_other():
    week = working_week("BN", date(2026, 12, 19))

    assert rest(week) == set(library_weekend("BN")) == {5, 7}
    assert cldr_weekend("BN") == {6, 7}
    assert "not next to each other" in week.note


def test_the_cross_check_columns_say_what_the_libraries_say_today():
    present = [row for row in rows("working_weeks.csv") if not row["valid_to"]]

    assert len(present) == 57
    for row in present:
        assert set(map(int, row["rest_cldr"].split())) == cldr_weekend(row["code"]), row["code"]
        assert set(map(int, row["rest_holidays"].split())) == library_weekend(row["code"])


def test_pakistan_worked_six_days_for_eight_weeks_of_2022():
    saturday = date(2022, 5, 14)

    assert is_working_day("PK", saturday) is True
    assert [is_working_day("PK", date(2022, 4, 9)), is_working_day("PK", date(2022, 6, 11))] == [
        False, False,
    ]  # fmt: skip
    assert working_week("PK", saturday).half_days == [5]


def test_an_editions_own_week_goes_before_the_countrys_and_is_nobody_elses(kazakhstan):
    set_working_week(
        kazakhstan, workdays=[6, 1, 2, 3, 4, 5], half_days=[6], source="Letter of the host",
        scope=HERE, by=None,
    )  # fmt: skip
    saturday = date(2027, 3, 6)

    assert is_working_day("KZ", saturday, HERE) is True
    assert is_working_day("KZ", saturday, f"{HERE}/BC3") is True
    assert is_working_day("KZ", saturday) is is_working_day("KZ", saturday, "TVP/KZ-2028") is False
    assert calendar_of("KZ", scope=HERE).half_days(saturday, saturday) == (saturday,)


def test_setting_a_week_is_recorded_with_its_source(kazakhstan):
    set_working_week(kazakhstan, workdays=[1, 2, 3, 4], source="Trial", scope=HERE, by=None)

    told = Record.objects.last()

    assert (told.act, told.scope, told.reason) == ("set working week", HERE, "Trial")
    assert told.after["workdays"] == [1, 2, 3, 4]


def test_a_week_that_begins_later_closes_the_one_before(kazakhstan):
    change = date(2027, 7, 1)

    set_working_week(
        kazakhstan, workdays=[1, 2, 3, 4], valid_from=change, source="New labour code", by=None
    )

    assert working_week("KZ", date(2027, 6, 30)).workdays == [1, 2, 3, 4, 5]
    assert working_week("KZ", change).workdays == [1, 2, 3, 4]
    assert WorkingWeek.objects.get(country=kazakhstan, valid_from=None).valid_to == date(
        2027, 6, 30
    )


def test_a_week_that_begins_on_the_same_day_takes_the_place_of_the_first(kazakhstan):
    set_working_week(kazakhstan, workdays=[1, 2], source="Mistyped", scope=HERE, by=None)
    set_working_week(kazakhstan, workdays=[1, 2, 3], source="Corrected", scope=HERE, by=None)

    assert [one.workdays for one in WorkingWeek.objects.filter(scope=HERE)] == [[1, 2, 3]]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"workdays": []}, WrongWeek),
        ({"workdays": [1, 8]}, WrongWeek),
        ({"workdays": [1, 2], "half_days": [5]}, WrongWeek),
        ({"source": " "}, SourceMissing),
        ({"valid_from": date(2027, 2, 1), "valid_to": date(2027, 1, 1)}, WrongValidity),
        ({"valid_from": date(2027, 1, 1), "valid_to": date(2027, 2, 1)}, OverlappingDates),
    ],
)
def test_a_refused_week_changes_nothing(kazakhstan, said, refusal):
    before = list(WorkingWeek.objects.order_by("pk").values())
    records = Record.objects.count()

    with pytest.raises(refusal):
        set_working_week(
            kazakhstan, **{"workdays": [1, 2, 3], "source": "A letter", **said}, by=None
        )

    assert list(WorkingWeek.objects.order_by("pk").values()) == before
    assert Record.objects.count() == records


def test_a_week_may_not_swallow_one_that_begins_later(kazakhstan):
    set_working_week(
        kazakhstan, workdays=[1, 2, 3], valid_from=date(2027, 7, 1), source="Code", scope=HERE,
        by=None,
    )  # fmt: skip

    with pytest.raises(OverlappingDates, match="1 July 2027"):
        set_working_week(
            kazakhstan, workdays=[1, 2], valid_from=date(2027, 5, 1), source="Letter", scope=HERE,
            by=None,
        )  # fmt: skip


def test_taking_an_editions_week_away_brings_the_countrys_back(kazakhstan):
    own = set_working_week(kazakhstan, workdays=[1, 2, 3, 4], source="Trial", scope=HERE, by=None)

    remove_working_week(own, reason="The trial is over", by=None)

    assert working_week("KZ", date(2027, 3, 5), HERE).workdays == [1, 2, 3, 4, 5]
    assert Record.objects.last().act == "removed working week"


def test_the_week_of_a_whole_country_is_not_taken_away(kazakhstan):
    with pytest.raises(CountryWide):
        remove_working_week(working_week("KZ", date(2027, 1, 1)), reason="Wrong", by=None)

    assert WorkingWeek.objects.filter(country=kazakhstan, scope="").exists()


def test_a_load_leaves_an_editions_week_and_a_corrected_one_alone(kazakhstan):
    set_working_week(kazakhstan, workdays=[1, 2, 3, 4], source="Trial", scope=HERE, by=None)
    egypt = Country.objects.get(code="EG")
    set_working_week(egypt, workdays=[7, 1, 2, 3], source="Decree", by=None)

    again = load_places(by=None)

    assert again.left_alone == ("EG",)
    assert WorkingWeek.objects.filter(scope=HERE).count() == 1
    assert working_week("EG", date(2027, 1, 3)).workdays == [1, 2, 3, 7]


def test_a_load_brings_an_untouched_week_of_an_older_table_up_to_date():
    WorkingWeek.objects.filter(country_id="MA").update(
        source="Karvan country table, November 2026", note=""
    )

    again = load_places(by=None)

    assert (again.weeks, again.left_alone) == (("MA",), ())
    assert "Decree 2-05-916" in working_week("MA", date(2026, 12, 19)).source
