"""Builders of registers, monuments, surveys and restorations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from karvan.stages.delivery.models import Enrolment
from karvan.stages.heritage.models import (
    ConditionSurvey,
    Element,
    Monument,
    Permit,
    Phase,
    Register,
    RestorationProject,
    Term,
    TraineeLog,
    Viewpoint,
    WorkItem,
)

from .people import one, person, texts


def register(code: str = "", **fields: Any) -> Register:
    code = code or f"register-{one()}"
    fields.setdefault("names", texts("Register"))
    fields.setdefault("scope", f"heritage/{code}")
    return Register.objects.create(code=code, **fields)


def monument(of: Register | None = None, **fields: Any) -> Monument:
    of = of or register()
    fields.setdefault("national_id", f"N{one()}")
    fields.setdefault("names", texts("Khan's Palace"))
    return Monument.objects.create(register=of, **fields)


def element(of: Monument | None = None, **fields: Any) -> Element:
    of = of or monument()
    code = fields.setdefault("code", f"e{one()}")
    fields.setdefault("names", texts(f"Facade {code}"))
    return Element.objects.create(monument=of, **fields)


def term(vocabulary: str = "pattern", code: str = "crack", **fields: Any) -> Term:
    fields.setdefault("names", texts(code.replace("_", " ")))
    fields.setdefault("source", "test")
    made, _new = Term.objects.get_or_create(vocabulary=vocabulary, code=code, defaults=fields)
    return made


def survey(of: Monument | None = None, **fields: Any) -> ConditionSurvey:
    """A signed survey; pass ``state="draft"`` for one that is being written."""
    of = of or monument()
    fields.setdefault("on", date(2026, 11, 2))
    fields.setdefault("condition", "poor")
    fields.setdefault("surveyor_name", "Elnur Rzayev")
    fields.setdefault("state", "signed")
    if fields["state"] == "signed":
        fields.setdefault("signed_at", timezone.now())
    return ConditionSurvey.objects.create(monument=of, **fields)


def restoration(of: Monument | None = None, **fields: Any) -> RestorationProject:
    of = of or monument()
    code = fields.setdefault("code", f"project-{one()}")
    fields.setdefault("titles", texts("Restoration"))
    fields.setdefault("scope", f"{of.register.scope}/{code}")
    return RestorationProject.objects.create(monument=of, **fields)


def permit(of: RestorationProject | None = None, **fields: Any) -> Permit:
    of = of or restoration()
    fields.setdefault("number", f"P{one()}")
    fields.setdefault("authority", "Ministry of Culture")
    fields.setdefault("granted_on", date(2026, 10, 1))
    return Permit.objects.create(project=of, **fields)


def phase(of: RestorationProject | None = None, kind: str = "works", **fields: Any) -> Phase:
    of = of or restoration()
    fields.setdefault("position", of.phases.count() + 1)
    return Phase.objects.create(project=of, kind=kind, **fields)


def work_item(of: Phase | None = None, **fields: Any) -> WorkItem:
    of = of or phase()
    fields.setdefault("number", str(of.items.count() + 1))
    fields.setdefault("element", None)
    fields["element"] = fields["element"] or element(of.project.monument)
    fields.setdefault("treatment", "Repointing with lime mortar")
    fields.setdefault("reason", "Joints are open")
    fields.setdefault("quantity", 12)
    fields.setdefault("unit", "m2")
    return WorkItem.objects.create(phase=of, **fields)


def viewpoint(of: RestorationProject | None = None, **fields: Any) -> Viewpoint:
    of = of or restoration()
    fields.setdefault("code", f"v{one()}")
    fields.setdefault("names", texts("South facade"))
    return Viewpoint.objects.create(project=of, **fields)


def trainee_log(of: Enrolment, work: WorkItem | None = None, **fields: Any) -> TraineeLog:
    fields.setdefault("on", date(2026, 11, 10))
    fields.setdefault("hours", 6)
    fields.setdefault("supervisor", None)
    fields["supervisor"] = fields["supervisor"] or person()
    fields.setdefault("written_at", timezone.now())
    return TraineeLog.objects.create(enrolment=of, work=work or work_item(), **fields)
