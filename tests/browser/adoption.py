"""The journey of a coordinator who adopts the programme in Kazakhstan, from the letter to the edition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from karvan.foundation.people.models import Person
from tests import make
from tests.browser import told
from tests.browser.keyboard import Keyboard

Stop = Callable[[str], None]
CODE = "KZ-2027"
SCREENS = (
    "partners", "dates", "venues", "places", "translation", "budget", "invitations", "review",
)  # fmt: skip


def world(code: str = CODE) -> Person:
    """A published programme, a country with its week, three parties; returns the coordinator."""
    told.blueprint()
    told.country("KZ")
    make.party("youth-kz", names=told.MINISTRY)
    make.party("school-kz", kind="university", names=told.SCHOOL)
    return make.role("coordinator", f"TVP/{code}")


def adopt(hand: Keyboard, look: Stop, code: str = CODE) -> None:
    """All nine steps, by keyboard. ``look`` is called with the name of each screen that stands."""
    hand.open("/en/editions/adopt/")
    look("waiting")
    hand.follow(code)
    hand.tick("English", group="Languages")
    hand.choose("Host", told.MINISTRY["en"])
    look("begin")
    hand.act("Begin the edition")
    _partners(hand, look)
    look("dates")
    hand.act("Plan all proposed dates")
    hand.follow("Next: Venues and rooms")
    _venues(hand, look)
    _places(hand, look)
    look("translation")
    hand.write("Summary", "Жастар үш күнде шағын кәсіп құруды үйренеді.")
    hand.act("Save the texts")
    hand.follow("Next: Budget and shares")
    _budget(hand, look)
    _people(hand, look)
    look("review")
    hand.act("Finish the adoption")
    look("edition")


def _partners(hand: Keyboard, look: Stop) -> None:
    look("partners")
    hand.unfold("Add a partner")
    hand.choose("Party", told.SCHOOL["en"])
    hand.choose("Part", "Venue")
    hand.act("Add the partner")
    hand.follow("Next: Dates")


def _venues(hand: Keyboard, look: Stop) -> None:
    hand.unfold("Add a venue")
    hand.write("English", "House of Youth")
    hand.write("City", "Almaty")
    hand.act("Add and use the venue")
    hand.act("Add the rooms the design asks for")
    look("venues")
    hand.follow("Next: Places and quotas")


def _places(hand: Keyboard, look: Stop) -> None:
    look("places")
    hand.write("Most participants", "60")
    hand.write("Reason", "The hall has sixty seats.")
    hand.act("Save the numbers")
    hand.follow("Next: Translation of the form")


def _budget(hand: Keyboard, look: Stop) -> None:
    look("budget")
    hand.unfold("Enter an amount")
    hand.choose("Budget line", "Rooms and connection")
    hand.write("Amount", "900000")
    hand.act("Enter the amount")
    hand.follow("Next: People to invite")


def _people(hand: Keyboard, look: Stop) -> None:
    look("invitations")
    hand.write("Full name", "Aigul Sarsenova")
    hand.write("E-mail", "aigul@example.org")
    hand.choose("Role", "Trainer")
    hand.act("Write the person down")
    hand.follow("Next: Review and finish")


def told_of(hand: Keyboard) -> dict[str, Any]:
    """What one journey cost: keys, decisions, screens, and how long the screens took."""
    return {
        "keys": hand.keys,
        "decisions": hand.decisions,
        "screens": hand.screens,
        "answer_seconds": hand.answer_seconds,
    }
