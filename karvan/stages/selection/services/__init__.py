"""What is done to runs and offers. One function, one act, one transaction."""

from .answering import (
    accept_offer,
    decline_offer,
    expire_offers,
    give_back_place,
    withdraw_offer,
)
from .explaining import explain_decision
from .offering import send_offers
from .proposing import default_quotas, propose_selection
from .quota_sets import delete_quota_set, rename_quota_set, save_quota_set
from .ready import Ready, ready_pool
from .replacing import Replaced, offer_next
from .replaying import price_quotas, replay_document, replay_run
from .signing import set_aside, sign_off
from .trying import (
    Setting,
    Starting,
    Trial,
    cost_ways_out,
    setting_of,
    starting_point,
    try_quotas,
    try_sets,
)

__all__ = [
    "Ready",
    "Replaced",
    "Setting",
    "Starting",
    "Trial",
    "accept_offer",
    "cost_ways_out",
    "decline_offer",
    "default_quotas",
    "delete_quota_set",
    "expire_offers",
    "explain_decision",
    "give_back_place",
    "offer_next",
    "price_quotas",
    "propose_selection",
    "ready_pool",
    "rename_quota_set",
    "replay_document",
    "replay_run",
    "save_quota_set",
    "send_offers",
    "set_aside",
    "setting_of",
    "sign_off",
    "starting_point",
    "try_quotas",
    "try_sets",
    "withdraw_offer",
]
