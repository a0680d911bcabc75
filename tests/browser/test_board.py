"""The board in its four forms: for those who listen, on a telephone, mirrored, and on paper."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from karvan.stages.blueprints.models import Blueprint
from tests import make
from tests.browser import told
from tests.browser.looking import look

FORMS = ("board", "table", "gantt", "map")
NAMES = {
    "EG": {"en": "Egypt", "fr": "Égypte", "ar": "مصر", "az": "Misir"},
    "KZ": {"en": "Kazakhstan", "fr": "Kazakhstan", "ar": "كازاخستان", "az": "Qazaxıstan"},
    "BH": {"en": "Bahrain", "fr": "Bahreïn", "ar": "البحرين", "az": "Bəhreyn"},
}
A4_ACROSS = (842, 595)


def edition(of: Blueprint, code: str, starts: date | None, **fields: Any) -> None:
    """An edition with a boot camp and its course after it."""
    country = (
        told.country(code) if code in told.COUNTRIES else make.country(code, names=NAMES[code])
    )
    one = make.edition(f"{code}-{make.one()}", of=of, country=country, **fields)
    ends = starts + timedelta(days=2) if starts else None
    was_held = starts is not None and starts < timezone.localdate()
    make.activity(
        "BC3",
        of=one,
        titles=told.CAMP,
        planned_starts_on=starts,
        planned_ends_on=ends,
        actual_starts_on=starts + timedelta(days=9) if was_held else None,
        actual_ends_on=ends + timedelta(days=9) if was_held else None,
    )


@pytest.fixture
def programme() -> str:
    """A programme of six years in five countries, one of which left no record of its days."""
    of = told.blueprint()
    today = timezone.localdate()
    edition(of, "AZ", date(2021, 7, 12))
    edition(of, "BH", today - timedelta(days=300))
    edition(of, "EG", today + timedelta(days=40))
    edition(of, "KZ", today + timedelta(days=90))
    edition(of, "AZ", today + timedelta(days=150))
    closed = make.moment(2024, 6, 3)
    edition(of, "MA", None, state="closed", adopted_at=make.moment(2023, 6, 1), closed_at=closed)
    return str(of.programme.code)


def test_every_form_is_open_to_all_in_both_directions(
    desktop: Page, sign_in_page: Any, programme: str
) -> None:
    sign_in_page(desktop, make.officer())

    desktop.goto(f"/en/board/{programme}/")
    forms = desktop.get_by_role("navigation", name="Forms of the board")
    for form, word in zip(FORMS, ("Board", "As a table", "Gantt chart", "Map"), strict=True):
        forms.get_by_text(word, exact=True).click()
        expect(forms.locator("[aria-current]")).to_have_text(word)
        look(desktop, f"board-{form}", dark=True)


def test_a_chart_is_a_table_of_pictures_that_are_said_in_words(
    desktop: Page, sign_in_page: Any, programme: str
) -> None:
    sign_in_page(desktop, make.officer())

    desktop.goto(f"/en/board/{programme}/?as=gantt")

    rows = desktop.get_by_role("table", name="Editions by the days they take").get_by_role("row")
    expect(rows).to_have_count(7)
    first = rows.nth(1)
    expect(first.get_by_role("rowheader")).to_contain_text("Azerbaijan")
    expect(first.get_by_role("img")).to_have_accessible_name(
        "Boot camp: held 21–23 Jul 2021, planned 12–14 Jul 2021, 9 days later than planned"
    )
    desktop.get_by_role("link", name="Next 12 months").click()
    expect(desktop.get_by_text("Nothing of these lies in this period:")).to_be_visible()
    expect(rows).to_have_count(4)


def test_a_map_is_described_and_its_table_opens_without_script(
    opened: Any, sign_in_page: Any, programme: str
) -> None:
    page = sign_in_page(opened(java_script_enabled=False), make.officer())

    page.goto(f"/en/board/{programme}/?as=map")

    picture = page.get_by_role("img", name="Route of Technology ventures programme")
    expect(picture).to_have_accessible_description(
        "6 editions in 5 countries. 2 were held, 3 are planned, of 1 there is no record."
        " The longest delay was 9 days: Boot camp, Azerbaijan."
        f" Next: Egypt on {_in_words(timezone.localdate() + timedelta(days=40))}."
    )
    page.get_by_text("The map as a table").click()
    expect(page.get_by_role("rowheader", name="Bahrain")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_fits_a4_across_on_paper(
    desktop: Page, sign_in_page: Any, programme: str, form: str, language: str
) -> None:
    sign_in_page(desktop, make.officer())
    desktop.goto(f"/{language}/board/{programme}/?as={form}")

    pages = PdfReader(io.BytesIO(desktop.pdf(prefer_css_page_size=True))).pages

    assert len(pages) == 1
    box = pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == A4_ACROSS
    if language == "en":
        assert "Kazakhstan" in pages[0].extract_text()


def _in_words(day: date) -> str:
    return f"{day:%A}, {day.day} {day:%B %Y}"
