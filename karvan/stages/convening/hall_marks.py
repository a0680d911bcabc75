"""Which mark stands for which state of a sitting, a motion or a vote, and its word."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext

from .models import Sitting

MOTIONS = {
    "submitted": "open",
    "introduced": "in_progress",
    "adopted": "done",
    "rejected": "dropped",
    "withdrawn": "locked",
    "deferred": "waiting",
}
VOTES = {"open": "in_progress", "adopted": "done", "rejected": "dropped", "void": "locked"}


def state_of_sitting(sitting: Sitting) -> str:
    """open until it is opened, in progress while it sits, then done."""
    if sitting.closed_at:
        return "done"
    return "in_progress" if sitting.opened_at else "open"


def word_of_sitting(sitting: Sitting) -> str:
    """The state in the hall's own word."""
    return {
        "open": pgettext("sitting", "planned"),
        "in_progress": pgettext("sitting", "sits"),
        "done": pgettext("sitting", "closed"),
    }[state_of_sitting(sitting)]


def mark_of_motion(motion: Any) -> str:
    return MOTIONS[motion.state]


def mark_of_vote(event: Any) -> str:
    return VOTES[event.result]


def word_of_motion(motion: Any) -> str:
    return str(motion.get_state_display())


def word_of_vote(event: Any) -> str:
    return str(event.get_result_display())
