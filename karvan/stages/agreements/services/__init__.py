"""What people do to meetings, agreements and commitments. One function, one act, one transaction."""

from .agreements import (
    add_obligation,
    add_signatory,
    draft_agreement,
    end_agreement,
    expire_agreements,
    sign_agreement,
)
from .commitments import (
    add_evidence,
    change_due_date,
    promise_from_item,
    promise_from_obligation,
    say_state,
    write_reminders,
)
from .consultations import (
    add_delegate,
    add_minutes_item,
    add_topic,
    change_minutes_item,
    confirm_minutes,
    hold_consultation,
    prepare_consultation,
)

__all__ = [
    "add_delegate",
    "add_evidence",
    "add_minutes_item",
    "add_obligation",
    "add_signatory",
    "add_topic",
    "change_due_date",
    "change_minutes_item",
    "confirm_minutes",
    "draft_agreement",
    "end_agreement",
    "expire_agreements",
    "hold_consultation",
    "prepare_consultation",
    "promise_from_item",
    "promise_from_obligation",
    "say_state",
    "sign_agreement",
    "write_reminders",
]
