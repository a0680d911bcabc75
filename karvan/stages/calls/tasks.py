"""Work that the clock asks for. Thin: fetch rows, call a service."""

from __future__ import annotations

from datetime import timedelta

from karvan.foundation import clock

from .queries import unfinished_drafts
from .services import remind_draft

AHEAD = timedelta(days=3)


def remind_drafts() -> int:
    """Remind the owners of unfinished drafts from 3 days before the deadline on, each once.

    Returns how many have a letter. Safe to run at any time and again: a letter is known
    by its call and address.
    """
    drafts = unfinished_drafts(clock.now(), ahead=AHEAD).order_by("pk").iterator(chunk_size=200)
    return sum(remind_draft(draft, by=None) for draft in drafts)
