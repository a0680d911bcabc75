"""An abstract from the public call on a telephone, read blind twice, accepted, to its public page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from karvan.stages.convening.models import Paper
from karvan.stages.convening.services.programme_laying import lay_out_programme
from karvan.stages.convening.services.programme_sessions import make_sessions
from karvan.stages.convening.services.symposium_opening import open_symposium
from karvan.stages.reviews.models import Assignment
from karvan.stages.reviews.services import add_reviewer, assign_reads, open_round, prepare_round
from karvan.stages.timetables.services import build_timetable, publish_timetable
from tests import make
from tests.browser.looking import look
from tests.stages.convening.symposium_world import activity, attendee, call, talks

PATIENT = 60_000  # milliseconds: a server's first page may be slow where others work too
NAME, COLLEAGUE = "ليلى المنصوري", "يوسف العمراني"
TITLE = "من ينتظر الحافلة في مدينة صغيرة"
WORDS = "أحصينا حافلات مدينة صغيرة سنة كاملة وسألنا من ينتظرها في الصباح وفي المساء وماذا تستطيع البلدية أن تغير. " * 3  # fmt: skip


def write_abstract(page: Page) -> None:
    """Fill in the form, with two authors of whom the first presents."""
    form = page.locator("form[data-autosave-url]")
    form.locator("[name=full_name]").fill(NAME)
    form.locator("[name=email]").fill("layla@example.org")
    choose(form, "track", "mobility")
    choose(form, "language", "ar")
    choose(form, "prefers", "talk")
    form.locator("[name=title]").fill(TITLE)
    form.locator("[name=abstract]").fill(WORDS)
    form.locator("[name=keywords]").fill("حافلات، مدن")
    write_author(form, 0, NAME, "yes", orcid="0000-0002-1825-0097")
    form.locator("button[name='add:authors']").click()
    page.wait_for_load_state("networkidle")
    write_author(form, 1, COLLEAGUE, "no")
    form.locator("[name=consent]").check()


def write_author(form: Locator, row: int, name: str, presents: str, orcid: str = "") -> None:
    for key, value in (("name", name), ("institution", "معهد المدن"), ("country", "المغرب"), ("orcid", orcid)):  # fmt: skip
        form.locator(f"[name=authors-{row}-{key}]").fill(value)
    choose(form, f"authors-{row}-presents", presents)


def choose(form: Locator, key: str, value: str) -> None:
    """Choose by radio button or in a list, as the form has it."""
    field = form.locator(f"[name={key}]")
    if field.first.evaluate("(one) => one.tagName") == "SELECT":
        field.select_option(value)
    else:
        form.locator(f"[name={key}][value='{value}']").check()


def read_and_mark(page: Page) -> None:
    """Read the one abstract that waits and give every criterion its best mark."""
    page.goto("/en/reviews/")
    page.locator("tbody a").first.click()
    expect(page.locator("[data-reading]")).to_be_visible()
    page.wait_for_load_state("networkidle")  # a key before its script is there is heard by nobody
    body = page.content()
    assert TITLE in body
    assert "المنصوري" not in body
    assert "معهد المدن" not in body
    for _criterion in range(3):
        page.keyboard.press("3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reviews/?done=*")
    page.wait_for_load_state("networkidle")


def test_an_abstract_goes_from_the_call_to_the_published_programme(
    phone: Page, opened: Any, sign_in_page: Any
) -> None:
    to = call(activity(rooms=2, days=1), slug="agadir")
    symposium = open_symposium(to.activity, by=None)
    talks(symposium, 4)

    phone.set_default_timeout(PATIENT)
    phone.goto("/ar/calls/agadir/")
    look(phone, "abstract-call")
    phone.locator("main .acts button").click()
    phone.wait_for_url("**/applications/**")
    write_abstract(phone)
    look(phone, "abstract-form")
    phone.locator("button[name=send]").click()
    expect(phone.locator(".statement strong")).to_contain_text("KV-")
    phone.wait_for_load_state("networkidle")

    round = prepare_round(to, by=None)
    readers = [make.person(f"Reader {n}") for n in range(2)]
    for reader in readers:
        add_reviewer(round, person=reader, languages=["ar"], by=None)
    open_round(round, by=None)
    assign_reads(round, by=None)
    assert Assignment.objects.count() == 2
    for reader in readers:
        page = opened(viewport={"width": 1280, "height": 900}, locale="en-GB")
        page.set_default_timeout(PATIENT)
        sign_in_page(page, reader)
        read_and_mark(page)

    officer = make.officer()
    desk = opened(viewport={"width": 1280, "height": 900}, locale="en-GB")
    desk.set_default_timeout(PATIENT)
    sign_in_page(desk, officer)
    at = f"/en/editions/{to.activity.edition.slug}/{to.activity.code}/"
    desk.goto(f"{at}symposium/")
    look(desk, "symposium")
    desk.get_by_role("button", name="Take in the abstracts").click()
    desk.wait_for_load_state("networkidle")
    look(desk, "symposium-papers", dark=True)
    paper = Paper.objects.get(application__call=to)
    desk.goto(f"{at}symposium/papers/rank/?talks=5&posters=1")
    expect(desk.locator("tbody")).to_contain_text(TITLE)
    look(desk, "symposium-rank")
    desk.get_by_role("button", name="Decide 1 paper as shown").click()
    desk.wait_for_load_state("networkidle")
    letters = desk.locator("details.act", has_text="Write to the authors")
    letters.locator("summary").click()
    letters.get_by_role("button").click()
    desk.wait_for_load_state("networkidle")
    desk.goto(f"{at}symposium/papers/{paper.number}/")
    look(desk, "symposium-paper")

    desk.goto(f"{at}programme/")
    desk.get_by_role("button", name="Make sessions of accepted papers").click()
    desk.wait_for_load_state("networkidle")
    look(desk, "programme-room", dark=True)
    desk.get_by_role("button", name="Hand the programme to the timetable").click()
    desk.wait_for_load_state("networkidle")
    publish_timetable(build_timetable(to.activity, by=officer), by=officer)
    desk.goto(f"{at}timetable/")
    look(desk, "programme-timetable")

    phone.goto(f"/ar/symposia/{to.activity.edition.slug}/SYM/")
    look(phone, "programme", dark=True)
    phone.get_by_role("link", name=TITLE).click()
    expect(phone.locator("h1")).to_have_text(TITLE)
    expect(phone.locator("main")).to_contain_text(COLLEAGUE)
    expect(phone.locator("main")).to_contain_text("0000-0002-1825-0097")
    look(phone, "programme-paper")
    phone.goto(f"/ar/own-papers/{paper.application.token}/")
    look(phone, "own-paper")


def test_somebody_who_attends_says_what_to_hear_on_a_telephone(
    phone: Page, sign_in_page: Any
) -> None:
    symposium = open_symposium(call(activity(rooms=2, days=1)).activity, by=None)
    papers = talks(symposium, 8)
    make_sessions(symposium, by=None)
    person = attendee(symposium).person
    sign_in_page(phone, person)
    at = f"/ar/editions/{symposium.activity.edition.slug}/SYM/programme/"

    phone.set_default_timeout(PATIENT)
    phone.goto(f"{at}wishes/")
    for paper in papers[:3]:
        phone.locator(f"input[value='{paper.pk}']").check()
    phone.locator("main form button").click()
    phone.wait_for_load_state("networkidle")
    expect(phone.locator("main input:checked")).to_have_count(3)
    look(phone, "wishes", dark=True)

    lay_out_programme(symposium, by=None)
    publish_timetable(build_timetable(symposium.activity, by=None), by=None)
    phone.goto(f"{at}mine/")
    expect(phone.locator("main li")).to_have_count(3)
    look(phone, "my-programme")
