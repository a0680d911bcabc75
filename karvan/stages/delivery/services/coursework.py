"""Coursework as the design asks for it: handed in, marked, returned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.kinds import PAPERS
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document

from ..errors import MarkNotPossible, NotEnrolled, NothingHandedIn, ReasonMissing, WrongState
from ..models import Assessment, Coursework, Enrolment, HandIn

TAKEN = (*PAPERS, "docx", "xlsx", "ods", "csv", "text")


@transaction.atomic
def plan_coursework(activity: Activity, *, by: Person | None) -> list[Coursework]:
    """Make a piece of coursework for each output of the design's sessions, and for each
    assessment that has a rubric; returns them all. Safe to run again: due dates stay.

    Due at the end of the activity's last day, where it has one.
    """
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    document = activity_document(activity)
    due_at = _end_of(activity)
    made = []
    for code, fields in _asked_for(document):
        coursework, is_new = Coursework.objects.get_or_create(
            activity=activity, code=code, defaults={**fields, "due_at": due_at}
        )
        if is_new:
            made.append(code)
        elif (coursework.titles, coursework.rubric) != (fields["titles"], fields["rubric"]):
            coursework.titles, coursework.rubric = fields["titles"], fields["rubric"]
            coursework.save(update_fields=["titles", "rubric"])
    if made:
        record("planned coursework", activity, by=by, after={"codes": made})
    return list(activity.coursework.order_by("due_at", "code"))


@transaction.atomic
def hand_in(
    coursework: Coursework,
    *,
    enrolment: Enrolment,
    text: str = "",
    upload: File[Any] | None = None,
    by: Person | None,
) -> HandIn:
    """Hand in a text, a file or both, as a new try; earlier tries stay.

    Raises:
        NotEnrolled: the person does not take part in the activity, or has left.
        NothingHandedIn: neither text nor file.
        FileNotAllowed and other errors of files: nothing is kept.
    """
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if enrolment.activity_id != coursework.activity_id or enrolment.state == "left":
        raise NotEnrolled(_("This is for those who take part in the activity."))
    if not text.strip() and upload is None:
        raise NothingHandedIn(_("Write a text or choose a file to hand in."))
    scope = coursework.activity.scope
    stored = store_upload(upload, kinds=TAKEN, scope=scope, by=by) if upload is not None else None
    tries = enrolment.hand_ins.filter(coursework=coursework)
    made = HandIn.objects.create(
        coursework=coursework,
        enrolment=enrolment,
        number=(tries.aggregate(last=Max("number"))["last"] or 0) + 1,
        text=text.strip(),
        file=stored,
        handed_in_at=clock.now(),
    )
    record("handed in", made, by=by, after={"coursework": coursework.code, "try": made.number})
    return made


@transaction.atomic
def mark_hand_in(
    hand_in: HandIn,
    *,
    marks: Mapping[str, int] | None = None,
    percent: int | None = None,
    comment: str = "",
    by: Person,
) -> HandIn:
    """Mark a hand-in: by the rubric's criteria (code → anchor reached, from 0), or in per cent.

    A piece that stands for an assessment of the design gives that assessment its result.
    Marking again replaces the mark; the record keeps the former one.

    Raises:
        MarkNotPossible: a criterion has no mark or one out of range, or no per cent 0 to 100.
        WrongState: it was returned; a new try is marked instead.
    """
    hand_in = HandIn.objects.select_for_update(of=("self",)).get(pk=hand_in.pk)
    if hand_in.state == HandIn.State.RETURNED:
        raise WrongState(_("This try was returned; mark the next one."))
    coursework = hand_in.coursework
    given = rubric_percent(coursework.rubric, marks) if marks is not None else percent
    if given is None or not 0 <= given <= 100:
        raise MarkNotPossible(_("A mark is a whole number from 0 to 100."))
    before = {"percent": hand_in.percent}
    hand_in.marks, hand_in.percent, hand_in.comment = dict(marks or {}), given, comment.strip()
    hand_in.state, hand_in.marked_by, hand_in.marked_at = HandIn.State.MARKED, by, clock.now()
    hand_in.save()
    _give_result(hand_in, given, by)
    record("marked", hand_in, by=by, before=before, after={"percent": given})
    return hand_in


@transaction.atomic
def return_hand_in(hand_in: HandIn, *, comment: str, by: Person | None) -> HandIn:
    """Give a try back with what is to be done; it counts no longer, and a new one is awaited.

    Raises:
        WrongState: it is marked or returned already.
        ReasonMissing: nothing says what is to be done.
    """
    hand_in = HandIn.objects.select_for_update(of=("self",)).get(pk=hand_in.pk)
    if hand_in.state != HandIn.State.HANDED_IN:
        raise WrongState(_("Only what waits for a mark can be returned."))
    if not comment.strip():
        raise ReasonMissing(_("Say what is to be done before it is handed in again."))
    hand_in.state, hand_in.comment = HandIn.State.RETURNED, comment.strip()
    hand_in.save(update_fields=["state", "comment"])
    record("returned", hand_in, by=by, reason=comment)
    return hand_in


def rubric_percent(rubric: Mapping[str, Any], marks: Mapping[str, int]) -> int:
    """The marks of a rubric in whole per cent, by the weights of its criteria (equal if none).

    Raises:
        MarkNotPossible: a criterion has no mark, or one that it has no anchor for.
    """
    criteria = rubric.get("criteria", ())
    reached, whole = Fraction(0), Fraction(0)
    for criterion in criteria:
        top = max(1, len(criterion.get("anchors", ())) - 1)
        mark = marks.get(criterion["code"])
        if mark is None or not 0 <= mark <= top:
            raise MarkNotPossible(_("Give each criterion a mark from 0 to %(top)s.") % {"top": top})
        weight = Fraction(str(criterion.get("weight", 1)))
        reached += weight * Fraction(mark, top)
        whole += weight
    if not whole:
        raise MarkNotPossible(_("This coursework has no rubric; mark it in per cent."))
    return int(100 * reached / whole + Fraction(1, 2))


def _give_result(hand_in: HandIn, percent: int, by: Person) -> None:
    """The mark of a piece that stands for an assessment is that assessment's result."""
    listed = activity_document(hand_in.coursework.activity).get("assessment") or ()
    if hand_in.coursework.code in {one["code"] for one in listed}:
        Assessment.objects.update_or_create(
            enrolment=hand_in.enrolment,
            code=hand_in.coursework.code,
            defaults={"percent": percent, "given_by": by, "given_at": clock.now()},
        )


def _asked_for(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Code → title and rubric, of outputs and of assessments with a rubric."""
    titled = {
        piece["code"]: piece["title"]
        for milestone in document.get("milestones") or ()
        for piece in milestone.get("evidence", ())
    }
    for session in document.get("sessions", ()):
        if session.get("output"):
            code = session["output"]
            yield code, {"titles": titled.get(code, session["title"]), "rubric": {}}
    rubrics = {rubric["code"]: rubric for rubric in document.get("rubrics") or ()}
    for assessment in document.get("assessment") or ():
        if assessment.get("rubric") in rubrics:
            rubric = rubrics[assessment["rubric"]]
            yield assessment["code"], {"titles": assessment["title"], "rubric": rubric}


def _end_of(activity: Activity) -> datetime | None:
    last = activity.actual_ends_on or activity.planned_ends_on
    if last is None:
        return None
    return datetime.combine(last, time(23, 59), ZoneInfo(activity.edition.time_zone))
