"""A design goes on while an edition runs: edited, signed, offered, and taken where it fits."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from karvan.stages.editions.models import VersionOffer
from karvan.stages.editions.queries import standing_departures
from karvan.stages.editions.services import adopt_blueprint, depart, finish_adoption
from tests import make
from tests.browser import told
from tests.browser.looking import look

MENTORS = "activities.BC3.cohort.mentor_ratio_teams"


def test_a_version_is_edited_signed_offered_and_taken(desktop: Page, sign_in_page: Any) -> None:
    edition = adopt_blueprint(
        told.blueprint(),
        country=told.country("KZ"),
        code="KZ-2027",
        languages=["en"],
        host=make.party("youth-kz", names=told.MINISTRY),
        by=None,
    )
    finish_adoption(edition, by=None)
    coordinator = make.role("coordinator", edition.scope)
    depart(edition, path=MENTORS, after=4, reason="Twelve mentors are all we have.", by=coordinator)
    officer = make.officer()

    sign_in_page(desktop, officer)
    desktop.goto("/en/programmes/TVP/")
    desktop.get_by_role("button", name="Begin the next version").press("Enter")
    desktop.wait_for_url("**/draft/**")
    look(desktop, "draft")
    desktop.goto(f"/en/programmes/TVP/draft/part/?part={MENTORS}")
    look(desktop, "draft-part", dark=True)
    desktop.locator("[name=value]").fill("2")
    desktop.locator("[name=note]").fill("Teams asked for more time with their mentors.")
    desktop.get_by_role("button", name="Save this part").press("Enter")
    desktop.wait_for_url("**/draft/?part=**")
    desktop.goto(f"/en/programmes/TVP/draft/part/?part={MENTORS}")
    expect(desktop.locator("body")).to_contain_text("3 → 2")

    desktop.goto("/en/programmes/TVP/versions/2/")
    look(desktop, "draft-to-publish")
    desktop.locator("[name=note]").fill("A mentor for two teams.")
    desktop.locator("[name=signature]").fill(officer.full_name)
    desktop.get_by_role("button", name="Publish version 2").press("Enter")
    expect(desktop.get_by_text("offered to 1 edition")).to_be_visible()
    desktop.goto("/en/programmes/TVP/compare/?before=1&after=2")
    expect(desktop.locator("main")).to_contain_text("Teams asked for more time")
    look(desktop, "compare")

    sign_in_page(desktop, coordinator)
    desktop.goto("/en/desk/")
    desktop.get_by_role("link", name="See what it would change").press("Enter")
    desktop.wait_for_url("**/version/")
    look(desktop, "version-offered", dark=True)
    desktop.get_by_label("Keep ours: 4").check()
    desktop.get_by_role("button", name="Take version 2").press("Enter")
    expect(desktop.get_by_text("The edition now stands on version 2.")).to_be_visible()
    look(desktop, "version-taken")

    offer = VersionOffer.objects.get()
    (departure,) = standing_departures(edition)
    assert (offer.state, offer.settled) == ("taken", {MENTORS: "ours"})
    assert (departure.before, departure.after, departure.version) == (2, 4, 2)
    assert departure.reason == "Twelve mentors are all we have."


def test_the_departures_of_a_programme_are_open_to_everybody_who_reads_them(
    desktop: Page, sign_in_page: Any
) -> None:
    edition = adopt_blueprint(
        told.blueprint(),
        country=told.country("KZ"),
        code="KZ-2027",
        languages=["en"],
        host=make.party("youth-kz", names=told.MINISTRY),
        by=None,
    )
    depart(edition, path=MENTORS, after=4, reason="Twelve mentors are all we have.", by=None)
    sign_in_page(desktop, make.officer())

    desktop.goto("/en/reports/departures/TVP/")
    expect(desktop.locator("main")).to_contain_text("Twelve mentors are all we have.")
    look(desktop, "departures")
    desktop.goto(f"/en/editions/{edition.slug}/design/")
    look(desktop, "design-as-text")
    desktop.goto(f"/en/editions/{edition.slug}/plan/")
    look(desktop, "plan")
    desktop.goto(f"/en/editions/{edition.slug}/budget/")
    look(desktop, "budget", dark=True)
