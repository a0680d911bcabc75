"""Who may open the screens of programmes: the committee's room, wishes, the public programme."""

from __future__ import annotations

from datetime import timedelta

from tests import make

from .convening_symposium import symposium
from .route import READERS, RUNNERS, only, public


def session(world):
    found = world.symposium.sessions.first()
    if found is None:
        found = world.symposium.sessions.create(
            code="keynote-1", kind="keynote", titles=make.texts("Keynote")
        )
    return {**symposium(world), "code": found.code}


def lasting_session(world):
    """One that stands in a published timetable, so that it is still there for the next role."""
    place = session(world)
    found = world.symposium.sessions.get(code=place["code"])
    if found.timetabled is None:
        found.timetabled = make.session(world.symposium.activity, blueprint_code="")
        found.save()
        now = make.moment(2026, 9, 14)
        found.timetabled.placements.create(
            timetable=make.timetable(world.symposium.activity, state="published"),
            starts_at=now,
            ends_at=now + timedelta(hours=1),
        )
    return place


def talk(world):
    """A talk in a session of papers."""
    held, _new = world.symposium.sessions.get_or_create(
        code="papers-1", defaults={"kind": "papers", "titles": make.texts("Papers")}
    )
    made = world.symposium.papers.filter(session=held).first()
    made = made or make.paper(world.symposium, state="talk", session=held, position=1)
    return {**symposium(world), "number": made.number}


def attending(world):
    person = world.people["participant"]
    if not world.symposium.activity.enrolments.filter(person=person).exists():
        make.enrolment(world.symposium.activity, person=person)
    return symposium(world)


def published(world):
    held = world.symposium.activity
    if not held.timetables.exists():
        make.timetable(held, state="published")
    return symposium(world)


def published_and_attending(world):
    attending(world)
    return published(world)


def public_paper(world):
    published(world)
    return talk(world)


ROUTES = {
    "convening:programme_room": only(READERS, arguments=symposium),
    "convening:make_sessions": only(RUNNERS, method="post", arguments=symposium),
    "convening:lay_out_programme": only(RUNNERS, method="post", arguments=symposium),
    "convening:wishes": only(("participant",), arguments=attending),
    "convening:my_programme": only(("participant",), arguments=published_and_attending),
    "convening:badges": only(RUNNERS, arguments=symposium),
    "convening:new_programme_session": only(RUNNERS, arguments=symposium),
    "convening:programme_session": only(RUNNERS, arguments=session),
    "convening:drop_programme_session": only(RUNNERS, method="post", arguments=lasting_session),
    "convening:chair_sheet": only(READERS, arguments=session),
    "convening:say_presented": only(
        RUNNERS,
        method="post",
        arguments=lambda world: {**session(world), "number": talk(world)["number"]},
    ),
    "convening:place_paper": only(RUNNERS, method="post", arguments=talk),
    "convening:shift_paper": only(RUNNERS, method="post", arguments=talk),
    "convening:programme": public(arguments=published),
    "convening:programme_paper": public(arguments=public_paper),
    "convening:programme_xml": public(arguments=published),
    "convening:programme_json": public(arguments=published),
    "convening:programme_calendar": public(arguments=published),
}
