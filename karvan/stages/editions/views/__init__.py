"""Read the request, call one service, pick a template."""

from .adopting import adopt, finish, review
from .dates import dates, freeze, plan, record_actual
from .designs import change, departures, parts
from .editions import close, edition, editions, fulfil, languages
from .partners import partners, remove_partner
from .venues import add_room, add_venue, leave_venue, use_venue, venues

__all__ = [
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
    "languages",
    "leave_venue",
    "partners",
    "parts",
    "plan",
    "record_actual",
    "remove_partner",
    "review",
    "use_venue",
    "venues",
]
