"""Searches, what happened, languages and travel on screen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from karvan.foundation import clock
from karvan.stages.timetables import tasks
from karvan.stages.timetables.models import Disruption, Search, Trainer, TravelTime
from karvan.stages.timetables.services import (
    build_timetable,
    lay_out_sessions,
    make_groups,
    publish_timetable,
)
from tests import make

from . import camps
from .test_views import address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_september")]

MONDAY = date(2027, 9, 13)


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


@pytest.fixture
def camp():
    sessions = [{"id": f"D{day}S1", "day": day, "minutes": 60} for day in (1, 2)]
    return camps.ready(sessions, head=2, starts_on=MONDAY, ends_on=MONDAY + timedelta(days=2))


def in_force(activity):
    return publish_timetable(build_timetable(activity, by=None), by=None)


def test_trainer_is_noted_ill_and_the_answer_taken_and_published(client, officer, camp):
    version = in_force(camp)
    placement = version.placements.get(session__code="D2S1")
    ill = placement.trainers.get()
    typed = {
        "kind": "trainer_away",
        "trainer": ill.pk,
        "day_from": "2027-09-14",
        "reason": "Broke a leg",
    }

    client.post(address("disruptions", camp), typed)
    page = client.get(address("disruptions", camp))
    search = client.post(address("repair", camp), follow=True)
    one = Search.objects.get()
    client.post(address("search_take", camp, one.pk), {"number": 1})
    client.post(address("publish", camp, 2))

    assert "Broke a leg" in page.text
    assert "D2S1" in page.text
    assert "Take answer 1" in search.text
    assert "People affected" in search.text
    now = camp.timetables.get(state="published")
    assert (now.number, now.made) == (2, "repaired")
    assert ill not in now.placements.get(session__code="D2S1").trainers.all()


def test_what_is_not_said_in_full_is_refused_with_what_was_typed(client, officer, camp):
    trainer = camp.trainers.first()
    typed = {
        "kind": "trainer_away",
        "trainer": trainer.pk,
        "day_from": "2027-09-14",
        "day_to": "2027-09-13",
        "reason": "Visa",
    }

    answer = client.post(address("disruptions", camp), typed)
    nothing = client.post(address("disruptions", camp), {"kind": "day_lost", "reason": "Flood"})

    assert answer.status_code == nothing.status_code == 422
    assert "The last day is before the first." in answer.text
    assert 'value="Visa"' in answer.text
    assert Disruption.objects.count() == 0


def test_what_happened_is_taken_back(client, officer, camp):
    client.post(
        address("disruptions", camp),
        {
            "kind": "day_lost",
            "day_from": "2027-09-14",
            "time_from": "09:00",
            "time_to": "11:00",
            "reason": "Visit of the minister",
        },
    )
    one = Disruption.objects.get()

    client.post(address("take_back", camp, one.pk))

    one.refresh_from_db()
    assert (one.minute_from, one.minute_to) == (540, 660)
    assert one.taken_back_at is not None
    assert "Taken back" in client.get(address("disruptions", camp)).text


def test_repair_without_a_version_is_refused(client, officer, camp):
    page = client.post(address("repair", camp), follow=True)

    assert "There is no version yet" in page.text
    assert Search.objects.count() == 0


def test_large_activity_is_built_by_the_worker_and_the_page_waits(client, officer, camp):
    for number in range(80):
        make.session(camp, code=f"X{number}", day_from=1, day_to=2, minutes=5)

    answer = client.post(address("build", camp), {"seed": 1})

    search = Search.objects.get()
    assert search.state == "asked"
    page = client.get(answer["Location"])
    assert '<meta http-equiv="refresh"' in page.text
    assert "<progress" in page.text
    camp.sessions.filter(code__startswith="X").delete()
    tasks.run_search.call(search.pk)
    done = client.get(answer["Location"])
    assert '<meta http-equiv="refresh"' not in done.text
    assert "Version 1" in done.text


def test_search_that_broke_off_or_is_stuck_can_be_run_again(client, officer, camp):
    search = Search.objects.create(
        activity=camp,
        kind="build",
        state="failed",
        typed={"seed": 1, "work": 12},
        asked_at=clock.now(),
    )
    broken = client.get(address("search", camp, search.pk))
    Search.objects.update(state="running", asked_at=clock.now() - timedelta(hours=1))
    stuck = client.get(address("search", camp, search.pk))

    client.post(address("search_again", camp, search.pk))

    search.refresh_from_db()
    assert "broke off" in broken.text
    assert "Perhaps the worker is not running" in stuck.text
    assert "Run it again" in broken.text
    assert (search.state, search.made.number) == ("done", 1)


def test_reasons_are_read_in_the_readers_language(client, officer, camp):
    in_force(camp)
    for trainer in Trainer.objects.all():
        client.post(
            address("disruptions", camp),
            {"kind": "trainer_away", "trainer": trainer.pk, "reason": "Strike"},
        )

    client.post(address("repair", camp))

    search = Search.objects.get()
    page = client.get(address("search", camp, search.pk))
    assert search.state == "none"
    assert "Why there is no timetable" in page.text
    assert search.reasons[0]["text"]["en"].split(".")[0].split("“")[0] in page.text


def test_version_is_improved_on_screen_or_nothing_is_made(client, officer, camp):
    build_timetable(camp, by=None)

    page = client.post(address("improve", camp, 1), {"seed": 1}, follow=True)

    assert "No cheaper timetable was found" in page.text
    assert "Altogether" in page.text
    assert camp.timetables.count() == 1


def test_edition_without_holidays_on_file_is_built_only_if_somebody_says_so(client, officer):
    country = make.country("ZZ")
    activity = camps.ready(country=country.code, starts_on=MONDAY)

    refused = client.post(address("build", activity), {"seed": 1})
    built = client.post(address("build", activity), {"seed": 1, "without_holidays": "on"})

    assert "No holidays are on file for Country ZZ in 2027" in refused.text
    assert "Build all the same" in refused.text
    assert built.status_code == 302
    assert activity.timetables.count() == 1


def test_trainer_has_languages_a_week_and_comes_from_elsewhere(client, officer, camp):
    trainer = camp.trainers.first()
    typed = {
        "roles": ["HEAD"],
        "most_minutes_a_day": 300,
        "most_minutes_a_week": 900,
        "languages": ["fr", "ar"],
        "travels": "on",
    }

    client.post(address("trainer", camp, trainer.pk), typed)

    trainer.refresh_from_db()
    assert (trainer.most_minutes_a_week, trainer.languages, trainer.travels) == (
        900,
        ["fr", "ar"],
        True,
    )
    assert "checked" in client.get(address("trainer", camp, trainer.pk)).text


def test_group_has_languages_and_shares_people_with_another(client, officer, camp):
    one, other = make_groups(camp, count=2, by=None)
    lay_out_sessions(camp, by=None)

    client.post(address("group", camp, one.pk), {"languages": ["az"], "shares_with": [other.pk]})

    one.refresh_from_db()
    assert one.languages == ["az"]
    assert list(other.shares_with.all()) == [one]


def test_travel_times_are_said_and_taken_away(client, officer, camp):
    second = make.venue(city="Ganja")
    second.editions.add(camp.edition)

    client.post(address("travel", camp), {"pair_0": "240"})
    said = TravelTime.objects.get()
    client.post(address("travel", camp), {"pair_0": ""})

    assert (said.origin, said.destination, said.minutes) == ("Baku", "Ganja", 240)
    assert TravelTime.objects.count() == 0
