"""The calendar's screen: every way to correct it, by whom and with which reason."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from karvan.foundation.places.models import (
    ClosedPeriod,
    Country,
    HolidayNote,
    WorkingHours,
    WorkingWeek,
)
from karvan.foundation.places.queries import is_working_day
from karvan.foundation.places.services import load_places, set_working_hours, set_working_week
from karvan.foundation.records.models import Record
from karvan.stages.editions.models import Venue
from tests import make

from .adopted import adopt
from .calendars import address, coordinate, edition_in, week

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    load_places(by=None)


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


def test_a_country_without_a_week_says_what_is_missing_and_takes_it_right_there(client, officer):
    edition = edition_in("KZ")
    WorkingWeek.objects.filter(country_id="KZ").delete()

    page = client.get(address("calendar", edition), {"start": "2027-03"})
    assert "No working week is known for Kazakhstan on 1 March 2027" in page.text
    assert "no dates are proposed" in page.text
    assert address("set_week", edition) in page.text

    client.post(address("set_week", edition), week(whole_country="on"))
    assert WorkingWeek.objects.get(country_id="KZ").scope == ""
    again = client.get(address("calendar", edition), {"start": "2027-03"})
    assert again.context["sheet"].missing == ""


def test_a_coordinators_week_is_the_editions_whatever_is_posted(client):
    edition = edition_in("KZ")
    coordinate(client, edition)
    saturday = date(2027, 3, 6)

    answer = client.post(
        address("set_week", edition), week(whole_country="on", valid_from="2027-03-01")
    )

    assert answer["Location"] == f"{address('calendar', edition)}?start=2027-03"
    assert WorkingWeek.objects.get(source="Letter of the host, 3 March").scope == edition.scope
    assert is_working_day("KZ", saturday, edition.scope) is True
    assert is_working_day("KZ", saturday) is False
    assert Record.objects.last().act == "set working week"


def test_staff_choose_between_the_edition_and_the_whole_country(client, officer):
    edition = edition_in("KZ")

    client.post(address("set_week", edition), week())
    assert WorkingWeek.objects.get(source="Letter of the host, 3 March").scope == edition.scope

    client.post(address("set_week", edition), week(whole_country="on", source="New code"))
    assert WorkingWeek.objects.get(source="New code").scope == ""


def test_an_officer_of_one_programme_does_not_speak_for_the_country(client):
    edition = edition_in("KZ")
    client.force_login(make.role("officer", edition.scope.split("/")[0]))

    client.post(address("set_week", edition), week(whole_country="on"))

    assert WorkingWeek.objects.get(source="Letter of the host, 3 March").scope == edition.scope


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"workdays": []}, "This field is required"),
        ({"half_days": [7]}, "A half day is a working day too"),
        ({"source": ""}, "This field is required"),
        ({"valid_from": "2027-05-01", "valid_to": "2027-04-01"}, "must begin to hold before"),
    ],
)
def test_a_refused_week_stays_as_typed_and_changes_nothing(client, officer, typed, said):
    edition = edition_in("KZ")
    before = WorkingWeek.objects.count()

    answer = client.post(address("set_week", edition), week(note="As agreed", **typed))

    assert answer.status_code == 422
    assert said in answer.text and 'value="As agreed"' in answer.text
    assert WorkingWeek.objects.count() == before


def test_an_editions_own_week_is_taken_away_with_a_reason(client):
    edition = edition_in("KZ")
    coordinate(client, edition)
    own = set_working_week(
        edition.country, workdays=[1, 2], source="Trial", scope=edition.scope, by=None
    )

    refused = client.post(address("remove_week", edition, own.pk), {"reason": " "})
    assert refused.status_code == 422
    assert WorkingWeek.objects.filter(pk=own.pk).exists()

    client.post(address("remove_week", edition, own.pk), {"reason": "The trial is over"})
    assert not WorkingWeek.objects.filter(pk=own.pk).exists()
    assert "The trial is over" in client.get(address("calendar", edition)).text


def test_the_countrys_week_is_not_reached_by_its_number(client, officer):
    edition = edition_in("KZ")
    countrys = WorkingWeek.objects.get(country_id="KZ")

    answer = client.post(address("remove_week", edition, countrys.pk), {"reason": "Wrong"})

    assert answer.status_code == 404
    assert WorkingWeek.objects.filter(pk=countrys.pk).exists()


def test_unknown_hours_say_so_and_can_be_said(client):
    edition = edition_in("KZ")
    coordinate(client, edition)
    assert client.get(address("calendar", edition)).text.count("not on record") == 2

    client.post(
        address("set_hours", edition),
        {"kind": "ramadan", "starts": "10:00", "ends": "15:00", "source": "The host's order"},
    )

    page = client.get(address("calendar", edition)).text
    assert page.count("not on record") == 1
    assert "10:00 to 15:00" in page and "The host&#x27;s order" in page


def test_hours_typed_backwards_are_refused_and_own_hours_can_go(client):
    edition = edition_in("KZ")
    coordinate(client, edition)

    answer = client.post(
        address("set_hours", edition),
        {"kind": "usual", "starts": "17:00", "ends": "09:00", "source": "Order"},
    )
    assert answer.status_code == 422
    assert "The day must begin before it ends" in answer.text
    assert not WorkingHours.objects.filter(country_id="KZ").exists()

    own = set_working_hours(
        edition.country, kind="usual", starts=time(9), ends=time(17), source="Order",
        scope=edition.scope, by=None,
    )  # fmt: skip
    client.post(address("remove_hours", edition, own.pk), {"reason": "As everywhere"})
    assert not WorkingHours.objects.filter(pk=own.pk).exists()


def test_an_estimated_feast_is_confirmed_from_its_row(client):
    edition = edition_in("MA")
    coordinate(client, edition)
    shown = client.get(address("calendar", edition), {"start": "2027-05", "on": "2027-05-17"})
    assert 'value="2027-05-17"' in shown.text

    client.post(
        address("note_holiday", edition),
        {"on": "2027-05-17", "kind": "confirmed", "reason": "Communiqué of the ministry"},
    )

    note = HolidayNote.objects.get()
    assert (note.scope, note.kind) == (edition.scope, "confirmed")
    page = client.get(address("calendar", edition), {"start": "2027-05"})
    (found,) = [one for one in page.context["sheet"].holidays if one.on == date(2027, 5, 17)]
    assert (found.confirmed, found.estimated) == (True, False)


def test_a_day_that_is_no_holiday_is_not_taken_away(client, officer):
    edition = edition_in("MA")

    answer = client.post(
        address("note_holiday", edition),
        {"on": "2027-05-05", "kind": "removed", "reason": "Heard so"},
    )

    assert answer.status_code == 422
    assert "is not a known holiday" in answer.text and 'value="Heard so"' in answer.text
    assert not HolidayNote.objects.exists()


def test_examinations_are_entered_kept_clear_by_proposals_and_taken_away(client):
    edition = adopt(country=Country.objects.get(code="AZ"), code="AZ-2027")
    coordinate(client, edition)
    typed = {
        "kind": "exams", "name": "Summer examinations", "starts_on": "2027-05-31",
        "ends_on": "2027-06-25", "reason": "Academic calendar",
    }  # fmt: skip

    client.post(address("add_period", edition), typed)
    dates = client.get(address("dates", edition), {"earliest": "2027-06-01"})
    assert "Summer examinations is kept free: 31 May 2027 to 25 June 2027." in dates.text

    period = ClosedPeriod.objects.get()
    page = client.get(address("calendar", edition), {"start": "2027-05"}).text
    assert "Summer examinations" in page and address("remove_period", edition, period.pk) in page
    client.post(address("remove_period", edition, period.pk), {"reason": "Moved"})
    assert not ClosedPeriod.objects.exists()


def test_the_countrys_examinations_are_not_a_coordinators_to_take_away(client):
    edition = edition_in("AZ")
    coordinate(client, edition)
    period = ClosedPeriod.objects.create(
        country_id="AZ", kind="exams", name="State examinations", reason="Order",
        starts_on=date(2027, 6, 1), ends_on=date(2027, 6, 9),
    )  # fmt: skip

    answer = client.post(address("remove_period", edition, period.pk), {"reason": "No"})

    assert answer.status_code == 404
    page = client.get(address("calendar", edition), {"start": "2027-06"}).text
    assert "State examinations" in page and "/periods/" not in page.replace(
        address("add_period", edition), ""
    )


def test_a_venue_without_its_place_is_located_on_the_spot(client):
    edition = edition_in("KZ")
    coordinate(client, edition)
    venue = make.venue(country=edition.country)
    venue.editions.add(edition)
    assert "no venue of this edition has them" in client.get(address("calendar", edition)).text

    wrong = client.post(
        address("locate_venue", edition, venue.pk), {"latitude": "143", "longitude": "76.9"}
    )
    assert wrong.status_code == 422 and 'value="143"' in wrong.text

    client.post(
        address("locate_venue", edition, venue.pk), {"latitude": "43.238", "longitude": "76.889"}
    )
    venue.refresh_from_db()
    assert (venue.latitude, venue.longitude) == (Decimal("43.23800"), Decimal("76.88900"))
    assert Record.objects.last().act == "venue located"


def test_a_new_venue_takes_both_coordinates_or_neither(client, officer):
    edition = edition_in("KZ")
    typed = {"names_en": "School", "city": "Almaty", "latitude": "43.238"}

    half = client.post(address("add_venue", edition), typed)
    assert half.status_code == 422
    assert "both latitude and longitude" in half.text
    assert not Venue.objects.exists()

    client.post(address("add_venue", edition), {**typed, "longitude": "76.889"})
    assert Venue.objects.get().longitude == Decimal("76.88900")
