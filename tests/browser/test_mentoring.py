"""A mentor looks at what a team shows and verifies its milestone."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.ventures.models import Mentorship, Milestone, Team
from karvan.stages.ventures.services import assign_mentor, claim_milestone, state_offer
from tests import make
from tests.browser import told
from tests.browser.looking import fits, look


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


def test_a_team_wishes_and_the_coordinator_matches(desktop: Page, sign_in_page: Any) -> None:
    camp = told.camp()
    edition = camp.edition
    member = make.enrolment(camp, person=make.person("Leyla Məmmədova"))
    team = make.team(edition, name="Damla")
    team.memberships.create(enrolment=member)
    damla = make.venture(team, name="Damla pumps", sector="agriculture")
    other = make.venture(make.team(edition), name="Kür maps", sector="transport")
    tural = make.role("mentor", edition.scope, of=make.person("Tural Əliyev"))
    aysel = make.role("mentor", edition.scope, of=make.person("Aysel Quliyeva"))
    state_offer(edition, mentor=aysel, capacity=2, by=None)

    sign_in_page(desktop, tural)
    desktop.goto(f"/en/editions/{edition.slug}/mentors/{tural.pk}/")
    desktop.get_by_label("How many ventures do you take?").fill("1")
    desktop.get_by_label("First venture").select_option(label=str(other))
    look(desktop, "mentor-offer")
    desktop.get_by_role("button", name="Say whom I take").click()
    expect(desktop.locator("[role=status]")).to_contain_text("Said.")

    for person, venture in ((member.person, damla), (make.officer(), other)):
        sign_in_page(desktop, person)
        desktop.goto(f"/en/ventures/{venture.pk}/wishes/")
        desktop.get_by_label("First wish").select_option(label="Tural Əliyev")
        desktop.get_by_label("Second wish").select_option(label="Aysel Quliyeva")
        look(desktop, "wishes")
        desktop.get_by_role("button", name="Say our wishes").click()

    desktop.goto(f"/en/editions/{edition.slug}/mentors/")
    desktop.get_by_role("button", name="Propose a matching").click()
    expect(desktop.locator("#proposal")).to_contain_text(
        "Tural Əliyev is full with “Kür maps”, which the mentor ranks higher."
    )
    desktop.get_by_text("Seed and hash").click()
    fits(desktop)
    look(desktop, "matching", dark=True)
    assert Mentorship.objects.count() == 0
    desktop.get_by_text("Take this matching").first.click()
    desktop.get_by_role("button", name="Take this matching").click()
    expect(desktop.locator("[role=status]")).to_contain_text("stand by their ventures")
    look(desktop, "matched")
    assert {(m.venture, m.mentor) for m in Mentorship.objects.all()} == {
        (damla, aysel),
        (other, tural),
    }


def test_the_coordinator_forms_mixed_teams(desktop: Page, sign_in_page: Any) -> None:
    camp = told.camp()
    names = ("Əli Həsənov", "Nigar Əhmədova", "Rəşad İsmayılov", "Günay Kərimova")
    for number, field in enumerate(("engineering", "business", "design", "trade", "computing") * 2):
        make.enrolment(
            camp,
            person=make.person(f"{names[number % 4]} {number}"),
            attributes={"discipline": field, "sex": "FM"[number % 2], "region": "capital"},
        )
    sign_in_page(desktop, make.role("coordinator", camp.edition.scope))

    desktop.goto(f"/en/editions/{camp.edition.slug}/ventures/")
    look(desktop, "ventures")
    desktop.get_by_role("link", name="Form teams").click()
    desktop.get_by_role("button", name="Propose teams").click()
    expect(desktop.locator("#proposal")).to_contain_text("2 teams for 10 participants.")
    look(desktop, "teams-proposed", dark=True)
    desktop.get_by_text("Form these teams").first.click()
    desktop.get_by_role("button", name="Form these teams").click()

    expect(desktop.locator("[role=status]")).to_contain_text("The teams are formed.")
    assert sorted(team.memberships.count() for team in Team.objects.all()) == [5, 5]
