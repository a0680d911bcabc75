"""Which mark stands for which state of a call, an application, a nomination or an imported line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Application, Call
from .wording import worded

APPLICATION_MARKS = {
    "draft": "draft",
    "submitted": "done",
    "ineligible": "dropped",
    "withdrawn": "locked",
}
STATE_SENTENCES = {  # for ``worded``
    "draft": "Draft",
    "submitted": "Submitted",
    "ineligible": "Not eligible",
    "withdrawn": "Withdrawn",
}
NOMINATION_MARKS = {"proposed": "waiting", "applied": "done", "withdrawn": "dropped"}
LINE_MARKS = {
    "new": "open",
    "known": "kept",
    "taken": "changed",
    "wrong": "late",
    "unreadable": "unknown",
}
LINE_WORDS = {
    "new": _("to be taken in"),
    "known": _("here already"),
    "taken": _("address here already"),
    "wrong": _("answers to put right"),
    "unreadable": _("does not read"),
}


def call_mark(call: Call, at: datetime) -> tuple[str, Any]:
    """The mark and the word of a call at a moment."""
    if call.state == Call.State.DRAFT:
        return "draft", call.get_state_display()
    if call.state == Call.State.CANCELLED:
        return "dropped", call.get_state_display()
    if at < call.opens_at:
        return "waiting", _("Opens later")
    if at < call.closes_at:
        return "in_progress", _("Open")
    return "done", _("Closed")


def sent_word(application: Application) -> str:
    """The state of an application, as its call calls it."""
    return worded(application.call.activity, STATE_SENTENCES[application.state])


def state_word(row: Any) -> str:
    """The row's own word for its state."""
    return str(row.get_state_display())
