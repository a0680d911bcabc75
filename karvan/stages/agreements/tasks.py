"""What the worker does for agreements and commitments. Safe to run again."""

from __future__ import annotations

from .services import expire_agreements, write_expiry_reminders, write_reminders


def move_by_date() -> int:
    """Move agreements whose dates have come; returns how many."""
    return expire_agreements(by=None)


def remind() -> int:
    """Write to whoever answers for a promise that is due soon or late, and to the officers
    before an agreement ends; returns how many letters."""
    return write_reminders(by=None) + write_expiry_reminders(by=None)
