"""A participant reads the day on a phone without a network, and sees what changed when it is back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, Route, expect

from karvan.foundation import clock
from karvan.stages.editions.models import Activity
from karvan.stages.timetables.models import Placement, Timetable
from karvan.stages.timetables.services import publish_timetable
from tests import make
from tests.browser import told
from tests.browser.looking import look

TITLES = (
    {"en": "Prices", "fr": "Prix", "ar": "الأسعار", "az": "Qiymətlər"},
    {"en": "Pitch", "fr": "Présentation", "ar": "عرض", "az": "Təqdimat"},
)
KEPT = "async () => (await caches.keys()).filter((name) => name.startsWith('my-day-')).length"


# At any hour it is another day than the browser's (which keeps UTC) in one of these.
FAR = ("Pacific/Kiritimati", "Pacific/Pago_Pago")


def far_away() -> str:
    """A time zone in which it is another day now than where the phone is."""
    now = clock.now()
    return next(zone for zone in FAR if now.astimezone(ZoneInfo(zone)).date() != now.date())


def camp_today() -> Activity:
    """A camp with one session now and one tomorrow, in force, on another day than the phone's."""
    camp = told.camp()
    camp.edition.time_zone = far_away()
    camp.edition.save(update_fields=["time_zone"])
    version = make.timetable(camp)
    trainer = make.trainer(camp)
    room = camp.edition.venues.get().rooms.get()
    for days, titles in enumerate(TITLES):
        starts_at = clock.now() + timedelta(days=days)
        placement = Placement.objects.create(
            timetable=version,
            session=make.session(camp, titles=titles),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            room=room,
        )
        placement.trainers.set([trainer])
    publish_timetable(version, by=None)
    return camp


def draft_of_repair(camp: Activity) -> Timetable:
    """A draft in which tomorrow's session is held an hour and a half later."""
    standing = camp.timetables.get(state=Timetable.State.PUBLISHED)
    draft = make.timetable(camp, number=standing.number + 1)
    for placement in standing.placements.order_by("starts_at"):
        trainers = list(placement.trainers.all())
        placement.pk, placement.timetable = None, draft
        if placement.session.titles == TITLES[1]:
            placement.starts_at += timedelta(minutes=90)
            placement.ends_at += timedelta(minutes=90)
        placement.save()
        placement.trainers.set(trainers)
    return draft


def repair(camp: Activity) -> None:
    """That draft in force."""
    publish_timetable(draft_of_repair(camp), by=None)


def open_mine(page: Page, language: str = "en") -> None:
    page.goto(f"/{language}/timetable/mine/")
    expect(page.locator("[data-kept=yes]")).to_have_count(1)


def opened_once(page: Page, sign_in_page: Any, troubles: Any) -> Activity:
    """The camp of a participant who has opened the page and will lose the network."""
    troubles.expect("ERR_INTERNET_DISCONNECTED")
    troubles.expect("Failed to load resource")
    camp = camp_today()
    person = make.enrolment(camp, person=make.role("participant", camp.scope)).person
    sign_in_page(page, person)
    open_mine(page)
    return camp


def test_my_day_opens_without_a_network_and_shows_what_changed(
    phone: Page, sign_in_page: Any, troubles: Any
) -> None:
    camp = opened_once(phone, sign_in_page, troubles)
    look(phone, "my-day", dark=True)
    assert phone.evaluate(KEPT) == 1

    phone.context.set_offline(True)
    phone.reload()

    expect(phone.get_by_text("Without network")).to_be_visible()
    expect(phone.get_by_role("link", name="Prices")).to_be_visible()
    expect(phone.locator("[data-today]:visible")).to_have_count(1)
    expect(phone.locator("[data-changed]")).to_have_count(0)
    colour = phone.locator(".held-one").first.evaluate("(one) => getComputedStyle(one).padding")
    assert colour != "0px"  # its style sheets are kept, too

    repair(camp)
    phone.context.set_offline(False)

    moved = phone.locator("[data-session]", has_text="Pitch")
    expect(moved).to_have_attribute("data-changed", "changed")
    expect(moved.get_by_text("new time")).to_be_visible()
    expect(phone.get_by_text("Without network")).to_be_hidden()
    expect(phone.locator("[data-session]", has_text="Prices")).not_to_have_attribute(
        "data-changed", "changed"
    )
    look(phone, "my-day-changed", dark=True)


def test_network_that_comes_back_while_the_page_is_drawn_is_not_missed(
    phone: Page, sign_in_page: Any, troubles: Any
) -> None:
    camp = opened_once(phone, sign_in_page, troubles)
    slow = phone.context.new_cdp_session(phone)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 12})
    phone.context.set_offline(True)

    phone.reload(wait_until="commit")
    repair(camp)
    phone.context.set_offline(False)

    moved = phone.locator("[data-session]", has_text="Pitch")
    expect(moved).to_have_attribute("data-changed", "changed")
    expect(phone.get_by_text("Without network")).to_be_hidden()


def test_network_that_is_said_to_be_back_before_it_is_is_asked_again(
    phone: Page, sign_in_page: Any, troubles: Any
) -> None:
    troubles.expect("ERR_FAILED")
    camp = opened_once(phone, sign_in_page, troubles)
    asked: list[str] = []

    def fail_twice(route: Route) -> None:
        if route.request.method != "HEAD":
            return route.continue_()
        asked.append(route.request.url)
        return route.abort() if len(asked) <= 2 else route.continue_()

    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_text("Without network")).to_be_visible()
    repair(camp)
    phone.route("**/timetable/mine/", fail_twice)
    phone.context.set_offline(False)

    moved = phone.locator("[data-session]", has_text="Pitch")
    expect(moved).to_have_attribute("data-changed", "changed")
    assert len(asked) >= 3


def test_what_was_kept_is_wiped_when_the_person_signs_out_or_another_signs_in(
    desktop: Page, sign_in_page: Any, troubles: Any
) -> None:
    troubles.expect("ERR_INTERNET_DISCONNECTED")
    troubles.expect("ERR_FAILED")
    camp = camp_today()
    sign_in_page(desktop, make.enrolment(camp, person=make.role("participant", camp.scope)).person)
    open_mine(desktop)

    desktop.locator("details.menu > summary").click()
    desktop.get_by_role("button", name="Sign out").click()
    desktop.wait_for_load_state()
    desktop.wait_for_function(f"({KEPT})().then((many) => many === 0)")

    other = make.role("participant", camp.scope)
    sign_in_page(desktop, make.enrolment(camp, person=other).person)
    open_mine(desktop)
    third = make.officer()
    sign_in_page(desktop, third)
    desktop.goto("/en/accounts/email/")
    desktop.goto("/en/")
    desktop.goto("/en/people/")
    desktop.wait_for_function(f"({KEPT})().then((many) => many === 0)")


def test_my_day_reads_the_same_with_scripts_off(opened: Any, sign_in_page: Any) -> None:
    camp = camp_today()
    person = make.enrolment(camp, person=make.role("participant", camp.scope)).person
    repair(camp)
    page = opened(java_script_enabled=False, viewport={"width": 360, "height": 740})
    sign_in_page(page, person)

    page.goto("/en/timetable/mine/")

    expect(page.get_by_text("new time")).to_be_visible()
    expect(page.get_by_text("The latest version changed 1 of your sessions.")).to_be_visible()
    expect(page.get_by_text("Without network")).to_be_hidden()
    expect(page.locator(".what-is-new > span:visible")).to_have_count(1)
