"""Rounds, reviewers and marks: each act works, each refusal changes nothing."""

from __future__ import annotations

import pytest

from karvan.foundation.people.access import holds
from karvan.foundation.records.models import Record
from karvan.stages.blueprints import library
from karvan.stages.reviews.errors import (
    AlreadyReviewer,
    LoadNotPossible,
    MarkNotPossible,
    MarksMissing,
    NoRubric,
    ReadTaken,
    WrongState,
)
from karvan.stages.reviews.models import Assignment, Review, Reviewer
from karvan.stages.reviews.queries import criterion_means, merits, progress
from karvan.stages.reviews.rubric import mean_of, rubric_of, total_of
from karvan.stages.reviews.services import (
    add_reviewer,
    close_round,
    declare_conflict,
    finish_review,
    open_round,
    prepare_round,
    save_review,
)
from tests import make

pytestmark = pytest.mark.django_db


def test_round_takes_its_rubric_and_limits_from_the_blueprint():
    call = make.call()

    prepared = prepare_round(call, by=make.officer())

    assert [c["code"] for c in prepared.rubric["criteria"]] == ["C1", "C2"]
    assert (prepared.reads_each, prepared.third_read_over, prepared.state) == (2, 20, "prepared")
    assert [r.act for r in Record.objects.all()] == ["prepared reading"]


def test_call_has_one_round_and_a_jury_needs_none():
    call = make.call()
    prepare_round(call, by=None)
    document = make.small_document("J")
    document["activities"][0]["selection"] = {"decided_by": "jury", "jury_min": 5}
    edition = make.edition(of=make.blueprint(make.programme("J"), data=document))

    with pytest.raises(WrongState):
        prepare_round(call, by=None)
    with pytest.raises(NoRubric):
        prepare_round(make.call(make.activity(of=edition)), by=None)


def test_rubric_as_a_blueprint_writes_it_gets_its_scale_from_the_anchors():
    written = library.data("TVP")["activities"][0]["selection"]["rubric"]

    rubric = rubric_of(written)

    assert rubric["scale"] == [0, 5]
    best = {criterion["code"]: 5 for criterion in written}
    assert total_of(rubric, best) == 10_000
    assert total_of(rubric, dict.fromkeys(best, 0)) == 0


@pytest.mark.parametrize(
    ("marks", "total"),
    [({"C1": 5, "C2": 5}, 10_000), ({"C1": 4, "C2": 3}, 7_200), ({"C1": 4}, None)],
)
def test_total_is_weighted_in_hundredths_of_a_point(marks, total):
    rubric = make.small_document("X")["activities"][0]["selection"]["rubric"]

    assert total_of(rubric, marks) == total


def test_mean_rounds_half_up_and_of_nothing_is_an_error():
    assert mean_of([1, 2]) == 2
    with pytest.raises(ValueError, match="no values"):
        mean_of([])


def test_round_opens_once_and_closes_once():
    prepared = prepare_round(make.call(), by=None)

    with pytest.raises(WrongState):
        close_round(prepared, by=None)
    opened = open_round(prepared, by=None)
    with pytest.raises(WrongState):
        open_round(opened, by=None)
    closed = close_round(opened, by=None)
    with pytest.raises(WrongState):
        add_reviewer(closed, person=make.person(), languages=["en"], by=None)

    assert closed.state == "closed"


def test_reviewer_gets_the_role_and_conflicts_of_the_own_institution():
    reading = make.review_round()
    same = make.application(
        reading.call, state="submitted", attributes={"institution": "Bakı Dövlət Universiteti"}
    )
    make.application(reading.call, state="submitted", attributes={"institution": "ADA"})
    person = make.person()

    reviewer = add_reviewer(
        reading, person=person, languages=["az"], institution="baki dovlet universiteti", by=None
    )

    assert holds(person, ("reviewer",), reading.scope)
    assert [(c.application, c.kind) for c in reviewer.conflicts.all()] == [(same, "institution")]


