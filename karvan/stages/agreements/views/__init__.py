"""Read the request, call one service, pick a template."""

from .agreements import agreement, agreements, clause, draft, end, promise_clause, signatory
from .commitments import change_due, commitment, commitments, evidence, state
from .consultations import (
    confirm,
    consultation,
    consultations,
    delegate,
    hold,
    prepare,
    promise_item,
    topic,
)
from .minutes import (
    change_item,
    minutes,
    minutes_items,
    minutes_print,
    move_item,
    remove_item,
)

__all__ = [
    "agreement",
    "agreements",
    "change_due",
    "change_item",
    "clause",
    "commitment",
    "commitments",
    "confirm",
    "consultation",
    "consultations",
    "delegate",
    "draft",
    "end",
    "evidence",
    "hold",
    "minutes",
    "minutes_items",
    "minutes_print",
    "move_item",
    "prepare",
    "promise_clause",
    "promise_item",
    "remove_item",
    "signatory",
    "state",
    "topic",
]
