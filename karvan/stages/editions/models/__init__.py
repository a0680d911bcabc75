"""A programme in one country: base version, partners, places, activities, departures, money."""

from .budgets import BudgetEntry, BudgetLine, BudgetShare
from .departures import Departure, Translation, VersionOffer
from .editions import Activity, Edition, EditionPartner, Fulfilment
from .invitations import Invitation
from .places import Room, Venue
from .plans import PlanLine

__all__ = [
    "Activity",
    "BudgetEntry",
    "BudgetLine",
    "BudgetShare",
    "Departure",
    "Edition",
    "EditionPartner",
    "Fulfilment",
    "Invitation",
    "PlanLine",
    "Room",
    "Translation",
    "Venue",
    "VersionOffer",
]
