"""What the worker does for ventures. Safe to run again."""

from __future__ import annotations

from .services import ask_due_follow_ups


def ask_follow_ups() -> int:
    """Ask the questions that have fallen due; returns how many."""
    return ask_due_follow_ups(by=None)
