"""Screens of selection."""

from .acts import dissent, lift, send, set_aside, sign
from .answering import offer
from .appeals import appeal, appeals, decide_appeal, offer_on_appeal, own_decision
from .deciding import decision, sureness
from .offers import answer, next_in, offer_record, offers
from .pack import document, pack
from .room import edition, propose, room, run
from .trying import change_set, compare_sets, save_set, try_quotas

__all__ = [
    "answer",
    "appeal",
    "appeals",
    "change_set",
    "compare_sets",
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
    "own_decision",
    "pack",
    "propose",
    "room",
    "run",
    "save_set",
    "send",
    "set_aside",
    "sign",
    "sureness",
    "try_quotas",
]
