"""The grid by day, group, room and trainer, and the acts on it, through the real client."""

from __future__ import annotations

import json
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karvan.stages.timetables.models import Timetable
from karvan.stages.timetables.services import (
    add_trainer,
    build_timetable,
    copy_as_draft,
    lay_out_sessions,
    lock_placements,
    make_groups,
    publish_timetable,
)
from tests import make

from . import camps
from .test_views import address

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 9, 14)
BAKU = ZoneInfo("Asia/Baku")


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


@pytest.fixture
def grouped():
    """A camp in which all sit in one session and each of two groups in another."""
    activity = camps.activity(
        [
            {"id": "D1S1", "day": 1, "minutes": 60},
            {"id": "D1S2", "day": 1, "minutes": 60, "room": "TEAM"},
        ]
    )
    camps.room(activity.edition)
    for number in (1, 2):
        camps.room(activity.edition, f"TEAM{number}", seats=12, kinds=["TEAM"])
        add_trainer(activity, person=make.person(), roles=["HEAD"], by=None)
    make_groups(activity, count=2, by=None)
    lay_out_sessions(activity, by=None)
    build_timetable(activity, by=None)
    return activity


def heads(page):
    return [head.split('"')[0] for head in page.text.split('data-column="')[1:]]


@pytest.mark.parametrize(("by", "columns"), [("group", 2), ("room", 3), ("trainer", 2)])
def test_day_has_a_column_for_each(client, officer, grouped, by, columns):
    page = client.get(address("timetable", grouped, by=by, day=MONDAY))
    week = client.get(address("timetable", grouped))

    assert len(heads(page)) == columns
    assert len(heads(week)) == 1
    in_group = page.text.count('class="held"')
    assert in_group == {"group": 4, "room": 3, "trainer": 3}[by]


def test_narrowed_day_keeps_one_column_and_nonsense_shows_the_week(client, officer, grouped):
    group = grouped.groups.first()

    one = client.get(address("timetable", grouped, by="group", group=group.pk))
    nonsense = client.get(address("timetable", grouped, by="moon", day="never", group="x"))

    assert heads(one) == [str(group.pk)]
    assert heads(nonsense) == [""]


def test_closed_hours_are_shown_with_their_names_to_everybody(client):
    activity = camps.ready([{"id": f"D1S{n}", "day": 1, "minutes": 200} for n in (1, 2)])
    publish_timetable(build_timetable(activity, by=None), by=None)
    client.force_login(make.enrolment(activity).person)

    page = client.get(address("timetable", activity))

    assert "<span>meal</span>" in page.text
    assert "moving.js" not in page.text


