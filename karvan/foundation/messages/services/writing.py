"""Write a letter in its reader's language and put it into the outbox, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.messages.errors import NoAddress
from karvan.foundation.messages.models import Message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it would be written, and the language it came out in."""

    subject: str
    body: str
    language: str


@transaction.atomic
def write_message(
    kind: str,
    *,
    to: Person | str,
    key: str,
    context: Mapping[str, Any],
    language: str | None = None,
    scope: str = "",
    hold: bool = False,
    send_after: datetime | None = None,
    by: Any,
) -> Message:
    """Put one letter into the outbox and return it; ``deliver_due`` sends it.

    ``kind`` "calls/receipt" is the template ``calls/mail/receipt.txt``, whose first
    line is the subject. ``to`` is a Person or an address; ``language`` is the person's
    own unless given. ``key`` names the occasion ("calls/receipt:KV-7Q2M-19"): a second
    call with the same key returns the first letter and writes nothing. ``hold`` keeps it
    until a person releases it. Runs in the caller's transaction: no act, no letter.

    Raises:
        NoAddress: the person has no e-mail address.
        TemplateDoesNotExist: there is no such kind.

    Cost: three writes, about 2 ms.
    """
    earlier = Message.objects.filter(key=key).first()
    if earlier:
        return earlier
    address = (to.email or "") if isinstance(to, Person) else to
    if not address:
        raise NoAddress(_("%(person)s has no e-mail address.") % {"person": to})

    shown = preview_message(kind, context=context, language=language or _language_of(to))
    message, is_new = Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "to_address": address,
            "to_person": to if isinstance(to, Person) else None,
            "language": shown.language,
            "subject": shown.subject,
            "body": shown.body,
            "scope": scope,
            "state": Message.State.HELD if hold else Message.State.QUEUED,
            "created_at": clock.now(),
            "send_after": send_after,
        },
    )
    if is_new:
        record("wrote letter", message, by=by, after={"state": message.state})
    return message


def preview_message(kind: str, *, context: Mapping[str, Any], language: str) -> Preview:
    """The letter as it would read in ``language``; writes nothing.

    Raises:
        TemplateDoesNotExist: there is no such kind.
    """
    app, _slash, name = kind.partition("/")
    template: Any = get_template(f"{app}/mail/{name}.txt")
    values = {"site_address": settings.SITE_ADDRESS, "language": language, **context}
    with translation.override(language):
        text = template.template.render(Context(values, autoescape=False)).strip()
    subject, _newline, body = text.partition("\n")
    return Preview(" ".join(subject.split())[:200], f"{body.strip()}\n", language)


def _language_of(to: Person | str) -> str:
    return to.language if isinstance(to, Person) else translation.get_language() or "en"
