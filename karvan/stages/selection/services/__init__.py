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
from .drawing import propose_by_lottery, require_lottery
from .explaining import explain_decision
from .lifting import lift_blind
from .offering import send_offers
from .packing import facts_of_run, facts_or_none
from .proposing import default_quotas, propose_selection
from .quota_sets import delete_quota_set, rename_quota_set, save_quota_set
from .ready import Ready, ready_pool
from .replacing import Replaced, offer_next
from .replaying import price_quotas, replay_document, replay_run
from .robustness import ask_sureness, work_out_sureness
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
    "ask_sureness",
    "cost_ways_out",
    "decide_appeal",
    "decline_offer",
    "default_quotas",
    "delete_quota_set",
    "dissent",
    "expire_offers",
    "explain_decision",
    "facts_of_run",
    "facts_or_none",
    "file_appeal",
    "give_back_place",
    "lift_blind",
    "offer_next",
    "offer_on_appeal",
    "price_quotas",
    "propose_by_lottery",
    "propose_selection",
    "ready_pool",
    "rename_quota_set",
    "replay_document",
    "replay_run",
    "require_lottery",
    "save_quota_set",
    "send_offers",
    "set_aside",
    "setting_of",
    "sign_off",
    "starting_point",
    "try_quotas",
    "try_sets",
    "why_no_appeal",
    "withdraw_appeal",
    "withdraw_offer",
    "work_out_sureness",
]
