"""Screens of selection."""

from .acts import send, set_aside, sign
from .answering import offer
from .deciding import decision
from .offers import answer, next_in, offer_record, offers
from .room import document, edition, propose, room, run
from .trying import change_set, compare_sets, save_set, try_quotas

__all__ = [
    "answer",
    "change_set",
    "compare_sets",
    "decision",
    "document",
    "edition",
    "next_in",
    "offer",
    "offer_record",
    "offers",
    "propose",
    "room",
    "run",
    "save_set",
    "send",
    "set_aside",
    "sign",
    "try_quotas",
]
