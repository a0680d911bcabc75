"""Marks: saved as they are given, finished when complete, fixed when the round closes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import in_language
from karvan.stages.calls.wording import worded

from ..errors import MarkNotPossible, MarksMissing, ReadTaken, WrongState
from ..models import Assignment, Review, ReviewRound
from ..rubric import total_of


@transaction.atomic
def save_review(
    assignment: Assignment,
    *,
    marks: Mapping[str, int],
    by: Person | None,
    comment: str = "",
) -> Review:
    """Keep the marks given so far; what is not marked may be left out. Returns the review.

    A finished review may be changed while the round is open, if it stays complete.
    Only the beginning, and changes of a finished review, are written into the record.

    Raises:
        WrongState: the round is not open.
        ReadTaken: the application was taken from this reviewer.
        MarkNotPossible: a mark outside the scale, or for an unknown criterion.
        MarksMissing: a finished review would lose a mark.
    """
    assignment, review = _taken_up(assignment, marks)
    before = dict(review.marks)
    _write(review, assignment.round, marks, comment)
    is_done = review.state == Review.State.DONE
    if is_done and review.total is None:
        raise MarksMissing(_missing(assignment.round, marks))
    is_new = review.pk is None
    review.save()
    if is_new:
        record("began review", review, by=by)
    elif is_done and before != review.marks:
        after = {"marks": review.marks, "total": review.total}
        record("changed review", review, by=by, before={"marks": before}, after=after)
    return review


@transaction.atomic
def finish_review(
    assignment: Assignment,
    *,
    by: Person | None,
    marks: Mapping[str, int] | None = None,
    comment: str | None = None,
) -> Review:
    """Give the marks their total and count the read as done; ``marks`` None keeps those saved.

    Raises:
        WrongState, ReadTaken, MarkNotPossible: as for ``save_review``.
        MarksMissing: a criterion has no mark; nothing changes.
    """
    assignment, review = _taken_up(assignment, marks or {})
    wanted = review.marks if marks is None else marks
    _write(review, assignment.round, wanted, review.comment if comment is None else comment)
    if review.total is None:
        raise MarksMissing(_missing(assignment.round, wanted))
    now = clock.now()
    review.state, review.done_at = Review.State.DONE, now
    review.save()
    after = {"marks": review.marks, "total": review.total}
    record("finished review", review, by=by, after=after)
    return review


def _taken_up(assignment: Assignment, marks: Mapping[str, int]) -> tuple[Assignment, Review]:
    """The locked assignment with its review, new if there is none, once all rules are kept."""
    locked = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("round__call__activity", "review")
        .get(pk=assignment.pk)
    )
    if locked.round.state != ReviewRound.State.OPEN:
        raise WrongState(_("Marks can be given only while the reading is open."))
    if locked.withdrawn_at:
        raise ReadTaken(
            worded(locked.round.call.activity, "This application is no longer yours to read.")
        )
    _check(locked.round, marks)
    review = getattr(locked, "review", None) or Review(assignment=locked)
    return locked, review


def _check(round: ReviewRound, marks: Mapping[str, int]) -> None:
    low, high = round.rubric["scale"]
    known = {criterion["code"] for criterion in round.rubric["criteria"]}
    for code, mark in marks.items():
        if code not in known:
            raise MarkNotPossible(_("The rubric has no criterion “%(code)s”.") % {"code": code})
        if isinstance(mark, bool) or not isinstance(mark, int) or not low <= mark <= high:
            raise MarkNotPossible(
                _("A mark is a whole number from %(low)s to %(high)s.") % {"low": low, "high": high}
            )


def _write(review: Review, round: ReviewRound, marks: Mapping[str, Any], comment: str) -> None:
    review.marks = dict(marks)
    review.total = total_of(round.rubric, marks)
    review.comment = comment
    review.saved_at = clock.now()


def _missing(round: ReviewRound, marks: Mapping[str, Any]) -> str:
    titles = [
        in_language(criterion["title"])
        for criterion in round.rubric["criteria"]
        if criterion["code"] not in marks
    ]
    return _("Not marked yet: %(criteria)s.") % {"criteria": ", ".join(titles)}
