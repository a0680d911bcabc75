"""What people do to editions. One function, one act, one transaction."""

from .adopting import adopt_blueprint, change_languages, finish_adoption
from .carrying import Carried, Fate, GivenUp, Held, NewPart
from .dating import freeze_plan, plan_dates, record_actual_dates
from .departing import depart
from .ending import cancel_edition, close_edition
from .offering import decline_version, offer_version, preview_version, take_version
from .partnering import add_partner, fulfil, remove_partner
from .placing import add_room, add_venue, leave_venue, locate_venue, use_venue

__all__ = [
    "Carried",
    "Fate",
    "GivenUp",
    "Held",
    "NewPart",
    "decline_version",
    "offer_version",
    "preview_version",
    "take_version",
    "add_partner",
    "add_room",
    "add_venue",
    "adopt_blueprint",
    "cancel_edition",
    "change_languages",
    "close_edition",
    "depart",
    "finish_adoption",
    "freeze_plan",
    "fulfil",
    "leave_venue",
    "locate_venue",
    "plan_dates",
    "record_actual_dates",
    "remove_partner",
    "use_venue",
]
