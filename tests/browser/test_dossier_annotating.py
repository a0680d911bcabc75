"""Marks on a photograph, drawn by mouse, by touch and by keys alone, and kept by the form."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect

from karvan.stages.dossiers.services.photos import add_photo
from tests.browser.looking import look
from tests.foundation.files import samples
from tests.make.dossiers import block, dossier, member, teardown_step


@pytest.fixture
def photo() -> Any:
    lines = [{"bullet": "red", "level": 0, "text": "Loosen the screw"}]
    step = teardown_step(dossier(state="teardown"), lines=lines)
    block(step.dossier, name="Power")
    data = samples.picture("JPEG", (800, 600), colour="darkslategray")
    return add_photo(step, upload=ContentFile(data, "a.jpg"), by=None)


@pytest.fixture
def opened_plain(opened: Any) -> Any:
    """A page on which no script runs."""
    return opened(java_script_enabled=False, viewport={"width": 1280, "height": 900})


def go_to(page: Page, sign_in_page: Any, photo: Any) -> None:
    of = photo.step.dossier
    sign_in_page(page, member(of).enrolment.person)
    slug = of.activity.edition.slug
    page.goto(f"/en/editions/{slug}/dossiers/{of.pk}/teardown/photographs/{photo.pk}/")


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    box = page.locator("svg.marks").bounding_box()
    assert box is not None
    places = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=4)
    page.mouse.up()


def test_marks_are_drawn_by_mouse(desktop: Page, sign_in_page: Any, photo: Any) -> None:
    desktop.set_viewport_size({"width": 1280, "height": 1400})  # all of the picture
    go_to(desktop, sign_in_page, photo)
    shape = desktop.get_by_role("toolbar")

    shape.get_by_role("button", name="Box").click()
    drag(desktop, (0.2, 0.2), (0.5, 0.6))
    shape.get_by_role("button", name="Arrow").click()
    drag(desktop, (0.9, 0.9), (0.6, 0.7))
    shape.get_by_role("button", name="Outline").click()
    for corner in ((0.1, 0.7), (0.3, 0.7), (0.3, 0.9), (0.1, 0.7)):
        drag(desktop, corner, corner)
    expect(desktop.locator("svg.marks g")).to_have_count(3)
    desktop.locator("[data-row][data-chosen]").get_by_label("Label").fill("Plug")
    desktop.get_by_role("button", name="Keep the marks").click()

    expect(desktop.get_by_text("3 marks are kept.")).to_be_visible()
    box, arrow, outline = photo.annotations.order_by("number")
    assert (box.shape, arrow.shape, outline.shape) == ("box", "arrow", "polygon")
    assert (box.x, box.y, box.w, box.h) == pytest.approx((0.2, 0.2, 0.3, 0.4), abs=0.01)
    assert (arrow.w, arrow.h) == pytest.approx((-0.3, -0.2), abs=0.01)
    assert (len(outline.points), outline.label) == (3, "Plug")
    look(desktop, "marks", dark=True)


def test_a_mark_is_moved_by_its_disc(desktop: Page, sign_in_page: Any, photo: Any) -> None:
    go_to(desktop, sign_in_page, photo)
    desktop.get_by_role("button", name="Add at the centre").click()

    drag(desktop, (0.5, 0.5), (0.75, 0.25))
    desktop.get_by_role("button", name="Keep the marks").click()

    expect(desktop.get_by_text("1 mark is kept.")).to_be_visible()
    mark = photo.annotations.get()
    assert (mark.x, mark.y) == pytest.approx((0.75, 0.25), abs=0.01)


def test_marks_are_drawn_by_keys_alone(desktop: Page, sign_in_page: Any, photo: Any) -> None:
    go_to(desktop, sign_in_page, photo)
    said = desktop.locator("[data-said]")

    desktop.get_by_role("button", name="Point").focus()
    for _ in range(4):  # past the shapes
        desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    expect(said).to_contain_text("Mark 1 added: Point")
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp"):
        desktop.keyboard.press(key)
    expect(said).to_contain_text("48 per cent from the left, 49 per cent from the top")

    desktop.get_by_role("button", name="Box").focus()
    desktop.keyboard.press("Enter")
    desktop.get_by_role("button", name="Add at the centre").focus()
    desktop.keyboard.press("Enter")
    expect(said).to_contain_text("Mark 2 added: Box")
    for _ in range(5):
        desktop.keyboard.press("Shift+ArrowRight")
    desktop.keyboard.press("Shift+Tab")
    expect(desktop.locator("svg.marks g").first).to_be_focused()
    desktop.keyboard.press("Delete")
    expect(said).to_contain_text("Mark 1 taken away")
    desktop.get_by_role("button", name="Keep the marks").press("Enter")

    expect(desktop.get_by_text("1 mark is kept.")).to_be_visible()
    (box,) = photo.annotations.all()
    assert (box.shape, box.number) == ("box", 2)
    assert (box.x, box.w, box.h) == pytest.approx((0.4, 0.25, 0.2), abs=0.001)


def test_a_point_is_set_by_touch(phone: Page, sign_in_page: Any, photo: Any) -> None:
    go_to(phone, sign_in_page, photo)
    phone.get_by_role("button", name="Point").tap()
    box = phone.locator("svg.marks").bounding_box()
    assert box is not None

    phone.touchscreen.tap(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.5)
    phone.get_by_role("button", name="Keep the marks").tap()

    expect(phone.get_by_text("1 mark is kept.")).to_be_visible()
    mark = photo.annotations.get()
    assert (mark.x, mark.y) == pytest.approx((0.25, 0.5), abs=0.02)


def test_marks_are_typed_without_scripts(opened_plain: Page, sign_in_page: Any, photo: Any) -> None:
    go_to(opened_plain, sign_in_page, photo)
    row = opened_plain.locator("[data-row]").last

    row.get_by_text("Its place in numbers").click()
    row.get_by_label("From the left").fill("0.3")
    row.get_by_label("From the top").fill("0.4")
    row.get_by_label("Block").select_option(label="Power")
    opened_plain.get_by_role("button", name="Keep the marks").click()

    expect(opened_plain.get_by_text("1 mark is kept.")).to_be_visible()
    mark = photo.annotations.get()
    assert (mark.x, mark.y, mark.block.name) == (0.3, 0.4, "Power")
