"""A reverse-engineering workshop in Morocco: one device released, one on the bench, one stopped.

Everything here is invented: the meeting of 2021 agreed on such a workshop in Baku, and no trace of
it is left. Senegal carries the released device on.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.delivery.models import Enrolment
from karvan.stages.delivery.services import call_roll
from karvan.stages.dossiers.gates import prohibits
from karvan.stages.dossiers.guards import briefing_sessions
from karvan.stages.dossiers.models import DeviceType, Dossier, Instrument
from karvan.stages.dossiers.services.forking import fork_version, write_parts
from karvan.stages.dossiers.services.gating import answer_gate, sign_all_gates
from karvan.stages.dossiers.services.photos import add_photo
from karvan.stages.dossiers.services.releasing import credit_contributor, release_dossier
from karvan.stages.dossiers.services.reviewing import answer_review, close_review, open_review
from karvan.stages.dossiers.services.starting import start_dossier
from karvan.stages.dossiers.services.states import move_dossier
from karvan.stages.dossiers.services.stopping import stop_dossier
from karvan.stages.editions.models import Activity
from karvan.stages.editions.services import record_actual_dates
from karvan.stages.timetables.services import add_trainer, lay_out_sessions

from . import stages, teaching
from .cast import coordinator
from .world import World, at

SOURCE = Path(__file__).parent / "oximeter.yaml"
ROLES = {"LEAD": "lead", "BENCH": "bench", "SAFETY": "safety", "IP": "law", "CLIN": "clinic"}
MARKS = {"s1": "Cells", "s2": "Four screws", "s3": "Regulator", "s4": "Amplifier", "s5": "LEDs",
         "s6": "Screws"}  # fmt: skip


def held(world: World) -> Dossier:
    """Morocco's workshop of a fortnight ago; returns the dossier that was released."""
    by: Any = coordinator(world, "MA")
    monday = world.today - timedelta(days=world.today.weekday() + 14)
    design = Blueprint.objects.get(programme__code="REW", number=1)
    with at(monday - timedelta(days=90)):
        edition = stages.adopt(world, design, "MA", monday.year, by=by)
        workshop = edition.activities.get(code="REW")
        stages.plan(workshop, monday, monday + timedelta(days=4), by=by)
    with at(monday - timedelta(days=7)):
        staff = _trainers(world, workshop, by)
        teams = [_team(world, workshop, by) for _number in range(3)]
        lay_out_sessions(workshop, by=by)
    with at(monday):
        record_actual_dates(
            workshop, starts_on=monday, ends_on=monday + timedelta(days=4), reason="", by=by
        )
        _brief(workshop, by)
        oximeter = _start(workshop, "Ward oximeter", "pulse_oximeter", teams[0], staff)
        centrifuge = _start(workshop, "Bench centrifuge", "centrifuge", teams[1], staff)
        pump = _start(workshop, "Syringe pump", "infusion_pump", teams[2], staff)
    _released(oximeter, teams[0], staff, monday)
    with at(monday + timedelta(days=1)):
        _cleared(centrifuge, staff)
        _opened(centrifuge, teams[1])
        write_parts(centrifuge, parts=_part_of(_source(), "blocks", "links"), by=None)
        _cleared(pump, staff)
        stop_dossier(
            pump, reason="The spring of the drive is under load; wait for the lock-out.",
            by=staff["SAFETY"],
        )  # fmt: skip
    return oximeter


def carried_on(world: World, oximeter: Dossier) -> Dossier:
    """Senegal's workshop of next spring begins with Morocco's oximeter."""
    by: Any = coordinator(world, "SN")
    spring = date(world.today.year + 1, 4, 12)
    monday = spring - timedelta(days=spring.weekday())
    design = Blueprint.objects.get(programme__code="REW", number=1)
    edition = stages.adopt(world, design, "SN", monday.year, by=by)
    workshop = edition.activities.get(code="REW")
    stages.plan(workshop, monday, monday + timedelta(days=4), by=by)
    version = oximeter.versions.get()
    return fork_version(
        version, activity=workshop, code="d01", title="Oxymètre pour les postes de santé", by=by
    )


