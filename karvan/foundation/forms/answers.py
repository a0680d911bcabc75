"""Check what was answered against a form: a draft is kept whole, a sent form is exact."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from .conditions import holds, is_filled
from .eligibility import Refusal, attributes, eligibility
from .limits import broken_limit
from .questions import FormDefinition, Question
from .typed import Unreadable, read_value

__all__ = [
    "Checked", "Refusal", "attributes", "check_answers", "content_hash", "eligibility",
    "for_reviewers", "visible_paths",
]  # fmt: skip

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Checked:
    """What came of a check. Paths are "key", or "key-0-sub" for the first row of a group.

    answers: typed values by key, ready for JSON; hidden ones only while it is a draft.
    errors: what is wrong, by path, in words for the person.
    visible: the paths of the questions that apply, given these answers.
    draft: ``answers`` with what could not be read kept as typed; give it back as ``raw``.
    uploads: files sent now, by path, still to be stored by the caller.
    """

    answers: dict[str, Any]
    errors: dict[str, str]
    visible: frozenset[str]
    draft: dict[str, Any]
    uploads: dict[str, UploadedFile[Any]] = field(default_factory=dict)


@dataclass
class _Sheet:
    """A check under way."""

    answers: dict[str, Any] = field(default_factory=dict)
    draft: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, UploadedFile[Any]] = field(default_factory=dict)


def check_answers(
    definition: FormDefinition, raw: Mapping[str, Any], *, complete: bool, first_day: date | None
) -> Checked:
    """Read and check what was answered; nothing is raised, nothing typed is lost.

    Args:
        raw: by key what ``from_post``, an import or an earlier ``draft`` gave.
        complete: True when it is being sent: what is required and limited must hold, for
            questions that apply; answers to others are left out. False for a draft: only
            what cannot be read is an error, and answers that do not apply are kept.
        first_day: of the activity; a birth date after it cannot be meant.

    Cost: linear in questions and rows.
    """
    sheet = _Sheet()
    for question in definition:
        _read(question, raw.get(question.key), question.key, sheet, sheet.answers, sheet.draft)
    visible = visible_paths(definition, {**sheet.answers, **sheet.uploads})
    if complete:
        _check_complete(definition, sheet, visible, first_day)
        errors = {path: text for path, text in sheet.errors.items() if path in visible}
        answers = _only(definition, sheet.answers, visible)
        uploads = {path: sent for path, sent in sheet.uploads.items() if path in visible}
    else:
        errors, answers, uploads = sheet.errors, sheet.answers, sheet.uploads
    return Checked(answers, errors, visible, sheet.draft, uploads)


def visible_paths(definition: FormDefinition, answers: Answers) -> frozenset[str]:
    """The paths of the questions that apply. A hidden question's answer counts as not given."""
    shown: dict[str, bool] = {}

    def answer_of(key: str) -> Any:
        return answers.get(key) if is_shown(definition.by_key[key]) else None

    def is_shown(question: Question) -> bool:
        if question.key not in shown:
            shown[question.key] = holds(question.show_if, answer_of)
        return shown[question.key]

    paths: set[str] = set()
    for question in definition:
        if not is_shown(question):
            continue
        paths.add(question.key)
        rows = answers.get(question.key) if question.is_repeated else None
        for number, row in enumerate(rows or ()):
            paths |= _visible_in_row(question, number, row, answer_of)
    return frozenset(paths)


def content_hash(answers: Answers, files: Mapping[str, str] | Sequence[str] = ()) -> str:
    """The SHA-256 of answers and of the files' own hashes, as 64 hex digits.

    The same for the same content whatever the order of keys. ``files`` maps a path to a
    file's SHA-256, or lists the hashes.
    """
    listed = dict(files) if isinstance(files, Mapping) else sorted(files)
    text = json.dumps(
        {"answers": answers, "files": listed},
        sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False,
    )  # fmt: skip
    return hashlib.sha256(text.encode()).hexdigest()


def for_reviewers(definition: FormDefinition, answers: Answers) -> dict[str, Any]:
    """What a reviewer may see: no blind question, nothing that the form does not know.

    A file keeps its id and kind, but not the name its owner gave it.
    """
    seen: dict[str, Any] = {}
    for question in definition:
        value = answers.get(question.key)
        if question.blind or value is None:
            continue
        if question.is_repeated:
            open_keys = {one.key for one in question.questions if not one.blind}
            seen[question.key] = [{k: v for k, v in row.items() if k in open_keys} for row in value]
        elif question.type == "file":
            seen[question.key] = _nameless(question, value)
        else:
            seen[question.key] = value
    return seen


