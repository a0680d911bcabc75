"""The chair of a track proposes on a telephone; the officer decides as proposed in one act."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.convening.services.symposium_opening import open_symposium
from karvan.stages.convening.services.symposium_papers import take_papers
from tests import make
from tests.browser.looking import look
from tests.stages.convening.symposium_world import abstract, activity, call

PATIENT = 60_000  # milliseconds: a server's first page may be slow where others work too
WHY = "عينة صغيرة مرسومة بعناية"


def test_a_proposal_goes_from_the_chairs_telephone_to_the_decision(
    phone: Page, desktop: Page, sign_in_page: Any, troubles: Any
) -> None:
    symposium = open_symposium(call(activity(rooms=1, days=1)).activity, by=None)
    abstract(symposium.activity.call)
    take_papers(symposium, by=None)
    track = symposium.tracks.get(code="mobility")
    track.chair = make.person()
    track.save()
    paper = track.papers.get()
    at = f"editions/{symposium.activity.edition.slug}/SYM/symposium/"

    phone.set_default_timeout(PATIENT)
    sign_in_page(phone, track.chair)
    phone.goto(f"/ar/{at}tracks/mobility/papers/")
    look(phone, "chair-papers", dark=True)
    phone.locator("tbody a").click()
    expect(phone.locator("main")).not_to_contain_text("Karimli")
    look(phone, "chair-paper")
    troubles.expect("422")  # nothing was chosen yet
    phone.locator("#propose button").click()
    expect(phone.locator("[aria-invalid=true]").first).to_be_visible()
    phone.locator("[name=outcome][value=poster]").check()
    phone.locator("[name=reason]").fill(WHY)
    phone.locator("#propose button").click()
    expect(phone.locator("tbody")).to_contain_text("ملصق")

    desktop.set_default_timeout(PATIENT)
    sign_in_page(desktop, make.officer())
    desktop.goto(f"/en/{at}papers/{paper.number}/")
    expect(desktop.locator("#proposal")).to_contain_text(WHY)
    look(desktop, "paper-proposed")
    desktop.get_by_role("button", name="Decide as proposed").click()
    expect(desktop.locator("main")).to_contain_text("Accepted as a poster")
    paper.refresh_from_db()
    assert (paper.state, paper.state_reason) == ("poster", WHY)
