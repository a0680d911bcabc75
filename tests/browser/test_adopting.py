"""The coordinator of Morocco adopts the programme on six screens, by keyboard where one types."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.editions.models import Edition
from tests import make
from tests.browser import told
from tests.browser.looking import look


def follow(page: Page) -> None:
    """Take the link to the next screen by keyboard."""
    link = page.locator("main .acts a", has_text="Next:")
    link.focus()
    page.keyboard.press("Enter")


def test_morocco_adopts_the_programme(desktop: Page, sign_in_page: Any) -> None:
    told.blueprint()
    told.country("MA")
    make.party("youth-ma", names=told.MINISTRY)
    sign_in_page(desktop, make.role("coordinator", "TVP/MA-2027"))

    desktop.goto("/en/editions/adopt/")
    look(desktop, "adopt-1-waiting")
    desktop.get_by_role("link", name="MA-2027").focus()
    desktop.keyboard.press("Enter")
    desktop.get_by_label("English").check()
    desktop.get_by_label("العربية").check()
    desktop.get_by_label("Host").select_option(label="Ministry of Youth")
    look(desktop, "adopt-1-begin")
    desktop.get_by_role("button", name="Begin the edition").press("Enter")

    desktop.wait_for_url("**/partners/")
    look(desktop, "adopt-2-partners")
    follow(desktop)
    desktop.wait_for_url("**/dates/")
    desktop.locator("main input[type=date]").first.fill("2027-02-10")
    desktop.get_by_role("button", name="Propose dates").press("Enter")
    expect(desktop.get_by_text("Ramadan").first).to_be_visible()
    look(desktop, "adopt-3-dates", dark=True)
    codes = list(Edition.objects.get().activities.values_list("code", flat=True))
    for code in codes:
        panel = desktop.locator(f"#{code}")
        panel.get_by_role("button", name="Plan the proposed dates").press("Enter")
        expect(panel.get_by_role("definition").first).to_contain_text("2027")
    follow(desktop)
    desktop.wait_for_url("**/venues/")
    desktop.locator("summary", has_text="Add a venue").press("Enter")
    desktop.get_by_label("City").fill("Rabat")
    desktop.locator("[name=names_en]").fill("School of Rabat")
    desktop.locator("[name=names_ar]").fill("مدرسة الرباط")
    desktop.get_by_role("button", name="Add and use the venue").press("Enter")
    expect(desktop.get_by_role("heading", name="School of Rabat")).to_be_visible()
    look(desktop, "adopt-4-venues")
    follow(desktop)
    desktop.wait_for_url("**/parts/")
    look(desktop, "adopt-5-parts")
    follow(desktop)
    desktop.wait_for_url("**/review/")
    look(desktop, "adopt-6-review")
    desktop.get_by_role("button", name="Finish the adoption").press("Enter")

    desktop.wait_for_url("**/editions/tvp-ma-2027/")
    look(desktop, "edition", dark=True)
    edition = Edition.objects.get()
    host = edition.partners.get(part="host")
    assert (edition.state, host.party.code) == ("adopted", "youth-ma")
    assert all(one.planned_starts_on for one in edition.activities.all())
