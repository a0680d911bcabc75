"""What was typed, checked and put on the application's row; shared by saving and sending."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.errors import RuleBroken
from karvan.foundation.files.kinds import PAPERS
from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import store_upload
from karvan.foundation.forms.answers import Checked, check_answers
from karvan.foundation.forms.questions import FormDefinition
from karvan.foundation.people.models import Person

from ..asking import first_day_of, keys_of
from ..models import Application, ApplicationFile, Call
from ..wording import worded

UNTICKED = "Tick this box to go on; without it your application cannot be sent."
Uploads = Mapping[str, UploadedFile[Any]]
SAVED_FIELDS = (
    "answers", "language", "saved_at", "full_name", "email", "team_name", "search_key",
    "identity_key", "phone_key",
)  # fmt: skip


def locked(application: Application) -> Application:
    """The application's row, locked, with its call, activity, edition and extension."""
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related("call__activity__edition", "extension", "person").get(
        pk=application.pk
    )


def checked(
    application: Application,
    definition: FormDefinition,
    raw: Mapping[str, Any],
    files: Uploads | None,
    *,
    complete: bool,
) -> Checked:
    """The typed answers, with what the application knew before and was not asked again."""
    known = {"email": application.email, "full_name": application.full_name}
    stored = {
        question.key: application.answers[question.key]
        for question in definition
        if question.type == "file" and application.answers.get(question.key)
    }
    given = {**{k: v for k, v in known.items() if v}, **stored, **raw, **(files or {})}
    sheet = check_answers(
        definition, given, complete=complete, first_day=first_day_of(application.call)
    )
    _say_what_cannot_be_sent(sheet, application.call)
    if complete and "email" in sheet.answers:
        _check_email(sheet)
    return sheet


def _say_what_cannot_be_sent(sheet: Checked, call: Call) -> None:
    """The form's own sentence about a box that must be ticked, in the words of the call."""
    of_any = _(UNTICKED)
    for path, said in sheet.errors.items():
        if said == of_any:
            sheet.errors[path] = worded(call.activity, UNTICKED)


def store_files(
    application: Application, definition: FormDefinition, sheet: Checked, *, by: Person | None
) -> None:
    """Keep the files sent now: each goes into the answers, or its refusal into the errors."""
    for path, upload in sheet.uploads.items():
        limits = definition.by_key[path].limits
        try:
            stored = store_upload(
                upload,
                kinds=limits.file_kinds or PAPERS,
                scope=application.scope,
                by=by,
                max_bytes=int(limits.max_mb * 1024 * 1024) if limits.max_mb else None,
            )
        except RuleBroken as refused:
            sheet.errors[path] = str(refused)
            if application.answers.get(path):  # a file that was good before stays
                sheet.answers[path] = sheet.draft[path] = application.answers[path]
        else:
            sheet.answers[path] = sheet.draft[path] = _said(stored)


def keep_typed(
    application: Application,
    definition: FormDefinition,
    answers: Mapping[str, Any],
    language: str,
) -> None:
    """Write answers, and what an application is found by, on the row."""
    application.answers = dict(answers)
    application.language = _spoken(application.call, language) or application.language
    application.saved_at = clock.now()
    for field, value in keys_of(definition, answers).items():
        setattr(application, field, value)
    application.save(update_fields=SAVED_FIELDS)
    keep_files(application, definition)


def keep_files(application: Application, definition: FormDefinition) -> None:
    """Make the rows of files agree with the answers."""
    wanted = {
        question.key: application.answers[question.key]["id"]
        for question in definition
        if question.type == "file" and application.answers.get(question.key)
    }
    held = {row.question: row for row in application.files.all()}
    for question, row in held.items():
        if wanted.get(question) != row.file_id:
            row.delete()
    ApplicationFile.objects.bulk_create(
        ApplicationFile(application=application, question=question, file_id=pk)
        for question, pk in wanted.items()
        if question not in held or held[question].file_id != pk
    )


def content_of(
    definition: FormDefinition, answers: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Answers and the hashes of files, as ``content_hash`` takes them."""
    files = {
        question.key: answers[question.key]["sha256"]
        for question in definition
        if question.type == "file" and answers.get(question.key)
    }
    return {key: value for key, value in answers.items() if key not in files}, files


def _check_email(sheet: Checked) -> None:
    address = str(sheet.answers["email"]).strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        sheet.errors["email"] = _("This is not an e-mail address. It looks like name@example.org.")
    else:
        sheet.answers["email"] = sheet.draft["email"] = address


def _said(stored: StoredFile) -> dict[str, Any]:
    return {
        "id": stored.pk,
        "name": stored.name,
        "kind": stored.kind,
        "size": stored.size,
        "sha256": stored.sha256,
    }


def _spoken(call: Call, language: str) -> str:
    """The language, if the call is held in it."""
    return language if language in call.languages else ""
