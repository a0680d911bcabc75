"""Read the request, call one service, pick a template."""

from .adopting import adopt, finish, review
from .calendars import (
    add_period,
    calendar,
    locate_venue,
    note_holiday,
    remove_hours,
    remove_period,
    remove_week,
    set_hours,
    set_week,
)
from .dates import dates, freeze, plan, record_actual
from .designs import change, departures, parts
from .editions import close, edition, editions, fulfil, languages
from .partners import partners, remove_partner
from .venues import add_room, add_venue, leave_venue, use_venue, venues

__all__ = [
    "add_period",
    "add_room",
    "add_venue",
    "adopt",
    "calendar",
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
    "locate_venue",
    "note_holiday",
    "partners",
    "parts",
    "plan",
    "record_actual",
    "remove_hours",
    "remove_partner",
    "remove_period",
    "remove_week",
    "review",
    "set_hours",
    "set_week",
    "use_venue",
    "venues",
]