def test_places_are_told_in_the_readers_language_at_one_cost(client, officer):
    activity = camps.ready([{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in (1, 2)])
    placement = build_timetable(activity, by=None).placements.last()
    path = address("places", activity, placement.session_id, version=1, week=MONDAY)
    client.get(path)

    with CaptureQueriesContext(connection) as captured:
        told = json.loads(client.get(path).content)

    assert len(captured) <= 28
    hall = str(placement.room_id)
    by_place = {(day, minute, room): why for day, minute, room, why in told["places"]}
    assert by_place[str(MONDAY), 16 * 60, hall] == []
    (first, *_more) = by_place[str(MONDAY), 13 * 60, hall]
    assert told["reasons"][first] == "Closed: meal, 12:30–13:30."
    assert told["rooms"] == {hall: "Room HALL"}
    assert client.get(path.replace(str(MONDAY), "soon")).status_code == 422


def test_script_moves_and_is_told_why_not(client, officer):
    activity = camps.ready([{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in (1, 2)])
    draft = build_timetable(activity, by=None)
    placement = draft.placements.last()
    path = address("move", activity, placement.session_id, version=draft.number)
    typed = {"on": str(MONDAY), "room": placement.room_id}
    as_json = {"headers": {"Accept": "application/json"}}

    refused = client.post(path, {**typed, "at": "12:45"}, **as_json)
    moved = client.post(path, {**typed, "at": "16:00"}, **as_json)

    assert refused.status_code == 409
    assert "Closed: meal" in refused.json()["problem"]
    assert moved.json() == {"moved": placement.session_id}
    placement.refresh_from_db()
    assert placement.starts_at.astimezone(BAKU).hour == 16


def test_without_scripts_the_free_places_of_the_day_are_choices(client, officer):
    activity = camps.ready([{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in (1, 2)])
    placement = build_timetable(activity, by=None).placements.last()

    page = client.get(address("move", activity, placement.session_id, version=1))

    assert "Free on the same day" in page.text
    assert "17:00, Room HALL" in page.text
    assert "12:45, Room HALL" not in page.text


def test_session_or_day_is_locked_and_unlocked_on_screen(client, officer, grouped):
    draft = Timetable.objects.get()
    session = draft.placements.first().session_id

    client.post(address("lock", grouped, 1), {"session": session, "locked": "1"})
    one = client.get(address("timetable", grouped))
    client.post(address("lock", grouped, 1), {"day": MONDAY, "locked": "1"})
    everything = draft.placements.filter(is_locked=True).count()
    client.post(address("lock", grouped, 1), {"day": MONDAY + timedelta(days=1), "locked": "0"})
    back = client.post(
        address("lock", grouped, 1), {"day": MONDAY, "locked": "0", "back": "?version=1&by=room"}
    )

    assert "1 session is locked." in one.text
    assert "data-locked" in one.text
    assert everything == 3
    assert not draft.placements.filter(is_locked=True).exists()
    assert back["Location"].endswith("/timetable/?version=1&by=room")
    assert client.post(address("lock", grouped, 1), {"day": "never"}).status_code == 404


def test_locked_session_is_not_moved_and_the_page_says_so(client, officer, grouped):
    placement = Timetable.objects.get().placements.first()
    lock_placements([placement], locked=True, by=None)

    page = client.get(address("move", grouped, placement.session_id))
    answer = client.post(
        address("move", grouped, placement.session_id),
        {"on": MONDAY, "at": "16:00", "room": placement.room_id},
    )

    assert "The session is locked in its place" in page.text
    assert answer.status_code == 422
    assert "is locked in its place. Unlock it first." in answer.text


def test_version_in_force_is_changed_in_a_draft_that_lists_its_changes(client, officer):
    activity = camps.ready([{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in (1, 2)])
    publish_timetable(build_timetable(activity, by=None), by=None)

    opened = client.post(address("copy", activity, 1))
    draft = Timetable.objects.get(number=2)
    session = draft.placements.last().session
    unchanged = client.get(opened["Location"])
    client.post(
        address("move", activity, session.pk, version=2),
        {"on": MONDAY, "at": "16:00", "room": draft.placements.last().room_id},
    )
    page = client.get(address("timetable", activity, version=2))

    assert "What this draft changes" not in unchanged.text
    assert "What this draft changes" in page.text
    assert "from version 1" in page.text
    gone = client.post(address("throw_away", activity, 2), follow=True)
    assert "Version 2 is thrown away." in gone.text
    assert not Timetable.objects.filter(number=2).exists()


def test_changes_of_a_draft_cost_the_same_however_many(client, officer):
    def cost(count):
        activity = camps.ready(
            [{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in range(count)], head=count
        )
        first = publish_timetable(build_timetable(activity, by=None), by=None)
        draft = copy_as_draft(first, by=None)
        for placement in draft.placements.all():
            placement.ends_at += timedelta(minutes=5)
            placement.save()
        path = address("timetable", activity, version=draft.number)
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return len(captured)

    assert cost(1) == cost(4)


def test_other_trainers_are_chosen_on_the_page_of_a_session(client, officer, grouped):
    placement = Timetable.objects.get().placements.get(session__code="D1S1")
    other = grouped.trainers.exclude(placements=placement).first()
    path = address("teaching", grouped, placement.session_id, version=1)

    page = client.get(path)
    done = client.post(path, {"role_0": [other.pk]})

    assert "The design asks for 1." in page.text
    assert done["Location"].endswith("?version=1")
    assert list(placement.trainers.all()) == [other]


def test_plan_that_contradicts_itself_is_shown_and_says_so_when_moved(client, officer):
    activity = camps.ready([{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in (1, 2)])
    draft = build_timetable(activity, by=None)
    placement = draft.placements.last()
    draft.closed_days = {str(MONDAY): make.texts("A day of mourning")}
    draft.save()

    page = client.get(address("timetable", activity))
    places = client.get(address("places", activity, placement.session_id, week=MONDAY))
    move = client.get(address("move", activity, placement.session_id))
    moved = client.post(
        address("move", activity, placement.session_id),
        {"on": MONDAY, "at": "16:00", "room": placement.room_id},
    )
    teaching = client.get(address("teaching", activity, placement.session_id))

    assert 'class="held"' in page.text
    assert places.status_code == 409
    assert "contradicts itself" in places.json()["problem"]
    assert "Free on the same day" not in move.text
    assert "contradicts itself" in moved.text
    assert "contradicts itself" in teaching.text
