"""A partnership is asked for, judged and granted in the browser, and an event put under it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.convening.models import Partnership
from tests import make
from tests.browser.looking import look


def test_an_officer_grants_a_partnership(desktop: Page, sign_in_page: Any, troubles: Any) -> None:
    troubles.expect("422")  # a grant that a criterion stands against
    asking, leading = make.party(), make.party()
    make.forum(names=make.texts("World Forum"), led_by=leading)
    make.consultation(titles=make.texts("Meeting in Baku"))
    sign_in_page(desktop, make.officer())

    desktop.goto("/en/partnerships/")
    look(desktop, "partnerships-empty")
    desktop.get_by_role("link", name="Enter a request").first.click()
    desktop.get_by_label("Who asks").select_option(str(asking.pk))
    desktop.get_by_label("Of whom").select_option(str(leading.pk))
    desktop.get_by_label("In which forum or process").select_option(label="World Forum")
    desktop.get_by_label("Criteria").fill("Works in two countries\nReports each year")
    look(desktop, "partnership-ask")
    desktop.get_by_role("button", name="Enter the request").click()
    desktop.locator("#criteria li").first.get_by_role("button", name="Met").first.click()
    second = desktop.locator("#criteria li").nth(1)
    second.get_by_label("Note").fill("First report due in May")
    second.get_by_role("button", name="Not met").click()
    look(desktop, "partnership-asked")
    desktop.get_by_text("Grant it").click()
    grant = desktop.locator("details", has=desktop.get_by_text("Grant it"))
    grant.get_by_label("Or by which other instrument").fill("Letter of 1 May 2022")
    grant.get_by_label("From").fill("2022-05-01")
    grant.get_by_role("button").click()
    expect(desktop.locator(".error, [role=alert]").first).to_contain_text("nevertheless")
    grant.get_by_label("Reason").fill("The report is promised")
    grant.get_by_role("button").click()
    desktop.get_by_text("Put an event under it").click()
    desktop.get_by_label("Or a meeting").select_option(label="Meeting in Baku")
    desktop.get_by_role("button", name="Put the event under it").click()

    expect(desktop.locator("#events")).to_contain_text("outside the time of the partnership")
    look(desktop, "partnership", dark=True)
    assert Partnership.objects.get().instrument == "Letter of 1 May 2022"
    desktop.goto("/en/partnerships/")
    look(desktop, "partnerships")
    desktop.goto("/en/forums/")
    desktop.get_by_role("link", name="World Forum").click()
    look(desktop, "forum")
