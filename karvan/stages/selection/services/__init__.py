"""What is done to runs and offers. One function, one act, one transaction."""

from .answering import (
    accept_offer,
    decline_offer,
    expire_offers,
    give_back_place,
    withdraw_offer,
)
from .appealing import (
    decide_appeal,
    file_appeal,
    offer_on_appeal,
    why_no_appeal,
    withdraw_appeal,
)
from .dissenting import dissent
from .lifting import lift_blind
from .offering import send_offers
from .packing import facts_of_run, facts_or_none
from .proposing import default_quotas, propose_selection
from .replacing import Replaced, offer_next
from .replaying import price_quotas, replay_document, replay_run
from .signing import set_aside, sign_off

__all__ = [
    "Replaced",
    "accept_offer",
    "decide_appeal",
    "decline_offer",
    "default_quotas",
    "dissent",
    "expire_offers",
    "facts_of_run",
    "facts_or_none",
    "file_appeal",
    "give_back_place",
    "lift_blind",
    "offer_next",
    "offer_on_appeal",
    "price_quotas",
    "propose_selection",
    "replay_document",
    "replay_run",
    "send_offers",
    "set_aside",
    "sign_off",
    "why_no_appeal",
    "withdraw_appeal",
    "withdraw_offer",
]
