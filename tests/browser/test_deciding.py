"""An applicant reads in Arabic why there is no place, and appeals; somebody without a part decides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from karvan.foundation import clock
from karvan.foundation.messages.models import Message
from karvan.stages.selection.models import Appeal, Decision, SelectionRun
from karvan.stages.selection.services import propose_selection, send_offers, sign_off
from tests import make
from tests.browser import told
from tests.browser.looking import axe, fits, look
from tests.stages.selection.pool import add_reads

WORDS = "لم يُفتح الملحق الثاني الذي يصف النموذج الأولي. أرجو النظر فيه مرة أخرى."
ANSWER = "قرئ الملحق الثاني واحتُسب في معيار الحل."


def told_run() -> SelectionRun:
    """Eight applications for three places, signed by two, and the letters are out."""
    call = told.call(open_now=False, places=3)
    call.activity.planned_starts_on = clock.today() + timedelta(days=50)
    call.activity.planned_ends_on = call.activity.planned_starts_on + timedelta(days=1)
    call.activity.save()
    _source, data = make.document("TVP")
    rubric = {"scale": [0, 5], "criteria": data["activities"][0]["selection"]["rubric"]}
    reading = make.review_round(call, reads_each=2, rubric=rubric)
    readers = [make.reviewer(reading) for _number in range(2)]
    marks = {one["code"]: 3 for one in rubric["criteria"]}
    for number in range(1, 9):
        made = told.application(call, number)
        made.language = "ar"
        made.save()
        add_reads(made, readers, 50 + 4 * number)
    for review in reading.assignments.all():
        review.review.marks = marks
        review.review.save()
    run = propose_selection(call, quotas=[], seed="baku", by=make.officer())
    for _time in range(2):
        sign_off(run, statement="Fair.", by=make.officer())
    send_offers(run, days_to_answer=7, by=None)
    return SelectionRun.objects.get(pk=run.pk)


def test_arabic_reader_reads_the_reason_and_appeals_and_is_answered(
    phone: Page, desktop: Page, sign_in_page: Any
) -> None:
    run = told_run()
    decision = Decision.objects.filter(run=run, outcome="declined").order_by("rank").last()
    assert decision is not None
    letter = Message.objects.get(key=f"selection/declined:{decision.application_id}")
    address = next(line for line in letter.body.splitlines() if "/decision/" in line)
    assert "/ar/applications/" in address or "/applications/" in address

    phone.goto(f"/ar/applications/{decision.application.token}/decision/")
    assert phone.locator("html").get_attribute("dir") == "rtl"
    expect(phone.locator("main h1")).to_be_visible()
    look(phone, "decision", dark=True)
    phone.locator("textarea[name=text]").fill(WORDS)
    phone.locator("button[name=file]").click()
    expect(phone.locator(".facts")).to_contain_text(["الملحق الثاني"])
    axe(phone)
    fits(phone)
    look(phone, "decision-appealed", dark=True)
    appeal = Appeal.objects.get()
    assert (appeal.text, appeal.state) == (WORDS, "filed")

    sign_in_page(desktop, make.officer())
    desktop.goto("/en/editions/tvp-az-2026/BC3/selection/appeals/")
    look(desktop, "appeals")
    desktop.locator("tbody a").first.click()
    expect(desktop.get_by_role("heading", name="Appeal").first).to_be_visible()
    look(desktop, "appeal", dark=True)
    desktop.locator("textarea[name=answer]").fill(ANSWER)
    desktop.get_by_role("button", name="Uphold the appeal").click()
    expect(desktop.get_by_role("heading", name="Offer a place")).to_be_visible()
    desktop.get_by_label("Reason").fill("A chair more is in the hall.")
    desktop.get_by_role("button", name="Offer a place").click()
    expect(desktop.get_by_text("A place is offered")).to_be_visible()

    phone.reload()
    expect(phone.locator("main")).to_contain_text(ANSWER)
    expect(phone.locator("main a[href*='/offer/']")).to_be_visible()


def test_run_shows_seal_dissent_pack_and_lifts_the_blind(desktop: Page, sign_in_page: Any) -> None:
    told_run()
    sign_in_page(desktop, make.officer())

    desktop.goto("/en/editions/tvp-az-2026/BC3/selection/")
    expect(desktop.get_by_text("The seal holds:")).to_be_visible()
    assert "Məmmədova" not in desktop.content()
    look(desktop, "selection-sealed", dark=True)
    desktop.locator("summary", has_text="Lift the blind").click()
    desktop.locator("details[open]").get_by_label("Reason").fill("Badges are printed.")
    desktop.get_by_role("button", name="Lift the blind").click()
    expect(desktop.get_by_text("The blind was lifted by")).to_be_visible()
    desktop.goto("/en/editions/tvp-az-2026/BC3/selection/offers/")
    desktop.locator("tbody a").first.click()
    look(desktop, "offer-record")
