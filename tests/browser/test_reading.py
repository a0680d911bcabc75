"""A reviewer scores five applications without touching the mouse."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.reviews.models import Review
from tests import make
from tests.browser import told
from tests.browser.looking import axe, look

MARKS = ["4", "3", "5", "2", "4"]


def test_five_applications_are_scored_by_keyboard_alone(desktop: Page, sign_in_page: Any) -> None:
    _source, data = make.document("TVP")
    rubric = {"scale": [0, 5], "criteria": data["activities"][0]["selection"]["rubric"]}
    call = told.call()
    reader = make.reviewer(make.review_round(call, rubric=rubric), languages=["en"])
    for number in range(1, 6):
        make.assignment(reader, application=told.application(call, number))
    sign_in_page(desktop, reader.person)

    desktop.goto("/en/reviews/")
    look(desktop, "reading-list")
    desktop.keyboard.press("j")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("[data-reading]")).to_be_visible()
    assert "Məmmədova" not in desktop.content()
    look(desktop, "reading-room", dark=True)
    desktop.keyboard.press("?")
    expect(desktop.locator("dialog[open]")).to_be_visible()
    axe(desktop)
    desktop.keyboard.press("Escape")
    for read in range(5):
        expect(desktop.locator(".figures").first).to_contain_text(f"{read} finished")
        for mark in MARKS:
            desktop.keyboard.press(mark)
        desktop.keyboard.press("Enter")

    desktop.wait_for_url("**/reviews/?done=*")
    done = Review.objects.filter(state="done")
    assert [list(one.marks.values()) for one in done] == [[int(mark) for mark in MARKS]] * 5
    look(desktop, "reading-done")
