"""Screens of timetables through the real client."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from karvan.stages.timetables.models import Session, Timetable, Trainer
from karvan.stages.timetables.services import build_timetable, publish_timetable
from karvan.stages.timetables.weeks import week_of
from tests import make

from . import camps

pytestmark = pytest.mark.django_db

MOST_FOR_A_WEEK = 24  # with all the engine is told, for the closed hours
MOST_QUERIES = 14  # with those of the frame: session, person, roles, and the pipeline's


def queries(client, path):
    """How many queries a page costs."""
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


def address(name, activity, *more, **query):
    with override("en"):
        path = reverse(f"timetables:{name}", args=[activity.edition.slug, activity.code, *more])
    return path + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")


def test_timetable_is_laid_out_built_and_published_on_screen(client, officer):
    activity = camps.activity()
    camps.room(activity.edition)
    make.trainer(activity)

    client.post(address("lay_out", activity))
    built = client.post(address("build", activity), {"seed": 1})
    page = client.get(built["Location"])
    client.post(address("publish", activity, 1))

    assert "Publish version 1" in page.text
    assert "1 person gets a letter" in page.text
    assert Timetable.objects.get().state == "published"
    assert 'class="held"' in client.get(address("timetable", activity)).text


def test_what_stands_in_the_way_is_listed_with_what_would_help(client, officer):
    activity = camps.activity()
    make.session(activity, code="D1S1", room_kind="HALL", trainer_roles={"HEAD": 1})

    answer = client.post(address("build", activity), {"seed": 1})

    assert answer.status_code == 422
    assert "No room of the edition&#x27;s venues serves as Hall" in answer.text
    assert "What would help" in answer.text


def test_participant_sees_what_is_in_force_and_no_draft(client):
    activity = camps.ready()
    person = make.enrolment(activity).person
    client.force_login(person)
    draft = build_timetable(activity, by=None)

    before = client.get(address("timetable", activity))
    hidden = client.get(address("timetable", activity, version=draft.number))
    publish_timetable(draft, by=None)
    after = client.get(address("timetable", activity))

    assert 'class="held"' not in before.text
    assert hidden.status_code == 404
    assert 'class="held"' in after.text
    assert "Build a timetable" not in after.text


def test_week_says_why_a_day_is_closed_and_reads_in_arabic(client, officer):
    activity = camps.ready(
        [{"id": f"D{n}S1", "day": n, "minutes": 60} for n in (1, 2)],
        starts_on=date(2021, 1, 19),
        ends_on=date(2021, 1, 21),
    )
    publish_timetable(build_timetable(activity, by=None), by=None)

    english = client.get(address("timetable", activity))
    arabic = client.get(address("timetable", activity).replace("/en/", "/ar/"))

    assert 'class="closed"' in english.text
    assert 'dir="rtl"' in arabic.text
    assert 'class="closed"' in arabic.text


def test_grid_has_one_cell_for_each_stretch_and_groups_side_by_side():
    activity = camps.ready([{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in (1, 2)])
    timetable = build_timetable(activity, by=None)
    one, other = timetable.placements.all()
    other.starts_at, other.ends_at = one.starts_at, one.ends_at

    week = week_of(activity, date(2026, 9, 14), [one, other], {})

    blocks = [block for line in week.lines for block in line.cells if block]
    assert sum(block.rows for block in blocks) == len(week.lines)
    assert [len(block.placements) for block in blocks if block.placements] == [2]


def test_week_costs_the_same_however_many_sessions(client, officer):
    costs = []
    for count in (1, 3):
        activity = camps.ready(
            [{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in range(count)], head=count
        )
        publish_timetable(build_timetable(activity, by=None), by=None)
        client.get(address("timetable", activity))
        costs.append(queries(client, address("timetable", activity)))

    assert costs[0] == costs[1] <= MOST_FOR_A_WEEK


def test_trainers_cost_the_same_with_one_and_with_three(client, officer):
    activity = camps.activity()
    path = address("trainers", activity)
    make.trainer(activity)
    client.get(path)
    with_one = queries(client, path)
    for _n in range(2):
        make.trainer(activity)

    assert queries(client, path) == with_one <= MOST_QUERIES
    assert client.get(path).text.count("<tr role=") == 4


def test_trainer_is_found_by_address_and_an_unknown_one_is_said(client, officer):
    activity = camps.activity()
    known = make.person(email="known@example.org")
    typed = {"roles": ["HEAD"], "most_minutes_a_day": 300}

    refused = client.post(
        address("add_trainer", activity), {**typed, "email": "nobody@example.org"}
    )
    client.post(address("add_trainer", activity), {**typed, "email": "Known@example.org"})

    assert "Nobody here has this address" in refused.text
    trainer = Trainer.objects.get()
    assert (trainer.person, trainer.roles, trainer.most_minutes_a_day) == (known, ["HEAD"], 300)


def test_groups_are_made_from_typed_numbers(client, officer):
    activity = camps.activity()

    refused = client.post(address("groups", activity), {"sizes": "ten"})
    client.post(address("groups", activity), {"sizes": "12, 8"})

    assert "Write whole numbers" in refused.text
    assert list(activity.groups.values_list("code", "size")) == [("A", 12), ("B", 8)]


def test_session_is_moved_on_screen_or_refused_with_why_not(client, officer):
    activity = camps.ready()
    draft = build_timetable(activity, by=None)
    placement = draft.placements.get()
    move = address("move", activity, placement.session_id)

    refused = client.post(move, {"on": "2026-09-14", "at": "23:00", "room": placement.room_id})
    client.post(move, {"on": "2026-09-14", "at": "14:30", "room": placement.room_id})

    assert refused.status_code == 422
    assert "does not fit into the open hours" in refused.text
    placement.refresh_from_db()
    assert placement.starts_at.isoformat() == "2026-09-14T10:30:00+00:00"


def test_session_is_cancelled_with_a_reason(client, officer):
    activity = camps.ready()
    session = Session.objects.get()

    client.post(address("cancel", activity, session.pk), {"reason": "No light in the hall"})

    page = client.get(address("session", activity, session.pk))
    assert "No light in the hall" in page.text
    assert "Cancel the session" not in page.text


def test_own_sessions_are_listed_by_day_with_the_address_of_the_calendar(client):
    activity = camps.ready()
    person = make.enrolment(activity).person
    publish_timetable(build_timetable(activity, by=None), by=None)
    client.force_login(person)

    answer = client.get("/en/timetable/mine/")

    assert "Monday, 14 September 2026" in answer.text
    assert "/feeds/" in answer.text


def test_stranger_to_the_edition_finds_nothing(client):
    client.force_login(make.role("coordinator", "OTHER/MA-2026"))
    activity = camps.ready()

    assert client.get(address("timetable", activity)).status_code == 404
