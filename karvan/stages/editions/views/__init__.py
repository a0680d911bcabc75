"""Read the request, call one service, pick a template."""

from .adopting import adopt, finish, review
from .budgets import (
    add_budget_line,
    budget,
    budget_line,
    correct_amount,
    lay_out_budget,
    say_share,
    withdraw_share,
)
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
from .dates import dates, freeze, keep_clear, plan, plan_all, record_actual
from .designs import change, departures, parts
from .editions import close, edition, editions, fulfil, languages
from .invitations import invitations, send_invitations, withdraw_invitation
from .partners import add_party, partners, remove_partner
from .places import places
from .plans import planned_and_actual, programme_budget, programme_plan
from .rewriting import design
from .sessions import new_session, session, session_library, sessions, take_session
from .translation import import_translation, save_translation, translation
from .venues import add_needed_rooms, add_room, add_venue, leave_venue, use_venue, venues

__all__ = [
    "add_budget_line",
    "add_needed_rooms",
    "add_party",
    "add_period",
    "add_room",
    "add_venue",
    "adopt",
    "budget",
    "budget_line",
    "calendar",
    "change",
    "close",
    "correct_amount",
    "dates",
    "departures",
    "design",
    "new_session",
    "session",
    "session_library",
    "sessions",
    "take_session",
    "edition",
    "editions",
    "finish",
    "freeze",
    "fulfil",
    "import_translation",
    "invitations",
    "keep_clear",
    "languages",
    "lay_out_budget",
    "leave_venue",
    "locate_venue",
    "note_holiday",
    "partners",
    "parts",
    "places",
    "plan",
    "plan_all",
    "planned_and_actual",
    "programme_budget",
    "programme_plan",
    "record_actual",
    "remove_hours",
    "remove_partner",
    "remove_period",
    "remove_week",
    "review",
    "save_translation",
    "say_share",
    "send_invitations",
    "set_hours",
    "set_week",
    "translation",
    "use_venue",
    "venues",
    "withdraw_invitation",
    "withdraw_share",
]
