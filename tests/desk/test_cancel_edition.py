"""cancel_edition: every stage is called off at once, the affected are told once, or nothing is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from karvan.desk.errors import EditionOver, ReasonMissing
from karvan.desk.queries.cancelling import Consequences
from karvan.desk.services import cancel_edition
from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.timetables.feeds import feed_path
from karvan.stages.timetables.models import Placement
from tests import make

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def world():
    """An edition with one session behind and one ahead, an open offer, a reading, a participant."""
    edition = make.edition(titles=make.texts("Baku"))
    activity = make.activity(of=edition)
    call = make.call(activity)
    round = make.review_round(call)
    offer = make.offer(make.decision(make.selection_run(call, state="signed")))
    make.application(call, email="")  # a draft nobody can be written to
    timetable = make.timetable(activity, state="published")
    for code, at in (("PAST", -50 * HOUR), ("NEXT", 50 * HOUR)):
        Placement.objects.create(
            timetable=timetable,
            session=make.session(activity, code=code),
            starts_at=timezone.now() + at,
            ends_at=timezone.now() + at + HOUR,
        )
    return {
        "edition": edition,
        "activity": activity,
        "call": call,
        "round": round,
        "offer": offer,
        "participant": make.enrolment(activity).person,
        "reviewer": make.reviewer(round).person,
        "coordinator": make.role("coordinator", edition.scope),
    }


def test_every_stage_is_called_off_and_everybody_is_told_once(world, client):
    done = cancel_edition(world["edition"], reason="The hall burnt", by=world["coordinator"])

    assert done == Consequences(offers=1, sessions=1, rounds=1, calls=1, letters=3)
    for key in ("edition", "call", "round", "offer"):
        world[key].refresh_from_db()
    assert world["edition"].state == "cancelled"
    assert world["call"].state == "cancelled"
    assert world["round"].state == "closed"
    assert world["offer"].state == "withdrawn"
    sessions = world["activity"].sessions.values_list("code", "is_cancelled")
    assert dict(sessions) == {"PAST": False, "NEXT": True}
    assert sorted(Message.objects.values_list("kind", "to_address")) == sorted(
        [
            ("calls/cancelled", world["offer"].application.email),
            ("desk/edition_cancelled", world["participant"].email),
            ("desk/edition_cancelled", world["reviewer"].email),
        ]
    )
    letter = Message.objects.get(to_address=world["participant"].email)
    assert letter.subject == "Cancelled: Baku"
    assert "The hall burnt" in letter.body
    feed = client.get(feed_path("activity", world["activity"].pk)).text
    assert feed.count("STATUS:CANCELLED") == 1
    assert feed.count("STATUS:CONFIRMED") == 1


def test_last_stage_goes_first_and_the_act_across_stages_is_recorded(world):
    cancel_edition(world["edition"], reason="The hall burnt", by=world["coordinator"])

    subjects = [one.subject_kind for one in Record.objects.exclude(act="wrote letter")]
    assert subjects == [
        "timetables.session",
        "selection.offer",
        "reviews.reviewround",
        "calls.call",
        "editions.edition",
        "editions.edition",
    ]
    last = Record.objects.latest("number")
    assert (last.act, last.by, last.reason) == (
        "cancelled in all stages",
        world["coordinator"],
        "The hall burnt",
    )
    assert last.after == {"offers": 1, "sessions": 1, "rounds": 1, "calls": 1, "letters": 3}


def test_participant_who_applied_gets_the_one_letter_of_the_call(world):
    person = world["participant"]
    make.application(world["call"], state="submitted", email=person.email)

    cancel_edition(world["edition"], reason="The hall burnt", by=world["coordinator"])

    assert list(Message.objects.filter(to_address=person.email).values_list("kind", flat=True)) == [
        "calls/cancelled"
    ]


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_changes(world, reason):
    with pytest.raises(ReasonMissing):
        cancel_edition(world["edition"], reason=reason, by=world["coordinator"])

    world["call"].refresh_from_db()
    assert world["call"].state == "published"
    assert Record.objects.count() == Message.objects.count() == 0


def test_edition_that_is_over_cannot_be_cancelled(world):
    world["edition"].state = "closed"
    world["edition"].save()

    with pytest.raises(EditionOver):
        cancel_edition(world["edition"], reason="Late", by=world["coordinator"])

    assert Record.objects.count() == 0


def test_other_editions_are_left_alone(world):
    other = make.call()

    cancel_edition(world["edition"], reason="The hall burnt", by=world["coordinator"])

    other.refresh_from_db()
    assert (other.state, other.activity.edition.state) == ("published", "adopted")


def test_page_counts_first_and_acts_only_when_sure(world, sign_in):
    client = sign_in(world["coordinator"])
    address = f"/en/editions/{world['edition'].slug}/cancel/"

    page = client.get(address)
    assert "Cancel the edition and tell 3 people" in page.text
    asked = client.post(address, {"reason": "The hall burnt"})
    assert (asked.status_code, "The hall burnt" in asked.text) == (200, True)
    assert Record.objects.count() == 0
    refused = client.post(address, {"reason": "", "sure": "yes"})
    assert refused.status_code == 422
    assert Record.objects.count() == 0

    answer = client.post(address, {"reason": "The hall burnt", "sure": "yes"})

    assert answer["Location"] == f"/en/editions/{world['edition'].slug}/"
    world["edition"].refresh_from_db()
    assert world["edition"].state == "cancelled"
    assert "there is nothing left to cancel" in client.get(address).text
