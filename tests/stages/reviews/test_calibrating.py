"""Corrected marks: strict and lenient readers are told apart; too little read says why not."""

from __future__ import annotations

import pytest

from karvan.stages.reviews.models import Review
from karvan.stages.reviews.services import calibrated, calibration_of, corrected_marks
from tests import make

pytestmark = pytest.mark.django_db

STRICT, LENIENT = -12, 12


def told_round(applications=24, readers=4):
    """Every application read by two of the readers in turn, the first strict, the second lenient."""
    reading = make.review_round()
    people = [make.reviewer(reading) for _number in range(readers)]
    leaning = dict(zip(people, (STRICT, LENIENT, 0, 0), strict=True))
    for number in range(applications):
        sent = make.application(reading.call, state="submitted", language="en")
        quality = 40 + number % 8 * 5
        for step in (0, 1 + number % 3):
            one = people[(number + step) % readers]
            read = make.assignment(one, application=sent)
            points = quality + leaning[one] + (1 if number % 2 else -1)
            Review.objects.create(
                assignment=read, marks={}, total=points * 100, state="done",
                saved_at=read.assigned_at, done_at=read.assigned_at,
            )  # fmt: skip
    return reading, people


def test_strict_and_lenient_readers_are_told_apart_and_marks_corrected():
    reading, people = told_round()

    found = calibration_of(reading)

    lean = [found.reviewers[str(one.pk)].leniency for one in people]
    assert found.is_corrected
    assert found.why_not == ""
    assert lean[0] < lean[2] < lean[1]
    assert lean[0] < -300
    assert lean[1] > 300
    marks = corrected_marks(reading.call)
    assert len(marks) == 24
    assert all(0 <= mark.corrected <= 10_000 and mark.reads == 2 for mark in marks.values())
    assert any(mark.corrected != mark.raw for mark in marks.values())


def test_nothing_is_corrected_below_the_least_number_of_reads_and_it_is_said_why():
    reading = make.review_round()
    for _number in range(4):
        make.review(make.assignment(make.reviewer(reading)))

    found = calibrated(reading.call)

    assert not found.is_corrected
    assert found.why_not != ""
    assert {mark.corrected == mark.raw for mark in found.marks.values()} == {True}


def test_round_without_a_mark_has_an_empty_calibration():
    found = calibrated(make.review_round().call)

    assert (dict(found.marks), found.is_corrected) == ({}, False)


def test_reads_taken_back_do_not_count():
    reading, people = told_round()
    people[0].assignments.update(withdrawn_at=make.moment(2026, 1, 1))

    assert str(people[0].pk) not in calibration_of(reading).reviewers
