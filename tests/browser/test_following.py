"""An officer opens the promise ledger and follows one figure down to its rows."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests import make
from tests.browser import told
from tests.browser.looking import look
from tests.stages.reports import history, stages


def test_officer_follows_a_figure_down_to_its_rows(desktop: Page, sign_in_page: Any) -> None:
    meeting = make.consultation(code="baku-2021")
    for promise in history.whole():
        promise.item = make.minutes_item(consultation=meeting)
        promise.save()
    sign_in_page(desktop, make.officer())

    desktop.goto("/en/reports/ledger/consultations/baku-2021/")
    look(desktop, "ledger", dark=True)
    late = desktop.locator(".counts tr", has_text="late")
    count = int(late.locator("td").inner_text())
    late.locator("a").click()
    lines = desktop.locator("table.ledger tbody tr")
    expect(lines).to_have_count(count)
    desktop.get_by_role("link", name="A three-day boot camp in Baku").click()
    expect(desktop.locator("h1")).to_contain_text("boot camp")
    look(desktop, "commitment")
    desktop.goto("/en/consultations/baku-2021/")
    look(desktop, "meeting")


def test_officer_follows_an_indicator_to_its_records(desktop: Page, sign_in_page: Any) -> None:
    call = told.call()
    for number in range(1, 8):
        told.application(call, number)
    sign_in_page(desktop, make.officer())

    desktop.goto("/en/board/")
    look(desktop, "board", dark=True)
    desktop.goto("/en/reports/indicators/TVP/")
    look(desktop, "indicators")
    figure = desktop.locator("a[href*='/reports/rows/']").first
    figure.click()
    expect(desktop.locator("[data-rows] tbody tr").first).to_be_visible()
    total = desktop.locator(".under .figures").first.inner_text()
    shown = desktop.locator("[data-rows] tbody tr").count()
    assert re.findall(r"\d+", total)[-1] == str(shown)
    look(desktop, "rows")


def test_held_stages_have_a_place(desktop: Page, sign_in_page: Any) -> None:
    """The board of one country whose boot camp was held."""
    stages.held(make.date(2026, 4, 5), make.date(2026, 4, 7), of=told.blueprint())
    sign_in_page(desktop, make.officer())

    desktop.goto("/en/board/TVP/")

    expect(desktop.locator("table [data-state]").first).to_be_visible()
    look(desktop, "board-programme")
