"""What people do to editions. One function, one act, one transaction."""

from .adopting import adopt_blueprint, change_languages, finish_adoption
from .budgeting import add_line, lay_out_budget, say_share, withdraw_share
from .carrying import Carried, Fate, GivenUp, Held, NewPart
from .dating import freeze_plan, plan_all_dates, plan_dates, record_actual_dates
from .departing import depart
from .ending import cancel_edition, close_edition
from .inviting import prepare_invitation, send_invitations, withdraw_invitation
from .numbering import set_numbers
from .offering import decline_version, offer_version, preview_version, take_version
from .parties import NewParty, add_party
from .partnering import add_partner, fulfil, remove_partner
from .placing import add_needed_rooms, add_room, add_venue, leave_venue, locate_venue, use_venue
from .planning import freeze_edition_plan
from .rewriting import Weighed, depart_by_text, weigh_text
from .sessions import add_session, take_session
from .spending import correct_amount, enter_amount
from .translating import import_translations, translate_texts

__all__ = [
    "Carried",
    "Fate",
    "GivenUp",
    "Held",
    "NewPart",
    "NewParty",
    "Weighed",
    "add_line",
    "add_needed_rooms",
    "add_partner",
    "add_party",
    "add_room",
    "add_session",
    "add_venue",
    "adopt_blueprint",
    "cancel_edition",
    "change_languages",
    "close_edition",
    "correct_amount",
    "decline_version",
    "depart",
    "depart_by_text",
    "enter_amount",
    "finish_adoption",
    "freeze_edition_plan",
    "freeze_plan",
    "fulfil",
    "import_translations",
    "lay_out_budget",
    "leave_venue",
    "locate_venue",
    "offer_version",
    "plan_all_dates",
    "plan_dates",
    "prepare_invitation",
    "preview_version",
    "record_actual_dates",
    "remove_partner",
    "say_share",
    "send_invitations",
    "set_numbers",
    "take_session",
    "take_version",
    "translate_texts",
    "use_venue",
    "weigh_text",
    "withdraw_invitation",
    "withdraw_share",
]
