"""Which mark stands for which state of an edition."""

from __future__ import annotations

from typing import Any

EDITION_MARKS = {
    "adopting": "draft",
    "adopted": "open",
    "running": "in_progress",
    "closed": "done",
    "cancelled": "dropped",
}


def state_word(row: Any) -> str:
    """The row's own word for its state."""
    return str(row.get_state_display())
