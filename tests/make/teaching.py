"""Builders of what is taught and what comes of it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.timetables.models import Group, Session, Timetable, Trainer
from karvan.stages.ventures.models import Team, Venture

from .editions import activity, edition
from .people import one, role, texts


def trainer(of: Activity | None = None, **fields: Any) -> Trainer:
    of = of or activity()
    fields.setdefault("person", None)
    fields["person"] = fields["person"] or role("trainer", of.scope)
    fields.setdefault("roles", ["HEAD"])
    return Trainer.objects.create(activity=of, **fields)


def group(of: Activity | None = None, **fields: Any) -> Group:
    of = of or activity()
    code = fields.pop("code", f"G{one()}")
    fields.setdefault("name", f"Group {code}")
    fields.setdefault("size", 20)
    return Group.objects.create(activity=of, code=code, **fields)


def session(of: Activity | None = None, **fields: Any) -> Session:
    of = of or activity()
    code = fields.pop("code", f"S{one()}")
    fields.setdefault("blueprint_code", code)
    fields.setdefault("titles", texts(f"Session {code}"))
    fields.setdefault("kind", "plenary")
    fields.setdefault("minutes", 60)
    return Session.objects.create(activity=of, code=code, **fields)


def timetable(of: Activity | None = None, **fields: Any) -> Timetable:
    of = of or activity()
    fields.setdefault("number", one())
    if fields.get("state", "draft") != "draft":
        fields.setdefault("published_at", timezone.now())
    return Timetable.objects.create(activity=of, made_at=timezone.now(), **fields)


def enrolment(of: Activity | None = None, **fields: Any) -> Enrolment:
    of = of or activity()
    fields.setdefault("person", None)
    fields["person"] = fields["person"] or role("participant", of.scope)
    fields.setdefault("attributes", {"sex": "F"})
    return Enrolment.objects.create(activity=of, enrolled_at=timezone.now(), **fields)


def team(of: Edition | None = None, **fields: Any) -> Team:
    of = of or edition()
    code = fields.pop("code", f"T{one()}")
    fields.setdefault("name", f"Team {code}")
    return Team.objects.create(edition=of, code=code, **fields)


def venture(of: Team | None = None, **fields: Any) -> Venture:
    of = of or team()
    fields.setdefault("name", f"Venture {one()}")
    return Venture.objects.create(team=of, **fields)
