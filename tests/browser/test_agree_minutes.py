"""A rapporteur takes minutes by keyboard; a second one writes at once; the line breaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.agreements.models import Consultation
from karvan.stages.agreements.services import add_minutes_item
from tests import make
from tests.browser.conftest import DESKTOP
from tests.browser.looking import fits, look


def held(*words: str) -> Consultation:
    meeting = make.consultation(code="baku-2021", titles=make.texts("Meeting"), state="held")
    for word in words:
        add_minutes_item(meeting, kind="agreement", texts={"en": word}, by=None)
    return meeting


def order(meeting: Consultation) -> list[tuple[str, str]]:
    return [(item.kind, item.texts["en"]) for item in meeting.items.order_by("number")]


def saved(page: Page) -> None:
    expect(page.locator("[data-minutes-state]")).to_have_text("All is saved", timeout=20_000)


def test_minutes_are_taken_by_keyboard_alone(desktop: Page, sign_in_page: Any) -> None:
    meeting = held()
    sign_in_page(desktop, make.officer())
    desktop.goto("/en/consultations/baku-2021/minutes/")

    desktop.keyboard.press("n")
    for digit, words in ((1, "Baku was a capital of culture"), (2, "A workshop"), (4, "A camp")):
        desktop.keyboard.press(f"Alt+Digit{digit}")
        desktop.keyboard.type(words)
        desktop.keyboard.press("Control+Enter")
    expect(desktop.locator("[data-item]")).to_have_count(3)
    saved(desktop)
    desktop.get_by_label("Text of item 3").focus()
    desktop.keyboard.press("Control+End")
    desktop.keyboard.type(" of three days")
    saved(desktop)
    desktop.keyboard.press("Alt+ArrowUp")
    expect(desktop.get_by_label("Text of item 2")).to_have_value("A camp of three days")

    assert order(meeting) == [
        ("information", "Baku was a capital of culture"),
        ("action", "A camp of three days"),
        ("agreement", "A workshop"),
    ]
    look(desktop, "minutes-room", dark=True)
    desktop.goto("/en/consultations/baku-2021/minutes/print/")
    fits(desktop)
    look(desktop, "minutes-print")


def test_nothing_is_lost_on_a_broken_line_or_a_closed_lid(
    desktop: Page, sign_in_page: Any, troubles: Any
) -> None:
    troubles.expect("ERR_INTERNET_DISCONNECTED")
    meeting = held("A workshop")
    sign_in_page(desktop, make.officer())
    address = "/en/consultations/baku-2021/minutes/"
    desktop.goto(address)
    text = desktop.locator("#next textarea").first

    desktop.context.set_offline(True)
    text.fill("A symposium in Agadir")
    text.press("Control+Enter")
    desktop.get_by_label("Text of item 1").fill("A workshop in Baku")
    expect(desktop.locator("[data-minutes-state]")).to_contain_text("No connection")
    expect(desktop.locator("[data-minutes-waiting]")).to_contain_text("Agadir")
    text.fill("Half a sent")
    assert order(meeting) == [("agreement", "A workshop")]
    desktop.context.set_offline(False)
    desktop.goto(address)

    expect(desktop.locator("[data-item]")).to_have_count(2)
    expect(desktop.locator("#next textarea").first).to_have_value("Half a sent")
    wanted = [("agreement", "A workshop in Baku"), ("agreement", "A symposium in Agadir")]
    for _tries in range(100):  # what waited on the closed lid is sent when the page is idle
        if order(meeting) == wanted:
            break
        desktop.wait_for_timeout(100)
    assert order(meeting) == wanted


def test_two_rapporteurs_at_once_overwrite_nothing(
    opened: Callable[..., Page], sign_in_page: Any, troubles: Any
) -> None:
    troubles.expect("409")
    meeting = held("A camp")
    pages = [opened(**DESKTOP), opened(**DESKTOP)]
    for page in pages:
        sign_in_page(page, make.officer())
        page.goto("/en/consultations/baku-2021/minutes/")
    leyla, omar = pages
    omar.get_by_label("Text of item 1").focus()  # a row in which somebody sits is left alone

    leyla.get_by_label("Text of item 1").fill("A camp of three days")
    saved(leyla)
    leyla.locator("#next textarea").first.fill("A course")
    leyla.locator("#next textarea").first.press("Control+Enter")
    expect(omar.get_by_label("Text of item 2")).to_have_value("A course")
    omar.get_by_label("Text of item 1").fill("A camp in July")
    box = omar.locator("[data-item] [role=alert]")
    expect(box).to_contain_text("A camp of three days")
    expect(omar.get_by_label("Text of item 1")).to_have_value("A camp in July")
    assert order(meeting)[0] == ("agreement", "A camp of three days")
    omar.get_by_label("Text of item 1").fill("A camp of three days in July")
    box.get_by_role("button", name="Keep mine").click()

    expect(box).to_have_count(0)
    saved(omar)
    assert order(meeting)[0] == ("agreement", "A camp of three days in July")
