"""The secretariat lays the items of an agenda out in sittings, looks at them and plans them."""

from __future__ import annotations

from datetime import date
from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.convening.models import AgendaItem
from tests import make
from tests.browser.looking import axe, fits, look

ITEMS = ("Adoption of the agenda", "Report of the Director-General", "Capital of culture 2035")
TITLES = ("إقرار جدول الأعمال", "تقرير المدير العام", "عاصمة الثقافة 2035")


def test_the_items_of_an_agenda_become_sittings(phone: Page, sign_in_page: Any) -> None:
    organ = make.organ("gc", names=make.texts("General Conference"))
    session = make.statutory_session(
        organ, slug="gc-15", starts_on=date(2035, 5, 7), ends_on=date(2035, 5, 8), place="Baku"
    )
    for n, (english, arabic) in enumerate(zip(ITEMS, TITLES, strict=True)):
        AgendaItem.objects.create(
            session=session, number=str(n + 1), position=n, titles={"en": english, "ar": arabic}
        )
    sign_in_page(phone, make.officer())
    phone.goto("/en/organs/gc/gc-15/sittings/")
    phone.get_by_role("link", name="Order of work").click()
    look(phone, "order-of-work")

    phone.get_by_label("Minutes of item 2").fill("240")
    phone.get_by_role("button", name="Lay out the items").click()
    expect(phone.get_by_role("heading", name="2 sittings")).to_be_visible()
    expect(phone.get_by_text("continued")).to_be_visible()
    axe(phone)
    fits(phone)
    phone.get_by_role("button", name="Plan these sittings").click()

    expect(phone.get_by_text("2 sittings are planned.")).to_be_visible()
    assert [one.items.count() for one in session.sittings.order_by("number")] == [2, 2]
