"""The roll is called, in parts if need be, corrected with a record, and counted exactly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from karvan.foundation.records.models import Record
from karvan.stages.delivery.errors import NotEnrolled, RollNotPossible
from karvan.stages.delivery.models import Attendance
from karvan.stages.delivery.queries import attendance_percent, attendance_percents
from karvan.stages.delivery.services import call_roll, mark_left
from karvan.stages.timetables.models import Placement
from tests import make

from . import courses

pytestmark = pytest.mark.django_db


def states(*enrolments):
    return {e.pk: Attendance.objects.get(enrolment=e).state for e in enrolments}


def test_part_of_a_roll_can_be_called_and_the_rest_later():
    trainer = make.person()
    activity = courses.activity()
    session = make.session(activity)
    one, other = courses.participants(activity, 2)

    first = call_roll(session, states={one.pk: "present"}, by=trainer)
    second = call_roll(session, states={one.pk: "present", other.pk: "late"}, by=trainer)

    assert first == {"called": 1, "corrected": 0}
    assert second == {"called": 1, "corrected": 0}
    assert states(one, other) == {one.pk: "present", other.pk: "late"}
    assert [r.after for r in Record.objects.order_by("number")] == [{"present": 1}, {"late": 1}]


def test_correction_is_recorded_with_before_and_after():
    session = make.session(courses.activity())
    (one,) = courses.participants(session.activity, 1)
    call_roll(session, states={one.pk: "absent"}, by=None)

    assert call_roll(session, states={one.pk: "excused"}, by=None)["corrected"] == 1

    last = Record.objects.order_by("number").last()
    assert last.act == "corrected roll"
    assert (last.before, last.after) == ({str(one.pk): "absent"}, {str(one.pk): "excused"})


def test_those_of_another_group_or_activity_are_refused_and_nothing_is_written():
    activity = courses.activity()
    mine, theirs = make.group(activity), make.group(activity)
    session = make.session(activity, group=mine)
    own = make.enrolment(activity, group=mine)
    other = make.enrolment(activity, group=theirs)

    for stranger in (other, make.enrolment(courses.activity())):
        with pytest.raises(NotEnrolled):
            call_roll(session, states={own.pk: "present", stranger.pk: "present"}, by=None)

    assert Attendance.objects.count() == 0


def test_cancelled_session_unknown_state_and_early_roll_are_refused():
    activity = courses.activity()
    (one,) = courses.participants(activity, 1)
    cancelled = make.session(activity, is_cancelled=True)
    session = make.session(activity)
    begins = timezone.now() + timedelta(hours=2)
    Placement.objects.create(
        timetable=make.timetable(activity, state="published"),
        session=session,
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
    )

    with pytest.raises(RollNotPossible, match="cancelled"):
        call_roll(cancelled, states={one.pk: "present"}, by=None)
    with pytest.raises(RollNotPossible, match="Choose present"):
        call_roll(make.session(activity), states={one.pk: "asleep"}, by=None)
    with pytest.raises(RollNotPossible, match="an hour before"):
        call_roll(session, states={one.pk: "present"}, by=None)

    assert Attendance.objects.count() == 0


def test_attendance_counts_late_as_there_and_excused_neither_way():
    activity = courses.activity()
    one, nobody = courses.participants(activity, 2)
    for state in ("present", "late", "absent", "excused"):
        call_roll(make.session(activity), states={one.pk: state}, by=None)

    assert attendance_percent(one) == 66
    assert attendance_percent(nobody) is None
    assert attendance_percents([one, nobody]) == {one.pk: 66, nobody.pk: None}


def test_only_excused_is_not_known_rather_than_nothing():
    session = make.session(courses.activity())
    (one,) = courses.participants(session.activity, 1)
    call_roll(session, states={one.pk: "excused"}, by=None)

    assert attendance_percent(one) is None


def test_who_left_stays_only_on_the_rolls_that_were_called():
    activity = courses.activity()
    (one,) = courses.participants(activity, 1)
    before, after = make.session(activity), make.session(activity)
    call_roll(before, states={one.pk: "present"}, by=None)
    mark_left(one, reason="Moved", by=None)

    call_roll(before, states={one.pk: "late"}, by=None)
    with pytest.raises(NotEnrolled):
        call_roll(after, states={one.pk: "present"}, by=None)


@pytest.mark.parametrize("count", [3, 30])
def test_thirty_people_cost_as_many_queries_as_three(count, django_assert_num_queries):
    activity = courses.activity()
    session = make.session(activity)
    people = courses.participants(activity, count)
    call_roll(session, states={people[0].pk: "present"}, by=None)

    with django_assert_num_queries(14):
        call_roll(session, states={p.pk: "late" for p in people}, by=None)


def test_database_holds_one_known_state_a_person_and_session():
    session = make.session(courses.activity())
    (one,) = courses.participants(session.activity, 1)
    call_roll(session, states={one.pk: "present"}, by=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(
            session=session, enrolment=one, state="late", called_at=timezone.now()
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.update(state="asleep")
