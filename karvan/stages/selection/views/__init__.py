"""Screens of selection."""

from .acts import dissent, lift, send, set_aside, sign
from .answering import offer
from .appeals import appeal, appeals, decide_appeal, decision, offer_on_appeal
from .offers import answer, next_in, offer_record, offers
from .pack import document, pack
from .room import edition, propose, room, run

__all__ = [
    "answer",
    "appeal",
    "appeals",
    "decide_appeal",
    "decision",
    "dissent",
    "document",
    "edition",
    "lift",
    "next_in",
    "offer",
    "offer_on_appeal",
    "offer_record",
    "offers",
    "pack",
    "propose",
    "room",
    "run",
    "send",
    "set_aside",
    "sign",
]
