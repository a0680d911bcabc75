"""The roll on an Arabic telephone, a roll call with the screen open beside it, and what comes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from karvan.stages.agreements.models import Commitment
from karvan.stages.convening.models import Cast, Resolution, RollMark
from karvan.stages.convening.services.hall_amending import submit_amendment
from karvan.stages.convening.services.resolutions_report import assemble_report
from tests import make
from tests.browser.looking import axe, fits, look
from tests.stages.convening.hall_world import Hall, hall

QUESTION = {
    "en": "Place and date of the thirteenth session",
    "fr": "Lieu et date de la treizième session",
    "ar": "مكان الدورة الثالثة عشرة وتاريخها",
    "az": "On üçüncü sessiyanın yeri və tarixi",
}


def told() -> Hall:
    """A session of eight members; nobody is on the roll yet, a draft with an owner waits."""
    there = hall(present=0, code="gc", working_languages=["en", "ar", "fr"])
    there.session.titles = make.texts("Twelfth session of the General Conference")
    there.session.place = "Baku"
    there.session.save()
    motion = make.motion(
        there.session,
        titles=QUESTION,
        item=make.agenda_item(there.session, titles=QUESTION),
        operative=["Decides to meet in Rabat.", "Asks the Secretariat to prepare the session."],
    )
    motion.sponsors.add(there.delegations[0])
    asked = motion.paragraphs.get(number="2")
    asked.owner = make.party("secretariat")
    asked.due_on = timezone.localdate() + timedelta(days=90)
    asked.save()
    return there


def address(there: Hall) -> str:
    """Where the session's pages are, without a language; the addresses are read here, once."""
    whole = reverse("convening:sittings", args=["gc", there.session.slug])
    return whole.split("/", 2)[2].removesuffix("/sittings/")


def settled(page: Page) -> Page:
    """What the page still fetched is there, so that nothing else writes at the same time."""
    page.wait_for_load_state("networkidle")
    return page


def test_roll_vote_number_and_commitment(
    phone: Page, desktop: Page, opened: Any, sign_in_page: Any, live_server: Any
) -> None:
    there = told()
    within = address(there)

    sign_in_page(phone, there.officer)
    phone.goto(f"/ar/{within}/sittings/1/roll/")
    settled(phone)
    assert phone.locator("html").get_attribute("dir") == "rtl"
    for delegation in there.delegations[:4]:
        with phone.expect_response(lambda answer: "/roll/" in answer.url):
            phone.locator(f"#d{delegation.pk}").tap()
        settled(phone)
    foot = phone.locator("#hall-roll-foot")
    expect(foot.locator("[data-state=late]")).to_be_visible()
    phone.locator(f"#d{there.delegations[4].pk}").check()
    expect(foot.locator("[data-state=done]")).to_be_visible()
    assert RollMark.objects.filter(is_present=True).count() == 5
    axe(phone)
    fits(phone)
    look(settled(phone), "hall-roll", dark=True)

    sign_in_page(desktop, there.officer)
    desktop.goto(f"/en/{within}/motions/", wait_until="networkidle")
    look(desktop, "hall-motions")
    desktop.get_by_role("link", name=QUESTION["en"]).click()
    look(settled(desktop), "hall-motion", dark=True)
    desktop.get_by_role("link", name="Put it to the vote").click()
    look(settled(desktop), "hall-put")
    desktop.get_by_label("The roll call begins with").select_option(label="Djibouti")
    desktop.get_by_role("button", name="Open the vote").click()
    expect(desktop.locator("#called h2")).to_have_text("Djibouti")
    look(settled(desktop), "hall-vote", dark=True)

    wall = opened(viewport={"width": 1280, "height": 720}, locale="en-GB")
    sign_in_page(wall, there.officer)
    wall.goto(f"/en/{within}/screen/")
    expect(wall.get_by_role("heading", level=1)).to_have_text(QUESTION["en"])
    expect(wall.locator(".hall-second")).to_have_text(QUESTION["ar"])
    expect(wall.locator(".hall-next")).to_contain_text("Djibouti")

    for key, name in (("y", "Egypt"), ("n", "Azerbaijan"), ("y", "Brunei")):
        desktop.keyboard.press(key)
        expect(desktop.locator("#called h2")).to_have_text(name)
    expect(wall.locator("[data-choice=yes] dd")).to_have_text("2")
    expect(wall.locator("[data-choice=no] dd")).to_have_text("1")
    look(wall, "hall-screen", dark=True)
    wall.goto("about:blank")  # nothing polls while the vote is closed
    desktop.keyboard.press("y")
    expect(desktop.locator("#called h2")).to_have_text("Cameroon")
    desktop.keyboard.press("a")
    expect(desktop.locator("#called h2")).to_have_text("All who are in the hall have answered")
    act = desktop.locator("details.act", has_text="Close the vote")
    act.locator("summary").click()
    act.get_by_role("button").click()
    expect(desktop.get_by_text("Needed in favour: 3 out of 4")).to_be_visible()
    made = Resolution.objects.get()
    assert made.number == "GC 12/RES.1"
    look(settled(desktop), "hall-vote-closed", dark=True)

    wall.goto(f"/en/{within}/screen/")
    expect(wall.locator(".hall-result")).to_contain_text("GC 12/RES.1")
    look(wall, "hall-screen-result")
    wall.goto("about:blank")

    desktop.get_by_role("link", name="GC 12/RES.1").first.click()
    expect(desktop.get_by_role("heading", name=QUESTION["en"])).to_be_visible()
    look(settled(desktop), "resolution", dark=True)
    commitment = Commitment.objects.get()
    desktop.get_by_role("link", name=f"Commitment {commitment.code}").click()
    expect(desktop.get_by_role("heading", name="Asks the Secretariat")).to_be_visible()

    desktop.goto(f"/en/{within}/not-followed-up/")
    look(settled(desktop), "not-followed-up")
    desktop.get_by_role("link", name="Follow up paragraph 1").click()
    look(settled(desktop), "follow-up")
    desktop.locator("summary", has_text="Nothing follows from it").click()
    desktop.get_by_label("Why nothing follows").fill("It names the place; nothing is to be done.")
    desktop.get_by_role("button", name="Say why nothing follows").click()
    expect(desktop.get_by_text("It names the place")).to_be_visible()
    desktop.goto(f"/en/{within}/resolutions/{made.pk}/print/")
    look(settled(desktop), "resolution-print")


