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
from .dates import dates, freeze, plan, record_actual
from .designs import change, departures, parts
from .editions import close, edition, editions, fulfil, languages
from .partners import partners, remove_partner
from .plans import planned_and_actual, programme_budget, programme_plan
from .venues import add_room, add_venue, leave_venue, use_venue, venues

__all__ = [
    "add_budget_line",
    "add_room",
    "add_venue",
    "adopt",
    "budget",
    "budget_line",
    "change",
    "close",
    "correct_amount",
    "dates",
    "departures",
    "edition",
    "editions",
    "finish",
    "freeze",
    "fulfil",
    "languages",
    "lay_out_budget",
    "leave_venue",
    "partners",
    "parts",
    "plan",
    "planned_and_actual",
    "programme_budget",
    "programme_plan",
    "record_actual",
    "remove_partner",
    "review",
    "say_share",
    "use_venue",
    "venues",
    "withdraw_share",
]
