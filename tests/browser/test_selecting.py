"""An officer selects under quotas; a second person, at another desk, signs too."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.selection.models import Offer, SelectionRun
from tests import make
from tests.browser import told
from tests.browser.conftest import DESKTOP
from tests.browser.looking import look
from tests.stages.selection.pool import add_reads


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


def sign(page: Page, number: int) -> None:
    page.locator("summary", has_text=f"Sign run {number}").click()
    page.get_by_role("button", name=f"Sign run {number}").click()


def test_cohort_is_chosen_under_quotas_and_signed_by_two(
    desktop: Page, opened: Any, sign_in_page: Any
) -> None:
    read_call()
    sign_in_page(desktop, make.officer())
    second = sign_in_page(opened(**DESKTOP), make.officer())

    desktop.goto("/en/editions/tvp-az-2026/BC3/selection/")
    look(desktop, "selection-empty")
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
