"""Read the request, call one service, pick a template."""

from .agreements import agreement, agreements, clause, draft, end, promise_clause, sign, signatory
from .commitments import change_due, commitment, commitments, evidence, state
from .consultations import (
    change_item,
    confirm,
    consultation,
    consultations,
    delegate,
    hold,
    minutes,
    minutes_print,
    prepare,
    promise_item,
    topic,
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
    "minutes_print",
    "prepare",
    "promise_clause",
    "promise_item",
    "sign",
    "signatory",
    "state",
    "topic",
]
