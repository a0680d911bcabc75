"""Timetables are built, improved and repaired by searches, and a person takes one answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from karvan.foundation import clock
from karvan.foundation.records.models import Record
from karvan.stages.timetables.errors import WrongState
from karvan.stages.timetables.models import Disruption, Search, Session
from karvan.stages.timetables.services import (
    add_trainer,
    ask_again,
    ask_search,
    build_timetable,
    lay_out_sessions,
    note_disruption,
    publish_timetable,
    run_search,
    take_answer,
)
from tests import make

from . import camps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_september")]

BAKU = ZoneInfo("Asia/Baku")
MONDAY = date(2027, 9, 13)


def camp(days: int = 3, head: int = 2, **more):
    """Two sessions a day on the days from a Monday, with a spare day at the end."""
    sessions = [
        {"id": f"D{day}S{part}", "day": day, "minutes": 90}
        for day in range(1, days + 1)
        for part in (1, 2)
    ]
    ends_on = MONDAY + timedelta(days=days)
    return camps.ready(sessions, head=head, starts_on=MONDAY, ends_on=ends_on, **more)


def in_force(activity):
    return publish_timetable(build_timetable(activity, by=None), by=None)


def repaired(activity, base, **typed):
    search = ask_search(activity, kind="repair", base=base, typed=typed, by=None)
    return run_search(search)


def places(timetable):
    return {
        p.session.code: (p.starts_at, p.room_id, sorted(t.pk for t in p.trainers.all()))
        for p in timetable.placements.select_related("session")
    }


def test_trainer_who_is_away_is_replaced_and_nothing_moves():
    activity = camp()
    version = in_force(activity)
    placement = version.placements.filter(session__code="D2S1").get()
    ill = placement.trainers.get()
    note_disruption(
        activity,
        kind="trainer_away",
        trainer=ill,
        day_from=date(2027, 9, 14),
        day_to=date(2027, 9, 14),
        reason="Ill",
        by=None,
    )

    search = repaired(activity, version)
    draft = take_answer(search, 1, by=None)

    assert search.state == "done"
    assert search.answers[0]["moved"] == 0
    assert (draft.made, draft.based_on, draft.state) == ("repaired", version, "draft")
    on_day_two = draft.placements.filter(starts_at__date=date(2027, 9, 14))
    assert on_day_two.count() == 2
    assert not on_day_two.filter(trainers=ill).exists()
    before, after = places(version), places(draft)
    assert {code: at[0] for code, at in before.items()} == {c: at[0] for c, at in after.items()}


def test_hours_in_which_a_trainer_is_away_are_kept_free_and_no_more():
    activity = camp(days=1, head=1)
    version = in_force(activity)
    trainer = activity.trainers.get()
    note_disruption(
        activity,
        kind="trainer_away",
        trainer=trainer,
        day_from=MONDAY,
        minute_from=9 * 60,
        minute_to=11 * 60,
        reason="At the ministry",
        by=None,
    )

    draft = take_answer(repaired(activity, version), 1, by=None)

    starts = [p.starts_at.astimezone(BAKU) for p in draft.placements.all()]
    assert all(at.date() == MONDAY and at.hour >= 11 for at in starts)


def test_room_that_is_lost_is_left_for_another():
    activity = camp()
    version = in_force(activity)
    lost = version.placements.first().room
    other = camps.room(activity.edition, "HALL2")
    note_disruption(activity, kind="room_lost", room=lost, reason="Water damage", by=None)

    search = repaired(activity, version)
    draft = take_answer(search, 1, by=None)

    assert search.answers[0]["moved"] == 0
    assert set(draft.placements.values_list("room", flat=True)) == {other.pk}


def test_day_that_is_lost_moves_only_its_own_sessions():
    activity = camp()
    version = in_force(activity)
    note_disruption(
        activity, kind="day_lost", day_from=date(2027, 9, 14), reason="National day", by=None
    )

    search = repaired(activity, version)
    draft = take_answer(search, 1, by=None)

    assert search.answers[0]["moved"] == 2
    assert {c["code"] for c in search.answers[0]["changes"] if c["is_moved"]} == {"D2S1", "D2S2"}
    assert not draft.placements.filter(starts_at__date=date(2027, 9, 14)).exists()
    assert draft.closed_days["2027-09-14"]["en"] == "National day"


def test_session_that_takes_longer_gets_its_time():
    activity = camp(days=1)
    version = in_force(activity)
    session = Session.objects.get(code="D1S1")
    note_disruption(
        activity,
        kind="session_length",
        session=session,
        minutes=150,
        reason="A second demonstration",
        by=None,
    )

    draft = take_answer(repaired(activity, version), 1, by=None)

    placement = draft.placements.get(session=session)
    other = draft.placements.exclude(session=session).get()
    assert placement.ends_at - placement.starts_at == timedelta(minutes=150)
    assert placement.ends_at <= other.starts_at or other.ends_at <= placement.starts_at


def test_sessions_begun_and_locked_ones_do_not_move():
    activity = camp()
    version = in_force(activity)
    version.placements.filter(session__code="D3S1").update(is_locked=True)
    ill = version.placements.get(session__code="D1S1").trainers.get()
    note_disruption(activity, kind="trainer_away", trainer=ill, reason="Ill", by=None)
    before = places(version)

    with clock.replaying(datetime(2027, 9, 13, 20, tzinfo=UTC)):
        locked = version.placements.get(session__code="D3S1")
        if ill in locked.trainers.all():
            locked.trainers.set(activity.trainers.exclude(pk=ill.pk))
            locked.roles = {}
            locked.save()
            before = places(version)
        draft = take_answer(repaired(activity, version), 1, by=None)

    after = places(draft)
    assert {after[code] == before[code] for code in ("D1S1", "D1S2", "D3S1")} == {True}
    assert all(ill.pk not in after[code][2] for code in ("D2S1", "D2S2", "D3S2"))
    assert draft.placements.get(session__code="D3S1").is_locked


def test_what_was_taken_back_is_heeded_no_more():
    activity = camp()
    version = in_force(activity)
    note_disruption(activity, kind="day_lost", day_from=MONDAY, reason="Storm", by=None)
    Disruption.objects.update(taken_back_at=clock.now())

    search = repaired(activity, version)

    assert [(a["moved"], a["changes"]) for a in search.answers][0] == (0, [])


def test_reasons_are_kept_in_every_language_where_no_repair_is_possible():
    activity = camp(head=1)
    version = in_force(activity)
    note_disruption(
        activity, kind="trainer_away", trainer=activity.trainers.get(), reason="Ill", by=None
    )

    search = repaired(activity, version)

    assert search.state == "none"
    assert set(search.reasons[0]["text"]) == {"en", "fr", "ar", "az"}
    said = " ".join(reason["text"]["en"] for reason in search.reasons)
    assert "Ill" in said or "Head trainer" in said
    with pytest.raises(WrongState):
        take_answer(search, 1, by=None)


def test_same_rows_give_the_same_answer():
    activity = camp()
    version = in_force(activity)
    note_disruption(activity, kind="day_lost", day_from=MONDAY, reason="Storm", by=None)

    assert (
        repaired(activity, version, seed=3).answers == repaired(activity, version, seed=3).answers
    )


def test_version_is_improved_only_if_it_gets_cheaper():
    activity = camp(days=1)
    version = build_timetable(activity, by=None)
    same = run_search(ask_search(activity, kind="improve", base=version, by=None))
    late = version.placements.get(session__code="D1S2")
    late.starts_at += timedelta(hours=5)
    late.ends_at += timedelta(hours=5)
    late.save()

    better = run_search(ask_search(activity, kind="improve", base=version, by=None))

    assert (same.state, same.made) == ("done", None)
    assert better.made.made == "improved"
    costs = better.answers[0]
    assert sum(costs["after"].values()) < sum(costs["before"].values())
    assert better.made.cost == sum(costs["after"].values())


def test_improving_leaves_what_is_locked_with_its_trainers():
    activity = camp(days=1)
    version = build_timetable(activity, by=None)
    locked, late = version.placements.order_by("starts_at")
    locked.is_locked = True
    locked.save()
    late.starts_at += timedelta(hours=5)
    late.ends_at += timedelta(hours=5)
    late.save()
    before = places(version)

    draft = run_search(ask_search(activity, kind="improve", base=version, by=None)).made

    assert places(draft)[locked.session.code] == before[locked.session.code]
    assert draft.placements.get(session=locked.session).roles == locked.roles
    assert draft.placements.get(session=late.session).starts_at < late.starts_at


def test_build_keeps_what_is_locked_in_the_newest_version():
    activity = camp(days=1)
    version = build_timetable(activity, by=None)
    locked = version.placements.get(session__code="D1S2")
    locked.starts_at += timedelta(hours=3)
    locked.ends_at += timedelta(hours=3)
    locked.is_locked = True
    locked.save()

    search = run_search(ask_search(activity, kind="build", typed={"seed": 5}, by=None))

    kept = search.made.placements.get(session__code="D1S2")
    assert (kept.starts_at, kept.room_id, kept.is_locked) == (
        locked.starts_at,
        locked.room_id,
        True,
    )
    assert [t.pk for t in kept.trainers.all()] == [t.pk for t in locked.trainers.all()]


def test_search_runs_once_and_can_be_asked_again_when_it_broke_off():
    activity = camp(days=1)
    search = run_search(ask_search(activity, kind="build", by=None))
    again = run_search(search)

    assert again.made.number == 1
    with pytest.raises(WrongState):
        ask_again(search, by=None)
    Search.objects.update(state="failed")
    search.refresh_from_db()
    assert run_search(ask_again(search, by=None)).made.number == 2


def test_one_answer_is_taken_once_and_not_after_sessions_changed():
    activity = camp()
    version = in_force(activity)
    note_disruption(activity, kind="day_lost", day_from=MONDAY, reason="Storm", by=None)
    one, other = repaired(activity, version), repaired(activity, version)
    take_answer(one, 1, by=None)
    make.session(activity, day_from=1, day_to=1)

    with pytest.raises(WrongState, match="taken already"):
        take_answer(one, 1, by=None)
    with pytest.raises(WrongState, match="Search again"):
        take_answer(other, 1, by=None)
    assert Record.objects.filter(act="repaired").count() == 1


def test_roles_are_noted_with_the_placements():
    activity = camps.activity(
        [{"id": "D1S1", "day": 1, "minutes": 60, "roles": ["HEAD", "FACIL"]}], starts_on=MONDAY
    )
    camps.room(activity.edition)
    for roles in (["HEAD", "FACIL"], ["FACIL"], ["FACIL"]):
        add_trainer(activity, person=make.person(), roles=roles, by=None)
    lay_out_sessions(activity, by=None)

    placement = build_timetable(activity, by=None).placements.get()

    assert sorted(placement.roles) == ["FACIL", "HEAD"]
    noted = {int(key) for keys in placement.roles.values() for key in keys}
    assert noted == {t.pk for t in placement.trainers.all()}
