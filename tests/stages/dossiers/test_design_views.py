"""Screens of requirements, risks, tests, alternatives and building through the real client."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from karvan.stages.dossiers.models import Requirement, Risk
from karvan.stages.dossiers.services import building, risks, trials
from karvan.stages.dossiers.services.requirements import add_requirement
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    return make.dossier()


@pytest.fixture
def inside(client, dossier):
    client.force_login(make.member(dossier).enrolment.person)
    return client


def to(name, of, *more):
    return reverse(f"dossiers:{name}", args=[of.activity.edition.slug, of.pk, *more])


def requirement(dossier, code="S1", **more):
    more = {"type": "system", "statement": "It shall read.", **more}
    return add_requirement(dossier, code=code, by=None, **more)


def typed(**more):
    return {
        "code": "S1",
        "type": "system",
        "statement": "It shall read.",
        "priority": "must",
        **more,
    }


def risk_of(dossier, **more):
    fields = {"hazard": "energy", "situation": "Live case", "harm": "Shock", "severity": 4,
              "probability": 4, **more}  # fmt: skip
    return risks.add_risk(dossier, code="H-01", by=None, **fields)


def test_a_requirement_is_written_with_links_typed_as_codes(inside, dossier):
    inside.post(to("requirement_new", dossier), typed(fulfils="N1, N2"))

    page = inside.get(to("requirements", dossier))

    assert Requirement.objects.get().dangling == ["N1", "N2"]
    assert "2 codes are named that are not here" in page.text
    assert "no way to show it" in page.text


def test_what_was_typed_stays_when_a_rule_is_broken(inside, dossier):
    requirement(dossier)

    page = inside.post(to("requirement_new", dossier), typed(rationale="Because of noise"))

    assert page.status_code == 422
    assert "There is a requirement S1 already" in page.text
    assert "Because of noise" in page.text


@pytest.mark.parametrize("count", [1, 6])
def test_the_register_and_the_matrix_cost_no_query_a_row(
    inside, dossier, django_assert_max_num_queries, count
):
    need = requirement(dossier, "N1", type="need")
    case = trials.add_test_case(dossier, code="T1", title="Read", by=None)
    for number in range(count):
        requirement(dossier, f"S{number}", fulfils=[need.code], tested_by=[case])

    with django_assert_max_num_queries(34):
        inside.get(to("requirements", dossier))
    with django_assert_max_num_queries(34):
        inside.get(to("traceability", dossier))


def test_the_matrix_shows_the_whole_way_and_can_be_cut_to_what_is_missing(inside, dossier):
    requirement(dossier, "N1", type="need", statement="Must be heard.")
    case = trials.add_test_case(dossier, code="T1", title="Beep", by=None)
    requirement(dossier, "S1", fulfils=["N1"], tested_by=[case])
    requirement(dossier, "S2", statement="It shall glow.")
    trials.run_test(case, result="pass", observed="Heard.", by=None)

    whole = inside.get(to("traceability", dossier))
    cut = inside.get(to("traceability", dossier), {"missing": "test"})

    assert "Pass" in whole.text and "It shall read." in whole.text
    assert "It shall glow." in cut.text and "It shall read." not in cut.text


def test_a_file_is_previewed_then_taken_over_as_shown(inside, dossier):
    upload = SimpleUploadedFile("reqs.csv", b"id;text;more\nX1;wrong;It shall read.\n")
    shown = inside.post(to("requirements_import", dossier), {"upload": upload})
    options = {"column_code": 0, "column_statement": 2, "type": "usability"}

    page = inside.get(shown["Location"], options)
    assert "It shall read." in page.text and not Requirement.objects.exists()
    inside.post(shown["Location"], options)

    found = Requirement.objects.get()
    assert (found.code, found.statement, found.type) == ("X1", "It shall read.", "usability")


def test_a_bad_file_is_refused_beside_the_form(inside, dossier):
    for name, data, words in (
        ("a.rst", b"Prose only.", "No requirement was found in the 1 lines"),
        ("a.docx", b"x", "none of the kinds"),
    ):
        page = inside.post(
            to("requirements_import", dossier), {"upload": SimpleUploadedFile(name, data)}
        )
        assert page.status_code == 422 and words in page.text


def test_a_preview_is_nobody_elses(inside, dossier, client):
    upload = SimpleUploadedFile("reqs.csv", b"id,text\nX1,It shall.\n")
    shown = inside.post(to("requirements_import", dossier), {"upload": upload})
    client.force_login(make.member(dossier).enrolment.person)

    assert client.get(shown["Location"]).status_code == 404


def test_a_risk_is_written_controlled_and_judged(inside, dossier):
    fields = {"code": "H-01", "hazard": "energy", "situation": "Live", "harm": "Shock",
              "severity": 4, "probability": 4}  # fmt: skip
    inside.post(to("risk_new", dossier), fields)
    risk = Risk.objects.get()
    judgement = {"residual_severity": 4, "residual_probability": 2, "acceptable": "yes"}
    inside.post(
        to("control_new", dossier, risk.pk), {"option": "protective_measure", "text": "Double case"}
    )

    refused = inside.post(to("risk_judge", dossier, risk.pk), judgement)
    inside.post(
        to("control", dossier, risk.pk, risk.controls.get().pk),
        {"option": "protective_measure", "text": "Double case", "analysis": "Drawing 3"},
    )
    taken = inside.post(to("risk_judge", dossier, risk.pk), judgement)

    assert refused.status_code == 422 and "“Double case” has neither" in refused.text
    assert taken.status_code == 302
    page = inside.get(to("risks", dossier)).text
    assert "1 of 1 risk is not acceptable before its controls. After them, 0 are." in page
    assert page.count('<svg class="risks"') == 2


def test_a_broken_judgement_is_said_on_the_list(inside, dossier):
    risk = risk_of(dossier)
    case = trials.add_test_case(dossier, code="T1", title="Fuse", by=None)
    risks.add_control(risk, option="protective_measure", text="Fuse", test=case, by=None)
    risks.judge_risk(risk, residual_severity=4, residual_probability=2, acceptable="yes", by=None)

    trials.run_test(case, result="fail", observed="It held.", by=None)

    assert "does not stand" in inside.get(to("risks", dossier)).text


def test_limits_of_the_matrix_are_set_by_who_teaches(client, dossier):
    client.force_login(make.bench_trainer(dossier.activity, "BENCH"))
    cells = {f"cell_{s}_{p}": "low" for s in range(1, 6) for p in range(1, 6)}

    wrong = client.post(to("risk_limits", dossier), {**cells, "cell_1_1": "high"})
    right = client.post(to("risk_limits", dossier), {**cells, "cell_5_5": "high"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    dossier.refresh_from_db()
    assert dossier.risk_limits["cells"][4] == ["low"] * 4 + ["high"]


def test_figures_are_taken_with_a_comma_and_the_result_is_computed(inside, dossier):
    inside.post(
        to("test_new", dossier),
        {"code": "T1", "title": "Earth", "limit_high": "0,1", "unit": "Ω",
         "decision_rule": "guard_band"},
    )  # fmt: skip
    case = dossier.test_cases.get()

    lacking = inside.post(to("test_run", dossier, case.pk), {"value": "0,08"})
    inside.post(to("test_run", dossier, case.pk), {"value": "٠٫٠٨", "expanded_uncertainty": "0.01"})
    page = inside.get(to("test", dossier, case.pk)).text

    assert lacking.status_code == 422 and "0,08" in lacking.text
    assert case.runs.get().result == "pass"
    assert "0.08 ± 0.01 Ω" in page and "not confirmed by a trainer" in page


def test_overdue_calibration_is_said_beside_the_run(inside, dossier):
    meter = dossier.activity.instruments.create(
        maker="Fluke", model="87", due_on=make.date(2020, 1, 1)
    )
    case = trials.add_test_case(dossier, code="T1", title="Earth", by=None)
    trials.run_test(case, result="pass", observed="Well.", instrument=meter, by=None)

    assert "calibration was due" in inside.get(to("test", dossier, case.pk)).text


def test_the_decision_matrix_says_who_leads_and_what_turns_it(inside, dossier):
    names = ("functionality", "performance", "usability", "safety", "cost", "local_sourcing",
             "reparability")  # fmt: skip
    for title, safety, cost in (("Safe", 4, 2), ("Cheap", 2, 3)):
        marks = {f"mark_{name}": 2 for name in names}
        inside.post(
            to("alternative_new", dossier),
            {**marks, "title": title, "mark_safety": safety, "mark_cost": cost},
        )
    inside.post(to("alternative_new", dossier), {"title": "Half known", "mark_cost": 1})

    page = inside.get(to("alternatives", dossier)).text

    assert "<bdi>Safe</bdi> leads." in page
    assert "<bdi>Cheap</bdi> would be before it if Safety counted 0 instead of 1." in page
    assert "Cost 3 instead of 1" in page
    assert "no mark yet" in page


def test_steps_parts_and_sums_meet_on_one_page_and_on_paper(inside, dossier):
    part = make.part_line(dossier, description="M3 screw", quantity=4)
    make.part_line(dossier, description="Spring", quantity=1)
    inside.post(to("build_step_new", dossier), {"title": "Screw", "tools": "Hex key\nPliers"})
    step = dossier.build_steps.get()
    inside.post(to("build_step_use", dossier, step.pk), {"part": part.pk, "quantity": "3"})

    page = inside.get(to("building", dossier)).text
    sheet = inside.get(to("building_sheet", dossier)).text

    assert "2 lines of the bill of materials are not used as they say" in page
    assert "too little used" in page and "used nowhere" in page
    assert "Hex key, Pliers" in sheet and "M3 screw" in sheet


def test_the_instructions_are_given_as_gitbuilding_pages(inside, dossier):
    part = make.part_line(dossier, description="Wire [red]", quantity=2, unit="m", mpn="W-1")
    (step,) = (building.add_build_step(dossier, title="Wire it", tools=["Pliers"], by=None),)
    building.use_part(step, part=part, quantity=2, by=None)

    answer = inside.get(to("building_export", dossier))

    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    page = f"parts/wire-red-{part.pk}.md"
    assert set(packed.namelist()) == {"buildconf.yaml", "index.md", page}
    index = packed.read("index.md").decode()
    assert "## Wire it {pagestep}" in index and "{{BOM}}" in index
    assert f"* [Wire (red)]({page}){{qty: 2 m}}" in index
    assert "* Part number: W-1" in packed.read(page).decode()
