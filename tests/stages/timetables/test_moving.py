"""Sessions of a draft are moved, locked, given other trainers; drafts are copied and thrown away."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karvan.foundation.records.models import Record
from karvan.stages.timetables.errors import PlacementClashes, WrongState
from karvan.stages.timetables.models import Placement, Timetable
from karvan.stages.timetables.services import (
    Setting,
    add_trainer,
    build_timetable,
    change_trainers,
    copy_as_draft,
    differences,
    lock_placements,
    move_placement,
    publish_timetable,
    reasons_against,
    throw_away,
    trainers_for,
    where_it_may_go,
)
from tests import make

from . import camps

pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 9, 18)
BAKU = ZoneInfo("Asia/Baku")


def two_sessions(**more):
    return camps.ready([{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in (1, 2)], **more)


def drafted(activity):
    draft = build_timetable(activity, by=None)
    return draft, *draft.placements.order_by("starts_at")


def of(trainer):
    return {"HEAD": [trainer]}


def test_every_place_is_free_or_says_why_not_as_moving_there_would():
    activity = two_sessions(starts_on=FRIDAY)
    camps.room(activity.edition, "SECOND")
    _draft, _one, other = drafted(activity)

    places = where_it_may_go(other, first=FRIDAY, last=FRIDAY)

    assert {place.room.code for place in places} == {"HALL", "SECOND"}
    assert len(places) == 2 * (18 - 9) * 4
    for place in places:
        at = other.starts_at.astimezone(BAKU).replace(
            hour=place.minute // 60, minute=place.minute % 60
        )
        against = reasons_against(other, starts_at=at, room=place.room)
        assert bool(against) == bool(place.why_not), (place, against)


def test_prayer_is_named_before_the_drop_and_at_it():
    activity = two_sessions(starts_on=FRIDAY)
    _draft, _one, other = drafted(activity)

    places = where_it_may_go(other, first=FRIDAY, last=FRIDAY)

    (during,) = [place for place in places if place.minute == 13 * 60]
    assert during.why_not[0] == "Closed: Friday prayer, 12:30–14:30."
    with pytest.raises(PlacementClashes, match="Closed: Friday prayer"):
        move_placement(
            other,
            starts_at=other.starts_at.astimezone(BAKU).replace(hour=13, minute=0),
            room=other.room,
            by=None,
        )


def test_place_taken_by_others_says_who_has_what_then():
    activity = two_sessions()
    _draft, one, other = drafted(activity)

    places = where_it_may_go(other, first=activity.starts_on, last=activity.starts_on)

    minute = one.starts_at.astimezone(BAKU).hour * 60 + one.starts_at.astimezone(BAKU).minute
    (taken,) = [place for place in places if place.minute == minute]
    teacher = one.trainers.get()
    said = " ".join(taken.why_not)
    assert "The cohort has “D1S1” (D1S1) then." in said
    assert f"{teacher} teaches “D1S1” (D1S1) then." in said
    assert "Room HALL holds “D1S1” (D1S1) then." in said


def test_places_cost_the_same_queries_however_many_sessions():
    def cost(count):
        activity = camps.ready(
            [{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in range(count)], head=count
        )
        placement = build_timetable(activity, by=None).placements.first()
        with CaptureQueriesContext(connection) as captured:
            where_it_may_go(placement, first=activity.starts_on, last=activity.starts_on)
        return len(captured)

    assert cost(2) == cost(5)


def test_moved_version_is_counted_anew_and_nothing_is_proved_of_it():
    draft, _one, other = drafted(two_sessions())
    assert draft.is_proved

    move_placement(other, starts_at=other.starts_at + timedelta(hours=6), room=other.room, by=None)

    draft.refresh_from_db()
    assert (draft.is_proved, draft.bound) == (False, None)
    assert draft.cost == sum(draft.costs.values())


def test_locked_session_stays_until_it_is_unlocked():
    draft, _one, other = drafted(two_sessions())
    officer = make.officer()
    later = other.starts_at + timedelta(hours=5)

    assert lock_placements([other], locked=True, by=officer) == 1
    assert lock_placements([other], locked=True, by=officer) == 0
    with pytest.raises(WrongState, match="“D1S2” is locked in its place"):
        move_placement(other, starts_at=later, room=other.room, by=officer)
    with pytest.raises(WrongState, match="locked"):
        change_trainers(other, roles={}, by=officer)
    assert lock_placements(draft.placements.all(), locked=False, by=officer) == 1

    assert move_placement(other, starts_at=later, room=other.room, by=officer).starts_at == later
    acts = Record.objects.filter(subject_id=str(draft.pk), by=officer).values_list("act", flat=True)
    assert list(acts.order_by("number")) == ["locked sessions", "unlocked sessions"]


def test_superseded_version_is_not_locked():
    activity = two_sessions()
    first = publish_timetable(build_timetable(activity, by=None), by=None)
    publish_timetable(copy_as_draft(first, by=None), by=None)

    with pytest.raises(WrongState, match="superseded"):
        lock_placements(first.placements.all(), locked=True, by=None)


def test_copy_has_everything_where_the_version_has_it():
    activity = two_sessions(head=2)
    first, one, _other = drafted(activity)
    publish_timetable(first, by=None)
    Placement.objects.filter(pk=one.pk).update(
        is_locked=True, roles={"HEAD": [str(one.trainers.get().pk)]}, sequence=3
    )
    officer = make.officer()

    draft = copy_as_draft(first, by=officer)

    assert (draft.number, draft.state, draft.made, draft.based_on) == (2, "draft", "copied", first)
    keys = ("session", "starts_at", "ends_at", "room", "roles", "is_locked", "sequence", "trainers")
    assert list(draft.placements.order_by("pk").values_list(*keys)) == list(
        first.placements.order_by("pk").values_list(*keys)
    )
    assert differences(draft, list(draft.placements.all())) == []
    assert publish_timetable(draft, by=officer).state == "published"


def test_copy_leaves_out_what_was_called_off_and_says_so():
    activity = two_sessions()
    first, one, other = drafted(activity)
    publish_timetable(first, by=None)
    type(one.session).objects.filter(pk=one.session_id).update(is_cancelled=True)

    draft = copy_as_draft(first, by=None)

    assert [p.session_id for p in draft.placements.all()] == [other.session_id]


def test_draft_says_what_it_changes_by_session():
    activity = camps.ready(
        [{"id": f"D1S{n}", "day": 1, "minutes": 60} for n in range(1, 6)], head=2
    )
    hall = camps.room(activity.edition, "SECOND")
    first = publish_timetable(build_timetable(activity, by=None), by=None)
    draft = copy_as_draft(first, by=None)
    moved, roomed, taught, dropped, _same = draft.placements.order_by("starts_at")
    moved.starts_at -= timedelta(minutes=15)
    moved.save()
    roomed.room = hall
    roomed.save()
    change_trainers(
        taught,
        roles=of(activity.trainers.exclude(placements=taught).get()),
        by=None,
    )
    dropped.delete()
    extra = make.session(activity, code="EXTRA")
    Placement.objects.create(
        timetable=draft,
        session=extra,
        starts_at=moved.starts_at + timedelta(hours=8),
        ends_at=moved.starts_at + timedelta(hours=9),
    )

    found = {d.session.code: d.what for d in differences(draft, list(draft.placements.all()))}

    assert found == {
        moved.session.code: ("moved",),
        roomed.session.code: ("another room",),
        taught.session.code: ("other trainers",),
        dropped.session.code: ("no longer held",),
        "EXTRA": ("new",),
    }


def test_only_drafts_are_thrown_away_and_it_stays_on_record():
    activity = two_sessions()
    first = publish_timetable(build_timetable(activity, by=None), by=None)
    draft = copy_as_draft(first, by=None)

    throw_away(draft, by=None)
    with pytest.raises(WrongState, match="Only a draft can be thrown away"):
        throw_away(first, by=None)

    assert list(Timetable.objects.all()) == [first]
    assert Record.objects.order_by("number").last().act == "draft thrown away"


def test_trainers_who_are_free_come_first_and_the_others_say_why_not():
    activity = two_sessions()
    draft, one, other = drafted(activity)
    busy = one.trainers.get()
    free = add_trainer(activity, person=make.person("Zeynab Free"), roles=["HEAD"], by=None)
    other.starts_at, other.ends_at = one.starts_at, one.ends_at
    other.room = camps.room(activity.edition, "SECOND")
    other.trainers.set([])
    other.save()
    other.timetable = draft

    (role, choices), *rest = trainers_for(other).items()

    assert (role, rest) == ("HEAD", [])
    assert [trainer for trainer, _why in choices] == [free, busy]
    assert choices[0][1] == ()
    assert choices[1][1] == (f"{busy} teaches “D1S1” (D1S1) then.",)
    with pytest.raises(PlacementClashes, match="teaches “D1S1”"):
        change_trainers(other, roles=of(busy), by=None)
    Timetable.objects.filter(pk=other.timetable_id).update(cost=1, bound=1, is_proved=True)
    changed = change_trainers(other, roles=of(free), by=None)
    version = Timetable.objects.get(pk=other.timetable_id)
    assert version.cost == sum(version.costs.values()) > 1
    assert (version.bound, version.is_proved) == (None, False)
    assert (list(changed.trainers.all()), changed.roles) == ([free], {"HEAD": [str(free.pk)]})


def test_nobody_fills_two_roles_and_a_published_version_keeps_its_trainers():
    activity = two_sessions()
    draft, one, _other = drafted(activity)
    trainer = one.trainers.get()

    with pytest.raises(WrongState, match="two roles"):
        change_trainers(one, roles={"HEAD": [trainer], "FACIL": [trainer]}, by=None)
    publish_timetable(draft, by=None)
    with pytest.raises(WrongState, match="published version never changes"):
        change_trainers(one, roles=of(trainer), by=None)


def test_closed_stretches_of_a_day_have_names():
    activity = camps.ready(
        [{"id": f"D{n}S1", "day": n, "minutes": 60} for n in (1, 2)],
        starts_on=date(2026, 9, 17),
        ends_on=FRIDAY,
    )
    pauses = Setting(build_timetable(activity, by=None)).pauses()

    assert [(p.name, p.hours) for p in pauses[date(2026, 9, 17)]] == [("meal", "12:30–13:30")]
    assert [(p.name, p.hours) for p in pauses[FRIDAY]] == [("Friday prayer", "12:30–14:30")]
