"""Which mark stands for which state of a participant, a roll or a hand-in."""

from __future__ import annotations

from typing import Any

ENROLMENT_MARKS = {"enrolled": "in_progress", "completed": "done", "left": "dropped"}
ATTENDANCE_MARKS = {"present": "done", "late": "late", "excused": "waiting", "absent": "dropped"}
HAND_IN_MARKS = {"handed_in": "waiting", "marked": "done", "returned": "changed"}


def state_word(row: Any) -> str:
    """The row's own word for its state."""
    return str(row.get_state_display())
