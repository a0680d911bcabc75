"""A mentor looks at what a team shows and verifies its milestone."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.ventures.models import Milestone
from karvan.stages.ventures.services import assign_mentor, claim_milestone
from tests import make
from tests.browser import told
from tests.browser.looking import look


def test_mentor_verifies_a_milestone(desktop: Page, sign_in_page: Any) -> None:
    camp = told.camp()
    enrolment = make.enrolment(camp, person=make.person("Leyla Məmmədova"))
    team = make.team(camp.edition, name="Damla")
    team.memberships.create(enrolment=enrolment)
    venture = make.venture(team, name="Damla pumps", summary="Pumps that need no mains.")
    mentor = make.role("mentor", camp.edition.scope, of=make.person("Tural Əliyev"))
    assign_mentor(venture, mentor=mentor, by=None)
    claim_milestone(
        venture,
        code="M1",
        fact_on=make.date(2026, 10, 1),
        evidence="Sixteen gardeners in Sumqayıt; thirteen were strangers to us.",
        details={"interviews": 16, "people_outside": 13},
        by=enrolment.person,
    )
    sign_in_page(desktop, mentor)

    desktop.goto("/en/desk/")
    look(desktop, "mentor-desk")
    desktop.goto("/en/claims/")
    look(desktop, "claims")
    desktop.get_by_role("link", name="Damla pumps").click()
    look(desktop, "claim")
    desktop.get_by_role("button", name="Verify M1").click()

    expect(desktop.locator("[role=status]")).to_contain_text("M1 is verified.")
    look(desktop, "venture", dark=True)
    claim = Milestone.objects.get()
    assert (claim.state, claim.verified_by) == ("verified", mentor)
