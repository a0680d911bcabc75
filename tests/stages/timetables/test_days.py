"""What the calendar of a place does to the hours of a day, and how it is said."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from karvan.foundation.places.models import WorkingHours, WorkingWeek
from karvan.stages.timetables.services import build_timetable, say_travel_times
from karvan.stages.timetables.services.days import open_days
from karvan.stages.timetables.services.periods import joined, without
from karvan.stages.timetables.services.translating import problem_of, read_rows
from tests import make

from . import camps

pytestmark = pytest.mark.django_db

FRIDAY = date(2027, 9, 17)


def ready(on: date, country: str = "AZ", minutes: int = 60, **more):
    sessions = [{"id": "D1S1", "day": 1, "minutes": minutes}]
    return camps.ready(sessions, starts_on=on, country=country, **more)


def periods(activity, day: int = 0):
    return problem_of(read_rows(activity), in_order=False).days[day].periods


def test_friday_prayer_is_kept_by_the_sun_at_the_venue():
    activity = ready(FRIDAY)
    venue = activity.edition.venues.get()
    venue.latitude, venue.longitude = Decimal("40.4093"), Decimal("49.8671")
    venue.save()

    assert open_days(activity).prayers == {0: (12 * 60 + 30, 14 * 60 + 30)}  # noon is at 12:35
    venue.longitude = Decimal("45.3656")  # Nakhchivan way, 18 minutes later by the sun
    venue.save()
    assert open_days(activity).prayers == {0: (12 * 60 + 45, 14 * 60 + 45)}
    assert periods(activity) == ((540, 765), (885, 1080))


def test_friday_is_a_day_like_others_where_no_common_prayer_is_kept():
    activity = ready(FRIDAY, country="UG")

    assert open_days(activity).prayers == {}
    assert periods(activity) == ((540, 750), (810, 1080))


def test_prayer_is_named_where_a_session_would_lie_on_it():
    opened = open_days(ready(FRIDAY))

    said = opened.why_shut(0, 13 * 60, 14 * 60)

    assert said == (
        "Friday, 17 September 2027: the Friday prayer is kept free from 12:30 to 14:30."
    )
    assert opened.why_shut(0, 9 * 60, 10 * 60) == ""


def test_days_of_ramadan_have_the_hours_on_record():
    activity = ready(date(2027, 2, 17), country="MA")  # Ramadan 1448, as calculated
    country = activity.edition.country
    WorkingHours.objects.create(
        country=country, kind="ramadan", starts=time(9), ends=time(15), source="tests"
    )

    timetable = build_timetable(activity, by=None)

    assert periods(activity) == ((540, 900),)
    assert "In Ramadan, as calculated, sessions are held from 09:00 to 15:00." in timetable.note


def test_hours_of_ramadan_that_nobody_knows_are_said():
    activity = ready(date(2027, 2, 17), country="MA")

    timetable = build_timetable(activity, by=None)

    assert "The hours in Ramadan are not on record for Morocco" in timetable.note


def test_half_day_ends_as_the_country_says():
    activity = ready(FRIDAY)
    country = activity.edition.country
    WorkingWeek.objects.update(half_days=[5])
    WorkingHours.objects.create(
        country=country,
        kind="usual",
        starts=time(8),
        ends=time(17),
        half_day_ends=time(11, 30),
        source="tests",
    )

    assert periods(activity) == ((540, 690),)


def test_minutes_that_do_not_exist_or_come_twice_are_kept_free_and_said():
    forward = ready(date(2027, 3, 26), minutes=30)
    forward.edition.time_zone = "Asia/Gaza"  # not used by the country, only to have a change
    forward.edition.save()
    backward = ready(date(2027, 10, 30))
    backward.edition.time_zone = "Europe/Berlin"
    backward.edition.save()
    sunday = date(2027, 10, 31)

    opened = open_days(_until(backward, sunday), opened_anyway=[date(2027, 10, 30), sunday])

    (cut,) = opened.cuts[1]
    assert cut[0] == (120, 180)
    assert cut[1].startswith("Clocks go back on Sunday, 31 October 2027")
    assert cut[1] in opened.notes
    assert opened.why_shut(1, 150, 170) == cut[1]


def test_clock_that_goes_forward_leaves_out_an_hour():
    activity = ready(date(2027, 3, 28))
    activity.edition.time_zone = "Europe/Berlin"
    activity.edition.save()

    opened = open_days(activity, opened_anyway=[date(2027, 3, 28)])

    ((span, why),) = opened.cuts[0]
    assert span == (120, 180)
    assert "which do not exist" in why


def test_placed_time_is_the_clock_of_the_place_on_the_day_the_clocks_change():
    sunday = date(2027, 10, 31)
    activity = ready(sunday)
    activity.edition.time_zone = "Europe/Berlin"
    activity.edition.save()

    placement = build_timetable(activity, opened_anyway=[sunday], by=None).placements.get()

    assert placement.starts_at.astimezone(ZoneInfo("Europe/Berlin")).time() >= time(9)
    assert placement.ends_at - placement.starts_at == timedelta(minutes=60)


def test_cities_nobody_measured_are_an_hour_apart_and_that_is_said():
    activity = ready(date(2027, 9, 13))
    other = make.venue(city="Ganja")
    other.editions.add(activity.edition)
    make.room("G1", venue=other)

    before = read_rows(activity)
    say_travel_times(activity.edition, minutes={("Ganja", "Baku"): 240}, by=None)
    after = read_rows(activity)

    assert before.travel == {("Baku", "Ganja"): 60}
    assert "No travel time is on file for Baku–Ganja; 60 minutes were taken." in before.notes
    assert after.travel == {("Baku", "Ganja"): 240}
    assert after.notes == ()


def test_languages_weeks_and_people_in_common_reach_the_engine():
    activity = ready(date(2027, 9, 14))
    trainer = activity.trainers.get()
    trainer.languages, trainer.most_minutes_a_week, trainer.travels = ["fr"], 600, True
    trainer.save()
    one = make.group(activity, code="A", languages=["ar"])
    other = make.group(activity, code="B")
    one.shares_with.add(other)

    problem = problem_of(read_rows(activity), in_order=False)

    assert (problem.trainers[0].languages, problem.trainers[0].max_minutes_per_week) == (
        frozenset({"fr"}),
        600,
    )
    assert problem.trainers[0].travels
    assert problem.groups[0].languages == {"ar"}
    assert problem.groups[1].languages == {"en", "az"}  # those of the edition
    assert problem.groups[1].shares_with == {"A"}
    assert problem.week_offset == 1  # a Tuesday, in a country whose weeks begin on Monday


def test_stretches_are_cut_and_joined():
    assert without(((540, 750), (810, 1080)), [(600, 660), (740, 830)]) == (
        (540, 600),
        (660, 740),
        (830, 1080),
    )
    assert joined([(600, 660), (540, 600), (700, 720)]) == [(540, 660), (700, 720)]


def _until(activity, last):
    activity.planned_ends_on = last
    activity.save()
    return activity
