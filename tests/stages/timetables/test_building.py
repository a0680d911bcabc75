"""Sessions are laid out, placed by the engine on open days, or refused with reasons."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.timetables.errors import DatesMissing, NothingToPlace, NoTimetablePossible
from karvan.stages.timetables.models import Placement, Session, Timetable
from karvan.stages.timetables.services import (
    add_trainer,
    build_timetable,
    lay_out_sessions,
    make_groups,
)
from tests import make

from . import camps

pytestmark = pytest.mark.django_db

BAKU = ZoneInfo("Asia/Baku")


def three_days(**more):
    return [{"id": f"D{day}S1", "day": day, "minutes": 60, **more} for day in (1, 2, 3)]


def dates(timetable, zone=BAKU):
    return [p.starts_at.astimezone(zone).date() for p in timetable.placements.all()]


def test_sessions_are_laid_out_for_all_where_a_room_seats_all():
    activity = camps.activity([{"id": "D1S1", "day": 1, "minutes": 60, "roles": ["HEAD", "FACIL"]}])
    camps.room(activity.edition)
    make_groups(activity, count=2, by=None)

    (session,) = lay_out_sessions(activity, by=None)

    assert (session.code, session.group) == ("D1S1", None)
    assert session.trainer_roles == {"HEAD": 1, "FACIL": 2}  # 4 teams of 5, one for each 2


def test_sessions_are_laid_out_by_group_where_no_room_seats_all():
    activity = camps.activity(
        [{"id": "D1S1", "day": 1, "minutes": 60, "room": "TEAM", "roles": ["FACIL"]}]
    )
    make_groups(activity, count=2, by=None)

    sessions = lay_out_sessions(activity, by=None)

    assert [(s.code, s.group.code, s.trainer_roles) for s in sessions] == [
        ("D1S1-A", "A", {"FACIL": 1}),
        ("D1S1-B", "B", {"FACIL": 1}),
    ]


def test_larger_room_of_a_venue_makes_groups_needless():
    activity = camps.activity([{"id": "D1S1", "day": 1, "minutes": 60, "room": "TEAM"}])
    camps.room(activity.edition, "BIG", seats=30, kinds=["TEAM"])
    make_groups(activity, count=2, by=None)

    assert [s.code for s in lay_out_sessions(activity, by=None)] == ["D1S1"]


def test_laying_out_again_keeps_the_rows_and_drops_what_is_gone():
    activity = camps.activity(
        [{"id": "D1S1", "day": 1, "minutes": 60}, {"id": "D1S2", "day": 1, "minutes": 30}]
    )
    first, gone = lay_out_sessions(activity, by=None)
    data = activity.edition.blueprint.data
    data["activities"][0]["sessions"] = [
        {**data["activities"][0]["sessions"][0], "minutes": 90},
    ]

    (again,) = lay_out_sessions(activity, by=None)

    assert (again.pk, again.minutes) == (first.pk, 90)
    assert not Session.objects.filter(pk=gone.pk).exists()
    assert Record.objects.get(number=2).after == {"made": 0, "changed": 1, "dropped": 1}


def test_laying_out_twice_changes_and_records_nothing():
    activity = camps.activity()
    lay_out_sessions(activity, by=None)

    lay_out_sessions(activity, by=None)

    assert Record.objects.count() == 1


def test_timetable_is_a_numbered_draft_with_every_session_in_it():
    officer = make.officer()
    activity = camps.ready(three_days(), ends_on=date(2026, 9, 16))

    timetable = build_timetable(activity, by=officer)

    assert (timetable.number, timetable.state, timetable.is_proved) == (1, "draft", True)
    assert dates(timetable) == [date(2026, 9, 14), date(2026, 9, 15), date(2026, 9, 16)]
    assert all(p.room.code == "HALL" for p in timetable.placements.all())
    assert all(p.trainers.count() == 1 for p in timetable.placements.all())
    assert build_timetable(activity, by=officer).number == 2


def test_same_rows_and_seed_give_the_same_timetable():
    activity = camps.ready(three_days(), head=3, ends_on=date(2026, 9, 16))

    one = build_timetable(activity, seed=7, by=None)
    other = build_timetable(activity, seed=7, by=None)

    def told(timetable):
        return [
            (p.session_id, p.starts_at, p.room_id, [t.pk for t in p.trainers.all()])
            for p in timetable.placements.all()
        ]

    assert told(one) == told(other)


def test_holiday_and_weekend_are_kept_free_and_named():
    # In Azerbaijan 20 January is a day of mourning; the 23rd and 24th of January 2021 a weekend.
    activity = camps.ready(three_days(), starts_on=date(2021, 1, 19), ends_on=date(2021, 1, 24))

    timetable = build_timetable(activity, by=None)

    assert dates(timetable) == [date(2021, 1, 19), date(2021, 1, 21), date(2021, 1, 22)]
    assert set(timetable.closed_days) == {"2021-01-20", "2021-01-23", "2021-01-24"}
    assert set(timetable.closed_days["2021-01-20"]) == {"en", "fr", "ar", "az"}


def test_friday_is_no_workday_in_egypt_and_sunday_is():
    activity = camps.ready(
        three_days(), starts_on=date(2026, 9, 17), ends_on=date(2026, 9, 21), country="EG"
    )

    timetable = build_timetable(activity, by=None)

    assert dates(timetable, ZoneInfo("Africa/Cairo")) == [
        date(2026, 9, 17),
        date(2026, 9, 20),
        date(2026, 9, 21),
    ]


def test_closed_day_can_be_opened_for_it():
    activity = camps.ready(three_days(), starts_on=date(2026, 9, 18), ends_on=date(2026, 9, 20))

    timetable = build_timetable(
        activity, opened_anyway=[date(2026, 9, 19), date(2026, 9, 20)], by=None
    )

    assert dates(timetable) == [date(2026, 9, 18), date(2026, 9, 19), date(2026, 9, 20)]
    assert timetable.closed_days == {}


def test_hours_of_the_friday_prayer_are_kept_free():
    sessions = [{"id": f"D1S{n}", "day": 1, "minutes": 105} for n in range(4)]
    activity = camps.ready(sessions, starts_on=date(2026, 9, 18))

    timetable = build_timetable(activity, by=None)

    for placement in timetable.placements.all():
        start = placement.starts_at.astimezone(BAKU).time()
        end = placement.ends_at.astimezone(BAKU).time()
        assert end <= time(12, 30) or start >= time(14, 30)


def test_meal_moves_so_that_a_long_afternoon_keeps_its_order():
    minutes = {"D1S1": 105, "D1S2": 180, "D1S3": 75, "D1S4": 90}
    sessions = [{"id": code, "day": 1, "minutes": m} for code, m in minutes.items()]
    activity = camps.ready(sessions)

    timetable = build_timetable(activity, by=None)

    assert [p.session.code for p in timetable.placements.all()] == list(minutes)
    assert timetable.note == ""


def test_course_is_held_in_the_evening_on_different_days_of_each_week():
    sessions = [
        {"id": "W1L1", "week": 1, "slot": "live_1", "kind": "live", "minutes": 120},
        {"id": "W1L2", "week": 1, "slot": "live_2", "kind": "live", "minutes": 120},
        {"id": "W1ST", "week": 1, "slot": "studio", "kind": "studio", "minutes": 180},
        {"id": "W1DD", "week": 1, "slot": "demo_day", "kind": "assessment", "minutes": 300},
    ]
    activity = camps.ready(
        sessions, format="course", starts_on=date(2026, 9, 14), ends_on=date(2026, 9, 20)
    )

    timetable = build_timetable(activity, by=None)

    placed = list(timetable.placements.all())
    assert [p.session.code for p in placed] == ["W1L1", "W1L2", "W1ST", "W1DD"]
    assert len(set(dates(timetable))) == 4
    assert {p.starts_at.astimezone(BAKU).hour for p in placed[:2]} <= {18, 19}
    assert placed[2].starts_at.astimezone(BAKU).time() == time(18)
    assert placed[3].starts_at.astimezone(BAKU).time() == time(16)


def test_groups_share_the_small_rooms():
    activity = camps.activity(
        [
            {"id": "D1S1", "day": 1, "minutes": 60},
            {"id": "D1S2", "day": 1, "minutes": 90, "room": "TEAM", "roles": ["FACIL"]},
        ]
    )
    camps.room(activity.edition)
    camps.room(activity.edition, "T1", seats=12, kinds=["TEAM"])
    add_trainer(activity, person=make.person(), roles=["HEAD", "FACIL"], by=None)
    make_groups(activity, count=2, by=None)
    lay_out_sessions(activity, by=None)

    timetable = build_timetable(activity, by=None)

    in_small = timetable.placements.filter(room__code="T1").order_by("starts_at")
    assert len(in_small) == 2
    assert in_small[0].ends_at <= in_small[1].starts_at


def test_too_few_days_are_said_with_what_is_closed():
    activity = camps.ready(three_days(), starts_on=date(2026, 9, 18), ends_on=date(2026, 9, 20))

    with pytest.raises(NoTimetablePossible) as raised:
        build_timetable(activity, by=None)

    (reason,) = raised.value.reasons
    assert "asks for 3 days" in reason.text
    assert "Saturday, 19 September 2026" in reason.text
    assert "open a closed day" in reason.remedy
    assert Timetable.objects.count() == 0


@pytest.mark.parametrize(
    ("missing", "said", "remedy"),
    [
        ("room", "No room of the edition's venues serves as Hall (HALL)", "Add such a room"),
        ("seats", "needs 20 seats; the largest Hall has 10", "groups of at most 10"),
        ("trainer", "needs 1 × Head trainer; the activity has 0", "Add a trainer"),
    ],
)
def test_what_is_missing_is_named_and_what_would_free_it(missing, said, remedy):
    activity = camps.activity()
    if missing != "room":
        camps.room(activity.edition, seats=10 if missing == "seats" else 40)
    if missing != "trainer":
        add_trainer(activity, person=make.person(), roles=["HEAD"], by=None)
    lay_out_sessions(activity, by=None)

    with pytest.raises(NoTimetablePossible) as raised:
        build_timetable(activity, by=None)

    assert any(said in reason.text for reason in raised.value.reasons), raised.value.reasons
    assert any(remedy in reason.remedy for reason in raised.value.reasons)


def test_two_sessions_that_cannot_fit_one_day_are_named():
    sessions = [{"id": f"D1S{n}", "day": 1, "minutes": 200} for n in range(3)]
    activity = camps.ready(sessions)

    with pytest.raises(NoTimetablePossible) as raised:
        build_timetable(activity, by=None)

    assert "D1S0" in str(raised.value)
    assert Placement.objects.count() == 0


def test_nothing_to_place_and_no_dates_are_refused():
    with pytest.raises(NothingToPlace):
        build_timetable(camps.activity(), by=None)

    undated = make.activity(
        of=make.edition(of=make.blueprint()), planned_starts_on=None, planned_ends_on=None
    )
    with pytest.raises(DatesMissing):
        build_timetable(undated, by=None)


def test_items_nobody_has_counted_are_said_to_be_unknown():
    activity = camps.activity([{"id": "D1S1", "day": 1, "minutes": 60, "kind": "lab"}])
    camps.room(activity.edition)
    add_trainer(activity, person=make.person(), roles=["HEAD"], by=None)
    activity.edition.blueprint.data["activities"][0]["equipment"] = [
        {"code": "DMM", "qty": 1, "per": "team", "item": make.texts("Multimeter")}
    ]
    (session,) = lay_out_sessions(activity, by=None)

    timetable = build_timetable(activity, by=None)

    assert session.equipment == {"DMM": 4}
    assert timetable.note == "Not known whether there is enough of: Multimeter."
