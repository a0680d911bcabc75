"""An activity under way: participants, a session, coursework by a small design."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.stages.calls.models import TeamMember
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity
from tests import make

RUBRIC = {
    "code": "R",
    "title": make.texts("Defence"),
    "criteria": [
        {"code": "F", "title": make.texts("Function"), "anchors": [make.texts(n) for n in "abcde"]},
        {"code": "S", "title": make.texts("Safety"), "anchors": [make.texts(n) for n in "abcde"]},
    ],
}


def activity(**more: Any) -> Activity:
    """An activity whose design has two outputs, three assessments and a rubric."""
    data = make.small_document("TVP")
    design = data["activities"][0]
    design["sessions"] = [
        {**design["sessions"][0], "output": "canvas"},
        {**design["sessions"][0], "id": "D1S2", "output": "interview"},
    ]
    design["rubrics"] = [RUBRIC]
    design["assessment"] = [
        {"code": "A1", "weight": 0, "title": make.texts("Gate")},
        {"code": "A2", "weight": 60, "title": make.texts("Dossier")},
        {"code": "A4", "weight": 40, "rubric": "R", "title": make.texts("Defence")},
    ]
    return make.activity(of=make.edition(of=make.blueprint(data=data)), **more)


def accepted(to: Any, *, email: str = "", members: list[dict[str, Any]] | None = None, **more: Any):
    """An application whose offer of a place was accepted."""
    run = more.pop("run", None) or make.selection_run(to)
    fields = {"email": email} if email else {}
    application = make.application(to, state="submitted", **fields, **more)
    for member in members or []:
        TeamMember.objects.create(application=application, **member)
    decision = make.decision(run, application=application)
    make.offer(decision, state="accepted", answered_at=make.moment(2026, 9, 1))
    return application


def participants(of: Activity, count: int, **fields: Any) -> list[Enrolment]:
    """So many enrolled people."""
    return [make.enrolment(of, **fields) for _n in range(count)]


def text_file() -> SimpleUploadedFile:
    """A small text to hand in."""
    return SimpleUploadedFile("plan.txt", b"The plan")