def test_a_delegate_casts_a_secret_ballot_from_a_telephone(
    phone: Page, sign_in_page: Any, live_server: Any
) -> None:
    there = told()
    make.present(there.sitting, *there.delegations[:5])
    person = make.person("Leyla Quliyeva")
    make.session_delegate(there.delegations[0], person=person, rank="head")
    event = there.vote("secret", titles=QUESTION, candidates=["Aysel", "Badr"], is_electronic=True)

    sign_in_page(phone, person)
    phone.goto(f"/ar/{address(there)}/ballot/", wait_until="networkidle")
    look(phone, "hall-ballot", dark=True)
    choice = phone.locator("[data-choice=Aysel]")
    choice.locator("summary").tap()
    fits(phone)
    choice.get_by_role("button").tap()
    expect(phone.locator(".statement").last).to_be_visible()
    expect(phone.locator(".hall-ballot")).to_have_count(0)
    phone.wait_for_load_state("networkidle")
    assert Cast.objects.filter(event=event).count() == 1
    assert event.ballots.get().option == "Aysel"
    look(phone, "hall-ballot-cast")


def test_sittings_amendments_and_the_final_report_read_well(
    desktop: Page, sign_in_page: Any, live_server: Any
) -> None:
    there = told()
    make.present(there.sitting, *there.delegations[:5])
    motion = there.session.motions.get()
    amendment = submit_amendment(
        motion,
        number="1",
        act="replace",
        texts={"en": "Decides to meet in Fez in May.", "ar": "يقرر الاجتماع في فاس."},
        by=there.officer,
    )
    there.carry(amendment)
    submit_amendment(motion, number="2", act="delete", texts={}, by=there.officer)
    assemble_report(there.session, language="ar", by=there.officer)

    within = f"{live_server.url}/en/{address(there)}"
    sign_in_page(desktop, there.officer)
    for name, place in (
        ("sittings", "sittings/"),
        ("sitting", "sittings/1/"),
        ("plan-sitting", "sittings/plan/"),
        ("motion-amended", f"motions/{motion.pk}/"),
        ("amend", f"motions/{motion.pk}/amend/?number=1"),
        ("submit-motion", "motions/submit/"),
        ("votes", "votes/"),
        ("resolutions", "resolutions/"),
        ("final-report", "final-report/"),
        ("report-ar", "final-report/ar/"),
    ):
        desktop.goto(f"{within}/{place}", wait_until="networkidle")
        look(desktop, name)

    desktop.goto(f"{within}/final-report/", wait_until="networkidle")
    desktop.get_by_role("button", name="Assemble the report").first.click()
    expect(desktop.get_by_text("The report is assembled.")).to_be_visible()
    settled(desktop)
    desktop.locator("#present-1").get_by_role("link", name="Edit").click()
    desktop.get_by_label("Text").fill("All members came.")
    desktop.get_by_role("button", name="Save the paragraph").click()
    expect(desktop.locator("#present-1")).to_contain_text("All members came.")
    settled(desktop)
    desktop.get_by_role("button", name="Assemble it again").click()
    expect(desktop.locator("#present-1")).to_contain_text("All members came.")
