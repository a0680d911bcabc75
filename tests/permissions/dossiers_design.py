"""Who may open the screens of requirements, risks, tests, alternatives and building."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.stages.dossiers.services.requirements_import import keep_requirements_file
from tests import make

from .route import READERS, RUNNERS, only

INSIDE = ("participant", "trainer", *READERS)
TEAM = ("participant", "trainer", *RUNNERS)
TEACHERS = ("trainer", *RUNNERS)


def dossier(world):
    return {"edition": world.edition.slug, "pk": world.dossier.pk}


def requirement(world):
    made, _new = world.dossier.requirements.get_or_create(
        code="S1", defaults={"type": "system", "statement": "It shall."}
    )
    return {**dossier(world), "line": made.pk}


def file(world):
    upload = SimpleUploadedFile("needs.csv", b"code,statement\nS1,It shall read.\n")
    kept = keep_requirements_file(world.dossier, upload=upload, by=world.people["participant"])
    return {**dossier(world), "file": kept.pk}


def risk(world):
    made, _new = world.dossier.risks.get_or_create(
        code="R1",
        defaults={
            "hazard": "energy", "situation": "Shock", "harm": "Burn", "severity": 3,
            "probability": 2,
        },
    )  # fmt: skip
    return {**dossier(world), "line": made.pk}


def control(world):
    where = risk(world)
    held = world.dossier.risks.get(pk=where["line"])
    made, _new = held.controls.get_or_create(option="protective_measure", text="Fuse")
    return {**where, "control": made.pk}


def case(world):
    made, _new = world.dossier.test_cases.get_or_create(
        code="T1", defaults={"title": "Leakage", "limit_high": 100, "unit": "µA"}
    )
    return {**dossier(world), "line": made.pk}


def alternative(world):
    made, _new = world.dossier.alternatives.get_or_create(title="Own probe")
    return {**dossier(world), "line": made.pk}


def step(world):
    made, _new = world.dossier.build_steps.get_or_create(order=1, defaults={"title": "Solder"})
    return {**dossier(world), "step": made.pk}


def use(world):
    where = step(world)
    line = world.dossier.part_lines.first() or make.part_line(world.dossier)
    held = world.dossier.build_steps.get(pk=where["step"])
    made, _new = held.uses.get_or_create(part=line, defaults={"quantity": 1})
    return {**where, "use": made.pk}


def on_a_stopped_bench(arguments):
    """The same row, which nobody can take out: whoever may try is told so, and it stays."""

    def stopped(world):
        where = arguments(world)
        world.dossier.stopped_at = world.enrolment.enrolled_at
        world.dossier.stopped_by = world.people["trainer"]
        world.dossier.stop_reason = "Smoke"
        world.dossier.save()
        return where

    return stopped


def takes_out(name, arguments):
    return edits(name, on_a_stopped_bench(arguments))


def reads(name, arguments=dossier):
    return {f"dossiers:{name}": only(INSIDE, arguments=arguments)}


def edits(name, arguments=dossier, method="post"):
    return {f"dossiers:{name}": only(TEAM, method=method, arguments=arguments)}


def teaches(name, arguments=dossier):
    return {f"dossiers:{name}": only(TEACHERS, method="post", arguments=arguments)}


ROUTES = {
    **reads("requirements"),
    **reads("traceability"),
    **reads("requirement", requirement),
    **edits("requirement_new", method="get"),
    **takes_out("requirement_remove", requirement),
    **teaches("requirement_deviation", requirement),
    **edits("requirements_import", method="get"),
    "dossiers:requirements_preview": only(("participant",), arguments=file),
    **reads("risks"),
    **reads("risk", risk),
    **edits("risk_new", method="get"),
    **edits("risk_templates"),
    **teaches("risk_limits"),
    **takes_out("risk_remove", risk),
    **edits("risk_judge", risk),
    **edits("control_new", risk),
    **edits("control", control, method="get"),
    **takes_out("control_remove", control),
    **reads("tests"),
    **reads("test", case),
    **edits("test_new", method="get"),
    **edits("test_templates"),
    **takes_out("test_remove", case),
    **teaches("test_confirm", case),
    **edits("test_run", case),
    **reads("alternatives"),
    **edits("alternative", alternative, method="get"),
    **edits("alternative_new", method="get"),
    **edits("alternative_weights"),
    **edits("alternative_choose", alternative),
    **takes_out("alternative_remove", alternative),
    **reads("building"),
    **reads("building_sheet"),
    **reads("building_export"),
    **edits("build_step_new", method="get"),
    **edits("build_step", step, method="get"),
    **edits("build_step_move", step),
    **takes_out("build_step_remove", step),
    **edits("build_step_use", step),
    **takes_out("build_step_release", use),
}