def _trainers(world: World, workshop: Activity, by: Person) -> dict[str, Person]:
    staff = {}
    for role, key in ROLES.items():
        person = world.person("MA", f"workshop.{key}", language="fr")
        add_trainer(workshop, person=person, roles=[role], languages=["ar", "fr"], by=by)
        staff[role] = person
    return staff


def _team(world: World, workshop: Activity, by: Person) -> list[Enrolment]:
    key = "" if "workshop.member" in world.people else "workshop.member"
    people = [world.person("MA", key if number == 0 else "", language="fr") for number in range(3)]
    return [
        teaching.one_more(workshop, person, sex=world.random.choice("FM"), by=by)
        for person in people
    ]


def _brief(workshop: Activity, by: Person) -> None:
    """Everybody is at the safety briefing."""
    everybody = workshop.enrolments.values_list("pk", flat=True)
    for session in workshop.sessions.filter(blueprint_code__in=briefing_sessions(workshop)):
        call_roll(session, states=dict.fromkeys(everybody, "present"), by=by)


def _start(
    workshop: Activity,
    title: str,
    kind: str,
    team: Sequence[Enrolment],
    staff: Mapping[str, Person],
) -> Dossier:
    return start_dossier(
        workshop,
        title=title,
        device_type=DeviceType.objects.get(code=kind),
        members=team,
        by=staff["LEAD"],
    )


def _cleared(dossier: Dossier, staff: Mapping[str, Person]) -> None:
    """The papers are there, every item is answered and signed."""
    unit = dossier.unit
    paper = _kept(dossier, "permission.png", _drawn("Permission of the owner", ()))
    unit.owner, unit.owner_permission = "District hospital", paper
    unit.decontamination_method = "Wiped with 70 % alcohol, twice"
    unit.decontaminated_on = dossier.activity.actual_starts_on
    unit.decontamination_signed_by = "Hospital hygiene"
    unit.decontamination_file = paper
    unit.patient_data_wiped = "none"
    unit.save()
    for check in dossier.gate_checks.all():
        answer_gate(check, answer="no" if prohibits(check) else "yes", by=staff["SAFETY"])
    for role in ("SAFETY", "IP"):
        sign_all_gates(dossier, by=staff[role])
    move_dossier(dossier, to=Dossier.State.CLEARED, by=staff["SAFETY"])


def _opened(dossier: Dossier, team: Sequence[Enrolment]) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(
        function_test={"works": "Runs; tested with the ward", "readings": "As shown", "faults": "–"}
    )
    dossier.refresh_from_db()
    move_dossier(dossier, to=Dossier.State.TEARDOWN, by=team[0].person)


def _released(
    dossier: Dossier, team: Sequence[Enrolment], staff: Mapping[str, Person], monday: date
) -> None:
    source = _source()
    for name, value in source["dossier"].items():
        setattr(dossier, name, value)
    dossier.currency, dossier.rates, dossier.rates_on = "MAD", {"EUR": "10.80"}, monday
    dossier.save()
    for name, value in source["unit"].items():
        setattr(dossier.unit, name, value)
    dossier.unit.save()
    with at(monday + timedelta(days=1)):
        _cleared(dossier, staff)
        _opened(dossier, team)
    with at(monday + timedelta(days=2)):
        _written(dossier, source, team)
        review = open_review(
            dossier, subject="blocks", text="Where does the isolation lie?", by=staff["BENCH"]
        )
        answer_review(review, answer="In the adapter; the link says so now.", by=team[0].person)
        close_review(review, by=staff["BENCH"])
        move_dossier(dossier, to=Dossier.State.DOCUMENTED, by=staff["BENCH"])
    with at(monday + timedelta(days=3)):
        move_dossier(dossier, to=Dossier.State.REDESIGN, by=team[1].person)
    with at(monday + timedelta(days=4)):
        move_dossier(dossier, to=Dossier.State.VERIFIED, by=staff["BENCH"])
        for one, role in zip(team, ("hardware", "writing", "validation"), strict=True):
            credit_contributor(dossier, person=one.person, roles=[role], by=one.person)
        release_dossier(
            dossier,
            number="1.0.0",
            changelog="First release, as defended.",
            licence_hardware="CERN-OHL-S-2.0",
            licence_documentation="CC-BY-SA-4.0",
            address="http://127.0.0.1:8000/devices/",
            by=staff["LEAD"],
        )


