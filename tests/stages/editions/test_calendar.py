"""The calendar's screen: what it shows of a country."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from karvan.foundation.places.models import (
    ClosedPeriod,
    Country,
    WorkingWeek,
)
from karvan.foundation.places.services import load_places
from tests import make

from .adopted import adopt
from .calendars import RAMADAN, address, edition_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    load_places(by=None)


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


def test_a_quarter_shows_months_in_the_countrys_own_week(client, officer):
    page = client.get(address("calendar", edition_in("EG")), RAMADAN)

    sheet = page.context["sheet"]
    assert [month.title for month in sheet.months] == [
        "February 2027", "March 2027", "April 2027",
    ]  # fmt: skip
    assert [whole for _short, whole in sheet.heads][:2] == ["Saturday", "Sunday"]
    first_week = sheet.months[0].weeks[0]
    assert [day and day.on.day for day in first_week] == [None, None, 1, 2, 3, 4, 5]
    assert [day.is_rest for day in first_week if day] == [False, False, False, False, True]


def test_a_year_can_be_shown_and_nonsense_shows_the_usual(client, officer):
    edition = edition_in("AZ")

    year = client.get(address("calendar", edition), {"start": "2027-01", "months": "12"})
    wild = client.get(address("calendar", edition), {"start": "9999-99", "months": "x"})

    assert len(year.context["sheet"].months) == 12
    assert (wild.status_code, len(wild.context["sheet"].months)) == (200, 3)


def test_the_months_begin_with_the_next_activity(client, officer):
    edition = edition_in("AZ")
    make.activity(of=edition, planned_starts_on=date(2040, 5, 14))

    sheet = client.get(address("calendar", edition)).context["sheet"]

    assert sheet.first == date(2040, 5, 1)
    assert [mark.kind for mark in sheet.months[0].said if mark.kind == "activity"] == ["activity"]


def test_everything_on_a_day_is_said_in_words_not_only_drawn(client, officer):
    page = client.get(address("calendar", edition_in("MA")), RAMADAN).text

    for words in (
        "Ramadan 1448, calculated",
        "Eid al-Fitr 1448, calculated",
        "Clocks go back 60 minutes at 03:00: UTC+1 becomes UTC+0.",
        "9:00 to 15:00",
        "Decree 2-05-916",
        "estimated",
    ):
        assert words in page, words
    assert re.search(r"Sun 7 Feb: Clocks go back|Sun, 7 Feb: Clocks go back", page)


def test_bruneis_two_days_of_rest_are_apart_and_its_source_is_named(client, officer):
    page = client.get(address("calendar", edition_in("BN")), {"start": "2027-01"})

    days = [day for row in page.context["sheet"].months[0].weeks for day in row if day]
    assert {day.on.isoweekday() for day in days if day.is_rest} == {5, 7}
    assert "Monday, Tuesday, Wednesday, Thursday and Saturday" in page.text
    assert "yearly circular on hours in Ramadan" in page.text
    observed = [one for one in page.context["sheet"].holidays if one.observed]
    assert date(2027, 1, 2) in [one.on for one in observed]


def test_dates_without_a_week_lead_to_the_calendar(client, officer):
    edition = adopt(country=Country.objects.get(code="KZ"), code="KZ-2027")
    WorkingWeek.objects.filter(country_id="KZ").delete()

    page = client.get(address("dates", edition)).text

    assert "No working week is known for Kazakhstan" in page
    assert address("calendar", edition) in page


def test_prayer_times_are_those_of_the_venue_by_its_own_clock(client, officer):
    edition = edition_in("KZ")
    make.venue(
        country=edition.country, latitude=Decimal("43.23800"), longitude=Decimal("76.88900")
    ).editions.add(edition)

    page = client.get(
        address("calendar", edition), {"on": "2027-03-20", "method": "mwl", "asr": "standard"}
    )

    sheet = page.context["sheet"]
    noon = {str(word): at for word, at in sheet.prayers}["Dhuhr"]
    assert sheet.times.dhuhr.utcoffset().total_seconds() == 5 * 3600
    assert noon == "12:01" == f"{sheet.times.dhuhr:%H:%M}"
    assert "to be confirmed by the host" in page.text


def test_the_proposed_method_is_the_countrys_and_another_can_be_chosen(client, officer):
    edition = edition_in("PK")
    make.venue(
        country=edition.country, latitude=Decimal("33.68440"), longitude=Decimal("73.04790")
    ).editions.add(edition)

    usual = client.get(address("calendar", edition)).context["sheet"].times
    other = client.get(address("calendar", edition), {"method": "isna"}).context["sheet"].times
    wrong = client.get(address("calendar", edition), {"method": "guess"}).context["sheet"]

    assert (usual.method, usual.asr_rule) == ("karachi", "hanafi")
    assert (other.method, other.fajr > usual.fajr.replace(year=other.fajr.year)) == ("isna", True)
    assert (wrong.times, list(wrong.prayer_form.errors)) == (None, ["method"])


def test_an_auditor_reads_the_calendar_and_is_offered_no_form(client):
    edition = edition_in("KZ")
    client.force_login(make.role("auditor"))

    page = client.get(address("calendar", edition))

    assert page.status_code == 200
    assert 'method="post" action="/en/editions' not in page.text


def test_the_edition_leads_to_its_calendar(client, officer):
    edition = edition_in("KZ")

    assert address("calendar", edition) in client.get(address("edition", edition)).text


def test_the_page_reads_the_same_however_much_is_entered(
    client, officer, django_assert_num_queries
):
    edition = edition_in("AZ")
    client.get(address("calendar", edition))
    for number in range(3):
        ClosedPeriod.objects.create(
            country_id="AZ", scope=edition.scope, kind="exams", name=f"Period {number}",
            reason="Order", starts_on=date(2027, 6, 1), ends_on=date(2027, 6, 9),
        )  # fmt: skip
        make.activity(f"A{number}", of=edition)
        with django_assert_num_queries(16):
            client.get(address("calendar", edition), {"start": "2027-06"})


def test_the_calendar_reads_in_arabic_with_its_own_weekdays(client, officer):
    page = client.get(address("calendar", edition_in("MA")).replace("/en/", "/ar/"), RAMADAN)

    assert 'dir="rtl"' in page.text
    assert "فبراير 2027" in page.text or "فبراير ٢٠٢٧" in page.text
    assert page.context["sheet"].heads[0][1] == "الاثنين"
