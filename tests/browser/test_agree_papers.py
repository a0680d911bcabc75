"""An agreement is cleared and signed in the browser; the ledger of two parties is read and printed."""

from __future__ import annotations

from datetime import date
from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.agreements.services import (
    add_evidence,
    add_minutes_item,
    add_obligation,
    add_signatory,
    promise_from_item,
)
from tests import make
from tests.browser.looking import look


def test_an_officer_clears_and_signs_an_agreement(desktop: Page, sign_in_page: Any) -> None:
    paper = make.agreement(code="host-2026", languages=["en", "ar"], prevailing_language="en")
    for number, party in enumerate(paper.parties.all(), start=1):
        add_obligation(
            paper, number=str(number), party=party, texts=make.texts("Provide rooms"), by=None
        )
        add_signatory(paper, party=party, name=f"Signatory {number}", capacity="Head", by=None)
    sign_in_page(desktop, make.officer())

    desktop.goto("/en/agreements/host-2026/")
    look(desktop, "agreement-draft")
    clear = desktop.locator("details.act", has_text="Clear it for signature")
    clear.locator("summary").click()
    clear.get_by_role("button").click()
    expect(desktop.locator("[role=status]").first).to_contain_text("cleared for signature")
    desktop.locator("summary", has_text="Signed: Signatory 1").click()
    first = desktop.locator("details", has_text="Signed: Signatory 1").last
    first.get_by_label("Signed on").fill("2021-02-18")
    first.get_by_label("Place").fill("Rabat")
    first.get_by_role("button").click()
    desktop.locator("summary", has_text="All have signed").click()
    every = desktop.locator("details", has_text="All have signed").last
    every.get_by_label("Signed on").fill("2021-02-20")
    every.get_by_label("Place").fill("Baku")
    every.get_by_label("In force from").fill("2021-03-01")
    every.get_by_role("button").click()

    expect(desktop.locator(".lead").first).to_contain_text("In force")
    expect(desktop.locator("dl.facts").first).to_contain_text("Rabat")
    look(desktop, "agreement-in-force", dark=True)


def test_promises_of_two_parties_are_read_and_printed(desktop: Page, sign_in_page: Any) -> None:
    first, second = make.party(), make.party()
    meeting = make.consultation(code="baku-2021", parties=[first, second])
    for number, owner in ((1, first), (2, second)):
        item = add_minutes_item(meeting, kind="action", texts={"en": f"Promise {number}"}, by=None)
        promise = promise_from_item(
            item,
            code=f"promise-{number}",
            titles={"en": f"Promise {number}"},
            owner=owner,
            due_on=date(2021, 7, 31),
            by=None,
        )
    add_evidence(
        promise,
        texts=make.texts("Held in Baku"),
        source="press",
        happened_on=date(2021, 9, 13),
        delivers=True,
        by=None,
    )
    make.consultation(code="baku-2022", parties=[first, second])
    sign_in_page(desktop, make.officer())

    desktop.goto("/en/commitments/")
    desktop.get_by_role("link", name="Promises between two parties").click()
    desktop.get_by_label("One side").select_option(first.code)
    desktop.get_by_label("The other side").select_option(second.code)
    look(desktop, "between-choose")
    desktop.get_by_role("button", name="Show their promises").click()
    expect(desktop.locator("main")).to_contain_text("late by 44 days")
    look(desktop, "between", dark=True)
    desktop.get_by_role("link", name="Print in two languages").click()
    expect(desktop.locator("td[dir=rtl]").first).to_be_visible()
    expect(desktop.locator(".not-written").first).to_be_visible()
    look(desktop, "between-print")
    desktop.goto("/en/consultations/baku-2022/")
    expect(desktop.locator("#briefing")).to_contain_text("Promise 1")
    look(desktop, "consultation-prepared")
    desktop.goto("/en/consultations/baku-2022/briefing/")
    look(desktop, "briefing")
