"""What people do to editions. One function, one act, one transaction."""

from .adopting import adopt_blueprint, change_languages, finish_adoption
from .budgeting import add_line, lay_out_budget, say_share, withdraw_share
from .dating import freeze_plan, plan_dates, record_actual_dates
from .departing import depart
from .ending import cancel_edition, close_edition
from .partnering import add_partner, fulfil, remove_partner
from .placing import add_room, add_venue, leave_venue, use_venue
from .planning import freeze_edition_plan
from .spending import correct_amount, enter_amount

__all__ = [
    "add_line",
    "add_partner",
    "add_room",
    "add_venue",
    "adopt_blueprint",
    "cancel_edition",
    "change_languages",
    "close_edition",
    "correct_amount",
    "depart",
    "enter_amount",
    "finish_adoption",
    "freeze_edition_plan",
    "freeze_plan",
    "fulfil",
    "lay_out_budget",
    "leave_venue",
    "plan_dates",
    "record_actual_dates",
    "remove_partner",
    "say_share",
    "use_venue",
    "withdraw_share",
]
