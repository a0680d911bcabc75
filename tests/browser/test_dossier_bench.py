"""A pulse oximeter at the bench: identified, gates answered on a telephone, cleared, stopped."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.dossiers.models import DeviceType, Dossier
from karvan.stages.dossiers.services.gating import answer_gate
from karvan.stages.dossiers.services.starting import start_dossier
from tests import make
from tests.browser.looking import fits, look
from tests.stages.dossiers.bench_world import answered, attend, briefed_workshop, papers


def begun() -> tuple[Dossier, Any, Any]:
    """A dossier in which only one gate item is not answered; a member, the safety officer."""
    workshop = briefed_workshop()
    make.device_types()
    team = [make.enrolment(workshop) for _ in range(3)]
    dossier = start_dossier(
        workshop,
        title="Oximeter of ward 3",
        device_type=DeviceType.objects.get(code="pulse_oximeter"),
        members=team,
        by=None,
    )
    officer = make.bench_trainer(workshop, "SAFETY", "BENCH")
    answered(dossier, team[0].person)
    answer_gate(dossier.gate_checks.get(code="no_sharps"), answer="no", by=team[0].person)
    papers(dossier)
    for member in dossier.members.all():
        attend(member)
    return dossier, team[0].person, officer


def test_a_member_answers_on_a_telephone(phone: Page, sign_in_page: Any) -> None:
    dossier, member, _officer = begun()
    address = f"/en/editions/{dossier.activity.edition.slug}/dossiers/{dossier.pk}/"
    sign_in_page(phone, member)

    phone.goto(address)
    look(phone, "dossier")
    fits(phone)
    phone.goto(f"{address}identification/?q=oximeter")
    fits(phone)
    phone.goto(f"{address}gates/")
    fits(phone)
    item = phone.locator("#no_sharps")
    item.get_by_text("Change the answer").click()
    item.get_by_label("Yes").check()
    item.get_by_role("button", name="Save the answer").click()

    expect(phone.locator("#no_sharps")).to_contain_text("to be signed")
    assert dossier.gate_checks.get(code="no_sharps").answer == "yes"


def test_the_safety_officer_clears_and_stops(desktop: Page, sign_in_page: Any) -> None:
    dossier, member, officer = begun()
    answer_gate(dossier.gate_checks.get(code="no_sharps"), answer="yes", by=member)
    edition = f"/en/editions/{dossier.activity.edition.slug}/"
    sign_in_page(desktop, officer)

    desktop.goto(f"{edition}dossiers/{dossier.pk}/")
    move = desktop.locator("details.act", has_text="Move on to: Cleared for opening")
    move.locator("summary").click()
    move.get_by_role("button").click()
    expect(desktop.locator("[role=status]").first).to_contain_text("Cleared for opening")
    desktop.goto(f"{edition}workshops/REW/")
    look(desktop, "workshop-room")
    row = desktop.locator(f"#team-{dossier.pk}")
    row.locator("summary").click()
    row.get_by_label("Why the bench is stopped").fill("Smoke from the supply.")
    row.get_by_role("button", name="Stop the bench").click()

    expect(desktop.locator("[role=alert]").first).to_contain_text("Smoke from the supply.")
    dossier.refresh_from_db()
    assert (dossier.state, dossier.stopped_by) == ("cleared", officer)
