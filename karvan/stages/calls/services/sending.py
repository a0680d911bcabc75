"""Send an application, exactly once; take it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from karvan.foundation import clock
from karvan.foundation.errors import RuleBroken
from karvan.foundation.forms.answers import Checked, attributes, content_hash, eligibility
from karvan.foundation.forms.questions import FormDefinition
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.errors import EmailTaken
from karvan.foundation.people.models import Person
from karvan.foundation.people.services import create_person
from karvan.foundation.records.services import record

from ..asking import first_day_of, form_of
from ..errors import AlreadySent, AnswersIncomplete, CallClosed, CallNotOpen, NotADraft
from ..letters import application_address, local_moment
from ..models import Application, Call, Nomination, TeamMember
from ..receipts import new_number
from ..wording import worded
from .typed import Uploads, checked, content_of, keep_typed, locked, store_files

SENT = (Application.State.SUBMITTED, Application.State.INELIGIBLE)


def submit_application(
    application: Application,
    *,
    raw: Mapping[str, Any],
    files: Uploads | None = None,
    language: str = "",
    by: Person | None = None,
) -> Application:
    """Send a draft and return the application with its receipt's ``number``.

    The row is locked, so two clicks at once make one application, one letter and one
    record; sending the same content again returns the same receipt. Who is not eligible
    gets a receipt too: the application is kept as ineligible with its ``refusals``.
    A refused sending keeps everything typed in the draft.

    Args:
        raw: what was answered, by question; of what is left out the draft's files stay.
        files: uploads by question.
        language: of the answers; the draft's own when empty or not of the call.

    Raises:
        AnswersIncomplete: with the errors by path.
        CallClosed: the hard deadline has passed while the page was open.
        CallNotOpen: the call was cancelled.
        AlreadySent: another application with this e-mail address was sent.
        NotADraft: it was withdrawn, or sent with another content.

    Cost: about 30 queries and one letter, some 10 ms.
    """
    sent, refusal = _submit(application, raw, files, language, by=by)
    if refusal is not None:
        raise refusal
    return sent


@transaction.atomic
def withdraw_application(
    application: Application, *, reason: str = "", by: Person | None = None
) -> Application:
    """Take an application back; its owner may then begin another. Cannot be undone.

    Raises:
        NotADraft: it was withdrawn already.
    """
    kept = locked(application)
    if kept.state == Application.State.WITHDRAWN:
        raise NotADraft(worded(kept.call.activity, "This application was withdrawn already."))
    before = kept.state
    kept.state, kept.withdrawn_at = Application.State.WITHDRAWN, clock.now()
    kept.save(update_fields=["state", "withdrawn_at"])
    kept.nominations.update(state=Nomination.State.PROPOSED, application=None)
    record(
        "withdrawn", kept, by=by, before={"state": before}, after={"state": kept.state},
        reason=reason,
    )  # fmt: skip
    return kept


@transaction.atomic
def _submit(
    application: Application,
    raw: Mapping[str, Any],
    files: Uploads | None,
    language: str,
    *,
    by: Person | None,
) -> tuple[Application, RuleBroken | None]:
    """The application, and why it was not sent: given back, for raising would lose the draft."""
    draft = locked(application)
    if draft.state == Application.State.WITHDRAWN:
        return draft, NotADraft(
            worded(draft.call.activity, "This application was withdrawn. Begin a new one.")
        )
    definition = form_of(draft.call)
    with override(language or draft.language):
        sheet = checked(draft, definition, raw, files, complete=True)
        if draft.is_sent:
            return draft, _sent_before(draft, definition, sheet, by=by)
        store_files(draft, definition, sheet, by=by)
        keep_typed(draft, definition, sheet.draft, language)
        refusal = _refusal(draft, sheet)
        if refusal is None:
            refusal = _send(draft, definition, sheet, by=by)
    return draft, refusal


def _sent_before(
    sent: Application, definition: FormDefinition, sheet: Checked, *, by: Person | None
) -> NotADraft | None:
    """None if the same was sent, as by a second click."""
    with transaction.atomic():
        store_files(sent, definition, sheet, by=by)  # only to know their hashes
        transaction.set_rollback(True)
    if content_hash(*content_of(definition, sheet.answers)) == sent.content_hash:
        return None
    return NotADraft(
        worded(
            sent.call.activity,
            "This application was sent already as %(number)s; it is kept as it was sent. "
            "To change it, withdraw it and send a new one.",
            number=sent.number,
        )
    )


def _refusal(draft: Application, sheet: Checked) -> RuleBroken | None:
    now, call = clock.now(), draft.call
    if call.state != call.State.PUBLISHED or now < call.opens_at:
        return CallNotOpen(_("This call is not open any more. What you typed is kept here."))
    if not draft.may_be_sent(now):
        return CallClosed(
            worded(
                call.activity,
                "The deadline passed while the page was open, so this was not sent. "
                "What you typed is kept here.",
            )
        )
    if sheet.errors:
        return AnswersIncomplete(
            _("Some answers need another look. What you typed is still here."), sheet.errors
        )
    taken = call.applications.filter(email=draft.email, state__in=SENT).exclude(pk=draft.pk)
    return _already(call) if draft.email and taken.exists() else None


def _send(
    draft: Application, definition: FormDefinition, sheet: Checked, *, by: Person | None
) -> AlreadySent | None:
    """Make a complete draft an application: row, person, members, letter, record."""
    # Locked before the first record is written: every act takes the chain of records last.
    nominations = Nomination.objects.select_for_update().filter(
        call=draft.call, email=draft.email, state=Nomination.State.PROPOSED
    )
    nominated = [nomination.pk for nomination in nominations]
    members = _settle(draft, definition, sheet)
    try:
        with transaction.atomic():
            draft.person = _person(draft, by=by)
            draft.save()
    except IntegrityError:  # the same address was sent by another draft at this moment
        draft.refresh_from_db()
        return _already(draft.call)
    TeamMember.objects.bulk_create(members)
    if nominated:
        Nomination.objects.filter(pk__in=nominated).update(
            state=Nomination.State.APPLIED, application=draft
        )
    _write_receipt(draft, by=by)
    after = {"state": draft.state, "content": draft.content_hash, "language": draft.language}
    record("submitted", draft, by=by, after=after)
    return None


def _settle(draft: Application, definition: FormDefinition, sheet: Checked) -> list[TeamMember]:
    """Put on the row what sending makes of it, not yet written; returns its further members."""
    first_day = first_day_of(draft.call)
    refusals = eligibility(definition, sheet.answers, first_day=first_day)
    draft.refusals = [{"question": r.question, "message": r.message} for r in refusals]
    draft.state = Application.State.INELIGIBLE if refusals else Application.State.SUBMITTED
    draft.answers = sheet.answers
    draft.attributes = attributes(definition, sheet.answers, first_day)
    draft.content_hash = content_hash(*content_of(definition, sheet.answers))
    draft.submitted_at = clock.now()
    draft.number = _free_number()
    members = members_of(draft, definition)
    draft.team_size = 1 + len(members)
    return members


def members_of(draft: Application, definition: FormDefinition) -> list[TeamMember]:
    """The further members that the answers name, not yet written."""
    rows = [
        row
        for question in definition
        if question.type == "team"
        for row in draft.answers.get(question.key) or ()
    ]
    return [
        TeamMember(
            application=draft,
            name=str(row.get("full_name") or row.get("name") or "")[:150],
            email=str(row.get("email") or "").strip().lower()[:254],
            attributes={k: v for k, v in row.items() if k not in ("full_name", "name", "email")},
        )
        for row in rows
    ]


def _person(draft: Application, *, by: Person | None) -> Person:
    """Who has this address, or somebody new without a password."""
    known = Person.objects.filter(email=draft.email).first()
    if known:
        return known
    try:
        with transaction.atomic():
            return create_person(
                full_name=draft.full_name,
                email=draft.email,
                language=draft.language,
                by=by,
            )
    except (EmailTaken, IntegrityError):  # registered by another act at this moment
        return Person.objects.get(email=draft.email)


def _free_number() -> str:
    """A number nobody has; longer ones once the short ones become rare."""
    for tried in range(12):
        number = new_number(4 + tried // 4)
        if not Application.objects.filter(number=number).exists():
            return number
    raise RuntimeError("no free number among 12 drawn: the register of numbers is full")


def _write_receipt(sent: Application, *, by: Person | None) -> None:
    write_message(
        "calls/receipt",
        to=sent.email,
        key=f"calls/receipt:{sent.number}",
        context={
            "application": sent,
            "call": sent.call,
            "when": local_moment(clock.now(), sent.call, sent.language),
            "link": application_address(sent),
        },
        language=sent.language,
        scope=sent.scope,
        by=by,
    )


def _already(call: Call) -> AlreadySent:
    return AlreadySent(
        worded(
            call.activity,
            "An application with this e-mail address was already sent to this call. "
            "Look for its receipt in your mail.",
        )
    )
