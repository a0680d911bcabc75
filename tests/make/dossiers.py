"""Builders of workshops, dossiers and their parts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from karvan.stages.dossiers.device_types import seeds
from karvan.stages.dossiers.models import (
    Block,
    DeviceType,
    DeviceUnit,
    Dossier,
    DossierVersion,
    Member,
    PartLine,
    TeardownStep,
)
from karvan.stages.dossiers.snapshots import hash_of, snapshot_of
from karvan.stages.editions.models import Activity, Edition

from .designs import blueprint, programme, workshop_document
from .editions import activity, edition
from .people import one, role, texts
from .teaching import enrolment, trainer


def workshop(of: Edition | None = None, **fields: Any) -> Activity:
    """A workshop REW; its own edition's design has the trainer roles, duties and the rubric."""
    if of is None:
        base = programme()
        of = edition(of=blueprint(base, data=workshop_document(base.code)))
    fields.setdefault("format", "workshop")
    fields.setdefault("titles", texts("Workshop"))
    fields.setdefault("planned_ends_on", date(2026, 9, 18))
    return activity("REW", of=of, **fields)


def bench_trainer(of: Activity, *roles: str, person: Any = None) -> Any:
    """A person who teaches in the workshop in these roles of its design; SAFETY may stop."""
    person = person or role("trainer", of.scope)
    trainer(of, person=person, roles=list(roles))
    return person


def device_type(code: str = "pulse_oximeter", **fields: Any) -> DeviceType:
    fields.setdefault("names", texts("Pulse oximeter"))
    fields.setdefault("default_emdn", "Z1203020408")
    found, _new = DeviceType.objects.get_or_create(code=code, defaults=fields)
    return found


def device_types() -> None:
    """The kinds that come with the package, as the migration adds them."""
    DeviceType.objects.bulk_create([DeviceType(**one) for one in seeds()], ignore_conflicts=True)


def dossier(of: Activity | None = None, **fields: Any) -> Dossier:
    of = of or workshop()
    code = fields.pop("code", f"d{one()}")
    fields.setdefault("title", f"Oximeter {code}")
    unit = fields.pop("unit", {})
    made = Dossier.objects.create(activity=of, code=code, **fields)
    DeviceUnit.objects.create(dossier=made, **unit)
    return made


def member(of: Dossier | None = None, **fields: Any) -> Member:
    of = of or dossier()
    person = fields.pop("person", None)
    if "enrolment" not in fields:
        fields["enrolment"] = enrolment(of.activity, person=person)
    return Member.objects.create(dossier=of, **fields)


def block(of: Dossier | None = None, **fields: Any) -> Block:
    of = of or dossier()
    code = fields.pop("code", f"b{one()}")
    fields.setdefault("name", f"Block {code}")
    fields.setdefault("kind", "control")
    return Block.objects.create(dossier=of, code=code, **fields)


def part_line(of: Dossier | None = None, **fields: Any) -> PartLine:
    of = of or dossier()
    fields.setdefault("description", f"Part {one()}")
    fields.setdefault("quantity", 1)
    return PartLine.objects.create(dossier=of, **fields)


def teardown_step(of: Dossier | None = None, **fields: Any) -> TeardownStep:
    of = of or dossier()
    fields.setdefault("order", of.steps.count() + 1)
    fields.setdefault("title", "Open the case")
    fields.setdefault("direction", "open")
    return TeardownStep.objects.create(dossier=of, **fields)


def dossier_version(of: Dossier | None = None, **fields: Any) -> DossierVersion:
    of = of or dossier()
    fields.setdefault("number", "1.0.0")
    fields.setdefault("snapshot", snapshot_of(of))
    fields.setdefault("sha256", hash_of(fields["snapshot"]))
    fields.setdefault("changelog", "First.")
    fields.setdefault("licence_hardware", "CERN-OHL-S-2.0")
    fields.setdefault("licence_documentation", "CC-BY-SA-4.0")
    fields.setdefault("score", 80)
    fields.setdefault("code", f"c{one()}")
    fields.setdefault("released_at", timezone.now())
    return DossierVersion.objects.create(dossier=of, **fields)
