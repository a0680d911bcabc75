"""schedule.xml and schedule.json: valid by the schemas of c3voc, and as the apps need them."""

from __future__ import annotations

import json
from datetime import timedelta

import jsonschema
import pytest
from django.urls import reverse
from lxml import etree

from karvan.stages.timetables.feeds import token_of
from karvan.stages.timetables.models import Placement
from karvan.stages.timetables.services import build_timetable, move_placement, publish_timetable
from tests import make
from tests.shared import shared_path

from . import camps

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    sessions = [
        {"id": f"D{n}S1", "day": n, "minutes": 60, "title": make.texts(title)}
        for n, title in ((1, "Qiymət & “zərərsizlik”\x07"), (2, "التسعير"))
    ]
    return camps.ready(sessions, ends_on=camps.date(2026, 9, 15))


def fetched(client, activity, kind, language="en"):
    path = reverse(f"timetable_schedule_{kind}", args=[token_of("activity", activity.pk, language)])
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content


def tree(client, activity):
    return etree.fromstring(fetched(client, activity, "xml"))


@pytest.mark.parametrize("is_published", [True, False])
def test_both_files_are_valid_by_the_schemas(activity, client, is_published):
    draft = build_timetable(activity, by=None)
    if is_published:
        publish_timetable(draft, by=None)
    xsd = etree.XMLSchema(etree.parse(shared_path("schemas/schedule.xml.xsd")))
    schema = json.loads(shared_path("schemas/schedule.schema.json").read_text("utf-8"))

    xsd.assertValid(tree(client, activity))
    jsonschema.Draft6Validator(
        schema, format_checker=jsonschema.Draft6Validator.FORMAT_CHECKER
    ).validate(json.loads(fetched(client, activity, "json")))


def test_apps_find_what_they_need_beyond_the_schema(activity, client):
    publish_timetable(build_timetable(activity, by=None), by=None)

    events = tree(client, activity).findall("day/room/event")
    days = tree(client, activity).findall("day")

    assert [e.findtext("title") for e in events] == ["Qiymət & “zərərsizlik”", "التسعير"]
    assert all(e.find("abstract") is not None and e.find("track") is not None for e in events)
    assert all(int(e.get("id")) > 0 and e.findtext("date").endswith("+04:00") for e in events)
    assert all(e.findtext("persons/person") for e in events)
    assert [day.get("end") for day in days] == [
        "2026-09-16T00:00:00+04:00" if n else "2026-09-15T00:00:00+04:00" for n in (0, 1)
    ]
    assert tree(client, activity).findtext("conference/time_zone_name") == "Asia/Baku"


def test_guid_and_number_stay_when_a_session_moves(activity, client):
    publish_timetable(build_timetable(activity, by=None), by=None)
    before = {e.get("guid"): e.get("id") for e in tree(client, activity).iter("event")}
    draft = build_timetable(activity, by=None)
    last = draft.placements.last()
    move_placement(last, starts_at=last.starts_at + timedelta(hours=1), room=last.room, by=None)
    publish_timetable(draft, by=None)

    after = tree(client, activity)

    assert {e.get("guid"): e.get("id") for e in after.iter("event")} == before
    assert after.findtext("version") == "2"


def test_rooms_of_one_name_are_told_apart(activity, client):
    version = publish_timetable(build_timetable(activity, by=None), by=None)
    one, other = version.placements.all()
    twin = make.room("HALL", venue=make.venue(country=activity.edition.country), name=str(one.room))
    Placement.objects.filter(pk=other.pk).update(room=twin)

    rooms = json.loads(fetched(client, activity, "json"))["schedule"]["conference"]["rooms"]

    assert len({room["name"] for room in rooms}) == len(rooms) == 2


def test_it_is_read_signed_in_and_comes_once(activity, client):
    client.force_login(make.role("participant", activity.scope))
    publish_timetable(build_timetable(activity, by=None), by=None)
    path = reverse("timetables:schedule_xml", args=[activity.edition.slug, activity.code])

    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert first["Content-Type"] == "application/xml; charset=utf-8"
    assert (again.status_code, again.content) == (304, b"")


def test_no_participant_is_named_and_other_feeds_give_no_programme(activity, client):
    person = make.enrolment(activity).person
    publish_timetable(build_timetable(activity, by=None), by=None)

    assert str(person) not in fetched(client, activity, "xml").decode()
    assert client.get(f"/feeds/{token_of('person', person.pk)}.xml").status_code == 404
    assert client.get("/feeds/made-up.json").status_code == 404