def _read(
    question: Question,
    raw: Any,
    path: str,
    sheet: _Sheet,
    into: dict[str, Any],
    draft: dict[str, Any],
) -> None:
    """Put one answer where it belongs: typed, or as it was typed with an error."""
    if question.is_repeated:
        _read_rows(question, raw, path, sheet)
        return
    try:
        value = read_value(question, raw)
    except Unreadable as problem:
        sheet.errors[path] = str(problem)
        draft[question.key] = raw
        return
    if isinstance(value, UploadedFile):
        sheet.uploads[path] = value
    elif value is not None:
        into[question.key] = draft[question.key] = value


def _read_rows(question: Question, raw: Any, path: str, sheet: _Sheet) -> None:
    rows: list[dict[str, Any]] = []
    drafts: list[dict[str, Any]] = []
    for given in raw if isinstance(raw, list) else []:
        row: dict[str, Any] = {}
        draft: dict[str, Any] = {}
        place = f"{path}-{len(drafts)}"
        for one in question.questions:
            value = given.get(one.key) if isinstance(given, Mapping) else None
            _read(one, value, f"{place}-{one.key}", sheet, row, draft)
        if any(is_filled(value) for value in draft.values()):
            rows.append(row)
            drafts.append(draft)
    if drafts:
        sheet.answers[question.key], sheet.draft[question.key] = rows, drafts


def _visible_in_row(question: Question, number: int, row: Answers, outside: Any) -> set[str]:
    siblings = {one.key: one for one in question.questions}
    shown: dict[str, bool] = {}

    def answer_of(key: str) -> Any:
        if key not in siblings:
            return outside(key)
        return row.get(key) if is_shown(siblings[key]) else None

    def is_shown(one: Question) -> bool:
        if one.key not in shown:
            shown[one.key] = holds(one.show_if, answer_of)
        return shown[one.key]

    return {f"{question.key}-{number}-{one.key}" for one in question.questions if is_shown(one)}


def _check_complete(
    definition: FormDefinition, sheet: _Sheet, visible: frozenset[str], first_day: date | None
) -> None:
    for question in definition:
        value = sheet.uploads.get(question.key, sheet.answers.get(question.key))
        _check_one(question, value, question.key, sheet, visible, first_day)
        if question.is_repeated:
            for number, row in enumerate(value or ()):
                for one in question.questions:
                    path = f"{question.key}-{number}-{one.key}"
                    _check_one(one, row.get(one.key), path, sheet, visible, first_day)


def _check_one(
    question: Question, value: Any, path: str, sheet: _Sheet, visible: frozenset[str],
    first_day: date | None,
) -> None:  # fmt: skip
    if path not in visible or path in sheet.errors:
        return
    if not is_filled(value):
        if question.required or (question.is_repeated and question.limits.min_items):
            sheet.errors[path] = _missing(question)
        return
    problem = broken_limit(question, value)
    if not problem and question.attribute == "birth_date" and _is_late(value, first_day):
        problem = _("Check the year: this date of birth is not before the first day.")
    if problem:
        sheet.errors[path] = problem


def _is_late(birth: str, first_day: date | None) -> bool:
    return first_day is not None and date.fromisoformat(birth) >= first_day


def _missing(question: Question) -> str:
    if question.type == "consent":
        return _("Tick this box to go on; without it your application cannot be sent.")
    if question.type in ("choice", "choices", "scale"):
        return _("Choose an answer.")
    if question.type == "file":
        return _("Add a file.")
    if question.is_repeated:
        return _("Fill in at least %(count)d.") % {"count": question.limits.min_items or 1}
    return _("Answer this question.")


def _only(definition: FormDefinition, answers: Answers, visible: frozenset[str]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for question in definition:
        if question.key not in visible or question.key not in answers:
            continue
        value = answers[question.key]
        if question.is_repeated:
            value = [
                {k: v for k, v in row.items() if f"{question.key}-{number}-{k}" in visible}
                for number, row in enumerate(value)
            ]
        kept[question.key] = value
    return kept


def _nameless(question: Question, value: Mapping[str, Any]) -> dict[str, Any]:
    ending = PurePath(str(value.get("name", ""))).suffix.lower()
    kept = {name: value[name] for name in ("id", "kind", "size") if name in value}
    return {**kept, "name": f"{question.key}{ending}"}
