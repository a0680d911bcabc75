"""Screens of selection."""

from .acts import send, set_aside, sign
from .answering import offer
from .offers import answer, next_in, offer_record, offers
from .room import document, edition, propose, room, run

__all__ = [
    "answer",
    "document",
    "edition",
    "next_in",
    "offer",
    "offer_record",
    "offers",
    "propose",
    "room",
    "run",
    "send",
    "set_aside",
    "sign",
]
