"""Results of assessments, feedback on sessions, and what there is to read for them."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.queries import activity_document
from karvan.stages.timetables.models import Session

from ..errors import MarkNotPossible, NotEnrolled, ReasonMissing, UnknownAssessment, WrongState
from ..models import Assessment, Enrolment, Feedback, Material
from .coursework import TAKEN


@transaction.atomic
def record_assessment(
    enrolment: Enrolment, *, code: str, percent: int, by: Person | None
) -> Assessment:
    """Write down a person's result in one assessment of the design; again replaces it.

    Raises:
        UnknownAssessment: the design has none of this code.
        MarkNotPossible: not from 0 to 100.
    """
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    listed = activity_document(enrolment.activity).get("assessment") or ()
    if code not in {one["code"] for one in listed}:
        raise UnknownAssessment(_("There is no assessment %(code)s here.") % {"code": code})
    if not 0 <= percent <= 100:
        raise MarkNotPossible(_("A mark is a whole number from 0 to 100."))
    known = Assessment.objects.filter(enrolment=enrolment, code=code).first()
    given, _is_new = Assessment.objects.update_or_create(
        enrolment=enrolment,
        code=code,
        defaults={"percent": percent, "given_by": by, "given_at": clock.now()},
    )
    before = {code: known.percent} if known else {}
    record("gave result", enrolment, by=by, before=before, after={code: percent})
    return given


@transaction.atomic
def give_feedback(
    session: Session, *, enrolment: Enrolment, rating: int, comment: str = "", by: Person | None
) -> Feedback:
    """Say what one thought of a session, 1 to 5; again replaces it.

    Read by others only together with at least four more answers. The record says that
    somebody answered, not who and not what.

    Raises:
        NotEnrolled: the person does not take part in this session.
        MarkNotPossible: not from 1 to 5.
        WrongState: the session is cancelled.
    """
    if enrolment.activity_id != session.activity_id or enrolment.state == "left":
        raise NotEnrolled(_("This is for those who take part in the activity."))
    if session.group_id is not None and session.group_id != enrolment.group_id:
        raise NotEnrolled(_("This session was for another group."))
    if session.is_cancelled:
        raise WrongState(_("This session was cancelled."))
    if not 1 <= rating <= 5:
        raise MarkNotPossible(_("Choose from 1 to 5."))
    given, _is_new = Feedback.objects.update_or_create(
        session=session,
        enrolment=enrolment,
        defaults={"rating": rating, "comment": comment.strip(), "given_at": clock.now()},
    )
    record("received feedback", session, by=None)
    return given


@transaction.atomic
def add_material(session: Session, *, title: str, upload: File[Any], by: Person | None) -> Material:
    """Put a file to a session for those who take part and teach; returns the material.

    Raises:
        ReasonMissing: no title.
        FileNotAllowed and other errors of files: nothing is kept.
    """
    if not title.strip():
        raise ReasonMissing(_("Give the material a title."))
    scope = session.activity.scope
    stored = store_upload(upload, kinds=TAKEN, scope=scope, by=by)
    made = Material.objects.create(
        session=session, title=title.strip()[:150], file=stored, added_at=clock.now()
    )
    record("added material", session, by=by, after={"title": made.title})
    return made
