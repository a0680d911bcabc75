"""Coursework comes of the design, is handed in, marked by rubric, returned; results add up."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from karvan.foundation.files.errors import FileNotAllowed
from karvan.foundation.records.models import Record
from karvan.stages.delivery.errors import (
    MarkNotPossible,
    NotEnrolled,
    NothingHandedIn,
    ReasonMissing,
    UnknownAssessment,
    WrongState,
)
from karvan.stages.delivery.models import Assessment, Feedback, HandIn
from karvan.stages.delivery.queries import (
    assessments_of,
    feedback_summary,
    outputs_of,
    total_percent,
)
from karvan.stages.delivery.services import (
    add_material,
    give_feedback,
    hand_in,
    mark_hand_in,
    mark_left,
    plan_coursework,
    record_assessment,
    return_hand_in,
)
from tests import make

from . import courses

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    return make.enrolment(courses.activity())


def piece(enrolment, code="canvas"):
    plan_coursework(enrolment.activity, by=None)
    return enrolment.activity.coursework.get(code=code)


def test_outputs_and_assessments_with_a_rubric_become_coursework_once(enrolment):
    planned = plan_coursework(enrolment.activity, by=None)
    again = plan_coursework(enrolment.activity, by=None)

    assert sorted(c.code for c in planned) == ["A4", "canvas", "interview"]
    assert again == planned
    assert planned[0].due_at.isoformat() == "2026-09-14T19:59:00+00:00"  # the day's end in Baku
    assert Record.objects.count() == 1


def test_each_hand_in_is_a_new_try_and_counts_as_output(enrolment):
    canvas = piece(enrolment)

    first = hand_in(canvas, enrolment=enrolment, text="One", by=enrolment.person)
    second = hand_in(canvas, enrolment=enrolment, text="Two", by=enrolment.person)

    assert (first.number, second.number) == (1, 2)
    assert outputs_of(enrolment) == {"canvas": 2}


def test_file_is_kept_and_a_wrong_kind_leaves_nothing(enrolment):
    canvas = piece(enrolment)
    good = SimpleUploadedFile("plan.txt", b"The plan")
    bad = SimpleUploadedFile("plan.exe", b"MZ\x90\x00" + b"\x00" * 64)

    made = hand_in(canvas, enrolment=enrolment, upload=good, by=None)

    assert (made.file.name, made.file.scope) == ("plan.txt", enrolment.activity.scope)
    with pytest.raises(FileNotAllowed):
        hand_in(canvas, enrolment=enrolment, upload=bad, by=None)
    assert HandIn.objects.count() == 1


def test_nothing_and_strangers_are_refused(enrolment):
    canvas = piece(enrolment)

    with pytest.raises(NothingHandedIn):
        hand_in(canvas, enrolment=enrolment, text=" ", by=None)
    with pytest.raises(NotEnrolled):
        hand_in(canvas, enrolment=make.enrolment(courses.activity()), text="Mine", by=None)
    mark_left(enrolment, reason="Moved", by=None)
    with pytest.raises(NotEnrolled):
        hand_in(canvas, enrolment=enrolment, text="Late", by=None)

    assert HandIn.objects.count() == 0


def test_rubric_marks_make_a_percentage_and_the_assessment(enrolment):
    trainer = make.person()
    defence = hand_in(piece(enrolment, "A4"), enrolment=enrolment, text="Slides", by=None)

    marked = mark_hand_in(defence, marks={"F": 4, "S": 3}, comment="Good", by=trainer)

    assert (marked.state, marked.percent, marked.marked_by) == ("marked", 88, trainer)
    assert assessments_of(enrolment) == {"A4": 88}


@pytest.mark.parametrize("marks", [{"F": 4}, {"F": 4, "S": 5}, {"F": -1, "S": 0}])
def test_missing_or_impossible_marks_are_refused(enrolment, marks):
    defence = hand_in(piece(enrolment, "A4"), enrolment=enrolment, text="Slides", by=None)

    with pytest.raises(MarkNotPossible):
        mark_hand_in(defence, marks=marks, by=make.person())

    assert HandIn.objects.get().state == "handed_in"
    assert Assessment.objects.count() == 0


def test_returned_try_counts_no_longer_and_cannot_be_marked(enrolment):
    made = hand_in(piece(enrolment), enrolment=enrolment, text="Draft", by=None)
    with pytest.raises(ReasonMissing):
        return_hand_in(made, comment="", by=None)

    return_hand_in(made, comment="Add prices", by=None)

    assert outputs_of(enrolment) == {}
    with pytest.raises(WrongState):
        mark_hand_in(made, percent=50, by=make.person())
    with pytest.raises(WrongState):
        return_hand_in(made, comment="Again", by=None)


def test_what_is_one_a_team_counts_for_the_whole_team(enrolment):
    application = make.application(make.call(enrolment.activity), state="submitted")
    mate = make.enrolment(enrolment.activity, application=application)
    enrolment.application = application
    enrolment.save()
    canvas = piece(enrolment)
    canvas.by_team = True
    canvas.save()

    hand_in(canvas, enrolment=mate, text="Ours", by=None)

    assert outputs_of(enrolment) == {"canvas": 1}


def test_total_is_known_only_when_every_weighted_result_is(enrolment):
    record_assessment(enrolment, code="A2", percent=70, by=None)
    assert total_percent(enrolment) is None

    record_assessment(enrolment, code="A4", percent=81, by=None)

    assert total_percent(enrolment) == 74  # 0.6 × 70 + 0.4 × 81 = 74.4


def test_result_is_replaced_with_a_record_of_both(enrolment):
    record_assessment(enrolment, code="A2", percent=70, by=None)
    record_assessment(enrolment, code="A2", percent=75, by=None)

    last = Record.objects.order_by("number").last()
    assert (last.before, last.after) == ({"A2": 70}, {"A2": 75})
    assert str(enrolment.person) not in last.subject_label


def test_unknown_assessment_and_impossible_result_are_refused(enrolment):
    with pytest.raises(UnknownAssessment):
        record_assessment(enrolment, code="A9", percent=70, by=None)
    with pytest.raises(MarkNotPossible):
        record_assessment(enrolment, code="A2", percent=101, by=None)

    assert Assessment.objects.count() == 0


def test_feedback_is_shown_from_five_answers_on_and_never_by_whom():
    activity = courses.activity()
    session = make.session(activity)
    people = courses.participants(activity, 6)
    for number, one in enumerate(people[:4]):
        give_feedback(session, enrolment=one, rating=5, comment=f"{number}", by=one.person)
    few = feedback_summary(session)

    give_feedback(session, enrolment=people[4], rating=1, comment="Too fast", by=None)
    enough = feedback_summary(session)

    assert (few.answers, few.mean, few.comments) == (4, None, ())
    assert (enough.answers, enough.asked, enough.mean) == (5, 6, 4.2)
    assert enough.comments == ("0", "1", "2", "3", "Too fast")
    assert {r.by for r in Record.objects.filter(act="received feedback")} == {None}


def test_feedback_is_for_those_in_the_session_and_from_one_to_five():
    activity = courses.activity()
    session = make.session(activity, group=make.group(activity))
    outsider = make.enrolment(activity, group=make.group(activity))
    own = make.enrolment(activity, group=session.group)

    with pytest.raises(NotEnrolled):
        give_feedback(session, enrolment=outsider, rating=3, by=None)
    with pytest.raises(MarkNotPossible):
        give_feedback(session, enrolment=own, rating=6, by=None)

    assert Feedback.objects.count() == 0


def test_material_needs_a_title():
    session = make.session(courses.activity())
    with pytest.raises(ReasonMissing):
        add_material(session, title="", upload=SimpleUploadedFile("a.txt", b"A"), by=None)

    made = add_material(session, title="Slides", upload=SimpleUploadedFile("a.txt", b"A"), by=None)

    assert (made.title, made.file.name) == ("Slides", "a.txt")


@pytest.mark.parametrize(
    "broken",
    [{"percent": 101}, {"text": ""}, {"state": "marked", "marked_by": None}],
    ids=["over a hundred", "holds nothing", "marked by nobody"],
)
def test_database_refuses_impossible_hand_ins(enrolment, broken):
    hand_in(piece(enrolment), enrolment=enrolment, text="Mine", by=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        HandIn.objects.update(**broken)


def test_database_refuses_impossible_results_and_ratings(enrolment):
    record_assessment(enrolment, code="A2", percent=70, by=None)
    session = make.session(enrolment.activity)
    give_feedback(session, enrolment=enrolment, rating=3, by=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.update(percent=101)
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.update(rating=6)
