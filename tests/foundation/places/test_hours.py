"""Usual hours, hours in Ramadan, half days, and what is not on record."""

from datetime import date, time

import pytest

from karvan.foundation.places.errors import CountryWide, SourceMissing, WrongHours
from karvan.foundation.places.hours import working_hours
from karvan.foundation.places.models import Country, WorkingHours
from karvan.foundation.places.queries import calendar_of
from karvan.foundation.places.services import (
    load_places,
    remove_working_hours,
    set_working_hours,
)
from karvan.foundation.records.models import Record

pytestmark = pytest.mark.django_db

HERE = "TVP/MA-2027"
USUAL_DAY, RAMADAN_DAY = date(2027, 1, 21), date(2027, 2, 18)  # two Thursdays


@pytest.fixture(autouse=True)
def places():
    load_places(by=None)


def hours(code, on, scope=""):
    return working_hours(calendar_of(code, language="en", scope=scope), on)


def test_morocco_works_shorter_hours_in_ramadan_each_with_its_source():
    usual, ramadan = hours("MA", USUAL_DAY), hours("MA", RAMADAN_DAY)

    assert (usual.starts, usual.ends, usual.in_ramadan) == (time(8, 30), time(16, 30), False)
    assert (ramadan.starts, ramadan.ends, ramadan.in_ramadan) == (time(9), time(15), True)
    assert "Decree 2-05-916" in usual.source and "10 February 2026" in ramadan.source
    assert "to be confirmed" in ramadan.note


def test_a_friday_in_the_emirates_ends_at_noon_in_ramadan_too():
    usual, ramadan = hours("AE", date(2027, 1, 15)), hours("AE", date(2027, 2, 19))

    assert (usual.ends, usual.is_half_day) == (time(12), True)
    assert (ramadan.starts, ramadan.ends, ramadan.is_half_day) == (time(9), time(12), True)


def test_unknown_hours_stay_unknown_and_say_what_is_missing():
    usual, ramadan = hours("KZ", USUAL_DAY), hours("NG", RAMADAN_DAY)

    assert (usual.starts, usual.missing) == (None, "The usual hours are not on record.")
    assert (ramadan.starts, ramadan.ends) == (None, None)
    assert ramadan.missing == "The hours in Ramadan are not on record."


def test_jordans_hours_in_ramadan_are_those_of_the_year():
    assert hours("JO", date(2024, 3, 20)).starts == time(10)
    assert hours("JO", date(2027, 2, 17)).ends == time(14, 30)


def test_a_day_off_has_no_hours_and_says_why():
    found = hours("MA", date(2027, 1, 16))

    assert (found.starts, found.closed) == (None, "Saturday, not a working day")


def test_an_editions_own_hours_go_first_and_come_back_when_taken_away():
    morocco = Country.objects.get(code="MA")
    own = set_working_hours(
        morocco, kind="ramadan", starts=time(10), ends=time(14), source="Letter of the host",
        scope=HERE, by=None,
    )  # fmt: skip

    assert hours("MA", RAMADAN_DAY, HERE).starts == time(10)
    assert hours("MA", RAMADAN_DAY).starts == time(9)
    assert Record.objects.last().scope == HERE

    remove_working_hours(own, reason="The host works as others do", by=None)
    assert hours("MA", RAMADAN_DAY, HERE).starts == time(9)


def test_a_half_day_without_an_end_on_record_says_so():
    emirates = Country.objects.get(code="AE")
    set_working_hours(
        emirates, kind="usual", starts=time(8), ends=time(16), source="Letter", scope=HERE, by=None
    )

    found = hours("AE", date(2027, 1, 15), HERE)

    assert (found.starts, found.ends) == (time(8), None)
    assert found.missing == "When a half day ends is not on record."


def test_new_hours_close_those_before_and_leave_the_other_kind_alone():
    morocco = Country.objects.get(code="MA")

    set_working_hours(
        morocco, kind="usual", starts=time(8), ends=time(16), valid_from=date(2027, 6, 1),
        source="Decree", by=None,
    )  # fmt: skip

    assert hours("MA", date(2027, 5, 31)).starts == time(8, 30)
    assert hours("MA", date(2027, 6, 1)).starts == time(8)
    assert hours("MA", RAMADAN_DAY).starts == time(9)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"ends": time(8)}, WrongHours),
        ({"half_day_ends": time(7)}, WrongHours),
        ({"half_day_ends": time(18)}, WrongHours),
        ({"source": ""}, SourceMissing),
        ({"kind": "summer"}, ValueError),
    ],
)
def test_refused_hours_change_nothing(said, refusal):
    before = list(WorkingHours.objects.order_by("pk").values())
    records = Record.objects.count()
    typed = {"kind": "usual", "starts": time(9), "ends": time(17), "source": "Letter", **said}

    with pytest.raises(refusal):
        set_working_hours(Country.objects.get(code="KZ"), **typed, by=None)

    assert list(WorkingHours.objects.order_by("pk").values()) == before
    assert Record.objects.count() == records


def test_the_hours_of_a_whole_country_are_not_taken_away():
    with pytest.raises(CountryWide):
        remove_working_hours(WorkingHours.objects.filter(scope="")[0], reason="Wrong", by=None)

    assert not load_places(by=None).hours


def test_a_load_leaves_corrected_hours_alone():
    WorkingHours.objects.filter(country_id="SN").update(ends=time(16), source="Letter")

    again = load_places(by=None)

    assert (again.hours, again.left_alone) == ((), ("SN",))
