"""What a person decides about a letter: hold it, send it, send it again, or never."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.messages.errors import NotInThatState
from karvan.foundation.messages.models import Message
from karvan.foundation.records.services import record

_State = Message.State


@transaction.atomic
def hold_message(message: Message, *, by: Any) -> Message:
    """Keep a queued letter back until it is released.

    Raises:
        NotInThatState: it is not queued any more.
    """
    return _moved(message, (_State.QUEUED,), _State.HELD, "held letter", by=by)


@transaction.atomic
def release_held(message: Message, *, by: Any) -> Message:
    """Let a held letter go with the next delivery.

    Raises:
        NotInThatState: it is not held any more.
    """
    return _moved(message, (_State.HELD,), _State.QUEUED, "released letter", by=by)


@transaction.atomic
def cancel_message(message: Message, *, by: Any) -> Message:
    """Never send this letter (again).

    Raises:
        NotInThatState: it was sent, is being sent, or was cancelled already.
    """
    waiting = (_State.HELD, _State.QUEUED, _State.FAILED, _State.UNCERTAIN)
    return _moved(message, waiting, _State.CANCELLED, "cancelled letter", by=by)


@transaction.atomic
def send_again(message: Message, *, by: Any) -> Message:
    """Queue a failed or uncertain letter once more: a person's decision, never the platform's.

    Raises:
        NotInThatState: it neither failed nor is uncertain.
    """
    return _moved(
        message, (_State.FAILED, _State.UNCERTAIN), _State.QUEUED, "sent letter again", by=by
    )


def _moved(
    message: Message, allowed: tuple[str, ...], state: Message.State, act: str, *, by: Any
) -> Message:
    """The letter in its new state, with its attempts counted from the start."""
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if locked.state not in allowed:
        raise NotInThatState(
            _("This letter has gone on: it is now %(state)s.")
            % {"state": locked.get_state_display().lower()}
        )
    before = locked.state
    locked.state, locked.send_after, locked.leased_until = state, None, None
    locked.attempts, locked.problem = 0, ""
    locked.save(update_fields=["state", "send_after", "leased_until", "attempts", "problem"])
    record(act, locked, by=by, before={"state": before}, after={"state": str(state)})
    return locked
