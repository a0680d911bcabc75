"""An accepted paper to the proceedings, and a recommendation to a commitment."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.agreements.models import Commitment
from karvan.stages.convening.models import Proceedings
from tests import make
from tests.browser.looking import look
from tests.stages.convening.paper_files import pdf_bytes


def test_a_paper_is_printed_and_a_recommendation_is_followed(
    phone: Page, desktop: Page, sign_in_page: Any, troubles: Any
) -> None:
    troubles.expect("422")  # the wrong digit, and a paper that is no PDF
    symposium = make.symposium()
    paper = make.paper(symposium, state="talk", titles=make.texts("Water in smart cities"))
    other = make.paper(symposium, state="poster", titles=make.texts("Shade"))
    author = make.person("Aysel Karimli")
    paper.authors.filter(position=1).update(person=author)
    other.authors.filter(position=1).update(person=author)
    make.party("city-of-agadir", kind="city", names=make.texts("City of Agadir"))
    edition = symposium.activity.edition.slug
    start = f"/en/editions/{edition}/symposia/SYM/"

    sign_in_page(phone, author)
    phone.set_default_navigation_timeout(120_000)
    phone.goto("/en/papers/")
    look(phone, "proceedings-own-papers")
    phone.get_by_role("link", name="Water in smart cities").click()
    phone.set_input_files(
        "input[type=file]", {"name": "w.pdf", "mimeType": "application/pdf", "buffer": b"No PDF"}
    )
    phone.get_by_role("button", name="Upload the full text").click()
    expect(phone.locator("main")).to_contain_text("Here we take: PDF document")
    for one, count in ((paper, 6), (other, 2)):
        phone.goto(f"/en/papers/{one.pk}/")
        phone.set_input_files(
            "input[type=file]",
            {"name": "w.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes(count)},
        )
        phone.get_by_role("button", name="Upload the full text").click()
        expect(phone.locator("[role=status]").first).to_contain_text("The full text is kept.")
    look(phone, "proceedings-full-text")
    phone.wait_for_load_state("networkidle")

    page = desktop
    page.set_default_navigation_timeout(120_000)
    sign_in_page(page, make.officer())
    page.goto(f"{start}proceedings/")
    expect(page.locator("main")).to_contain_text("The publisher is not named.")
    look(page, "proceedings-empty")
    page.get_by_text("Change the publication").click()
    page.get_by_label("Publisher").fill("University of Agadir")
    page.get_by_label("ISBN").fill("978-0-306-40615-8")
    page.get_by_label("DOI prefix").fill("10.12345/agadir")
    page.get_by_role("button", name="Keep the publication").click()
    expect(page.locator("main")).to_contain_text("its last would be 7, not 8")
    page.get_by_label("ISBN").fill("978-0-306-40615-7")
    page.get_by_role("button", name="Keep the publication").click()
    page.get_by_text("Lay out the pages").first.click()
    page.get_by_role("button", name="Lay out the pages").click()
    expect(page.locator("#papers")).to_contain_text("1–6")
    look(page, "proceedings-desk", dark=True)

    page.goto(f"{start}recommendations/")
    page.get_by_text("Write a recommendation").click()
    page.get_by_role("group", name="Recommendation").get_by_label("English").fill("Reuse water.")
    page.get_by_role("button", name="Write the recommendation").click()
    page.get_by_text("Adopt those that wait").click()
    page.get_by_label("Adopted on").fill("2026-11-20")
    page.get_by_role("button", name="Adopt 1 recommendation").click()
    expect(page.locator("#recommendation-1")).to_contain_text("not followed up")
    page.get_by_text("Make a commitment of it").click()
    page.get_by_label("Owner").select_option(label="City of Agadir")
    page.get_by_label("Due").fill("2027-06-30")
    page.get_by_role("button", name="Make the commitment").click()
    expect(page.locator("#recommendation-1")).to_contain_text("City of Agadir")
    look(page, "proceedings-recommendations", dark=True)
    page.get_by_role("link", name="What became of it").click()
    expect(page.locator("h1")).to_contain_text("Reuse water.")
    page.locator("main a", has_text="recommendation 1").click()
    expect(page.locator("#recommendation-1")).to_contain_text("Reuse water.")
    assert Commitment.objects.get(origin="recommendation").owner.code == "city-of-agadir"

    page.goto(f"{start}proceedings/")
    page.get_by_role("button", name="Release the proceedings").click()
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    page.goto(f"/en/proceedings/{Proceedings.objects.get().code}/")
    expect(page.locator("main")).to_contain_text("10.12345/agadir.1")
    expect(page.locator("main")).to_contain_text("Reuse water.")
    look(page, "proceedings-public", dark=True)
    with page.expect_download() as given:
        page.get_by_role("link", name="The volume (PDF)").click()
    assert given.value.suggested_filename == "proceedings-1.pdf"
