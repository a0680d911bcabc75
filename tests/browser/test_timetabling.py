"""A coordinator builds the Baku camp, moves a session by hand, locks one and publishes."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from karvan.stages.timetables.models import Placement, Timetable
from karvan.stages.timetables.services import (
    build_timetable,
    move_placement,
)
from tests import make
from tests.browser import told
from tests.browser.looking import axe, fits, look
from tests.browser.told import FRIDAY

LATE_TIMERS = """const later = setTimeout;
window.setTimeout = (act, after = 0, ...more) => later(act, after + 5000, ...more);"""


def card(page: Page, placement: Placement) -> Locator:
    return page.locator(f".week-grid [data-session='{placement.session_id}']").first


def middle(page: Page, on: date, minute: int) -> tuple[float, float]:
    """A point in the grid a little below the line of this minute, in the day's column."""
    head = page.locator(f".week-grid thead [data-on='{on}']").bounding_box()
    row = page.locator(f".week-grid tr[data-minute='{minute}']").bounding_box()
    assert head
    assert row
    return head["x"] + head["width"] / 2, row["y"] + 4


def test_session_is_moved_by_hand_and_the_prayer_says_why_not(
    desktop: Page, sign_in_page: Any, troubles: Any
) -> None:
    camp = told.camp_laid_out(date(2027, 4, 13))
    officer = make.officer()
    sign_in_page(desktop, officer)
    address = f"/en/editions/{camp.edition.slug}/{camp.code}/timetable/"

    desktop.set_default_timeout(30_000)
    desktop.goto(f"{address}build/")
    desktop.get_by_role("button", name="Build the timetable").click(timeout=90_000)
    expect(desktop).to_have_url(re.compile("version=1"), timeout=90_000)
    draft = Timetable.objects.get()
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("Boot camp")
    look(desktop, "timetable-draft", dark=True)

    # With the mouse onto the prayer: it says why not before the drop, and nothing moves.
    moved = draft.placements.get(session__code="D1S5-A")
    held = card(desktop, moved)
    desktop.locator(".week-grid tr[data-minute='660']").evaluate("one => one.scrollIntoView()")
    box = held.bounding_box()
    assert box
    desktop.mouse.move(box["x"] + box["width"] / 2, box["y"] + 6)
    desktop.mouse.down()
    with desktop.expect_response(lambda answer: "/places/" in answer.url):
        desktop.mouse.move(*middle(desktop, FRIDAY, 15 * 60), steps=4)
    says = desktop.locator("[data-mover-says]")
    desktop.mouse.move(*middle(desktop, FRIDAY, 13 * 60), steps=4)
    expect(says).to_contain_text("Friday prayer, 12:30–14:30")
    photograph(desktop, "timetable-dragged")
    desktop.mouse.up()
    expect(says).to_contain_text("“Mentor round I” stays where it was. Closed: Friday prayer")

    # By keyboard one step later, where it is free.
    lift = held.get_by_role("button", name="Move Mentor round I")
    expect(lift).to_be_focused()
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".free-place").first).to_be_attached()
    desktop.keyboard.press("ArrowUp")
    expect(says).to_contain_text("not here")
    desktop.keyboard.press("Escape")
    expect(says).to_contain_text("back where it was")
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".free-place").first).to_be_attached()
    desktop.keyboard.press("ArrowDown")
    expect(says).to_contain_text("Friday, 9 April, 16:45, Team room")
    axe(desktop)
    with desktop.expect_navigation():
        desktop.keyboard.press("Enter")
    expect(card(desktop, moved)).to_contain_text("16:45–18:00")
    expect(card(desktop, moved).locator("[data-lift]")).to_be_focused()
    moved.refresh_from_db()
    assert moved.starts_at.astimezone(ZoneInfo("Asia/Baku")).strftime("%H:%M") == "16:45"

    # Locked it stays; published it is in force.
    card(desktop, moved).get_by_role("button", name="Lock Mentor round I").click()
    expect(card(desktop, moved)).to_contain_text("locked")
    expect(card(desktop, moved).locator("[data-lift]")).to_have_count(0)
    desktop.goto(f"{address}?by=group&day={FRIDAY}")
    expect(desktop.locator(".week-grid thead [data-on]")).to_have_text(["Group A", "Group B"])
    look(desktop, "timetable-by-group", dark=True)
    desktop.goto(f"{address}?by=room&day={FRIDAY}")
    look(desktop, "timetable-by-room")
    desktop.goto(f"{address}sessions/{moved.session_id}/move/")
    look(desktop, "timetable-move")
    desktop.goto(f"{address}sessions/{moved.session_id}/trainers/")
    look(desktop, "timetable-trainers")
    desktop.goto(f"{address}sessions/{moved.session_id}/")
    look(desktop, "timetable-session")
    desktop.goto(address)
    desktop.locator("summary", has_text="Publish version 1").click()
    desktop.get_by_role("button", name="Publish version 1").click()
    expect(desktop.locator(".lead")).to_contain_text("Published")
    look(desktop, "timetable-published", dark=True)

    # The version in force is changed in a draft, which says what it changes.
    desktop.get_by_role("button", name="Change it in a draft").click()
    expect(desktop.locator(".lead")).to_contain_text("Version 2")
    copied = Timetable.objects.get(number=2)
    assert copied.based_on == draft
    other = copied.placements.get(session__code="D1S5-B")
    later = other.starts_at + timedelta(minutes=15)
    move_placement(other, starts_at=later, room=other.room, by=officer)
    desktop.reload()
    changes = desktop.locator("section", has=desktop.get_by_text("What this draft changes")).last
    expect(changes.locator("tbody tr")).to_have_count(1)
    expect(changes).to_contain_text("moved")
    fits(desktop)
    look(desktop, "timetable-changes")


