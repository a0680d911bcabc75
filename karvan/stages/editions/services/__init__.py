"""What people do to editions. One function, one act, one transaction."""

from .adopting import adopt_blueprint, change_languages, finish_adoption
from .dating import freeze_plan, plan_dates, record_actual_dates
from .departing import depart
from .ending import cancel_edition, close_edition
from .partnering import add_partner, fulfil, remove_partner
from .placing import add_room, add_venue, leave_venue, use_venue
from .rewriting import Weighed, depart_by_text, weigh_text

__all__ = [
    "Weighed",
    "add_partner",
    "add_room",
    "add_venue",
    "adopt_blueprint",
    "cancel_edition",
    "change_languages",
    "close_edition",
    "depart",
    "depart_by_text",
    "finish_adoption",
    "freeze_plan",
    "fulfil",
    "leave_venue",
    "plan_dates",
    "record_actual_dates",
    "remove_partner",
    "use_venue",
    "weigh_text",
]
