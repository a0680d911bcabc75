"""Which mark stands for which state of a version or of an activity's timetable."""

from __future__ import annotations

from typing import Any

from .models import Timetable

TIMETABLE_MARKS = {"draft": "draft", "published": "done", "superseded": "locked"}


def state_word(row: Any) -> str:
    """The row's own word for its state."""
    return str(row.get_state_display())


def mark_of(versions: list[Timetable]) -> str:
    """How far an activity's timetable has come: open, draft, or done once one is in force."""
    states = {version.state for version in versions}
    if Timetable.State.PUBLISHED in states:
        return "done"
    return "draft" if states else "open"


SEARCH_MARKS = {
    "asked": "open",
    "running": "in_progress",
    "done": "done",
    "none": "late",
    "failed": "dropped",
}
