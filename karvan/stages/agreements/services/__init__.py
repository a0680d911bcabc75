"""What people do to meetings, agreements and commitments. One function, one act, one transaction."""

from .agreements import (
    add_obligation,
    add_signatory,
    draft_agreement,
    end_agreement,
    set_term,
)
from .commitments import (
    add_evidence,
    change_due_date,
    promise_elsewhere,
    promise_from_item,
    promise_from_obligation,
    say_state,
    write_reminders,
)
from .consultations import (
    add_delegate,
    add_topic,
    confirm_minutes,
    hold_consultation,
    prepare_consultation,
)
from .minutes import (
    add_minutes_item,
    change_minutes_item,
    move_minutes_item,
    remove_minutes_item,
)
from .renewing import (
    expire_agreements,
    object_to_renewal,
    renew_agreement,
    write_expiry_reminders,
)
from .signing import (
    add_annex,
    clear_agreement,
    keep_document,
    remove_annex,
    reopen_agreement,
    sign_agreement,
    sign_for,
)

__all__ = [
    "add_annex",
    "add_delegate",
    "add_evidence",
    "add_minutes_item",
    "add_obligation",
    "add_signatory",
    "add_topic",
    "change_due_date",
    "change_minutes_item",
    "clear_agreement",
    "confirm_minutes",
    "draft_agreement",
    "end_agreement",
    "expire_agreements",
    "hold_consultation",
    "keep_document",
    "move_minutes_item",
    "object_to_renewal",
    "prepare_consultation",
    "promise_elsewhere",
    "promise_from_item",
    "promise_from_obligation",
    "remove_annex",
    "remove_minutes_item",
    "renew_agreement",
    "reopen_agreement",
    "say_state",
    "set_term",
    "sign_agreement",
    "sign_for",
    "write_expiry_reminders",
    "write_reminders",
]
