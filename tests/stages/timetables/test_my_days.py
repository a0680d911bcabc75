"""My sessions by day, with marks for what the latest version changed, and what a phone keeps."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from karvan.stages.timetables import my_days
from karvan.stages.timetables.queries import placements_for
from karvan.stages.timetables.services import build_timetable, cancel_session, publish_timetable
from tests import make

from . import camps

pytestmark = pytest.mark.django_db

NAMES = [f"D1S{n}" for n in range(1, 6)]


@pytest.fixture
def activity():
    return camps.ready([{"id": name, "day": 1, "minutes": 30} for name in NAMES])


def next_version(version, change):
    """The version again with ``change(code, placement)`` made to each placement, in force."""
    draft = make.timetable(version.activity, number=version.number + 1)
    for one in version.placements.all():
        trainers = list(one.trainers.all())
        one.pk, one.timetable = None, draft
        one.save()
        one.trainers.set(trainers)
        change(one.session.code, one)
        one.save()
    return publish_timetable(draft, by=None)


def marks(person):
    placements = list(placements_for(person))
    found = my_days.marks_of(placements)
    return {p.session.code: str(found[p.pk]) for p in placements if p.pk in found}


def test_each_kind_of_change_has_its_mark_and_what_stays_has_none(activity):
    person = make.enrolment(activity).person
    version = publish_timetable(build_timetable(activity, by=None), by=None)
    assert marks(person) == {}
    other, trainer = camps.room(activity.edition, "SECOND"), make.trainer(activity)
    version.placements.get(session__code="D1S4").delete()
    gone = activity.sessions.get(code="D1S4")
    gone.is_cancelled = True
    gone.save()

    def change(code, placement):
        if code == "D1S1":
            placement.room = other
        if code == "D1S2":
            placement.trainers.set([trainer])
        if code == "D1S5":
            placement.starts_at += timedelta(hours=1)
            placement.ends_at += timedelta(hours=1)

    version = next_version(version, change)
    assert marks(person) == {"D1S1": "new room", "D1S2": "other trainers", "D1S5": "new time"}

    gone.is_cancelled = False
    gone.save()
    draft = build_timetable(activity, by=None)
    publish_timetable(draft, by=None)
    assert marks(person)["D1S4"] == "new"


def test_cancelled_session_is_called_so_and_marked_no_further(activity, client):
    person = make.enrolment(activity).person
    version = publish_timetable(build_timetable(activity, by=None), by=None)
    next_version(version, lambda code, placement: None)
    cancel_session(activity.sessions.get(code="D1S1"), reason="Strike", by=None)
    client.force_login(person)

    page = client.get(reverse("timetables:mine"))

    assert marks(person) == {}
    assert "cancelled" in page.text


def test_today_comes_first_and_yesterday_is_past(client):
    sessions = [{"id": f"D{n}S1", "day": n, "minutes": 60} for n in (1, 2, 3)]
    activity = camps.ready(sessions, ends_on=camps.date(2026, 9, 16))
    person = make.enrolment(activity).person
    publish_timetable(build_timetable(activity, by=None), by=None)

    with time_machine.travel(make.moment(2026, 9, 15, 20), tick=False):  # already the 16th in Baku
        client.force_login(person)
        late = client.get(reverse("timetables:mine")).context
    with time_machine.travel(make.moment(2026, 9, 15, 16), tick=False):  # its session is over
        evening = client.get(reverse("timetables:mine")).context

    assert [day.on.day for day in late["coming"]] == [16]
    assert [(day.on.day, day.is_today) for day in evening["coming"]] == [(15, True), (16, False)]
    assert [day.on.day for day in evening["past"]] == [14]


def test_page_is_kept_by_nobody_but_its_own_worker(activity, client):
    client.force_login(make.enrolment(activity).person)

    page = client.get(reverse("timetables:mine"))
    worker = client.get("/my-day-worker.js")

    assert {"private", "no-store"} <= set(page["Cache-Control"].split(", "))
    assert 'data-worker="/my-day-worker.js"' in page.text
    assert worker["Content-Type"] == "text/javascript; charset=utf-8"
    assert "worker-src 'self'" in page["Content-Security-Policy"]


def test_manifest_opens_the_page_in_its_language_and_names_nobody(client):
    content = json.loads(client.get("/ar/timetable/mine/manifest.webmanifest").content)

    assert (content["lang"], content["dir"]) == ("ar", "rtl")
    assert content["start_url"] == "/ar/timetable/mine/"
    assert content["icons"][0]["src"].endswith("ui/icon.svg")


@pytest.mark.parametrize("many", [1, 3])
def test_my_sessions_cost_the_same_for_one_and_for_three(client, many, django_assert_num_queries):
    activity = camps.ready([{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in range(many)])
    person = make.enrolment(activity).person
    version = publish_timetable(build_timetable(activity, by=None), by=None)
    next_version(version, lambda code, placement: None)
    client.force_login(person)

    with django_assert_num_queries(8):
        client.get(reverse("timetables:mine"))
