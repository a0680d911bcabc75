"""Read the request, call one service, pick a template."""

from .adopting import adopt, finish, review
from .dates import dates, freeze, plan, plan_all, record_actual
from .designs import change, departures, parts
from .editions import close, edition, editions, fulfil, languages
from .invitations import invitations, send_invitations, withdraw_invitation
from .partners import add_party, partners, remove_partner
from .places import places
from .translation import import_translation, save_translation, translation
from .venues import add_needed_rooms, add_room, add_venue, leave_venue, use_venue, venues

__all__ = [
    "add_needed_rooms",
    "add_party",
    "add_room",
    "add_venue",
    "adopt",
    "change",
    "close",
    "dates",
    "departures",
    "edition",
    "editions",
    "finish",
    "freeze",
    "fulfil",
    "import_translation",
    "invitations",
    "languages",
    "leave_venue",
    "partners",
    "parts",
    "places",
    "plan",
    "plan_all",
    "record_actual",
    "remove_partner",
    "review",
    "save_translation",
    "send_invitations",
    "translation",
    "use_venue",
    "venues",
    "withdraw_invitation",
]
