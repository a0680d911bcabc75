"""A secretary prepares a session, issues the agenda, sees a late paper, accepts credentials."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from karvan.foundation.people.models import Person
from karvan.stages.convening.models import Organ, StatutorySession
from karvan.stages.convening.services.papers_agenda import propose_item
from karvan.stages.convening.services.papers_credentials import report_on_credentials
from karvan.stages.convening.services.papers_documents import plan_document
from karvan.stages.convening.services.papers_issuing import issue_agenda
from tests import make
from tests.browser.looking import axe, fits, look

PATTERN = "{organ} {session}/{year}/{item}{rev}{status}"


@pytest.fixture
def organ() -> Organ:
    assert reverse("convening:organs")  # every address is read before a browser waits for a page
    made = make.organ(
        "gc", names={"en": "General Conference", "ar": "المؤتمر العام"}, symbol_pattern=PATTERN
    )
    party = make.party("ministry-az", names={"en": "Ministry of Culture", "ar": "وزارة الثقافة"})
    make.membership(made, "AZ", names={"en": "Azerbaijan", "ar": "أذربيجان"}, party=party)
    make.membership(made, "MA", names={"en": "Morocco", "ar": "المغرب"})
    make.membership(
        made, "SY", names={"en": "Syria", "ar": "سوريا"}, status="suspended",
        status_reason="Decision of 2012",
    )  # fmt: skip
    return made


def in_days(count: int) -> str:
    return (date.today() + timedelta(days=count)).isoformat()


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def test_a_secretary_prepares_convokes_and_accepts_credentials(
    desktop: Page, opened: Any, sign_in_page: Any, troubles: Any, organ: Organ
) -> None:
    troubles.expect("422 (Unprocessable Entity)")  # a number that is taken
    page = desktop
    speaker = make.role("partner", party=organ.memberships.get(code="AZ").party)
    sign_in_page(page, make.officer())
    page.goto(reverse("convening:organ", args=["gc"]))
    page.get_by_role("link", name="Prepare a session").click()
    page.get_by_role("textbox", name="English").fill("Twelfth session")
    page.get_by_label("Address").fill("gc-12")
    page.get_by_label("Number").fill("12")
    page.get_by_label("From").fill(in_days(20))
    page.get_by_label("Until", exact=True).fill(in_days(22))
    page.get_by_label("Hijri date as printed").fill("1 Muharram 1400")
    page.locator("#id_place").fill("Baku")
    page.get_by_role("button", name="Prepare the session").click()
    expect(page.get_by_text("It stays as printed.")).to_be_visible()
    expect(page.get_by_text("a provisional agenda that is issued")).to_be_visible()

    page.goto("/en/organs/gc/gc-12/agenda/")
    for title, number in (("Opening", ""), ("Audit", ""), ("Twice", "2")):
        page.get_by_role("link", name="Propose an item").click()
        page.get_by_role("textbox", name="English").fill(title)
        page.get_by_label("Number").fill(number)
        page.get_by_label("Put it on the agenda at once").check()
        page.get_by_role("button", name="Propose the item").click()
    expect(page.get_by_role("alert")).to_contain_text("already")
    expect(page.get_by_role("textbox", name="English")).to_have_value("Twice")
    page.get_by_label("Number").fill("2.1")
    page.get_by_role("button", name="Propose the item").click()
    page.get_by_role("button", name="Move 2 up").click()
    expect(page.locator("tbody tr").first).to_contain_text("Audit")
    page.wait_for_load_state()
    page.keyboard.press("d")  # the chosen item, back down with what stands under it
    expect(page.locator("tbody tr").first).to_contain_text("Opening")
    page.get_by_text("Issue the agenda", exact=True).click()
    page.get_by_role("button", name="Issue the agenda as it stands").click()
    expect(page.get_by_text("Agenda 1 is issued: Provisional.")).to_be_visible()

    page.goto("/en/organs/gc/gc-12/convocation/")
    expect(page.locator("#unreached")).to_contain_text("Morocco")
    expect(page.locator("main")).not_to_contain_text("Syria")
    page.get_by_text("Send 1 letter", exact=True).first.click()
    page.get_by_role("button", name="Send 1 letter").click()
    expect(page.get_by_text("The members are convoked.")).to_be_visible()
    expect(page.locator("main .mark", has_text="late").first).to_be_visible()

    page.goto("/en/organs/gc/gc-12/documents/new/")
    page.get_by_label("Symbol").fill("GC 12/audit")
    page.get_by_role("textbox", name="English").fill("Audit report")
    page.get_by_label("Due").fill(in_days(-3))
    page.get_by_role("button", name="Plan the document").click()
    expect(page.get_by_text("does not fit the pattern")).to_be_visible()
    page.goto("/en/organs/gc/gc-12/documents/")
    expect(page.get_by_text("Late papers: 1.")).to_be_visible()
    settled(page)

    own = sign_in_page(opened(), speaker)
    registers_itself(own)
    settled(own)

    page.goto("/en/organs/gc/gc-12/delegations/")
    expect(page.locator("#missing")).to_contain_text("suspended")
    page.get_by_role("link", name="Azerbaijan").click()
    page.get_by_text("Decide on the credentials", exact=True).click()
    page.get_by_label("accepts them", exact=True).check()
    page.get_by_role("button", name="Write the decision down").click()
    expect(page.locator("main .mark", has_text="accepted").first).to_be_visible()
    page.goto("/en/organs/gc/gc-12/credentials/")
    page.get_by_text("Make a report", exact=True).click()
    page.get_by_role("button", name="Make the report").click()
    expect(page.get_by_role("heading", name="Credentials accepted (1)")).to_be_visible()


def registers_itself(page: Page) -> None:
    """The ministry registers its delegation and hands in its credentials."""
    page.goto("/en/organs/gc/gc-12/delegations/")
    page.get_by_role("link", name="Register your delegation").click()
    page.get_by_role("button", name="Register the delegation").click()
    page.get_by_text("Name a delegate", exact=True).click()
    page.get_by_label("Name", exact=True).fill("Leyla Quliyeva")
    page.get_by_label("Rank").select_option("Head of delegation")
    page.get_by_role("button", name="Name the delegate").click()
    page.get_by_text("Hand in credentials", exact=True).click()
    page.get_by_label("Issued by").fill("Minister of Foreign Affairs")
    page.get_by_role("button", name="Hand the credentials in").click()
    expect(page.locator("main .mark", has_text="to be decided on").first).to_be_visible()


def filled(organ: Organ) -> tuple[StatutorySession, Person]:
    """A session with something in each of its parts, and its secretary."""
    session = make.statutory_session(
        organ, slug="gc-12", ordinal=12, place="Baku", state="convoked",
        hijri_printed="7 Jumada II 1414",
        titles={"en": "Twelfth session", "ar": "الدورة الثانية عشرة"},
    )  # fmt: skip
    for number, title in (("1", "Opening"), ("2", "Reports"), ("2.1", "Audit")):
        propose_item(
            session, titles={"en": title, "ar": "بند من جدول الأعمال"}, number=number,
            include=True, by=None,
        )  # fmt: skip
    issue_agenda(session, kind="provisional", by=None)
    item = session.agenda_items.get(number="2.1")
    item.titles = {"en": "Report of the audit company", "ar": "تقرير شركة التدقيق"}
    item.save()
    issue_agenda(session, kind="revised", by=None)
    plan_document(
        session, symbol="GC 12/2026/2.1", kind="working", titles=item.titles, item=item,
        due_on=date(2026, 1, 10), by=None,
    )  # fmt: skip
    plan_document(
        session, symbol="Paper no. 4", kind="information", titles={"en": "Venue"}, by=None,
        distribution="restricted",
    )  # fmt: skip
    held = make.delegation(
        session, membership=organ.memberships.get(code="AZ"), credential="submitted"
    )
    make.session_delegate(held, rank="head")
    make.delegation(session, capacity="observer", names={"en": "A bank"}, credential="")
    report_on_credentials(session, note="Read out", by=None)
    sitting = make.sitting(session)
    sitting.items.add(item)
    return session, make.officer()


def test_every_page_of_a_session_is_open_to_all_and_fits(
    desktop: Page, sign_in_page: Any, organ: Organ
) -> None:
    session, officer = filled(organ)
    sign_in_page(desktop, officer)
    delegation = session.delegations.get(capacity="member").pk
    paper = session.documents.get(symbol="Paper no. 4").pk
    base = "/en/organs/gc/"
    for name, address in {
        "organs": "/en/organs/",
        "organ": base,
        "organ-rules": f"{base}change/",
        "members": f"{base}members/",
        "member": f"{base}members/{organ.memberships.get(code='SY').pk}/",
        "session": f"{base}gc-12/",
        "session-facts": f"{base}gc-12/facts/",
        "convocation": f"{base}gc-12/convocation/",
        "convocation-sheet": f"{base}gc-12/convocation/sheet/",
        "delegations": f"{base}gc-12/delegations/",
        "delegation": f"{base}gc-12/delegations/{delegation}/",
        "credentials": f"{base}gc-12/credentials/",
        "credentials-sheet": f"{base}gc-12/credentials/1/",
        "agenda": f"{base}gc-12/agenda/?at={session.agenda_items.first().pk}",
        "agenda-item": f"{base}gc-12/agenda/{session.agenda_items.first().pk}/",
        "agenda-differences": f"{base}gc-12/agenda/differences/",
        "agenda-sheet": f"{base}gc-12/agenda/issued/1/",
        "documents": f"{base}gc-12/documents/",
        "document": f"{base}gc-12/documents/{paper}/",
        "order": f"{base}gc-12/sittings/1/order/",
    }.items():
        desktop.goto(address)
        look(desktop, f"papers-{name}", dark=name in ("session", "documents"))


def test_a_member_reads_the_agenda_on_an_arabic_phone(
    phone: Page, sign_in_page: Any, organ: Organ
) -> None:
    session, _officer = filled(organ)
    speaker = make.role("partner", party=organ.memberships.get(code="AZ").party)
    sign_in_page(phone, speaker)

    phone.goto("/ar/organs/gc/gc-12/")
    fits(phone)
    axe(phone)
    phone.locator("#papers a[href$='agenda/']").click()
    expect(phone.locator("tbody")).to_contain_text("تقرير شركة التدقيق")
    fits(phone)
    phone.goto("/ar/organs/gc/gc-12/documents/")
    expect(phone.locator("main")).not_to_contain_text("Paper no. 4")
    assert session.documents.count() == 2
