"""An officer selects under quotas; a second person, at another desk, signs too."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from karvan.stages.selection.models import Offer, QuotaSet, SelectionRun
from tests import make
from tests.browser import told
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.looking import NARROW, WIDE, axe, fits, look
from tests.stages.selection.pool import add_reads

ROOM = "/en/editions/tvp-az-2026/BC3/selection/"


def read_call() -> Any:
    """Twelve applications, read twice; the best marks are men's of the capital."""
    call = told.call(open_now=False, places=6)
    reading = make.review_round(call, reads_each=2)
    readers = [make.reviewer(reading) for _number in range(2)]
    for number in range(1, 13):
        man = number > 6
        attributes = {
            "sex": "M" if man else "F",
            "region": "capital" if man else "outside",
            "disability": "yes" if number == 1 else "no",
            "institution": f"University {number}",
            "first_time": "yes",
        }
        made = told.application(call, number)
        made.attributes = attributes
        made.save()
        add_reads(made, readers, 60 + 2 * number)
    return call


def slide(page: Page, label: str, key: str, times: int = 1) -> None:
    """Move a slider by the keyboard alone."""
    page.get_by_label(label, exact=True).focus()
    for _press in range(times):
        page.keyboard.press(key)


def test_quotas_are_moved_by_keyboard_and_their_cost_is_seen_at_once(
    desktop: Page, sign_in_page: Any, troubles: Any
) -> None:
    for words in ("htmx:afterRequest", "htmx:sendError"):
        troubles.expect(words)  # the page is left while the costs of ways are still worked out
    read_call()
    sign_in_page(desktop, make.officer())
    desktop.goto(ROOM)
    expect(desktop.get_by_role("region", name="With these numbers")).to_be_visible()
    what_if = desktop.locator("#tried")
    expect(what_if.get_by_text("6 people in")).to_be_visible()

    slide(desktop, "Move the least for Women", "Home")
    slide(desktop, "Move the least for Women", "ArrowRight", 4)
    expect(desktop.get_by_label("Women, at least")).to_have_value("4")
    expect(what_if.get_by_role("heading", name="Come in")).to_be_visible()
    expect(what_if.get_by_text("points fewer than by marks alone.")).to_be_visible()
    women = desktop.get_by_role("row").filter(has=desktop.get_by_label("Women, at least"))
    expect(women.get_by_text("binds")).to_be_visible()
    expect(desktop.get_by_role("status").first).to_contain_text("Against the call's own quotas")
    look_as_it_is(desktop, "selection-moved")

    # What cannot be kept says so, and how to get out; taking the way sets the numbers.
    slide(desktop, "Move the most for Women", "Home")
    slide(desktop, "Move the most for Women", "ArrowRight", 3)
    expect(what_if.get_by_text("At least 4 is more than at most 3.")).to_be_visible()
    slide(desktop, "Move the most for Women", "End")
    expect(desktop.get_by_label("Women, at most")).to_have_value("")
    desktop.get_by_role("spinbutton", name="Places").fill("11")
    desktop.get_by_label("Women, at least").fill("7")
    expect(what_if.get_by_text("No cohort")).to_be_visible()
    expect(what_if.get_by_text("moves a limit by 1 person").first).to_be_visible()
    look_as_it_is(desktop, "selection-clash")
    way = what_if.get_by_role("listitem").filter(has_text="Women: at least 6 instead of 7")
    way.get_by_role("button", name="Use this").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_label("Women, at least")).to_have_value("6")
    expect(what_if.get_by_text("11 people in")).to_be_visible()

    desktop.locator("summary", has_text="Keep these numbers as a set").click()
    desktop.get_by_label("Name of the set").fill("All the women")
    desktop.get_by_role("button", name="Save the set").click()
    expect(desktop.get_by_text("Saved as “All the women”.")).to_be_visible()
    expect(desktop.get_by_label("Women, at least")).to_have_value("6")
    QuotaSet.objects.create(
        call=QuotaSet.objects.get().call, name="By marks", places=6, made_at=timezone.now()
    )
    desktop.get_by_role("link", name="Compare, rename or delete sets").click()
    expect(desktop.get_by_role("columnheader", name="All the women")).to_be_visible()
    look(desktop, "selection-sets")
    assert SelectionRun.objects.count() == 0


def test_without_scripts_trying_shows_the_same_and_loses_nothing(
    opened: Any, sign_in_page: Any
) -> None:
    read_call()
    page = sign_in_page(opened(**PHONE, java_script_enabled=False), make.officer())
    page.goto(ROOM)
    assert page.locator("input[type=range]:visible").count() == 0

    page.get_by_label("Women, at least").fill("4")
    page.get_by_role("button", name="Try").click()

    expect(page.get_by_text("6 people in")).to_be_visible()
    expect(page.get_by_label("Women, at least")).to_have_value("4")
    assert SelectionRun.objects.count() == 0


def look_as_it_is(page: Page, name: str) -> None:
    """Open to all and nothing sticks out in the state that a script brought about."""
    axe(page)
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        fits(page)
        if folder := os.environ.get("KARVAN_PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)


def sign(page: Page, number: int) -> None:
    page.locator("summary", has_text=f"Sign run {number}").click()
    page.get_by_role("button", name=f"Sign run {number}").click()


def test_cohort_is_chosen_under_quotas_and_signed_by_two(
    desktop: Page, opened: Any, sign_in_page: Any
) -> None:
    read_call()
    sign_in_page(desktop, make.officer())
    second = sign_in_page(opened(**DESKTOP), make.officer())

    desktop.goto(ROOM)
    look(desktop, "selection-empty", dark=True)
    desktop.get_by_label("Women, at least").fill("3")
    desktop.get_by_role("button", name="Propose a cohort of 6").click()
    expect(desktop.get_by_role("heading", name="Run 1")).to_be_visible()
    expect(desktop.get_by_text("Came in")).to_be_visible()
    look(desktop, "selection-proposed", dark=True)
    sign(desktop, 1)
    expect(desktop.get_by_text("You have signed; another person must.")).to_be_visible()
    assert desktop.get_by_text("Send 6 offers").count() == 0

    second.goto(desktop.url)
    expect(second.get_by_text("One more person must sign.")).to_be_visible()
    sign(second, 1)
    second.locator("summary", has_text="Send 6 offers").click()
    look(second, "selection-signed")
    second.get_by_role("button", name="Send 6 offers").click()
    expect(second.get_by_text("6 offers were sent.")).to_be_visible()
    look(second, "offers")

    run = SelectionRun.objects.get()
    chosen = [one.application.attributes["sex"] for one in Offer.objects.filter(run=run)]
    assert (run.state, sorted(chosen)) == ("signed", ["F", "F", "F", "M", "M", "M"])
    assert run.signoffs.values("person").distinct().count() == 2
