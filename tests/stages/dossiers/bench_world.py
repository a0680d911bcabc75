"""What the tests of the bench share: files as they are kept, a cleared team's papers."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import store_upload
from karvan.stages.delivery.models import Attendance
from karvan.stages.dossiers.models import Dossier
from karvan.stages.dossiers.services.gating import answer_gate
from karvan.stages.dossiers.services.starting import add_gate_items
from tests import make


def picture(name: str = "label.png") -> SimpleUploadedFile:
    """A small picture as a telephone would send it."""
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "white").save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/png")


def kept_file(scope: str) -> StoredFile:
    return store_upload(picture(), kinds=("png",), scope=scope, by=None)


def briefed_workshop() -> Any:
    """A workshop whose design has the safety briefing, with that session held."""
    base = make.programme()
    data = make.workshop_document(base.code)
    part = next(one for one in data["activities"] if one["code"] == "REW")
    part["sessions"] = [
        {
            "id": "D1S2",
            "kind": "lecture",
            "minutes": 90,
            "title": make.texts("Safety"),
            "gate": "safety_briefing",
        }
    ]
    edition = make.edition(of=make.blueprint(base, data=data))
    workshop = make.workshop(of=edition)
    make.session(workshop, code="D1S2", blueprint_code="D1S2")
    return workshop


def attend(member: Any, state: str = "present") -> None:
    session = member.dossier.activity.sessions.get(code="D1S2")
    Attendance.objects.create(
        session=session, enrolment=member.enrolment, state=state, called_at=timezone.now()
    )


def papers(dossier: Dossier) -> None:
    """The device's papers, all there."""
    unit, kept = dossier.unit, kept_file(dossier.scope)
    unit.owner_permission = unit.decontamination_file = kept
    unit.decontamination_method = "70 % ethanol"
    unit.decontaminated_on = date(2026, 9, 1)
    unit.decontamination_signed_by = "Dr Aliyeva"
    unit.patient_data_wiped = "none"
    unit.save()


def answered(dossier: Dossier, by: Any) -> None:
    """Every gate item in order."""
    add_gate_items(dossier)
    for check in dossier.gate_checks.all():
        answer_gate(check, answer="no" if check.code == "high_voltage" else "yes", by=by)


def url(name, dossier, *more):
    """The address of one of a dossier's pages."""
    return reverse(f"dossiers:{name}", args=[dossier.activity.edition.slug, dossier.pk, *more])


def room(name, workshop):
    """The address of one of a workshop's pages."""
    return reverse(f"dossiers:{name}", args=[workshop.edition.slug, workshop.code])
