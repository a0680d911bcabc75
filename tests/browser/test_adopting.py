"""The coordinator of Kazakhstan adopts the programme with the keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from karvan.foundation.messages.models import Message
from karvan.stages.editions.models import Edition
from tests.browser.adoption import SCREENS, adopt, world
from tests.browser.keyboard import Keyboard, NotOffered
from tests.browser.looking import look


def test_kazakhstan_adopts_by_keyboard_with_nothing_that_was_not_offered(
    desktop: Page, sign_in_page: Any
) -> None:
    hand = Keyboard(desktop)
    sign_in_page(desktop, world())

    adopt(hand, lambda name: look(desktop, f"adopt-{name}", dark=True))

    edition = Edition.objects.get()
    assert edition.state == "adopted"
    assert edition.languages == ["kk", "en"]
    assert {one.party.code for one in edition.partners.all()} == {"youth-kz", "school-kz"}
    assert all(one.planned_starts_on for one in edition.activities.all())
    rooms = [room for venue in edition.venues.all() for room in venue.rooms.all()]
    assert len(rooms) >= 12
    assert edition.activities.get(code="BC3").places == 60
    assert edition.translations.get(path="summary").language == "kk"
    assert edition.budget_lines.filter(entries__kind="planned").count() == 1
    assert Message.objects.get(kind="editions/invitation").to_address == "aigul@example.org"
    assert [name for name in SCREENS if not any(f"/{name}/" in url for url in hand.visited)] == [
        "invitations"  # its address is /people/
    ]
    assert any("/people/" in url for url in hand.visited)


def test_hand_refuses_what_a_screen_does_not_offer(desktop: Page, sign_in_page: Any) -> None:
    hand = Keyboard(desktop)
    sign_in_page(desktop, world())
    hand.open("/en/editions/adopt/")
    hand.follow("KZ-2027")

    with pytest.raises(NotOffered, match="does not offer"):
        hand.choose("Host", "A ministry nobody has heard of")
    with pytest.raises(NotOffered, match="Tab never reaches"):
        hand.to("A field that is not there", tags=("input",))


def test_texts_are_kept_as_they_are_typed(desktop: Page, sign_in_page: Any) -> None:
    hand = Keyboard(desktop)
    sign_in_page(desktop, world())
    hand.open("/en/editions/adopt/")
    hand.follow("KZ-2027")
    hand.choose("Host", "Ministry of Youth")
    hand.act("Begin the edition")
    hand.open("/en/editions/tvp-kz-2027/translation/")

    hand.write("Title", "Технологиялық кәсіп")
    desktop.locator("[data-autosave-state=saved]").wait_for()

    assert Edition.objects.get().translations.get(path="title").text == "Технологиялық кәсіп"
