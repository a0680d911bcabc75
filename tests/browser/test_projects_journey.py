"""A monument from its survey to its restoration: works refused, begun, shown, accepted, learned on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from karvan.foundation import clock
from karvan.stages.heritage.services.projects import start_project
from karvan.stages.heritage.services.projects_phases import (
    begin_phase,
    end_phase,
    leave_out_phase,
)
from karvan.stages.heritage.services.surveys_parts import advise
from karvan.stages.heritage.services.surveys_terms import load_terms
from tests import make
from tests.browser.looking import look
from tests.foundation.files import samples

BEFORE = ("before", "#775533", 40)
AFTER = ("after", "#ccbb99", 1)


def prepared(course: Any, builder: Any) -> Any:
    """A restoration with all done before the works but the permit, and a survey three years old."""
    load_terms(by=None)
    monument = make.monument(make.register("az"), condition="poor")
    make.element(monument, names=make.texts("South facade"))
    make.survey(monument, on=clock.today() - timedelta(days=1100), condition="poor")
    project = start_project(
        monument,
        code="khan-palace",
        titles=make.texts("Khan's Palace"),
        contractor=builder,
        activity=course,
        by=None,
    )
    for one in project.phases.order_by("position"):
        if one.kind == "permit":
            return project
        leave_out_phase(one, reason="Done in 2025", by=None)
    raise AssertionError("a restoration has a permit phase")


def go(page: Page, path: str) -> None:
    page.wait_for_load_state("networkidle")
    page.goto(f"{reverse('heritage:project', args=['khan-palace'])}{path}")


def test_from_a_refusal_to_a_better_class(
    desktop: Page, phone: Page, sign_in_page: Any, troubles: Any
) -> None:
    troubles.expect("status of 422")  # what is refused is shown again
    course, builder = make.activity("RST", format="restoration"), make.party("masons", "company")
    institute = make.party("institute", "university", names=make.texts("Institute"))
    project = prepared(course, builder)
    monument, today = project.monument, clock.today()
    officer = make.officer()
    sign_in_page(desktop, officer)
    for page in (desktop, phone):
        page.set_default_timeout(60_000)

    # The works may not begin: the page says all that is missing.
    go(desktop, "")
    expect(desktop.locator("main")).to_contain_text("No permit is entered.")
    expect(desktop.locator("main")).to_contain_text("24 months old or more")
    look(desktop, "project-prepared")
    go(desktop, "phases/works/")
    desktop.get_by_role("button", name="Begin: Works").click()
    expect(desktop.locator("#begin")).to_contain_text("Earlier phases are not done")
    assert project.phases.get(kind="works").state == "planned"

    # A permit and a new survey, whose recommendation the treatment follows.
    go(desktop, "#permits")
    desktop.get_by_text("Enter a permit").click()
    permit = desktop.locator("#permits form")
    permit.get_by_label("Number").fill("17/2026")
    permit.get_by_label("Authority").fill("Ministry of Culture")
    permit.get_by_label("Granted").fill(f"{today - timedelta(days=60):%Y-%m-%d}")
    permit.get_by_role("button", name="Enter the permit").click()
    expect(desktop.locator("#permits")).to_contain_text("in force")
    survey = make.survey(monument, on=today - timedelta(days=50), condition="poor", state="draft")
    advise(survey, kind=make.term("recommendation", "repointing"), priority="immediate", by=None)
    survey.state, survey.signed_at = "signed", clock.now()
    survey.save()
    began = today - timedelta(days=30)
    end_phase(begin_phase(project.phases.get(kind="permit"), on=began, by=None), on=began, by=None)
    leave_out_phase(project.phases.get(kind="trials"), reason="Mortar is known", by=None)

    go(desktop, "evidence/")
    desktop.get_by_text("Fix a viewpoint").click()
    desktop.locator("[name=code]").fill("south")
    desktop.get_by_label("English").fill("South facade from the gate")
    desktop.get_by_role("button", name="Fix the viewpoint").click()
    picture(desktop, AFTER, today)
    expect(desktop.locator("main")).to_contain_text("there is no picture before")
    picture(desktop, BEFORE, today)

    go(desktop, "phases/works/")
    desktop.get_by_label("Day").fill(f"{began:%Y-%m-%d}")
    desktop.get_by_role("button", name="Begin: Works").click()
    expect(desktop.locator(".lead").first).to_contain_text("Works")

    go(desktop, "works/")
    desktop.get_by_text("Plan a piece of work").click()
    desktop.get_by_label("Treatment").fill("Repointing with lime mortar")
    desktop.get_by_role("button", name="Plan the work").last.press("Enter")
    expect(desktop.locator("main")).to_contain_text("This field is required")
    desktop.get_by_label("Quantity").fill("12,5")
    desktop.get_by_role("button", name="Plan the work").click()
    expect(desktop.locator("main")).to_contain_text("recommendation or a reason")
    desktop.get_by_label("Recommendation it follows").select_option(index=1)
    desktop.get_by_label("Trade it needs").select_option("lime")
    desktop.get_by_role("button", name="Plan the work").click()
    desktop.get_by_role("link", name="Repointing with lime mortar").click()
    desktop.get_by_label("Day").fill(f"{began:%Y-%m-%d}")
    desktop.get_by_role("button", name="Begin the work").click()
    expect(desktop.locator("tbody")).to_contain_text("In progress")
    look(desktop, "project-works")

    # A trainee writes hours on a telephone; the master signs them.
    master, place = make.trainer(course).person, make.enrolment(course)
    sign_in_page(phone, place.person)
    phone.goto("/ar/heritage/projects/khan-palace/hours/")
    phone.locator("[name=hours]").fill("13")
    phone.locator("#write button").tap()
    expect(phone.locator("#write .error-summary, #write [role=alert]").first).to_be_visible()
    phone.locator("[name=hours]").fill("6,5")
    phone.locator("#write button").tap()
    expect(phone.locator("#written")).to_contain_text("6.5")
    look(phone, "hours")
    phone.wait_for_load_state("networkidle")
    sign_in_page(phone, master)
    phone.goto("/ar/heritage/projects/khan-palace/signing/")
    look(phone, "signing")
    phone.locator("[name=sign]").check()
    phone.locator("select[name^=level]").select_option("2")
    phone.locator("main form:has([name=sign]) button").tap()
    expect(phone.locator("[name=sign]")).to_have_count(0)
    assert place.trainee_logs.get().level == 2

    # After the works: before and after under a slider that arrow keys move.
    item = project.phases.get(kind="works").items.get()
    item.state, item.done_on = "done", today
    item.save()
    end_phase(project.phases.get(kind="works"), on=today, by=None)
    go(desktop, "evidence/south/")
    picture(desktop, AFTER, today)
    slider = desktop.get_by_role("slider")
    expect(slider).to_have_value("50")
    slider.focus()
    for _press in range(4):
        desktop.keyboard.press("ArrowUp")
    expect(slider).to_have_value("70")
    shown = desktop.locator(".over").evaluate("one => one.style.getPropertyValue('--shown')")
    assert shown == "70%"
    look(desktop, "project-slider")

    # The class rises by a survey of another party, and the works are accepted.
    begin_phase(project.phases.get(kind="acceptance"), on=today, by=None)
    after = make.survey(
        monument, on=today, condition="good", state="draft", extent="1_10", surveyor=officer
    )
    after.surveyor_party = builder
    after.save()
    desktop.wait_for_load_state("networkidle")
    desktop.goto(f"/en/heritage/az/monuments/{monument.pk}/surveys/{after.pk}/")
    sign(desktop)
    expect(desktop.locator("main")).to_contain_text("by a survey of the contractor")
    desktop.get_by_label("For which party you survey").select_option(label=str(institute))
    desktop.get_by_role("button", name="Keep the head of the survey").click()
    sign(desktop)
    expect(desktop.locator("main")).to_contain_text("The survey is signed.")
    go(desktop, "phases/acceptance/")
    desktop.get_by_role("button", name="End: Acceptance").click()
    expect(desktop.locator("main")).to_contain_text("Poor → Good")
    look(desktop, "project-accepted", dark=True)

    with desktop.expect_download() as paper:
        desktop.get_by_role("link", name="Completion file (PDF)").click()
    assert paper.value.suggested_filename == "khan-palace.pdf"
    go(desktop, "money/")
    look(desktop, "project-money")
    project.refresh_from_db()
    project.is_public = True
    project.save()
    go(desktop, "public/")
    look(desktop, "project-public", dark=True)


def picture(page: Page, what: tuple[str, str, int], today: date) -> None:
    moment, colour, days = what
    if not page.locator("[name=moment]").is_visible():
        page.get_by_text("Add a picture").click()
    page.locator("[name=moment]").select_option(moment)
    page.locator("[name=taken_on]").fill(f"{today - timedelta(days=days):%Y-%m-%d}")
    data = samples.picture("JPEG", (800, 600), colour=colour)
    page.locator("[name=upload]").set_input_files(
        [{"name": f"{moment}.jpg", "mimeType": "image/jpeg", "buffer": data}]
    )
    page.get_by_role("button", name="Add the picture").click()
    page.wait_for_load_state("networkidle")


def sign(page: Page) -> None:
    act = page.locator("details.act", has=page.locator("form[action$='/sign/']"))
    act.locator("summary").click()
    act.locator("button").click()