def test_key_pressed_at_once_after_a_drop_is_not_swallowed(
    desktop: Page, sign_in_page: Any, troubles: Any
) -> None:
    camp = told.camp_laid_out(date(2027, 4, 13))
    draft = build_timetable(camp, by=None)
    sign_in_page(desktop, make.officer())
    # As on a machine under load: what the page puts off comes long after the next key.
    desktop.add_init_script(LATE_TIMERS)
    desktop.goto(f"/en/editions/{camp.edition.slug}/{camp.code}/timetable/?day={FRIDAY}")
    moved = draft.placements.get(session__code="D1S5-A")
    lift = card(desktop, moved).locator("[data-lift]")
    says = desktop.locator("[data-mover-says]")
    lift.scroll_into_view_if_needed()

    def drag(leave: str) -> None:
        box = lift.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        desktop.mouse.move(x, y)
        desktop.mouse.down()
        desktop.mouse.move(x, y - 24, steps=3)
        expect(desktop.locator(".free-place").first).to_be_attached()
        if leave:
            desktop.keyboard.press(leave)
            expect(says).to_contain_text("back where it was")
        desktop.mouse.move(x, y, steps=3)
        desktop.mouse.up()
        expect(desktop.locator(".move-layer")).to_have_count(0)
        expect(lift).to_be_focused()

    # Dropped where it came from, with the mouse still on the handle: that click is none.
    drag("")
    expect(says).to_contain_text("back where it was")
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".free-place").first).to_be_attached()
    desktop.keyboard.press("Escape")

    # Given up in the middle, then let go: nothing is lifted by that either.
    drag("Escape")
    lift.click()
    expect(desktop.locator(".free-place").first).to_be_attached()
    desktop.keyboard.press("Escape")
    expect(desktop.locator(".move-layer")).to_have_count(0)


def test_session_is_moved_by_touch_on_an_arabic_tablet(
    opened: Any, sign_in_page: Any, troubles: Any
) -> None:
    camp = told.camp_laid_out(date(2027, 4, 13))
    draft = build_timetable(camp, by=None)
    page = opened(
        viewport={"width": 1024, "height": 900},
        has_touch=True,
        locale="ar",
        reduced_motion="reduce",
    )
    page.set_default_timeout(30_000)
    sign_in_page(page, make.officer())
    address = f"/ar/editions/{camp.edition.slug}/{camp.code}/timetable/"
    page.goto(f"{address}?by=group&day={FRIDAY}")
    moved = draft.placements.get(session__code="D1S5-A")

    # The columns run from right to left, and so do the arrows.
    lift = card(page, moved).locator("[data-lift]")
    lift.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".free-place").first).to_be_attached()
    ghost = page.locator(".ghost-place")
    before = ghost.bounding_box()
    page.keyboard.press("ArrowLeft")
    after = ghost.bounding_box()
    assert before
    assert after
    assert after["x"] < before["x"]
    expect(ghost).to_have_attribute("data-free", "no")  # the other group's column
    page.keyboard.press("Escape")
    expect(ghost).to_have_count(0)

    # By touch from the handle to a quarter of an hour later.
    page.locator(".week-grid tr[data-minute='840']").evaluate("one => one.scrollIntoView()")
    box = lift.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    start = page.locator(".week-grid tr[data-minute='990']").bounding_box()
    later = page.locator(".week-grid tr[data-minute='1005']").bounding_box()
    assert start
    assert later
    touch = page.context.new_cdp_session(page)

    def dispatch(kind: str, *points: dict[str, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    dispatch("touchStart", {"x": x, "y": y})
    dispatch("touchMove", {"x": x, "y": y + 8})
    expect(page.locator(".free-place").first).to_be_attached()
    dispatch("touchMove", {"x": x, "y": y + later["y"] - start["y"]})
    expect(ghost).to_have_attribute("data-free", "yes")
    with page.expect_navigation():
        dispatch("touchEnd")
    expect(card(page, moved)).to_contain_text("16:45–18:00")


def photograph(page: Page, name: str) -> None:
    folder = os.environ.get("KARVAN_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
