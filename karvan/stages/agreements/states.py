"""Which mark stands for which state of a meeting or an agreement."""

from __future__ import annotations

from typing import Any

CONSULTATION_MARKS = {"prepared": "open", "held": "in_progress", "agreed": "done"}
AGREEMENT_MARKS = {
    "draft": "draft",
    "cleared": "waiting",
    "signed": "in_progress",
    "in_force": "done",
    "expired": "locked",
    "terminated": "dropped",
}


def state_word(row: Any) -> str:
    """The row's own word for its state."""
    return str(row.get_state_display())
