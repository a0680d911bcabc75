"""Bad input is named before any search, all of it at once, each with what to change."""

from __future__ import annotations

from datetime import date

import pytest

from karvan.engines.timetabling import Clash, ClashKind
from karvan.stages.timetables.errors import NoTimetablePossible
from karvan.stages.timetables.services import (
    add_trainer,
    build_timetable,
    lay_out_sessions,
    note_disruption,
)
from karvan.stages.timetables.services.reasons import reasons_in_words
from karvan.stages.timetables.services.remedies import remedy_words
from karvan.stages.timetables.services.translating import problem_of, read_rows
from tests import make

from . import camps

pytestmark = pytest.mark.django_db

MONDAY = date(2027, 9, 13)


def reasons(activity, **more):
    with pytest.raises(NoTimetablePossible) as raised:
        build_timetable(activity, by=None, **more)
    return raised.value.reasons


def said(activity, *clashes):
    given = read_rows(activity)
    problem = problem_of(given, in_order=False)
    return [reason.text for reason in reasons_in_words(given, clashes, problem)]


def test_everything_wrong_is_named_at_once():
    activity = camps.activity(
        [
            {"id": "D1S1", "day": 1, "minutes": 60},
            {"id": "D1S2", "day": 1, "minutes": 700},
            {"id": "D1S3", "day": 1, "minutes": 60, "room": "TEAM", "roles": ["FACIL"]},
        ],
        starts_on=MONDAY,
        country="ZZ",
    )
    camps.room(activity.edition, seats=10)
    add_trainer(activity, person=make.person(), roles=["HEAD"], by=None)
    lay_out_sessions(activity, by=None)

    found = reasons(activity)

    text = " ".join(reason.text for reason in found)
    assert "No holidays are on file" in text
    assert "the largest Hall has 10" in text
    assert "No room of the edition's venues serves as Team room" in text
    assert "needs 4 × Facilitator" in text or "× Facilitator; the activity has 0" in text
    assert "“D1S2” (D1S2)" in text
    assert all(reason.remedy for reason in found if "Holidays" not in reason.text)


def test_day_lost_is_said_with_its_reason():
    activity = camps.ready(
        [{"id": f"D{n}S1", "day": n, "minutes": 60} for n in (1, 2)],
        starts_on=MONDAY,
        ends_on=date(2027, 9, 14),
    )
    note_disruption(activity, kind="day_lost", day_from=MONDAY, reason="Election", by=None)

    (reason,) = reasons(activity)

    assert "asks for 2 days" in reason.text
    assert "Election" in reason.text


def test_trainer_and_room_lost_are_said_as_they_were_noted():
    activity = camps.ready([{"id": "D1S1", "day": 1, "minutes": 60}], starts_on=MONDAY)
    trainer, room = activity.trainers.get(), activity.edition.venues.get().rooms.get()
    note_disruption(activity, kind="trainer_away", trainer=trainer, reason="Ill", by=None)
    note_disruption(activity, kind="room_lost", room=room, reason="Flooded", by=None)

    texts = said(
        activity,
        Clash(ClashKind.TRAINER_AWAY, (str(trainer.pk),)),
        Clash(ClashKind.ROOM_CLOSED, (str(room.pk),)),
    )

    assert texts == [
        f"{trainer} cannot come at times, as was noted: Ill.",
        f"{room} cannot be used at times, as was noted: Flooded.",
    ]


def test_hours_in_which_a_trainer_is_away_are_named():
    activity = camps.ready([{"id": "D1S1", "day": 1, "minutes": 60}], starts_on=MONDAY)
    trainer = activity.trainers.get()
    note_disruption(
        activity,
        kind="trainer_away",
        trainer=trainer,
        day_from=MONDAY,
        minute_from=9 * 60,
        minute_to=10 * 60,
        reason="Hearing",
        by=None,
    )

    (text,) = said(activity, Clash(ClashKind.SESSION, (f"~{trainer.pk}.0.0",)))

    assert (
        f"{trainer} is away or teaches elsewhere, Monday, 13 September 2027 09:00 to 10:00" in text
    )


def test_trainers_who_are_missing_all_day_are_named_with_what_was_noted():
    activity = camps.ready([{"id": "D1S1", "day": 1, "minutes": 60}], starts_on=MONDAY)
    trainer = activity.trainers.get()
    note_disruption(activity, kind="trainer_away", trainer=trainer, reason="Ill", by=None)

    (text,) = said(activity, Clash(ClashKind.NO_OPEN_TIME, ("D1S1", str(trainer.pk))))

    assert f"on which these are there: {trainer} (Ill)." in text


@pytest.mark.parametrize("kind", list(ClashKind))
def test_every_kind_of_clash_has_words_of_its_own(kind):
    activity = camps.ready([{"id": "D1S1", "day": 1, "minutes": 60}], starts_on=MONDAY)

    (text,) = said(activity, Clash(kind, ("D1S1", "HALL", "A")))

    assert "A rule cannot be kept" not in text
    assert "%(" not in text


@pytest.mark.parametrize(
    "kind",
    [
        "shorter",
        "more_days",
        "more_minutes_a_day",
        "more_minutes_a_week",
        "more_trainers",
        "more_rooms",
        "more_seats",
        "room_opened",
        "more_equipment",
        "days_widened",
        "unfixed",
        "order_dropped",
        "no_later_dropped",
        "same_day_dropped",
        "other_day_dropped",
        "language_learnt",
        "day_opened",
        "session_dropped",
    ],
)
def test_every_kind_of_remedy_has_words(kind):
    assert remedy_words(kind)