def _written(dossier: Dossier, source: Mapping[str, Any], team: Sequence[Enrolment]) -> None:
    """The parts of the source, with drawn photographs and files of the design."""
    dossier.risks.all().delete()  # the templates of the device's kind, worked out below
    dossier.test_cases.all().delete()
    by = team[0].person
    write_parts(dossier, parts=source["parts"], by=by)
    meter = Instrument.objects.create(
        activity=dossier.activity, maker="Rabat Instruments", model="DMM 6", serial="0417",
        accuracy="± (0.5 % + 2 digits)", calibrated_on=dossier.activity.actual_starts_on,
        due_on=_a_year_later(dossier), author=by,
    )  # fmt: skip
    dossier.measurements.update(instrument=meter)
    for number, what in enumerate(("Type plate", "Bay of the cells")):
        file = _kept(dossier, f"label{number}.png", _drawn(what, ("PO-20", "5 V", "IP22")))
        dossier.unit.label_photos.create(file=file, caption=what, author=by)
    for step, said in zip(dossier.steps.all(), MARKS.values(), strict=False):
        drawn = SimpleUploadedFile(f"step{step.order}.png", _drawn(step.title, (said,)))
        photo = add_photo(step, upload=drawn, caption=step.title, by=by)
        photo.annotations.create(
            number=1, shape="box", x=0.34, y=0.36, w=0.3, h=0.26, colour="red", label=said, line=0
        )
    for path, role in (("oximeter.kicad_sch", "schematic"), ("oximeter.kicad_pcb", "pcb")):
        kept = store_upload(
            SimpleUploadedFile(path, f"(kicad_{role} (version 20211014))\n".encode()),
            kinds=("design",), scope=dossier.scope, by=by,
        )  # fmt: skip
        dossier.design_files.create(
            role=role, path=path, file=kept, source_form=True, licence="CERN-OHL-S-2.0",
            tool="KiCad 6", author=by,
        )  # fmt: skip


def _a_year_later(dossier: Dossier) -> date:
    """A year after the workshop: when the meter is due again."""
    assert dossier.activity.actual_starts_on
    return dossier.activity.actual_starts_on + timedelta(days=365)


def _source() -> dict[str, Any]:
    return dict(yaml.safe_load(SOURCE.read_text(encoding="utf-8")))


def _part_of(source: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: source["parts"][name] for name in names}


def _kept(dossier: Dossier, name: str, data: bytes) -> Any:
    upload = SimpleUploadedFile(name, data)
    return store_upload(upload, kinds=("png",), scope=dossier.scope, by=None)


def _drawn(title: str, labels: Sequence[str]) -> bytes:
    """A drawn stand-in for a photograph: a board with parts, what is marked, and a scale."""
    picture = Image.new("RGB", (960, 640), "#d9d4c7")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((120, 90, 840, 560), fill="#2f5d50", outline="#1d3b33", width=6)
    for column in range(7):
        for row in range(4):
            left, top = 160 + column * 96, 130 + row * 105
            pen.rectangle(
                (left, top, left + 52, top + 34), fill="#22282b", outline="#c9a14a", width=3
            )
    pen.rectangle((330, 235, 610, 390), fill="#15191b", outline="#c9a14a", width=4)
    pen.text((350, 250), "  ".join(labels)[:40], fill="#e8e2d2", font_size=28)
    pen.text((124, 30), title[:60], fill="#22282b", font_size=34)
    pen.line((700, 605, 860, 605), fill="#22282b", width=5)
    pen.text((745, 570), "20 mm", fill="#22282b", font_size=24)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
