"""The coordinator of Kazakhstan, whose week is not on record, supplies it and keeps examinations clear."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.foundation.places.models import Country, WorkingWeek
from karvan.foundation.places.services import load_places
from tests import make
from tests.browser.looking import look


def test_a_missing_week_is_supplied_where_it_is_missed(desktop: Page, sign_in_page: Any) -> None:
    load_places(by=None)
    WorkingWeek.objects.filter(country_id="KZ").delete()
    edition = make.edition("KZ-2027", country=Country.objects.get(code="KZ"))
    make.activity(of=edition)
    make.venue(country=edition.country, latitude=51, longitude=71).editions.add(edition)
    sign_in_page(desktop, make.role("coordinator", edition.scope))

    desktop.goto(f"/en/editions/{edition.slug}/calendar/?start=2027-03")
    expect(desktop.get_by_role("alert")).to_contain_text("No working week is known for Kazakhstan")
    look(desktop, "calendar-missing")

    form = desktop.locator(".week-form")
    worked = form.get_by_role("group", name="Days worked")
    for name in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
        worked.get_by_label(name).check()
    form.get_by_label("Source or reason").fill("Letter of the host, 3 March 2027")
    form.get_by_role("button", name="Set the week").press("Enter")
    expect(desktop.get_by_text("this edition's own").first).to_be_visible()

    desktop.locator("summary", has_text="Keep days clear").press("Enter")
    panel = desktop.locator("#periods")
    panel.get_by_label("Name").fill("Spring examinations")
    panel.get_by_label("First day").fill("2027-04-05")
    panel.get_by_label("Last day").fill("2027-04-16")
    panel.get_by_label("Source or reason").fill("Academic calendar")
    panel.get_by_role("button", name="Keep the days clear").press("Enter")

    expect(desktop.get_by_text("Spring examinations").first).to_be_visible()
    desktop.wait_for_url("**/calendar/?start=2027-04")
    look(desktop, "calendar", dark=True)
