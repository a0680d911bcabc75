"""Drafts: begun by anybody, saved as they are typed, found again by a mailed link."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from karvan.foundation import clock
from karvan.foundation.messages.models import Message
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..asking import form_of
from ..errors import CallClosed, CallNotOpen, CodeNotValid, NotADraft, TooManyLetters
from ..letters import application_address, local_moment
from ..models import Application, Call, Extension
from ..wording import worded
from .typed import Uploads, checked, keep_typed, locked, store_files

MOST_LINKS = 6  # letters with the link of one draft: enough for every mistyped address


@transaction.atomic
def start_application(
    call: Call, *, language: str, email: str = "", code: str = "", by: Person | None = None
) -> Application:
    """Begin a draft and return it; whoever knows its ``token`` owns it.

    Raises:
        CallNotOpen: the call has not opened yet, or was cancelled.
        CallClosed: the hard deadline has passed and there is no ``code``.
        CodeNotValid: the extension's code is unknown, used or too old.
    """
    now = clock.now()
    if call.state != Call.State.PUBLISHED or now < call.opens_at:
        raise CallNotOpen(_("This call is not open."))
    extension = _extension(call, code, now) if code else None
    if extension is None and now >= call.closes_at:
        raise CallClosed(_("This call is closed; its deadline has passed."))
    address = email.strip().lower()
    application = Application.objects.create(
        call=call,
        token=secrets.token_urlsafe(32),
        language=language if language in call.languages else (call.languages or ["en"])[0],
        email=address,
        answers={"email": address} if address else {},
        extension=extension,
        created_at=now,
        saved_at=now,
    )
    record("started", application, by=by)
    return application


@transaction.atomic
def save_draft(
    application: Application,
    *,
    raw: Mapping[str, Any],
    files: Uploads | None = None,
    language: str = "",
    by: Person | None = None,
) -> dict[str, str]:
    """Keep everything typed so far; returns what could not be read or taken, by path.

    Works after the deadline too: what is typed is never lost. Writes no record, since a
    draft is its owner's alone and is saved every few seconds.

    Raises:
        NotADraft: it was sent or withdrawn.
    """
    draft = locked(application)
    if draft.state != Application.State.DRAFT:
        raise NotADraft(
            worded(
                draft.call.activity,
                "This application was sent already; it is kept as it was sent.",
            )
        )
    definition = form_of(draft.call)
    with override(language or draft.language):
        sheet = checked(draft, definition, raw, files, complete=False)
        store_files(draft, definition, sheet, by=by)
    keep_typed(draft, definition, sheet.draft, language)
    return sheet.errors


@transaction.atomic
def use_extension(application: Application, *, code: str, by: Person | None = None) -> Application:
    """Let this draft be sent until the time of a personal extension.

    Raises:
        NotADraft: it was sent or withdrawn.
        CodeNotValid: the code is unknown, used or too old.
    """
    draft = locked(application)
    if draft.state != Application.State.DRAFT:
        raise NotADraft(worded(draft.call.activity, "This application was sent already."))
    draft.extension = _extension(draft.call, code, clock.now())
    draft.save(update_fields=["extension"])
    record("used_extension", draft, by=by, after={"extension": draft.extension.pk})
    return draft


@transaction.atomic
def mail_link(application: Application, *, email: str, by: Person | None = None) -> Application:
    """Write the draft's address to its owner, so that it goes on with another device.

    Asked again within the hour for the same address nothing more is written.

    Raises:
        TooManyLetters: the link was asked for too often.
    """
    draft = locked(application)
    address = email.strip().lower()
    mark = hashlib.sha256(address.encode()).hexdigest()[:12]
    prefix = f"calls/link:{draft.pk}:"
    key = f"{prefix}{mark}:{clock.now():%Y%m%d%H}"
    written = Message.objects.filter(key__startswith=prefix)
    if not written.filter(key=key).exists() and written.count() >= MOST_LINKS:
        raise TooManyLetters(
            _("The link was asked for %(count)d times. Keep the address of this page instead.")
            % {"count": MOST_LINKS}
        )
    if not draft.email and draft.state == Application.State.DRAFT:
        draft.email = address
        draft.answers = {**draft.answers, "email": draft.answers.get("email") or address}
        draft.save(update_fields=["email", "answers"])
    write_message(
        "calls/link",
        to=address,
        key=key,
        context={"application": draft, "call": draft.call, "link": application_address(draft)},
        language=draft.language,
        scope=draft.scope,
        by=by,
    )
    return draft


@transaction.atomic
def remind_draft(application: Application, *, by: Person | None = None) -> bool:
    """Tell the owner of an unfinished draft of the deadline, once; True if there is a letter.

    A person who has sent another application to the call is not troubled.
    """
    draft = locked(application)
    sent = draft.call.applications.filter(email=draft.email, state__in=["submitted", "ineligible"])
    if draft.state != Application.State.DRAFT or not draft.email or sent.exists():
        return False
    mark = hashlib.sha256(draft.email.encode()).hexdigest()[:12]
    write_message(
        "calls/reminder",
        to=draft.email,
        key=f"calls/reminder:{draft.call_id}:{mark}",
        context={
            "call": draft.call,
            "when": local_moment(draft.call.advertised_deadline, draft.call, draft.language),
            "link": application_address(draft),
        },
        language=draft.language,
        scope=draft.scope,
        by=by,
    )
    return True


def _extension(call: Call, code: str, at: datetime) -> Extension:
    tidy = "".join(code.split()).upper()
    found = (
        Extension.objects.select_for_update()
        .filter(call=call, code=tidy, until__gt=at, call__state=Call.State.PUBLISHED)
        .first()
    )
    if found is None or Application.objects.filter(extension=found).exists():
        raise CodeNotValid(_("This code is not valid for this call, or it was used already."))
    return found
