"""Calendars survive updates: one name a session, growing sequences, stable bytes, real zones."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import signing
from django.test import RequestFactory
from icalendar import Calendar

from karvan.stages.timetables.feeds import feed_path
from karvan.stages.timetables.models import Placement, Session
from karvan.stages.timetables.services import (
    add_trainer,
    build_timetable,
    cancel_session,
    move_placement,
    publish_timetable,
)
from karvan.stages.timetables.subscribing import feed_links
from tests import make

from . import camps

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return camps.ready([{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in (1, 2)])


def publish_at(draft, on):
    with time_machine.travel(on, tick=False):
        return publish_timetable(draft, by=None)


def moved(activity):
    draft = build_timetable(activity, by=None)
    last = draft.placements.last()
    move_placement(last, starts_at=last.starts_at + timedelta(hours=1), room=last.room, by=None)
    return draft


def events(client, kind, pk, language="en"):
    content = client.get(feed_path(kind, pk, language)).content
    return {str(e["UID"]): e for e in Calendar.from_ical(content).walk("VEVENT")}


def test_event_is_dated_by_its_own_last_change_not_by_the_version(activity, client):
    publish_at(build_timetable(activity, by=None), make.moment(2026, 8, 1))
    publish_at(moved(activity), make.moment(2026, 8, 5))

    stamps = [
        (int(e["SEQUENCE"]), e.decoded("LAST-MODIFIED").day, e.decoded("DTSTAMP").day)
        for e in events(client, "activity", activity.pk).values()
    ]

    assert sorted(stamps) == [(0, 1, 1), (1, 5, 5)]


def test_called_off_event_is_dated_by_the_cancelling(activity, client):
    publish_at(build_timetable(activity, by=None), make.moment(2026, 8, 1))
    with time_machine.travel(make.moment(2026, 8, 9), tick=False):
        cancel_session(Session.objects.get(code="D1S2"), reason="Strike", by=None)

    (gone,) = [
        e for e in events(client, "activity", activity.pk).values() if e["STATUS"] == "CANCELLED"
    ]

    assert (gone.decoded("LAST-MODIFIED").day, int(gone["SEQUENCE"])) == (9, 1)
    assert str(gone["TRANSP"]) == "TRANSPARENT"


def test_same_feed_twice_is_the_same_bytes_and_is_not_sent_again(activity, client):
    publish_timetable(build_timetable(activity, by=None), by=None)
    path = feed_path("activity", activity.pk)

    first, second = client.get(path), client.get(path)
    third = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert first.content == second.content
    assert (third.status_code, third.content, third["ETag"]) == (304, b"", first["ETag"])
    publish_timetable(moved(activity), by=None)
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_hour_stays_the_hour_over_a_change_of_the_clock(client):
    # Egypt puts its clocks back on the night before Friday 30 October 2026.
    activity = camps.ready(
        [{"id": f"D{n}S1", "day": n, "minutes": 60} for n in (1, 2)],
        country="EG",
        starts_on=date(2026, 10, 29),
        ends_on=date(2026, 11, 2),
    )
    activity.edition.time_zone = "Africa/Cairo"
    activity.edition.save()
    publish_timetable(build_timetable(activity, by=None), by=None)
    held = Placement.objects.order_by("starts_at")

    content = client.get(feed_path("activity", activity.pk)).content
    calendar = Calendar.from_ical(content)

    zone = calendar.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    read = sorted(e["DTSTART"].dt.replace(tzinfo=zone) for e in calendar.walk("VEVENT"))
    assert [moment.utcoffset() for moment in read] == [timedelta(hours=3), timedelta(hours=2)]
    assert read == [one.starts_at for one in held]
    assert all(b"TZID" in line for line in content.split(b"\r\n") if line.startswith(b"DTSTART;"))
    assert not any(
        len(line) == len(b"DTSTART:20261029T100000") and line.startswith(b"DTSTART:2026")
        for line in content.split(b"\r\n")
    )


def test_feed_speaks_the_readers_language_and_folds_between_letters(client):
    long = {
        "en": "Prices",
        "fr": "Prix",
        "az": "Qiymətlər və zərərsizlik nöqtəsi ə" * 4,
        "ar": "الأسعار ونقطة التعادل " * 5 + "نهاية",
    }
    activity = camps.ready([{"id": "D1S1", "day": 1, "minutes": 60, "title": long}])
    publish_timetable(build_timetable(activity, by=None), by=None)

    for language in ("az", "ar"):
        content = client.get(feed_path("activity", activity.pk, language)).content
        (event,) = Calendar.from_ical(content).walk("VEVENT")
        assert str(event["SUMMARY"]) == long[language]
        assert f"/{language}/" in str(event["URL"])
        assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_trainer_who_was_replaced_sees_it_cancelled_and_the_other_confirmed(activity, client):
    one = activity.trainers.get()
    first = publish_timetable(build_timetable(activity, by=None), by=None)
    other = add_trainer(activity, person=make.person(), roles=["HEAD"], by=None)
    draft = make.timetable(activity)
    for placement in first.placements.all():
        placement.pk, placement.timetable = None, draft
        placement.save()
        placement.trainers.set([other])
    publish_timetable(draft, by=None)

    gone = events(client, "person", one.person_id)
    there = events(client, "person", other.person_id)

    assert gone.keys() == there.keys()
    assert {str(e["STATUS"]) for e in gone.values()} == {"CANCELLED"}
    assert {(str(e["STATUS"]), int(e["SEQUENCE"])) for e in there.values()} == {("CONFIRMED", 1)}


def test_no_feed_of_a_group_or_room_names_a_participant(activity, client):
    group = make.group(activity)
    person = make.enrolment(activity, group=group, person=make.person("Aynur Secret")).person
    version = publish_timetable(build_timetable(activity, by=None), by=None)
    room = version.placements.first().room

    for kind, pk in (("group", group.pk), ("room", room.pk), ("activity", activity.pk)):
        content = client.get(feed_path(kind, pk)).content.decode()
        assert "Aynur" not in content
        assert str(person.email) not in content


def test_links_are_offered_for_what_was_chosen_and_rooms_to_those_who_read_all(activity, client):
    group, room = make.group(activity), camps.room(activity.edition, "SECOND")
    foreign = make.room("FAR")

    def titles(person, **chosen):
        request = RequestFactory().get("/en/")
        request.user = person
        return [link.title for link in feed_links(request, activity, chosen)]

    officer, participant = make.officer(), make.role("participant", activity.scope)
    apps = [f"For the apps of conferences: schedule.{kind}" for kind in ("xml", "json")]
    whole = ["The whole timetable", *apps]
    assert titles(participant) == whole
    assert titles(participant, group=str(group.pk)) == [f"Sessions of {group}", *whole]
    assert titles(participant, room=str(room.pk)) == whole
    assert titles(officer, room=str(room.pk)) == [f"All that is held in {room}", *whole]
    assert titles(officer, room=str(foreign.pk), group="x") == whole


def test_times_of_the_feed_are_those_of_the_place(activity, client):
    publish_timetable(build_timetable(activity, by=None), by=None)

    for event in events(client, "activity", activity.pk).values():
        start = event.decoded("DTSTART")
        assert isinstance(start, datetime)
        assert start.utcoffset() == ZoneInfo("Asia/Baku").utcoffset(start.replace(tzinfo=None))


def test_address_of_a_feed_is_always_the_same_and_those_given_out_before_hold(activity, client):
    dated = signing.dumps(["activity", activity.pk, "en"], salt="timetables.feed.1")

    with time_machine.travel(make.moment(2026, 8, 1), tick=False):
        first = feed_path("activity", activity.pk)

    assert first == feed_path("activity", activity.pk)
    assert client.get(f"/feeds/{dated}.ics").status_code == 200
    assert client.get(f"/feeds/{dated[:-1]}.ics").status_code == 404
