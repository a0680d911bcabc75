"""A dossier that has something in every section: enough to be released."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import store_upload
from karvan.stages.dossiers.models import (
    Annotation,
    BuildStep,
    Contribution,
    DesignAlternative,
    Dossier,
    GateCheck,
    Instrument,
    Measurement,
    PartUse,
    Requirement,
    Risk,
    RiskControl,
    TestCase,
    TestRun,
)
from karvan.stages.editions.models import Activity

from .dossiers import block, device_type, dossier, member, part_line, teardown_step
from .people import role

NAMES = ("power", "drive", "probe", "amplifier", "processor")


def picture(of: Dossier, name: str = "step.png", colour: str = "grey") -> StoredFile:
    """A small picture, kept as an upload is."""
    out = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(out, "PNG")
    upload = SimpleUploadedFile(name, out.getvalue())
    return store_upload(upload, kinds=("png",), scope=of.scope, by=None)


def full_dossier(of: Activity | None = None, **fields: Any) -> Dossier:
    """A verified oximeter: blocks, steps with pictures, a bill, risks, tests, a way to build it."""
    fields.setdefault("state", "verified")
    fields.setdefault("title", "Oximeter")
    fields.setdefault("summary", "Reads the oxygen of the blood through a finger.")
    fields.setdefault("device_type", device_type())
    fields.setdefault("intended_use", dict.fromkeys(
        ("clinical_need", "users", "setting", "energy", "maintenance", "consumables"), "As written"
    ))  # fmt: skip
    fields.setdefault(
        "function_test", {"works": "Shows 98 %", "readings": "98 %", "faults": "None"}
    )
    fields.setdefault("unit", {
        "emdn": "Z1203020408", "serial": "SN-77", "manufacturer": "Acme", "model": "OX-1",
        "risk_class": "IIb", "protection_class": "II", "markings": "IP22",
    })  # fmt: skip
    made = dossier(of, **fields)
    for number in range(2):
        made.unit.label_photos.create(file=picture(made, f"label{number}.png", "white"))
    cleared(made)
    blocks = _diagram(made)
    lines = _bill(made)
    _teardown(made, blocks, lines)
    measured(made)
    _reasoned(made)
    for number, line in enumerate(lines[:3], start=1):
        step = BuildStep.objects.create(dossier=made, order=number, title=f"Fit {line}")
        PartUse.objects.create(step=step, part=line, quantity=line.quantity or 1)
    person = member(made).enrolment.person
    Contribution.objects.create(dossier=made, person=person, role="hardware")
    return made


def cleared(made: Dossier) -> None:
    """Papers, signed gates and design files."""
    unit = made.unit
    unit.owner_permission = unit.decontamination_file = picture(made, "paper.png", "white")
    unit.save()
    officer = role("trainer", made.scope)
    for number, (code, kind) in enumerate((("unplugged", "safety"), ("patents_searched", "ip"))):
        GateCheck.objects.create(
            dossier=made, order=number, code=code, kind=kind, answer="yes", signed_by=officer,
            signed_at=timezone.now(),
        )  # fmt: skip
    for path, what in (("board.kicad_sch", "schematic"), ("board.kicad_pcb", "pcb")):
        made.design_files.get_or_create(
            path=path,
            defaults={"role": what, "file": design(made, path), "source_form": True,
                      "licence": "CERN-OHL-S-2.0"},
        )  # fmt: skip


def design(of: Dossier, path: str) -> StoredFile:
    """A design file, kept as an upload is."""
    upload = SimpleUploadedFile(path, f"(kicad {path})".encode())
    return store_upload(upload, kinds=("design",), scope=of.scope, by=None)


def _diagram(made: Dossier) -> list[Any]:
    blocks = [
        block(made, code=name, name=name.title(), kind="power" if name == "power" else "control",
              side="mains" if name == "power" else "patient", inferred=True)
        for name in NAMES
    ]  # fmt: skip
    for source, target in zip(blocks, blocks[1:], strict=False):
        made.links.create(
            source=source, target=target, flow="energy", crosses_isolation=source == blocks[0],
            barrier="optocoupler" if source == blocks[0] else "",
        )  # fmt: skip
    return blocks


def _bill(made: Dossier) -> list[Any]:
    lines = [
        part_line(made, description=f"Part {number}", mpn=f"P-{number}", refs=[f"D{number}"],
                  quantity=Decimal(2), order=number)
        for number in range(1, 6)
    ]  # fmt: skip
    for line in lines:
        line.offers.create(supplier="Shop", price=Decimal("0.25"), currency="EUR", chosen=True)
    part_line(made, description="Part 1b", substitute_of=lines[0], mpn="P-1b", fitted=False)
    return lines


def _teardown(made: Dossier, blocks: list[Any], lines: list[Any]) -> None:
    for number, (what, line) in enumerate(zip(blocks, lines, strict=True), start=1):
        step = teardown_step(
            made, title=f"Take out {what}", tools=["PH1"], minutes=5,
            lines=[{"bullet": "red", "level": 0, "text": f"Lift {what}"}],
        )  # fmt: skip
        step.blocks.add(what)
        step.parts.add(line)
        photo = step.photos.create(
            file=picture(made, f"step{number}.png"), caption=f"{what}", width=320, height=240
        )
        Annotation.objects.create(
            photo=photo, number=1, shape="box", x=0.2, y=0.2, w=0.3, h=0.3, label=f"{what}"
        )


def measured(made: Dossier) -> None:
    """Three values with their uncertainty."""
    meter = Instrument.objects.create(activity=made.activity, maker="Maker", model="DMM")
    for number in range(1, 4):
        Measurement.objects.create(
            dossier=made, quantity="current", name=f"LED current {number}", unit="mA",
            value=Decimal("19.8700"), expanded_uncertainty=Decimal("0.25"), instrument=meter,
            standard_uncertainty=Decimal("0.125"), taken_at=timezone.now(), block=made.blocks.first(),
            temperature=Decimal(22), supply="5 V",
        )  # fmt: skip


def _reasoned(made: Dossier) -> None:
    cases = [
        TestCase.objects.create(dossier=made, code=f"T{n}", title=f"Test {n}", limit_high=100)
        for n in range(1, 4)
    ]
    for case in cases:
        TestRun.objects.create(case=case, value=40, result="pass", run_at=timezone.now())
    need = Requirement.objects.create(
        dossier=made, code="N1", type="need", priority="should", statement="It shall read.",
        verification="test",
    )  # fmt: skip
    for number in range(1, 5):
        one = Requirement.objects.create(
            dossier=made, code=f"S{number}", type="system", statement="It shall.",
            verification="test",
        )  # fmt: skip
        one.fulfils.add(need)
        one.tested_by.add(cases[0])
    for number in range(1, 4):
        risk = Risk.objects.create(
            dossier=made, code=f"R{number}", hazard="energy", situation="Shock", harm="Burn",
            severity=4, probability=3, residual_severity=4, residual_probability=1,
            acceptable="yes",
        )  # fmt: skip
        RiskControl.objects.create(
            risk=risk, option="protective_measure", text="Fuse", test=cases[1]
        )
    DesignAlternative.objects.create(dossier=made, title="As it is", is_baseline=True)
    DesignAlternative.objects.create(dossier=made, title="Own probe", chosen=True, reason="Local")
