"""The component page in a real browser: for those who listen, without script, without a network."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from karvan.foundation.places.models import Country
from tests.browser.looking import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
LAUNCH = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not os.path.exists(CHROMIUM):  # noqa: PTH110 -- one question, no path needed
        pytest.skip("no Chromium on this machine")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright holds an event loop open
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def address(live_server, settings) -> str:
    settings.DEMO = True
    for code, region in (("AZ", "Asian"), ("EG", "Arab"), ("MA", "African")):
        Country.objects.create(code=code, names={"en": code}, region=region, time_zone="UTC")
    return str(live_server.url)


def opened(browser: Browser, url: str, **options: object) -> Page:
    page = browser.new_context(**{"viewport": {"width": 360, "height": 800}, **options}).new_page()
    page.goto(url)
    return page


@pytest.mark.parametrize("language", ["en", "fr", "ar", "az"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_anybody_and_nothing_sticks_out(
    chromium, address, language, theme
):
    page = opened(chromium, f"{address}/{language}/ui/", color_scheme=theme)

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("has_script", [True, False])
def test_a_filter_works_with_and_without_script(chromium, address, has_script):
    page = opened(chromium, f"{address}/en/ui/", java_script_enabled=has_script)

    page.click(".filters a:has-text('Arab')")
    page.wait_for_url("**show=arab**")
    page.wait_for_selector(".filters [aria-current]:has-text('Arab')")

    assert page.locator("#register-countries tbody tr").count() == 1
    assert page.locator("h1").count() == 1


def test_what_is_typed_without_a_network_is_kept_and_sent_when_it_returns(chromium, address):
    page = opened(chromium, f"{address}/en/ui/")
    sent: list[str] = []

    def receive(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.fulfill(status=204)

    page.context.set_offline(True)
    page.fill("[name=motivation]", "I build pumps")
    page.wait_for_selector("[data-autosave-state=offline]")
    kept = page.evaluate("JSON.stringify(localStorage)")
    page.route("**/ui/?draft", receive)
    page.context.set_offline(False)
    page.wait_for_selector("[data-autosave-state=saved]")

    assert "I build pumps" in kept
    assert "I build pumps" in sent[-1]
    assert page.evaluate("localStorage.length") == 0


def test_a_dark_page_stays_dark_on_the_next_visit(chromium, address):
    page = opened(chromium, f"{address}/ar/ui/")

    page.click(".menu > summary")
    page.click("[data-theme-choice=dark]")
    page.reload()

    assert page.get_attribute("html", "data-theme") == "dark"
