"""The score: each section without rows and with all it asks for, the gains, the queries."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from fractions import Fraction

import pytest
from django.utils import timezone

from karvan.stages.dossiers.bench_queries import progress_of
from karvan.stages.dossiers.completeness import WANTS, Counts, completeness
from karvan.stages.dossiers.models import (
    Annotation,
    BlockLink,
    BuildStep,
    Contribution,
    DesignAlternative,
    DesignFile,
    Dossier,
    DossierVersion,
    Instrument,
    LabelPhoto,
    Measurement,
    PartUse,
    Requirement,
    Risk,
    RiskControl,
    SignalCapture,
    SourcingOffer,
    StepPhoto,
)
from karvan.stages.dossiers.models import TestCase as Case
from karvan.stages.dossiers.models import TestRun as Run
from karvan.stages.dossiers.sections import SECTIONS
from karvan.stages.dossiers.services.gating import answer_gate, sign_all_gates
from karvan.stages.dossiers.services.starting import add_gate_items
from tests import make
from tests.stages.dossiers.bench_world import kept_file

WEIGHTS = sum(section.weight for section in SECTIONS)


def full() -> Counts:
    """Every count so high that nothing is asked for any more."""
    whole = Counts(**{field.name: 10 for field in fields(Counts)})
    return replace(whole, links_unbarred=0)


def test_nothing_is_nothing_and_everything_is_a_hundred():
    assert completeness(Counts()).score == 0
    assert completeness(full()).score == 100
    assert completeness(full()).best() == ()


def test_the_score_is_the_share_of_the_weighted_sum():
    only_gates = Counts(
        gate_items=4, gates_answered=4, gates_blocking=2, gates_signed=2,
        has_permission=1, has_decontamination=1,
    )  # fmt: skip

    found = completeness(only_gates)

    assert WEIGHTS == 104
    assert found.percent_of("gates") == 100
    assert found.score == 100 * 10 // WEIGHTS == 9


def test_half_of_a_want_is_half_of_its_points():
    counts = Counts(gate_items=4, gates_answered=2)

    gates = completeness(counts).sections[1]

    assert gates.share == Fraction(4 * 1, 2 * 10)
    assert (gates.percent, gates.mark) == (20, "in_progress")


def test_a_share_just_below_is_not_rounded_up():
    counts = Counts(gate_items=1000, gates_answered=999, gates_blocking=1, gates_signed=1,
                    has_permission=1, has_decontamination=1)  # fmt: skip

    assert completeness(counts).percent_of("gates") == 99


def test_gains_are_what_the_score_would_gain_and_the_largest_comes_first():
    counts = replace(full(), steps_pictured=0, captures=0, versions=0, label_photos=0)

    best = completeness(counts).best()

    points = [gap.gain for gap in best]
    assert points == sorted(points, reverse=True)
    assert [gap.section.key for gap in best] == ["teardown", "measurements", "identification"]
    lacking = sum(gap.gain for one in completeness(counts).sections for gap in one.gaps)
    assert completeness(counts).score == int(100 - lacking)


def test_before_the_device_is_open_nothing_of_its_inside_is_proposed():
    best = completeness(Counts()).best(is_open=False, most=99)

    assert {gap.section.key for gap in best}.isdisjoint({"teardown", "bom"})
    assert len(best) < len(completeness(Counts()).best(most=99))


def test_a_kind_of_device_that_needs_fewer_sections_is_scored_by_those():
    counts = replace(Counts(), uses_said=6)

    found = completeness(counts, ["use", "function"])

    assert [one.section.key for one in found.sections] == ["use", "function"]
    assert found.score == 60
    assert found.percent_of("teardown") == 100


def test_every_section_has_wants():
    assert set(WANTS) == {section.key for section in SECTIONS}


# --- from rows ---------------------------------------------------------------------------


def shares(dossier: Dossier) -> dict[str, int]:
    found = progress_of([dossier])[dossier.pk].completeness
    return {one.section.key: one.percent for one in found.sections}


@pytest.fixture
def dossier(db) -> Dossier:
    return make.dossier(device_type=make.device_type())


@pytest.fixture
def photo(dossier):
    return kept_file(dossier.scope)


def test_an_empty_dossier_scores_only_its_kind_of_device(dossier):
    found = shares(dossier)

    assert found.pop("identification") == 12
    assert set(found.values()) == {0}


def test_identification(dossier, photo):
    unit = dossier.unit
    unit.emdn, unit.manufacturer, unit.model, unit.serial = "Z1203020408", "Nellcor", "N-65", "1"
    unit.risk_class, unit.protection_class, unit.markings = "IIb", "internal", "CE 0123"
    unit.save()
    assert shares(dossier)["identification"] == 87

    LabelPhoto.objects.create(unit=unit, file=photo)
    LabelPhoto.objects.create(unit=unit, file=photo)

    assert shares(dossier)["identification"] == 100


def test_gates(dossier, photo):
    officer = make.bench_trainer(dossier.activity, "SAFETY", "IP")
    add_gate_items(dossier)
    for check in dossier.gate_checks.all():
        answer = "no" if check.code == "high_voltage" else "yes"
        answer_gate(check, answer=answer, by=officer)
    assert shares(dossier)["gates"] == 40

    sign_all_gates(dossier, by=officer)
    unit = dossier.unit
    unit.owner_permission = unit.decontamination_file = photo
    unit.decontamination_method, unit.decontaminated_on = "70 % ethanol", date(2026, 9, 1)
    unit.decontamination_signed_by = "Dr A"
    unit.save()

    assert shares(dossier)["gates"] == 100


def test_use_and_function_test(dossier):
    dossier.intended_use = {"clinical_need": "Hypoxia", "users": "Nurses", "setting": "  "}
    dossier.function_test = {"works": "Switches on", "faults": ""}
    dossier.save()
    assert (shares(dossier)["use"], shares(dossier)["function"]) == (33, 50)

    keys = ("clinical_need", "users", "setting", "energy", "maintenance", "consumables")
    dossier.intended_use = dict.fromkeys(keys, "said")
    dossier.function_test = {"works": "Switches on", "readings": "97 %", "faults": "none"}
    dossier.save()

    assert (shares(dossier)["use"], shares(dossier)["function"]) == (100, 100)


def test_a_measurement_before_opening_is_a_reading(dossier):
    measure(dossier, before_opening=True)

    assert shares(dossier)["function"] == 25


def test_blocks(dossier):
    blocks = [
        make.block(dossier, kind=kind, side=side, inferred=True)
        for kind, side in (
            ("power", "mains"), ("control", "secondary"), ("sensor", "patient"), ("display", "secondary"),
        )
    ]  # fmt: skip
    for one, other in zip(blocks, blocks[1:], strict=False):
        BlockLink.objects.create(dossier=dossier, source=one, target=other, flow="energy")
    assert shares(dossier)["blocks"] == 100

    BlockLink.objects.create(dossier=dossier, source=blocks[0], target=blocks[2], flow="energy")

    assert shares(dossier)["blocks"] == 90


def test_teardown(dossier, photo):
    steps = [make.teardown_step(dossier, tools=["PH1"], minutes=4) for _ in range(5)]
    assert shares(dossier)["teardown"] == 50

    for step in steps:
        shown = StepPhoto.objects.create(step=step, file=photo)
        Annotation.objects.create(photo=shown, number=1, shape="point", x=0.5, y=0.5)
        StepPhoto.objects.create(step=step, file=photo)

    assert shares(dossier)["teardown"] == 100


def test_bill_of_materials_with_a_price_in_half_of_it(dossier):
    lines = [make.part_line(dossier, mpn=f"M{n}") for n in range(6)]
    for line in lines[:3]:
        SourcingOffer.objects.create(part=line, supplier="Shop", price="1.5")
    lines[5].substitute_of = lines[4]
    lines[5].save()

    assert shares(dossier)["bom"] == int(100 * (3 + 2 + 2 + 1 + 1 + 1) / 12)


def test_design_files(dossier, photo):
    for role in ("schematic", "pcb"):
        DesignFile.objects.create(
            dossier=dossier, role=role, file=photo, path=role, source_form=True, licence="MIT"
        )
    assert shares(dossier)["files"] == 100

    DesignFile.objects.create(dossier=dossier, role="gerber", file=photo, path="x.gbr")

    assert shares(dossier)["files"] == int(100 * (6 + 2 / 3 + 2 / 3) / 8)


def measure(dossier, **more):
    return Measurement.objects.create(
        dossier=dossier, quantity="voltage", name="Supply", value=5, unit="V",
        taken_at=timezone.now(), **more,
    )  # fmt: skip


def test_measurements(dossier):
    meter = Instrument.objects.create(activity=dossier.activity, maker="Fluke", model="87")
    for _ in range(3):
        measure(dossier, expanded_uncertainty="0.02", instrument=meter, temperature=23)
    assert shares(dossier)["measurements"] == 80

    SignalCapture.objects.create(dossier=dossier, title="LED", format="csv", state="read")

    assert shares(dossier)["measurements"] == 100


def test_risks(dossier):
    for number in range(3):
        risk = Risk.objects.create(
            dossier=dossier, code=f"R{number}", hazard="energy", situation="s", harm="h",
            severity=3, probability=3,
        )  # fmt: skip
    assert shares(dossier)["risks"] == 25

    RiskControl.objects.create(risk=risk, option="inherent_safety", text="lower voltage")
    dossier.risks.update(residual_severity=1, residual_probability=1, acceptable="yes")

    assert shares(dossier)["risks"] == int(100 * (6 + 2 / 3) / 8)


def test_requirements_and_alternatives(dossier):
    for number in range(5):
        Requirement.objects.create(
            dossier=dossier,
            code=f"S{number}",
            type="system",
            statement="shall",
            verification="test",
        )
    DesignAlternative.objects.create(dossier=dossier, title="As it is", is_baseline=True)
    assert shares(dossier)["requirements"] == int(100 * 4 / 6)

    DesignAlternative.objects.create(dossier=dossier, title="Ours", chosen=True, reason="cheaper")

    assert shares(dossier)["requirements"] == 100


def test_tests_and_runs(dossier):
    meter = Instrument.objects.create(activity=dossier.activity, maker="Fluke", model="87")
    cases = [
        Case.objects.create(dossier=dossier, code=f"T{n}", title="t", limit_high=1)
        for n in range(3)
    ]
    assert shares(dossier)["tests"] == 33

    for case in cases:
        Run.objects.create(case=case, result="not_run", run_at=timezone.now())
    assert shares(dossier)["tests"] == 33
    for case in cases:
        Run.objects.create(case=case, result="fail", run_at=timezone.now(), instrument=meter)

    assert shares(dossier)["tests"] == 100


def test_building(dossier):
    line = make.part_line(dossier)
    steps = [BuildStep.objects.create(dossier=dossier, order=n, title="b") for n in (1, 2, 3)]
    assert shares(dossier)["building"] == 50

    for step in steps:
        PartUse.objects.create(step=step, part=line, quantity=1)

    assert shares(dossier)["building"] == 100


def test_release_credits_the_members_and_counts_a_version(dossier):
    member = make.member(dossier)
    Contribution.objects.create(dossier=dossier, person=make.person(), role="writing")
    assert shares(dossier)["release"] == 0

    Contribution.objects.create(dossier=dossier, person=member.enrolment.person, role="writing")
    DossierVersion.objects.create(
        dossier=dossier, number="1.0.0", snapshot={}, sha256="0" * 64, changelog="first",
        licence_hardware="MIT", licence_documentation="MIT", score=70, code="ABC",
        released_at=timezone.now(),
    )  # fmt: skip

    assert shares(dossier)["release"] == 100


def test_queries_are_as_many_for_ten_dossiers_as_for_one(dossier, django_assert_num_queries):
    more = [dossier, *(make.dossier(dossier.activity) for _ in range(9))]
    for one in more:
        make.teardown_step(one)
        make.part_line(one)

    with django_assert_num_queries(19):
        progress_of(more)
    with django_assert_num_queries(19):
        progress_of(more[:1])


def test_last_change_is_that_of_any_part(dossier):
    before = progress_of([dossier])[dossier.pk].changed_at

    step = make.teardown_step(dossier)

    assert progress_of([dossier])[dossier.pk].changed_at == step.changed_at > before
