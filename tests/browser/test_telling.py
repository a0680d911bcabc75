"""The coordinator reads the letters before publishing, publishes, and prints the weeks."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.foundation.messages.models import Message
from karvan.stages.timetables.models import Timetable
from tests import make
from tests.browser.looking import look
from tests.browser.test_my_day import camp_today, draft_of_repair


def test_letters_are_read_first_and_the_weeks_are_printed(desktop: Page, sign_in_page: Any) -> None:
    camp = camp_today()
    leyla = make.role("participant", camp.scope, of=make.person("Leyla Məmmədova", language="az"))
    ahmed = make.role("participant", camp.scope, of=make.person("أحمد بن علي", language="ar"))
    for person in (leyla, ahmed):
        make.enrolment(camp, person=person)
    draft = draft_of_repair(camp)
    sign_in_page(desktop, make.officer())
    page = f"/en/editions/{camp.edition.slug}/{camp.code}/timetable/"

    desktop.goto(f"{page}?version={draft.number}")
    desktop.get_by_role("link", name="Read the letters first").click()
    desktop.get_by_role("link", name="أحمد بن علي").click()
    expect(desktop.locator(".letter-shown")).to_have_attribute("dir", "rtl")
    expect(desktop.locator(".letter-shown")).to_contain_text("عرض")
    look(desktop, "letters", dark=True)
    assert Message.objects.filter(to_person__in=[leyla, ahmed]).count() == 0

    desktop.goto(f"{page}?version={draft.number}")
    publish = f"Publish version {draft.number}"
    desktop.locator("summary", has_text=publish).click()
    desktop.get_by_role("button", name=publish).click()
    expect(desktop.get_by_text(f"Version {draft.number} is in force.")).to_be_visible()
    assert Timetable.objects.get(pk=draft.pk).state == "published"
    look(desktop, "telling-published")
    desktop.get_by_role("link", name="Who was told").click()
    expect(desktop.get_by_text("people were told")).to_be_visible()
    look(desktop, "letters-told")

    desktop.goto(page)
    desktop.get_by_role("link", name="Print", exact=True).click()
    desktop.get_by_label("Paper").select_option("a3")
    look(desktop, "print", dark=True)
    answer = desktop.request.get(f"{page}print/?by=whole&paper=a3&week=")
    assert answer.headers["content-type"] == "application/pdf"
