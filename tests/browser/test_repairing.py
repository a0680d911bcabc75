"""A trainer falls ill on the second day; the smallest repair is found, taken and published."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from karvan.foundation import clock
from karvan.foundation.messages.models import Message
from karvan.stages.editions.models import Activity
from karvan.stages.timetables.models import Search, Trainer
from karvan.stages.timetables.services import (
    build_timetable,
    publish_timetable,
)
from tests import make
from tests.browser import told
from tests.browser.looking import fits, look
from tests.browser.told import FRIDAY

MONDAY = date(2027, 4, 12)


def camp_in_force() -> Activity:
    """The library's boot camp in Baku with its timetable in force."""
    camp = told.camp_laid_out(date(2027, 4, 14))
    publish_timetable(build_timetable(camp, by=None), by=None)
    return camp


def busiest_on(camp: Activity, on: date) -> Trainer:
    """Who teaches most that day."""
    trainers: dict[Trainer, int] = {}
    placements = camp.timetables.get(state="published").placements
    for placement in placements.filter(starts_at__date=on):
        for trainer in placement.trainers.all():
            trainers[trainer] = trainers.get(trainer, 0) + 1
    return max(trainers, key=lambda trainer: (trainers[trainer], trainer.pk))


def test_trainer_falls_ill_and_the_smallest_repair_is_published(
    desktop: Page, sign_in_page: Any, troubles: Any
) -> None:
    camp = camp_in_force()
    ill = busiest_on(camp, MONDAY)
    before = camp.timetables.get(state="published")
    sign_in_page(desktop, make.officer())
    desktop.set_default_timeout(60_000)
    desktop.goto(f"/en/editions/{camp.edition.slug}/{camp.code}/timetable/disruptions/")
    look(desktop, "disruptions-none")

    desktop.locator("summary", has_text="A trainer cannot come").click()
    form = desktop.locator("form:has(#id_trainer_away_reason)")
    form.locator("[name=trainer]").select_option(str(ill.pk))
    form.locator("[name=day_from]").fill(MONDAY.isoformat())
    form.locator("[name=reason]").fill("Ill, in hospital")
    form.get_by_role("button", name="Note it").click()
    expect(desktop.get_by_text("Ill, in hospital").first).to_be_visible()
    look(desktop, "disruptions", dark=True)

    desktop.get_by_role("button", name="Find the smallest change").click()
    expect(desktop.get_by_role("heading", name="Answer 1")).to_be_visible()
    look(desktop, "repair-answers", dark=True)
    desktop.get_by_role("button", name="Take answer 1").click()
    expect(desktop.locator("[role=status]").first).to_contain_text("is a draft")
    desktop.locator("summary", has_text="Publish version 2").click()
    desktop.get_by_role("button", name="Publish version 2").click()

    expect(desktop.locator("[role=status]").first).to_contain_text("Version 2 is in force.")
    now = camp.timetables.get(state="published")
    assert (now.made, now.based_on) == ("repaired", before)
    assert not now.placements.filter(starts_at__date=MONDAY, trainers=ill).exists()
    assert Message.objects.filter(to_person=ill.person).exists()


def test_search_of_the_worker_is_followed_on_a_phone(
    phone: Page, sign_in_page: Any, troubles: Any
) -> None:
    camp = told.camp(planned_starts_on=FRIDAY, planned_ends_on=date(2027, 4, 14))
    search = Search.objects.create(
        activity=camp,
        kind="build",
        state="running",
        done=60,
        typed={"seed": 1, "work": 60},
        asked_at=clock.now() - timedelta(minutes=1),
    )
    sign_in_page(phone, make.officer())
    phone.goto(f"/ar/editions/{camp.edition.slug}/{camp.code}/timetable/searches/{search.pk}/")
    expect(phone.locator("progress")).to_have_attribute("value", "60")
    look(phone, "search-running", dark=True)
    said = {language: f"No room ({language})" for language in ("en", "fr", "ar", "az")}

    Search.objects.update(state="none", reasons=[{"text": said, "remedy": said}])

    expect(phone.get_by_text("No room (ar)").first).to_be_visible()
    expect(phone.locator("progress")).to_have_count(0)
    fits(phone)
    look(phone, "search-none")
    phone.goto(f"/ar/editions/{camp.edition.slug}/{camp.code}/timetable/build/")
    look(phone, "build", dark=True)
