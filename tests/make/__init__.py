"""Builders: plain functions that make the least valid row. Pass what matters, the rest is filled in."""

from datetime import date

from .agreements import agreement, commitment, consultation, minutes_item
from .budgets import budget_entry, budget_line, budget_share, edition_partner
from .designs import blueprint, document, programme, small_document, small_form
from .editions import activity, edition, room, venue
from .intake import (
    application,
    assignment,
    call,
    decision,
    offer,
    quota_set,
    review,
    review_round,
    reviewer,
    seal,
    selection_run,
)
from .people import PASSWORD, country, moment, officer, one, party, person, role, texts
from .teaching import enrolment, group, session, team, timetable, trainer, venture

__all__ = [
    "PASSWORD",
    "activity",
    "agreement",
    "application",
    "assignment",
    "blueprint",
    "budget_entry",
    "budget_line",
    "budget_share",
    "call",
    "commitment",
    "consultation",
    "country",
    "date",
    "decision",
    "document",
    "edition",
    "edition_partner",
    "enrolment",
    "group",
    "minutes_item",
    "moment",
    "offer",
    "officer",
    "one",
    "party",
    "person",
    "programme",
    "quota_set",
    "review",
    "review_round",
    "reviewer",
    "role",
    "room",
    "seal",
    "selection_run",
    "session",
    "small_document",
    "small_form",
    "team",
    "texts",
    "timetable",
    "trainer",
    "venture",
    "venue",
]
