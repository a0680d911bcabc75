"""Meetings, agreements, and the commitments that come of them."""

from __future__ import annotations

from .agreements import Agreement, Annex, Obligation, Signatory
from .commitments import Commitment, Evidence
from .consultations import Consultation, ConsultationParty, Delegate, MinutesItem, Topic

__all__ = [
    "Agreement",
    "Annex",
    "Commitment",
    "Consultation",
    "ConsultationParty",
    "Delegate",
    "Evidence",
    "MinutesItem",
    "Obligation",
    "Signatory",
    "Topic",
]
