"""What the worker does for partnerships. Safe to run again."""

from __future__ import annotations

from .services.partnerships import end_by_date
from .services.partnerships_reminders import write_partnership_letters


def move_by_date() -> int:
    """End the partnerships whose time is over; returns how many."""
    return end_by_date(by=None)


def remind() -> int:
    """Write of partnerships that end and of reports due or late; returns how many letters."""
    return write_partnership_letters(by=None)
