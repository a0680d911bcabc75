"""A risk goes from red to green by a control with a passing test; every page of a design is looked at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from karvan.stages.dossiers.models import Dossier, Risk
from karvan.stages.dossiers.services import alternatives, building, risks, trials
from karvan.stages.dossiers.services.requirements import add_requirement
from tests.browser.looking import look
from tests.make.dossiers import dossier, member, part_line


def address(of: Dossier, *more: Any) -> str:
    where = "/".join(str(one) for one in more)
    return f"/en/editions/{of.activity.edition.slug}/dossiers/{of.pk}/{where}/"


def filled() -> Dossier:
    """An oximeter in redesign, with something wrong in every part of it."""
    made = dossier(state="redesign", title="Oximeter")
    need = ("N-1", "need", "The nurse must see the oxygen in the dark and hear when it falls.")
    add_requirement(made, code=need[0], type=need[1], statement=need[2], by=None)
    case = trials.add_test_case(
        made, code="T-01", title="Rate against the simulator", clause="ISO 80601-2-61 201.12",
        limit_low=Decimal(-3), limit_high=Decimal(3), unit="1/min", by=None,
    )  # fmt: skip
    trials.add_test_case(made, code="T-02", title="The alarm is heard at 5 m", by=None)
    trials.run_test(
        case, value=Decimal("1.2"), expanded_uncertainty=Decimal("0.5"), version="0.2.0", by=None
    )
    add_requirement(
        made, code="SYS-1", type="system", statement="It shall show the rate within 3 per minute.",
        verification="test", fulfils=["N-1"], tested_by=[case], by=None,
    )  # fmt: skip
    add_requirement(
        made, code="SAF-2", type="safety", statement="Skin at the probe stays below TBD °C.",
        fulfils=["N-7"], by=None,
    )  # fmt: skip
    hot = risks.add_risk(
        made, code="H-01", hazard="thermal", situation="The LED is driven without a pulse",
        harm="Burn of a newborn's finger", severity=4, probability=4, by=None,
    )  # fmt: skip
    for number in range(2, 8):
        risks.add_risk(
            made, code=f"H-{number:02d}", hazard="operational",
            situation="The probe sits loosely", harm="A fall of oxygen is missed",
            severity=5 if number == 2 else 2, probability=2, by=None,
        )  # fmt: skip
    risks.add_control(hot, option="information", text="Warning label on the probe", by=None)
    alternatives.add_alternative(
        made, title="As it is", is_baseline=True, by=None,
        scores={"functionality": 3, "performance": 3, "usability": 2, "safety": 1, "cost": 3,
                "local_sourcing": 1, "reparability": 1},
    )  # fmt: skip
    alternatives.add_alternative(
        made, title="Own probe with a current limit", by=None,
        scores={"functionality": 3, "performance": 2, "usability": 3, "safety": 4, "cost": 1,
                "local_sourcing": 3, "reparability": 3},
    )  # fmt: skip
    alternatives.add_alternative(made, title="Bought probe", scores={"cost": 2}, by=None)
    screw = part_line(made, description="Screw M2 × 6", quantity=4)
    part_line(made, description="Photodiode", refs=["D1", "D2"], quantity=2, mpn="BPW34")
    for title, used in (("Fit the board", 2), ("Close the case", 3)):
        step = building.add_build_step(
            made, title=title, text="Lay it face down.\nTighten crosswise.", minutes=15, by=None,
            tools=["Screwdriver PH0"], check_text="Nothing rattles.",
        )  # fmt: skip
        building.use_part(step, part=screw, quantity=Decimal(used), by=None)
    return made


@pytest.fixture
def held() -> Dossier:
    return filled()


def test_a_risk_goes_from_red_to_green_by_a_control_with_a_passing_test(
    desktop: Page, sign_in_page: Any, troubles: Any, held: Dossier
) -> None:
    troubles.expect("422 (Unprocessable Entity)")  # the judgement that is refused
    page = desktop
    sign_in_page(page, member(held).enrolment.person)
    page.goto(address(held, "tests", "new"))
    page.get_by_role("textbox", name="Code").fill("T-03")
    page.get_by_label("What is tried").fill("Current of the LED without a pulse")
    page.get_by_label("Not above").fill("20")
    page.get_by_label("Unit").fill("mA")
    page.get_by_role("button", name="Write the test").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("T-03")

    page.goto(address(held, "risks"))
    page.get_by_role("link", name="H-01").click()
    judge = page.locator("#judge")
    judge.get_by_label("Severity that remains").select_option("2")
    judge.get_by_label("Probability that remains").select_option("1")
    judge.get_by_label("Judged").select_option("Acceptable")
    judge.get_by_role("button", name="Judge what remains of H-01").click()
    expect(judge.get_by_role("alert")).to_contain_text("only through inherent safety")
    expect(judge.get_by_role("alert")).to_contain_text("Information alone")
    expect(judge.get_by_label("Severity that remains")).to_have_value("2")

    page.get_by_text("Add a control").click()
    adding = page.locator("form", has=page.get_by_role("button", name="Add the control"))
    adding.get_by_label("Kind").select_option("Inherent safety")
    adding.get_by_label("What is done").fill("Supply limited to 20 mA")
    adding.get_by_label("Test that shows it").select_option(
        label="T-03 Current of the LED without a pulse"
    )
    adding.get_by_role("button", name="Add the control").click()
    page.get_by_role("link", name="Change Warning label on the probe").click()
    page.get_by_label("Analysis").fill("Read aloud by five nurses.")
    page.get_by_role("button", name="Write the control anew").click()

    page.get_by_role("link", name="T-03").click()
    page.get_by_text("Write down a run").click()
    run = page.locator("form", has=page.get_by_role("button", name="Write the run down"))
    run.get_by_label("Value").fill("17,5")
    run.get_by_label("Expanded uncertainty").fill("0,4")
    run.get_by_role("button", name="Write the run down").click()
    expect(page.locator("#runs .mark", has_text="Pass")).to_be_visible()

    page.locator("dl").get_by_role("link", name="H-01").click()
    judge = page.locator("#judge")
    judge.get_by_label("Severity that remains").select_option("2")
    judge.get_by_label("Probability that remains").select_option("1")
    judge.get_by_label("Judged").select_option("Acceptable")
    judge.get_by_role("button", name="Judge what remains of H-01").click()
    expect(page.get_by_text("2 × 1")).to_be_visible()

    page.goto(address(held, "risks"))
    expect(page.get_by_text("After them, 0 are.")).to_be_visible()
    assert Risk.objects.get(code="H-01").acceptable == "yes"


def test_every_page_of_a_design_is_open_to_all_and_fits(
    desktop: Page, sign_in_page: Any, held: Dossier
) -> None:
    page = desktop
    sign_in_page(page, member(held).enrolment.person)
    hot = held.risks.get(code="H-01")
    fuse = risks.add_control(
        hot, option="protective_measure", text="Fuse", analysis="Rated.", by=None
    )
    hot.controls.exclude(pk=fuse.pk).delete()
    risks.judge_risk(hot, residual_severity=4, residual_probability=2, acceptable="yes", by=None)
    wanted = {
        "requirements": ("requirements",),
        "requirement": ("requirements", held.requirements.get(code="SAF-2").pk),
        "matrix": ("requirements", "matrix"),
        "import": ("requirements", "import"),
        "risks": ("risks",),
        "risk": ("risks", hot.pk),
        "tests": ("tests",),
        "test": ("tests", held.test_cases.get(code="T-01").pk),
        "alternatives": ("alternatives",),
        "alternative": ("alternatives", "new"),
        "building": ("building",),
        "building-sheet": ("building", "sheet"),
        "build-step": ("building", "steps", held.build_steps.first().pk),
    }
    for name, where in wanted.items():
        page.goto(address(held, *where))
        look(page, f"design-{name}", dark=name == "risks")
