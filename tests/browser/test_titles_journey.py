"""A title from the call to the public page: the state's file, two experts, the decision, the year."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from karvan.foundation import clock
from karvan.foundation.people.models import Party
from karvan.foundation.places.models import Country
from karvan.foundation.places.services import load_places
from karvan.stages.convening.models import Title, TitleCycle, TitleNomination
from karvan.stages.convening.services.title_register_loading import load_titles
from tests import make
from tests.browser.looking import look

START = "/en/titles/culture/2028/"


def prepared() -> dict[str, Any]:
    """The register since 2005, an officer, a partner of a ministry, two experts, an agenda item."""
    load_places(by=None)
    load_titles(by=None)
    ministry = Party.objects.create(
        code="culture-az",
        kind="ministry",
        names=make.texts("Ministry of Culture"),
        country=Country.objects.get(pk="AZ"),
    )
    session = make.statutory_session(
        make.organ("cmc"), starts_on=clock.today(), ends_on=clock.today() + timedelta(days=2)
    )
    return {
        "officer": make.officer(),
        "partner": make.role("partner", "titles", party=ministry),
        "experts": [make.role("reviewer", "titles/culture/2028") for _one in range(2)],
        "item": make.agenda_item(session, titles=make.texts("Capitals of culture")),
    }


def test_a_city_from_its_nomination_to_its_public_page(
    desktop: Page, sign_in_page: Any, troubles: Any
) -> None:
    troubles.expect("422")  # the budget without a currency
    people = prepared()
    page = desktop
    page.set_default_navigation_timeout(120_000)  # the first page warms the server up

    sign_in_page(page, people["officer"])
    page.goto("/en/titles/culture/new/")
    look(page, "titles-new-cycle")
    page.get_by_label("Year of the title").fill("2028")
    page.get_by_role("button", name="Prepare the year").click()
    page.get_by_label("Last day for nominations").fill(
        (clock.today() + timedelta(days=90)).isoformat()
    )
    page.get_by_role("button", name="Open the call and send the letters").click()
    expect(page.locator("[role=status]").first).to_contain_text("1 letter is written")
    page.wait_for_load_state("networkidle")

    sign_in_page(page, people["partner"])
    page.goto(START)
    page.get_by_role("link", name="Nominate a city").click()
    page.get_by_role("group", name="City").get_by_label("English").fill("Ganja")
    page.get_by_label("Region").select_option("Asian")
    page.get_by_label("Budget", exact=False).first.fill("900000")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator("main")).to_contain_text("The budget has no currency")
    page.get_by_label("Currency").fill("AZN")
    for section in ("Heritage", "Institutions", "Scholars and artists", "Festivals", "Infrastructure", "Programme of the year", "Committee"):  # fmt: skip
        page.get_by_role("group", name=section).get_by_label("English").fill(f"{section} of Ganja")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator("main")).to_contain_text("The section “Budget” is empty")
    look(page, "titles-draft", dark=True)
    page.get_by_role("link", name="Go on writing").click()
    look(page, "titles-nominate")
    page.locator("[name=section_budget_en]").fill("From the state and the city.")
    page.get_by_role("button", name="Save the draft").click()
    act = page.locator("details.act", has_text="Send the nomination")
    act.locator("summary").click()
    act.get_by_role("button").click()
    expect(page.locator("[role=status]").first).to_contain_text("The nomination is sent.")
    page.wait_for_load_state("networkidle")
    found = TitleNomination.objects.get()
    address = f"/en/titles/nominations/{found.pk}/"

    sign_in_page(page, people["officer"])
    page.goto(START)
    act = page.locator("details.act", has_text="Close the call")
    act.locator("summary").click()
    act.get_by_role("button").click()
    page.goto(address)
    look(page, "titles-check")
    for one in page.get_by_label("met", exact=True).all():
        one.check()
    page.get_by_role("button", name="Keep the checks").click()
    expect(page.locator("#checks")).to_contain_text("The file is complete")
    page.wait_for_load_state("networkidle")

    for expert, mark in zip(people["experts"], ("9", "7"), strict=True):
        sign_in_page(page, expert)
        page.goto(f"{address}mark/")
        expect(page.locator("#marks")).to_have_count(0)
        for field in page.locator("input[type=number]").all():
            field.fill(mark)
        look(page, "titles-mark")
        page.get_by_role("button", name="Close the marks").click()
        expect(page.locator("main")).to_contain_text("Your marks are closed")
        page.wait_for_load_state("networkidle")

    sign_in_page(page, people["officer"])
    page.goto(f"{START}ranking/")
    expect(page.locator("main")).to_contain_text("80")
    look(page, "titles-ranking")
    page.goto(address)
    page.get_by_text("Put it on an agenda").click()
    page.get_by_label("Agenda item").select_option(str(people["item"].pk))
    page.get_by_role("button", name="Put the draft decision on the item").click()
    expect(page.locator("main")).to_contain_text("Decides that Ganja (Azerbaijan) shall be")
    page.get_by_text("Write down that the title is given").click()
    page.get_by_label("Where the decision is written").fill("Final report of the conference")
    page.get_by_label("Decided on").fill(clock.today().isoformat())
    page.get_by_role("button", name="Give the title").click()
    page.get_by_text("Add an event").click()
    page.get_by_role("group", name="Event").get_by_label("English").fill("Opening")
    page.locator("#event_starts_on").fill("2028-05-11")
    page.get_by_role("button", name="Add the event").click()
    expect(page.locator("#events")).to_contain_text("Opening")
    look(page, "titles-held", dark=True)
    page.wait_for_load_state("networkidle")

    page.context.clear_cookies()
    page.goto(f"/en/title-register/cities/{Title.objects.get(nomination=found).pk}/")
    expect(page.locator("h1")).to_contain_text("Ganja")
    expect(page.locator("#events")).to_contain_text("11 May 2028")
    look(page, "titles-public", dark=True)
    assert TitleCycle.objects.get(year=2028).state == "decided"


def test_the_register_is_read_on_a_telephone_and_another_one_is_taken_in(
    phone: Page, desktop: Page, sign_in_page: Any, troubles: Any
) -> None:
    troubles.expect("422")  # a second city without a reason
    people = prepared()
    phone.set_default_navigation_timeout(120_000)
    for way in ("", "timeline/", "map/"):
        phone.goto(f"/en/title-register/culture/{way}")
        look(phone, f"titles-register-{way.strip('/') or 'table'}", dark=True)
    phone.goto("/ar/title-register/culture/")
    phone.locator("input[type=search]").fill("شوشا")
    phone.locator("form[role=search] button").first.click()
    expect(phone.locator("main")).to_contain_text("شوشا")
    phone.wait_for_load_state("networkidle")

    sign_in_page(desktop, people["officer"])
    desktop.goto("/en/title-register/culture/import/")
    look(desktop, "titles-import")
    table = "Année;Ville;Pays;Région\n2029;Tripoli (Liban);;Arabe\n2029;Fès;Maroc;Arabe\n2030;Berlin;Allemagne;Europe\n"
    desktop.set_input_files(
        "input[type=file]",
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": table.encode("latin-1")},
    )
    desktop.get_by_role("button", name="Read the table").click()
    expect(desktop.locator("#line-4")).to_contain_text("is not a region of the series")
    look(desktop, "titles-import-rows", dark=True)
    desktop.get_by_label("Where the register is from").fill("A French list")
    desktop.get_by_label("Take Fès 2029").check()
    desktop.get_by_role("button", name="Take in what is ticked").click()
    expect(desktop.locator("main")).to_contain_text("needs a reason")
    desktop.get_by_role("textbox", name="Reason").fill("Both were named.")
    desktop.get_by_role("button", name="Take in what is ticked").click()
    expect(desktop.locator("[role=status]").first).to_contain_text("2 titles are taken in.")
    assert Title.objects.filter(year=2029).count() == 2
