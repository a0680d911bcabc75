"""A draft is put in force; sequences grow; letters tell each person only what is new."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction
from icalendar import Calendar

from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.timetables.errors import (
    PlacementClashes,
    ReasonMissing,
    SessionsUnplaced,
    WrongState,
)
from karvan.stages.timetables.feeds import feed_path
from karvan.stages.timetables.models import Placement, Timetable
from karvan.stages.timetables.queries import placements_for, published_timetable
from karvan.stages.timetables.services import (
    add_trainer,
    build_timetable,
    cancel_session,
    lay_out_sessions,
    move_placement,
    people_to_tell,
    publish_timetable,
)
from tests import make

from . import camps

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    sessions = [{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in (1, 2)]
    return camps.ready(sessions)


def published(activity):
    return publish_timetable(build_timetable(activity, by=None), by=None)


def moved_copy(activity, hours=1, room=None):
    """A new version in which the last session is held later."""
    draft = build_timetable(activity, by=None)
    last = draft.placements.last()
    move_placement(
        last,
        starts_at=last.starts_at + timedelta(hours=hours),
        room=room or last.room,
        by=None,
    )
    return publish_timetable(draft, by=None)


def events(client, kind, pk):
    answer = client.get(feed_path(kind, pk))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return {
        str(e["UID"]): (int(e["SEQUENCE"]), str(e["STATUS"]), e.decoded("DTSTART"))
        for e in Calendar.from_ical(answer.content).walk("VEVENT")
    }


def test_new_version_supersedes_the_one_before_it(activity):
    officer = make.officer()
    first = publish_timetable(build_timetable(activity, by=officer), by=officer)

    second = publish_timetable(build_timetable(activity, by=officer), by=officer)

    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "published")
    assert published_timetable(activity) == second
    assert [r.act for r in Record.objects.filter(subject_id=str(second.pk), by=officer)][-2:] == [
        "built",
        "published",
    ]


def test_published_version_can_be_neither_published_again_nor_changed(activity):
    timetable = published(activity)
    placement = timetable.placements.first()

    with pytest.raises(WrongState):
        publish_timetable(timetable, by=None)
    with pytest.raises(WrongState):
        move_placement(placement, starts_at=placement.starts_at, room=None, by=None)


def test_only_those_for_whom_something_changed_get_a_letter(activity):
    people = [make.enrolment(activity).person for _n in range(2)]
    other = add_trainer(activity, person=make.person(), roles=["FACIL"], by=None)
    draft = build_timetable(activity, by=None)
    assert people_to_tell(draft) == 3
    publish_timetable(draft, by=None)
    teacher = draft.placements.first().trainers.get()

    told = set(Message.objects.values_list("to_person_id", flat=True))
    assert told == {teacher.person_id, *(p.pk for p in people)}
    assert other.person_id not in told

    same = build_timetable(activity, by=None)
    publish_timetable(same, by=None)
    assert Message.objects.count() == 3

    moved_copy(activity)
    newest = Message.objects.filter(kind="timetables/changes", to_person=people[0]).get()
    assert "D1S2: now Monday, 14 September 2026" in newest.body
    assert "D1S1" not in newest.body
    assert "/feeds/" in newest.body


def test_person_without_an_address_stops_nothing(activity):
    make.enrolment(activity, person=make.person(email=None))

    assert published(activity).state == "published"


def test_sessions_laid_out_later_must_be_placed_first(activity):
    draft = build_timetable(activity, by=None)
    make.session(activity, code="EXTRA")

    with pytest.raises(SessionsUnplaced, match="EXTRA"):
        publish_timetable(draft, by=None)

    draft.refresh_from_db()
    assert draft.state == "draft"


def test_room_of_another_activity_is_not_taken_twice(activity):
    draft = build_timetable(activity, by=None)
    rival = make.activity("RIVAL", of=activity.edition)
    theirs = make.timetable(rival, state="published")
    taken = draft.placements.first()
    Placement.objects.create(
        timetable=theirs,
        session=make.session(rival),
        starts_at=taken.starts_at + timedelta(minutes=30),
        ends_at=taken.ends_at + timedelta(minutes=30),
        room=taken.room,
    )

    with pytest.raises(PlacementClashes, match="Room HALL would hold"):
        publish_timetable(draft, by=None)

    assert published_timetable(activity) is None
    assert publish_timetable(build_timetable(activity, by=None), by=None).state == "published"


@pytest.mark.parametrize("shared", ["room", "trainer", "group"])
def test_draft_that_holds_a_clash_is_never_published(activity, shared):
    draft = build_timetable(activity, by=None)
    one, other = draft.placements.all()
    other.starts_at, other.ends_at = one.starts_at + timedelta(minutes=15), one.ends_at
    if shared != "room":
        other.room = camps.room(activity.edition, "SECOND")
    other.save()
    if shared != "trainer":
        other.trainers.set([make.trainer(activity)])

    with pytest.raises(PlacementClashes):
        publish_timetable(draft, by=None)


def test_moving_is_refused_with_the_reason_and_changes_nothing(activity):
    draft = build_timetable(activity, by=None)
    one, other = draft.placements.all()
    room = one.room

    with pytest.raises(PlacementClashes, match="would hold “D1S1” and “D1S2” at once"):
        move_placement(other, starts_at=one.starts_at, room=room, by=None)
    with pytest.raises(PlacementClashes, match="does not fit into the open hours"):
        move_placement(other, starts_at=one.starts_at + timedelta(hours=12), room=room, by=None)
    with pytest.raises(WrongState, match="not held on that day"):
        move_placement(other, starts_at=one.starts_at + timedelta(days=1), room=room, by=None)

    other.refresh_from_db()
    assert other.starts_at > one.starts_at


def test_moving_is_recorded_on_the_session(activity):
    draft = build_timetable(activity, by=None)
    last = draft.placements.last()
    starts_at = last.starts_at + timedelta(hours=5)

    moved = move_placement(last, starts_at=starts_at, room=last.room, by=None)

    assert (moved.starts_at, moved.ends_at) == (starts_at, starts_at + timedelta(minutes=60))
    act = Record.objects.order_by("number").last()
    assert (act.act, act.subject_id) == ("moved", str(last.session_id))


def test_feed_survives_republication_with_one_uid_and_a_growing_sequence(activity, client):
    published(activity)
    first = events(client, "activity", activity.pk)
    moved_copy(activity)
    second = events(client, "activity", activity.pk)

    assert first.keys() == second.keys()
    assert [sequence for sequence, _s, _t in first.values()] == [0, 0]
    assert sorted(sequence for sequence, _s, _t in second.values()) == [0, 1]
    assert {status for _n, status, _t in second.values()} == {"CONFIRMED"}


def test_cancelled_session_stays_in_the_feed_as_cancelled(activity, client):
    person = make.enrolment(activity).person
    timetable = published(activity)
    session = timetable.placements.last().session
    with pytest.raises(ReasonMissing):
        cancel_session(session, reason=" ", by=None)

    cancel_session(session, reason="The speaker is ill", by=None)

    uid = next(u for u in events(client, "person", person.pk) if f"-{session.pk}@" in u)
    assert events(client, "person", person.pk)[uid][:2] == (1, "CANCELLED")
    letter = Message.objects.get(kind="timetables/cancelled", to_person=person)
    assert "The speaker is ill" in letter.body
    with pytest.raises(WrongState):
        cancel_session(session, reason="Again", by=None)

    published(activity)
    assert events(client, "person", person.pk)[uid][:2] == (1, "CANCELLED")


def test_feed_says_its_zone_and_survives_strange_titles(client):
    strange = "Money; prices, “break-even”\nand \\ ə ع"
    activity = camps.ready([{"id": "D1S1", "day": 1, "minutes": 60, "title": make.texts(strange)}])
    published(activity)

    content = client.get(feed_path("activity", activity.pk)).content
    calendar = Calendar.from_ical(content)

    (event,) = calendar.walk("VEVENT")
    assert str(event["SUMMARY"]) == strange
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Baku"]
    assert event["DTSTART"].params["TZID"] == "Asia/Baku"
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_group_room_and_person_feeds_hold_their_own_only(activity, client):
    timetable = published(activity)
    mine, theirs = make.group(activity), make.group(activity)
    timetable.placements.last().session.__class__.objects.filter(
        pk=timetable.placements.last().session_id
    ).update(group=theirs)
    person = make.enrolment(activity, group=mine).person
    stranger = make.person()
    room = timetable.placements.first().room

    assert len(events(client, "group", mine.pk)) == 1
    assert len(events(client, "group", theirs.pk)) == 2
    assert len(events(client, "room", room.pk)) == 2
    assert len(events(client, "person", person.pk)) == 1
    assert events(client, "person", stranger.pk) == {}
    assert placements_for(person).count() == 1


def test_feed_of_nobody_with_a_wrong_token_or_of_a_draft_is_not_there(activity, client):
    build_timetable(activity, by=None)
    gone = make.person(is_active=False)

    assert events(client, "activity", activity.pk) == {}
    assert client.get("/feeds/made-up.ics").status_code == 404
    assert client.get(feed_path("person", gone.pk)).status_code == 404


def test_database_holds_one_version_in_force_and_no_impossible_placement(activity):
    timetable = published(activity)
    placement = timetable.placements.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        make.timetable(activity, state="published")
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.filter(pk=placement.pk).update(ends_at=placement.starts_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.filter(pk=placement.pk).update(
            session=timetable.placements.last().session
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Timetable.objects.filter(pk=timetable.pk).update(published_at=None)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two connections at once")
def test_two_activities_published_at_once_never_share_a_room():
    one = camps.ready()
    other = make.activity("OTHER", of=one.edition, places=20, planned_starts_on=date(2026, 9, 14))
    session = make.session(other)
    draft = build_timetable(one, by=None)
    rival = make.timetable(other)
    at = draft.placements.get()
    Placement.objects.create(
        timetable=rival,
        session=session,
        starts_at=at.starts_at,
        ends_at=at.ends_at,
        room=at.room,
    )
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def publish(timetable):
        start.wait()
        try:
            publish_timetable(timetable, by=None)
            outcomes.append("published")
        except PlacementClashes:
            outcomes.append("refused")
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=publish, args=[t]) for t in (draft, rival)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["published", "refused"]
    assert Timetable.objects.filter(state="published").count() == 1


def test_session_the_design_has_no_more_is_called_off_in_calendars(activity, client):
    published(activity)
    data = activity.edition.blueprint.data
    data["activities"][0]["sessions"] = data["activities"][0]["sessions"][:1]

    lay_out_sessions(activity, by=None)
    published(activity)

    assert sorted(
        status for _n, status, _t in events(client, "activity", activity.pk).values()
    ) == [
        "CANCELLED",
        "CONFIRMED",
    ]
