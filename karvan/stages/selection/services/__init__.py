"""What is done to runs and offers. One function, one act, one transaction."""

from .answering import (
    accept_offer,
    decline_offer,
    expire_offers,
    give_back_place,
    withdraw_offer,
)
from .offering import send_offers
from .proposing import default_quotas, propose_selection
from .replacing import Replaced, offer_next
from .replaying import price_quotas, replay_document, replay_run
from .signing import set_aside, sign_off

__all__ = [
    "Replaced",
    "accept_offer",
    "decline_offer",
    "default_quotas",
    "expire_offers",
    "give_back_place",
    "offer_next",
    "price_quotas",
    "propose_selection",
    "replay_document",
    "replay_run",
    "send_offers",
    "set_aside",
    "sign_off",
    "withdraw_offer",
]
