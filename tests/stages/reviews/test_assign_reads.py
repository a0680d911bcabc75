"""assign_reads: every application gets its reads, rules are kept, what lacks is said."""

from __future__ import annotations

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.reviews.errors import WrongState
from karvan.stages.reviews.models import Assignment, Conflict
from karvan.stages.reviews.services import assign_reads, finish_review, reviewers_missing
from tests import make

pytestmark = pytest.mark.django_db


def round_with(applications: int, reviewers: int, **of_reviewer):
    reading = make.review_round()
    for _number in range(applications):
        make.application(reading.call, state="submitted")
    for _number in range(reviewers):
        make.reviewer(reading, **of_reviewer)
    return reading


def reads_by_application(reading):
    rows = Assignment.objects.filter(round=reading, withdrawn_at__isnull=True)
    return sorted(rows.values_list("application_id", "reviewer_id"))


def test_every_application_gets_its_reads_and_a_second_run_adds_none():
    reading = round_with(5, 3)

    first = assign_reads(reading, seed="1", by=None)
    before = reads_by_application(reading)
    again = assign_reads(reading, seed="2", by=None)

    assert (first.given, first.kept, first.unmet) == (10, 0, 0)
    assert (again.given, again.kept) == (0, 10)
    assert reads_by_application(reading) == before
    told = Record.objects.exclude(act="wrote letter")
    assert [r.act for r in told] == ["assigned reads", "assigned reads"]
    assert (first.letters, again.letters) == (3, 0)


def test_reads_that_no_reviewer_can_take_are_told_by_language():
    reading = round_with(2, 2, languages=["en"])
    make.application(reading.call, state="submitted", language="ar")

    given = assign_reads(reading, seed="1", by=None)

    assert given.given == 4
    [needed] = given.missing
    assert (set(needed.languages), needed.reviewers, needed.reads) == ({"ar"}, 2, 2)
    assert reviewers_missing(reading) == given.missing


def test_conflicts_and_loads_are_kept():
    reading = round_with(2, 0)
    barred, other = reading.call.applications.order_by("pk")
    first = make.reviewer(reading, load_high=1)
    second = make.reviewer(reading)
    Conflict.objects.create(reviewer=second, application=barred, kind="kin")

    given = assign_reads(reading, seed="1", by=None)

    pairs = reads_by_application(reading)
    assert (barred.pk, second.pk) not in pairs
    assert sum(reviewer == first.pk for _application, reviewer in pairs) == 1
    assert (given.given, given.unmet) == (2, 2)
    assert (other.pk, second.pk) in pairs


def test_conflict_found_later_takes_the_read_back_and_somebody_else_gets_it():
    reading = round_with(1, 3)
    assign_reads(reading, seed="1", by=None)
    hit = Assignment.objects.filter(round=reading).first()
    Conflict.objects.create(reviewer=hit.reviewer, application=hit.application, kind="kin")

    assign_reads(reading, seed="1", by=None)

    hit.refresh_from_db()
    assert hit.withdrawn_at is not None
    assert len(reads_by_application(reading)) == 2


def test_two_marks_too_far_apart_ask_for_a_third_read_once():
    reading = round_with(2, 3)
    assign_reads(reading, seed="1", by=None)
    apart, close = reading.call.applications.order_by("pk")
    for number, read in enumerate(Assignment.objects.filter(application=apart)):
        finish_review(read, marks={"C1": 5 * number, "C2": 5 * number}, by=None)
    for read in Assignment.objects.filter(application=close):
        finish_review(read, marks={"C1": 4, "C2": 4}, by=None)

    asked = assign_reads(reading, seed="1", by=None)
    again = assign_reads(reading, seed="1", by=None)

    third = Assignment.objects.get(is_third_read=True)
    assert (asked.third, again.given, third.application) == (1, 0, apart)
    finish_review(third, marks={"C1": 3, "C2": 3}, by=None)
    assert assign_reads(reading, seed="1", by=None).given == 0


def test_reviewer_who_left_gets_nothing_new_and_keeps_what_is_under_way():
    reading = round_with(1, 2)
    assign_reads(reading, seed="1", by=None)
    reading.reviewers.update(is_active=False)
    make.application(reading.call, state="submitted")

    given = assign_reads(reading, seed="1", by=None)

    assert (given.given, given.kept, given.unmet) == (0, 2, 2)


def test_language_the_reader_never_had_does_not_stop_the_rest():
    reading = round_with(1, 3, languages=["en"])
    assign_reads(reading, seed="1", by=None)
    reading.call.applications.update(language="ar")

    given = assign_reads(reading, seed="1", by=None)

    assert (given.given, given.unmet) == (0, 2)


def test_closed_round_gives_out_nothing():
    reading = make.review_round(state="closed")

    with pytest.raises(WrongState):
        assign_reads(reading, seed="1", by=None)
