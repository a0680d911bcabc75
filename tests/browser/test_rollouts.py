"""An officer orders the year of a team through eleven countries and agrees it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from karvan.foundation.places.models import ClosedPeriod, Country
from karvan.foundation.places.services import load_places
from karvan.stages.timetables.models import Rollout
from karvan.stages.timetables.services import draft_rollout
from tests import make
from tests.browser.looking import look

COUNTRIES = ("AZ", "KZ", "KG", "PK", "NG", "UZ", "MA", "EG", "SN", "JO", "BN")


SEARCH = 40_000  # milliseconds that ordering a year may take on a busy machine


@pytest.fixture
def rollout() -> Rollout:
    """A draft of 2027 with stays of 16 days, and examinations in Egypt."""
    load_places(by=None)
    base = make.blueprint()
    countries = [Country.objects.get(code=code) for code in COUNTRIES]
    editions = [make.edition(f"{one.code}-2027", of=base, country=one) for one in countries]
    ClosedPeriod.objects.create(
        country_id="EG",
        kind="exams",
        name="Examinations",
        starts_on=date(2027, 5, 20),
        ends_on=date(2027, 6, 30),
        reason="the ministry's letter",
    )
    made = draft_rollout(
        base.programme,
        team="Baku team",
        home=countries[0],
        day_from=date(2027, 1, 4),
        day_to=date(2027, 12, 31),
        handover_days=4,
        editions=editions,
        by=None,
    )
    made.stops.update(days=16, amount=24_000)
    return made


def test_an_officer_orders_a_year_and_agrees_it(
    desktop: Page, sign_in_page: Any, rollout: Rollout
) -> None:
    desktop.set_default_timeout(SEARCH)
    sign_in_page(desktop, make.officer())
    desktop.goto(f"/en/programmes/{rollout.programme.code}/rollouts/")
    desktop.get_by_role("link", name="Version 1").click()
    desktop.get_by_label("Egypt: To be over by").fill("2027-03-15")
    desktop.get_by_label("Egypt: Days a visa takes").fill("80")
    desktop.get_by_role("button", name="Order the year").click()
    expect(desktop.get_by_text("Egypt is to be over by Monday, 15 March 2027.")).to_be_visible()
    look(desktop, "rollout-reasons")
    desktop.get_by_label("Egypt: Days a visa takes").fill("14")
    desktop.get_by_role("button", name="Order the year").click()
    expect(desktop.get_by_text("The year is ordered.")).to_be_visible()
    expect(desktop.locator(".year .planned")).to_have_count(11)
    look(desktop, "rollout", dark=True)
    desktop.get_by_role("button", name="Agree the year").click()
    expect(desktop.locator(".year .actual")).to_have_count(11)
    look(desktop, "rollout-agreed")
    assert Rollout.objects.get().state == "agreed"


def test_the_form_of_a_new_year_is_open_to_all(
    desktop: Page, sign_in_page: Any, rollout: Rollout
) -> None:
    sign_in_page(desktop, make.officer())
    desktop.goto(f"/en/programmes/{rollout.programme.code}/rollouts/new/")
    look(desktop, "rollout-new")
    desktop.goto(f"/en/programmes/{rollout.programme.code}/rollouts/")
    look(desktop, "rollouts")
