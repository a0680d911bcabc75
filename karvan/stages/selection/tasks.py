"""What the worker does by the clock."""

from __future__ import annotations

from .services import expire_offers as expire


def expire_offers() -> int:
    """Let run out the offers nobody answered in time; returns how many."""
    return expire(by=None)
