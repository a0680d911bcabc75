"""A pulse oximeter from its gates to its release: each by the one whose step it is."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.dossiers.models import Dossier, DossierVersion, PeerReview
from karvan.stages.dossiers.services.starting import add_gate_items
from tests import make
from tests.browser.looking import look
from tests.stages.dossiers.bench_world import attend, briefed_workshop, papers, picture


def on_the_bench() -> Dossier:
    """A draft whose parts are written; its gates wait, its briefing was held, nothing is signed."""
    workshop = briefed_workshop()
    dossier = make.full_dossier(workshop, state="draft")
    dossier.gate_checks.all().delete()
    dossier.test_cases.update(confirmed=True)
    add_gate_items(dossier)
    papers(dossier)
    attend(dossier.members.get())
    PeerReview.objects.filter(dossier=dossier).delete()
    return dossier


def answer_all(page: Page, dossier: Dossier, address: str) -> None:
    """Every item, each in its own form on the page."""
    page.goto(f"{address}gates/")
    for check in dossier.gate_checks.order_by("order", "pk"):
        row = page.locator(f"article#{check.code}")
        row.locator("summary").click()
        said = "No" if check.code == "high_voltage" else "Yes"
        row.get_by_label(said, exact=True).check()
        with page.expect_navigation():
            row.get_by_role("button", name="Save the answer").click()


def opened(page: Page, person: Any, sign_in_page: Any, address: str) -> Page:
    """The address as this person sees it; what the page before still fetched is there first."""
    page.wait_for_load_state("networkidle")
    sign_in_page(page, person)
    page.goto(address, wait_until="networkidle")
    return page


def confirmed(page: Page, name: str) -> None:
    """Open an act, read what it will do, and do it; or press it where it asks nothing."""
    act = page.locator("details.act", has_text=name).first
    with page.expect_navigation():
        if act.count():
            act.locator("summary").click()
            act.get_by_role("button").click()
        else:
            page.get_by_role("button", name=name).first.click()


def test_an_oximeter_goes_from_its_gates_to_its_release(
    desktop: Page, phone: Page, sign_in_page: Any, live_server: Any
):
    dossier = on_the_bench()
    workshop = dossier.activity
    address = f"{live_server.url}/en/editions/{workshop.edition.slug}/dossiers/{dossier.pk}/"
    member = dossier.members.get().enrolment.person
    safety = make.bench_trainer(workshop, "SAFETY")
    adviser = make.bench_trainer(workshop, "IP")
    bench = make.bench_trainer(workshop, "BENCH")
    lead = make.bench_trainer(workshop, "LEAD")

    page = opened(desktop, member, sign_in_page, address)
    expect(page.locator("#ahead")).to_contain_text("missing")
    answer_all(page, dossier, address)

    page = opened(desktop, adviser, sign_in_page, f"{address}gates/")
    confirmed(page, "Sign")
    page = opened(desktop, safety, sign_in_page, address)
    look(page, "dossier")
    confirmed(page, "Move on to: Cleared for opening")

    page = opened(desktop, member, sign_in_page, address)
    confirmed(page, "Move on to: Teardown")
    page.goto(f"{address}teardown/", wait_until="networkidle")
    expect(page.get_by_role("heading", name="Take out Power")).to_be_visible()

    page = opened(desktop, bench, sign_in_page, address)
    page.locator("#reviews summary").first.click()
    page.get_by_label("About").select_option("blocks")
    page.locator("#reviews").get_by_label("What you found").fill("Where is the isolation?")
    with page.expect_navigation():
        page.get_by_role("button", name="Open the review").click()
    review = PeerReview.objects.get(dossier=dossier)
    confirmed(page, "Close the review")
    review.refresh_from_db()
    assert review.closed_by == bench
    confirmed(page, "Move on to: Documented")

    page = opened(desktop, member, sign_in_page, address)
    confirmed(page, "Move on to: Redesign")
    page = opened(desktop, bench, sign_in_page, address)
    confirmed(page, "Move on to: Verified")

    page = opened(desktop, lead, sign_in_page, f"{address}release/")
    look(page, "release")
    page.get_by_label("Version").fill("1.0.0")
    page.get_by_label("What changed").fill("First release.")
    page.get_by_label("Licence of the hardware").fill("CERN OHL v1.2")
    page.get_by_label("Licence of the documents").fill("CC-BY-SA-4.0")
    page.get_by_role("button", name="Release this version").click()
    expect(page.get_by_text("Did you mean CERN-OHL-1.2").first).to_be_visible()
    page.get_by_label("Licence of the hardware").fill("CERN-OHL-S-2.0")
    page.get_by_role("button", name="Release this version").click()
    version = DossierVersion.objects.get()
    expect(page).to_have_url(f"{live_server.url}/en/devices/{version.code}/")

    phone.goto(f"{live_server.url}/devices/{version.code}/")  # as on paper; nobody signs in
    expect(phone.get_by_text(version.sha256)).to_be_visible()
    look(phone, "released-device")
    dossier.refresh_from_db()
    assert (dossier.state, picture().size > 0) == ("released", True)
