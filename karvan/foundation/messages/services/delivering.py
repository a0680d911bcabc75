"""Send what is due, each letter at most once.

A letter is *being sent* on the disk before the first byte goes to the mail server. If
the sender dies then, nobody can know whether it arrived: when its lease runs out it is
*uncertain* and waits for a person. Only a plain refusal by the server is tried again.
"""

from __future__ import annotations

import hashlib
import smtplib
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone

from karvan.foundation.messages import queries
from karvan.foundation.messages.models import Message

LEASE = timedelta(minutes=5)  # many times EMAIL_TIMEOUT
MOST_ATTEMPTS = 5
WAITS = (1, 5, 30, 120)  # minutes after the first, second … refusal

_State = Message.State
_REFUSED = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round did. ``postponed`` were refused and will be tried again."""

    sent: int = 0
    failed: int = 0
    uncertain: int = 0
    postponed: int = 0


class _NotSent(Exception):
    """The mail server plainly did not take it, so trying again cannot send it twice."""


def deliver_due(limit: int = 50) -> Delivered:
    """Send at most ``limit`` due letters and say how it went. Safe to run in several processes.

    Cost: two short transactions a letter beside the mail server's own time.
    """
    counts = {_State.SENT: 0, _State.FAILED: 0, _State.QUEUED: 0, _State.UNCERTAIN: _give_up()}
    post = get_connection()
    try:
        for _number in range(limit):
            message = _claim_next()
            if message is None:
                break
            counts[_send(message, post)] += 1
    finally:
        _close(post)
    return Delivered(
        sent=counts[_State.SENT],
        failed=counts[_State.FAILED],
        uncertain=counts[_State.UNCERTAIN],
        postponed=counts[_State.QUEUED],
    )


def message_id(key: str) -> str:
    """The same Message-ID for every attempt at one letter, so that readers' programs show it once."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    host = address.rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"


def _give_up() -> int:
    """Letters whose lease ran out become uncertain; returns how many."""
    return queries.broken_off(timezone.now()).update(
        state=_State.UNCERTAIN,
        leased_until=None,
        problem="The sender stopped at the last step; the letter may have arrived.",
    )


@transaction.atomic(durable=True)
def _claim_next() -> Message | None:
    """Take one due letter: it is *being sent* on the disk when this returns."""
    skips = connection.features.has_select_for_update_skip_locked
    now = timezone.now()
    message = queries.due(now).select_for_update(skip_locked=skips).first()
    if message is None:
        return None
    message.state = _State.SENDING
    message.attempts += 1
    message.leased_until = now + LEASE
    message.save(update_fields=["state", "attempts", "leased_until"])
    return message


def _send(message: Message, post: BaseEmailBackend) -> Message.State:
    """Hand one claimed letter over and write down how it went; returns its new state."""
    try:
        _hand_over(message, post)
    except _NotSent as refused:
        return _refused(message, str(refused))
    except Exception as unclear:  # noqa: BLE001 -- whatever broke, it broke at the last step
        _settle(message, _State.UNCERTAIN, problem=f"{type(unclear).__name__}: {unclear}")
        _close(post)
        return _State.UNCERTAIN
    _settle(message, _State.SENT)
    return _State.SENT


def _hand_over(message: Message, post: BaseEmailBackend) -> None:
    try:
        _open(post)
    except (OSError, smtplib.SMTPException) as broken:
        _close(post)
        raise _NotSent(f"{type(broken).__name__}: {broken}") from broken
    letter = EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.to_address],
        headers={
            "Message-ID": message_id(message.key),
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
        connection=post,
    )
    try:
        taken = post.send_messages([letter])
    except _REFUSED as refusal:
        raise _NotSent(f"{type(refusal).__name__}: {refusal}") from refusal
    if not taken:
        raise _NotSent("the mail backend took nothing")


def _open(post: BaseEmailBackend) -> None:
    """A live connection: one that the server closed meanwhile is opened anew."""
    session = getattr(post, "connection", None)
    if isinstance(session, smtplib.SMTP):
        try:
            if session.noop()[0] == 250:
                return
        except (OSError, smtplib.SMTPException):
            pass
        _close(post)
    post.open()


def _close(post: BaseEmailBackend) -> None:
    """Close without complaint: a line that is broken is as good as closed."""
    try:
        post.close()
    except (OSError, smtplib.SMTPException):
        post.connection = None  # type: ignore[attr-defined]


def _refused(message: Message, why: str) -> Message.State:
    if message.attempts >= MOST_ATTEMPTS:
        _settle(message, _State.FAILED, problem=why)
        return _State.FAILED
    wait = timedelta(minutes=WAITS[min(message.attempts, len(WAITS)) - 1])
    _settle(message, _State.QUEUED, problem=why, wait=wait)
    return _State.QUEUED


def _settle(
    message: Message, state: Message.State, *, problem: str = "", wait: timedelta | None = None
) -> None:
    """Write down the end of this attempt, unless a person or a later attempt took it over."""
    now = timezone.now()
    ours = Message.objects.filter(
        pk=message.pk, attempts=message.attempts, state__in=[_State.SENDING, _State.UNCERTAIN]
    )
    ours.update(
        state=state,
        problem=problem[:2000],
        leased_until=None,
        send_after=now + wait if wait else message.send_after,
        sent_at=now if state == _State.SENT else None,
    )