def test_member_of_a_team_makes_a_conflict_too():
    reading = make.review_round()
    team = make.application(reading.call, state="submitted", attributes={}, team_size=2)
    team.members.create(name="Second", attributes={"institution": "ADA"})

    reviewer = add_reviewer(
        reading, person=make.person(), languages=["en"], institution="ada", by=None
    )

    assert reviewer.conflicts.get().application == team


def test_reviewer_is_added_once_and_with_a_load_in_order():
    reviewer = make.reviewer()

    with pytest.raises(AlreadyReviewer):
        add_reviewer(reviewer.round, person=reviewer.person, languages=["en"], by=None)
    with pytest.raises(LoadNotPossible):
        add_reviewer(
            reviewer.round, person=make.person(), languages=["en"], load_low=5, load_high=4, by=None
        )

    assert Reviewer.objects.count() == 1


def test_declared_conflict_takes_the_read_back_and_its_marks_no_longer_count():
    read = make.review().assignment
    call = read.round.call
    assert merits(call) == {read.application_id: 7200}

    declare_conflict(
        read.reviewer, application_id=read.application_id, note="cousin", by=read.reviewer.person
    )

    assert merits(call) == {}
    with pytest.raises(ReadTaken):
        save_review(read, marks={"C1": 1}, by=read.reviewer.person)


def test_marks_are_kept_as_they_come_and_finished_when_complete():
    read = make.assignment()
    by = read.reviewer.person

    draft = save_review(read, marks={"C1": 4}, by=by)
    with pytest.raises(MarksMissing, match="Team"):
        finish_review(read, by=by)
    done = finish_review(read, marks={"C1": 4, "C2": 3}, comment="Clear.", by=by)

    assert (draft.state, draft.total) == ("draft", None)
    assert (done.state, done.total, done.comment) == ("done", 7200, "Clear.")
    assert [r.act for r in Record.objects.all()] == ["began review", "finished review"]


@pytest.mark.parametrize("marks", [{"C1": 6}, {"C1": -1}, {"C1": True}, {"C1": "4"}, {"C9": 1}])
def test_impossible_mark_is_refused_and_nothing_is_kept(marks):
    read = make.assignment()

    with pytest.raises(MarkNotPossible):
        save_review(read, marks=marks, by=None)

    assert Review.objects.count() == 0


def test_finished_review_may_change_while_open_but_not_lose_a_mark():
    review = make.review()

    changed = save_review(review.assignment, marks={"C1": 5, "C2": 5}, by=None)
    with pytest.raises(MarksMissing):
        save_review(review.assignment, marks={"C1": 5}, by=None)

    review.refresh_from_db()
    assert (changed.total, review.total, review.state) == (10_000, 10_000, "done")
    changed_record = Record.objects.get()
    assert changed_record.before == {"marks": {"C1": 4, "C2": 3}}


def test_closed_round_fixes_every_mark():
    review = make.review()
    close_round(review.assignment.round, by=None)

    with pytest.raises(WrongState):
        save_review(review.assignment, marks={"C1": 1, "C2": 1}, by=None)
    with pytest.raises(WrongState):
        finish_review(review.assignment, by=None)
    with pytest.raises(WrongState):
        declare_conflict(
            review.assignment.reviewer, application_id=review.assignment.application_id, by=None
        )

    review.refresh_from_db()
    assert review.total == 7200


def test_means_are_of_finished_reads_only():
    first = make.review(marks={"C1": 5, "C2": 5}).assignment
    second = make.assignment(make.reviewer(first.round), application=first.application)
    make.review(second, marks={"C1": 4, "C2": 3})
    third = make.assignment(make.reviewer(first.round), application=first.application)
    save_review(third, marks={"C1": 0}, by=None)
    pk = first.application_id

    assert merits(first.round.call) == {pk: 8600}
    assert criterion_means(first.round.call) == {pk: {"C1": 450, "C2": 400}}
    told = progress(first.round)
    assert (told.needed, told.given, told.done, told.drafts) == (2, 3, 2, 1)


def test_records_say_nothing_of_who_applied_or_reads():
    read = make.assignment()

    finish_review(read, marks={"C1": 1, "C2": 1}, by=read.reviewer.person)

    label = Record.objects.last().subject_label
    assert label == f"review {Review.objects.get().pk}"
    assert Assignment.objects.count() == 1
