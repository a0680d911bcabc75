"""What it takes to earn a certificate, as rows: attendance, coursework, results, milestones."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from karvan.stages.delivery.models import Assessment, Attendance, Coursework, Enrolment, HandIn
from karvan.stages.editions.models import Activity
from karvan.stages.ventures.models import Milestone
from tests import make

OUTPUTS = {"canvas": 1, "interview": 2}  # what the boot camp's certificate asks for


def boot_camp(code: str = "BC3", programme: str = "TVP", **fields: Any) -> Activity:
    """An activity of a library programme, with ten sessions and its coursework."""
    _source, data = make.document(programme)
    owner = make.party("secretariat", "organisation", names=OWNER)
    of = make.edition(
        "AZ-2021",
        of=make.blueprint(make.programme(programme, owner=owner), data=data),
        languages=["en", "fr", "az"],
    )
    design = next(one for one in data["activities"] if one["code"] == code)
    activity = make.activity(
        code,
        of=of,
        titles=design["title"],
        planned_starts_on=date(2021, 9, 3),
        planned_ends_on=date(2021, 9, 5),
        **fields,
    )
    for number in range(10):
        make.session(activity, code=f"S{number}")
    for output in OUTPUTS:
        Coursework.objects.create(activity=activity, code=output, titles=make.texts(output))
    return activity


OWNER = {
    "en": "The Secretariat",
    "fr": "Le Secrétariat",
    "ar": "الأمانة",
    "az": "Katiblik",
}


def attend(enrolment: Enrolment, sessions: int, of: int = 10) -> None:
    """Present at so many of the first `of` sessions, absent at the rest."""
    listed = enrolment.activity.sessions.order_by("code")[:of]
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            enrolment=enrolment,
            state="present" if at < sessions else "absent",
            called_at=timezone.now(),
        )
        for at, session in enumerate(listed)
    )


def hand_in(enrolment: Enrolment, code: str, many: int = 1, state: str = "handed_in") -> None:
    """So many pieces of one output."""
    piece = Coursework.objects.get(activity=enrolment.activity, code=code)
    for number in range(1, many + 1):
        HandIn.objects.create(
            coursework=piece,
            enrolment=enrolment,
            number=number,
            text="Here it is",
            state=state,
            handed_in_at=timezone.now(),
        )


def result(enrolment: Enrolment, code: str, percent: int) -> None:
    """A result in one assessment."""
    Assessment.objects.create(
        enrolment=enrolment, code=code, percent=percent, given_at=timezone.now()
    )


def verified(venture: Any, code: str) -> None:
    """A milestone that somebody verified."""
    Milestone.objects.create(
        venture=venture,
        code=code,
        state="verified",
        fact_on=date(2021, 10, 1),
        claimed_at=timezone.now(),
        claimed_by=make.person(),
        evidence="Notes",
        verified_by=make.person(),
        verified_at=timezone.now(),
    )


def earner(activity: Activity, name: str = "Sevinc Əliyeva", **person: Any) -> Enrolment:
    """A participant of the boot camp who meets the whole rule."""
    somebody = make.person(name, **person)
    enrolment = make.enrolment(activity, person=somebody)
    attend(enrolment, 9)
    for code, many in OUTPUTS.items():
        hand_in(enrolment, code, many)
    return enrolment
