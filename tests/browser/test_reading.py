"""A reviewer scores twenty applications without touching the mouse; who runs it plans and looks."""

from __future__ import annotations

from datetime import date
from typing import Any

from playwright.sync_api import Page, expect

from karvan.foundation.people.models import Person
from karvan.stages.reviews.models import Assignment, Review, ReviewRound
from karvan.stages.reviews.rubric import total_of
from karvan.stages.reviews.services import assign_reads
from tests import make
from tests.browser import told
from tests.browser.looking import axe, look

MARKS = ["4", "3", "5", "2", "4"]
READS = 20


def rubric() -> dict[str, Any]:
    """The library's own rubric of five criteria."""
    _source, data = make.document("TVP")
    return {"scale": [0, 5], "criteria": data["activities"][0]["selection"]["rubric"]}


def test_twenty_applications_are_scored_by_keyboard_alone(desktop: Page, sign_in_page: Any) -> None:
    call = told.call()
    reader = make.reviewer(make.review_round(call, rubric=rubric()), languages=["en"])
    for number in range(1, READS + 1):
        make.assignment(reader, application=told.application(call, number))
    sign_in_page(desktop, reader.person)

    desktop.goto("/en/reviews/")
    look(desktop, "reading-list")
    desktop.keyboard.press("j")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("[data-reading]")).to_be_visible()
    desktop.wait_for_load_state()  # a key before its script is there is heard by nobody
    assert "Məmmədova" not in desktop.content()
    look(desktop, "reading-room", dark=True)
    desktop.keyboard.press("?")
    expect(desktop.locator("dialog[open]")).to_be_visible()
    axe(desktop)
    desktop.keyboard.press("Escape")
    for read in range(READS):
        expect(desktop.locator(".figures").first).to_contain_text(f"{read} finished")
        desktop.wait_for_load_state()
        for mark in MARKS:
            desktop.keyboard.press(mark)
        if read == 3:
            walk_about(desktop)
        desktop.keyboard.press("Enter")

    desktop.wait_for_url("**/reviews/?done=*")
    done = Review.objects.filter(state="done").order_by("pk")
    wanted = [[int(mark) for mark in MARKS] for _read in range(READS)]
    wanted[3][2] = 1
    assert [list(one.marks.values()) for one in done] == wanted
    look(desktop, "reading-done")


def walk_about(page: Page) -> None:
    """Turn to the next and back, then change the third mark: what was marked is still there."""
    saved = page.url
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != saved)
    page.keyboard.press("p")
    page.wait_for_url(saved.split("?")[0] + "*")
    expect(page.locator("[data-criterion] :checked")).to_have_count(len(MARKS))
    for _step in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("1")


def test_reading_is_planned_given_out_and_looked_at(desktop: Page, sign_in_page: Any) -> None:
    reading = half_read()
    sign_in_page(desktop, make.role("coordinator", reading.call.activity.edition.scope))
    here = (
        f"/en/editions/{reading.call.activity.edition.slug}/{reading.call.activity.code}/reviews/"
    )

    desktop.goto(f"{here}plan/")
    desktop.get_by_label("Applications expected").fill("200")
    desktop.get_by_role("button", name="Reckon with these numbers").click()
    expect(desktop.locator(".lead")).to_contain_text("are needed where 6 stand")
    desktop.get_by_role("button", name="Keep these numbers").click()
    expect(desktop.get_by_role("status")).to_contain_text("The plan is kept.")
    look(desktop, "reading-plan", dark=True)
    for page in ("", "applications/", "calibration/", "reviewers/", "conflicts/", "marks/"):
        desktop.goto(here + page)
        look(desktop, f"reading-{page.strip('/') or 'round'}", dark=page in ("", "calibration/"))

    desktop.goto(f"{here}reviewers/")
    desktop.get_by_role("link", name="Reader Five").click()
    look(desktop, "reading-reviewer")
    desktop.get_by_text("Stop reading", exact=True).click()
    desktop.get_by_label("Reason").fill("Ill until May")
    desktop.get_by_role("button", name="This person stops reading").click()
    expect(desktop.locator("h1")).to_have_text("Move reads")
    look(desktop, "reading-rebalance")
    desktop.get_by_role("button", name="Move").click()
    expect(desktop.get_by_role("status").first).to_contain_text("moved")
    left = Assignment.objects.filter(reviewer__person__full_name="Reader Five", review=None)
    assert not left.filter(withdrawn_at=None).exists()


def half_read() -> ReviewRound:
    """Thirty applications read by six, one of them strict and one lenient; a fifth is not read yet."""
    call = told.call()
    reading = make.review_round(call, rubric=rubric(), starts_on=date(2027, 1, 11), load_each=20)
    for name in ("One", "Two", "Three", "Four", "Five", "Six"):
        make.reviewer(reading, person=reader(name), languages=["en"], load_high=20)
    for number in range(1, 31):
        told.application(call, number)
    assign_reads(reading, by=None)
    lean = dict(
        zip(reading.reviewers.values_list("pk", flat=True), (-1, 1, 0, 0, 0, 0), strict=True)
    )
    reads = Assignment.objects.select_related("reviewer__person")
    place = {
        pk: at
        for at, pk in enumerate(call.applications.order_by("pk").values_list("pk", flat=True))
    }
    left = 3  # reads that Reader Five has not begun, whoever was given what
    for number, read in enumerate(reads.order_by("application_id", "pk")):
        if place[read.application_id] % 5 == 0:
            continue
        if left and read.reviewer.person.full_name == "Reader Five":
            left -= 1
            continue
        level = 2 + place[read.application_id] % 3 + lean[read.reviewer_id]
        marks = {
            one["code"]: max(0, min(5, level + (number + at) % 2))
            for at, one in enumerate(reading.rubric["criteria"])
        }
        total = total_of(reading.rubric, marks)
        moments = {"saved_at": read.assigned_at, "done_at": read.assigned_at}
        Review.objects.create(assignment=read, marks=marks, total=total, state="done", **moments)
    return reading


def reader(name: str) -> Person:
    return make.person(f"Reader {name}")
