"""Answers as staff read them: section by section, or all applications as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.forms.questions import FormDefinition, Question
from karvan.foundation.forms.spreadsheet import export_csv, export_xlsx
from karvan.foundation.texts import in_language
from karvan.foundation.ui.registers.export import KINDS

from .asking import form_of
from .models import Application, Call


def answers_shown(definition: FormDefinition, application: Application) -> list[dict[str, Any]]:
    """Sections with their answers in words: ``title`` and ``lines`` of label, text, file, rows."""
    return [
        {
            "title": in_language(section.title),
            "lines": [
                _line(question, application.answers[question.key])
                for question in section.questions
                if application.answers.get(question.key) not in (None, "", [])
            ],
        }
        for section in definition.sections
    ]


def answers_file(call: Call, rows: Iterable[Application], *, kind: str) -> HttpResponse:
    """The applications with all their answers as "csv" or "xlsx"; no cell can be run."""
    definition, language = form_of(call), (get_language() or "en").split("-")[0]
    table = list(_table(rows, call))
    if kind == "xlsx":
        body = export_xlsx(definition, table, language)
    else:
        body = export_csv(definition, table, language).encode("utf-8-sig")
    response = HttpResponse(body, content_type=KINDS[kind])
    name = f"{slugify(call.slug)}-{clock.today().isoformat()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _table(
    rows: Iterable[Application], call: Call
) -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    zone = ZoneInfo(call.activity.edition.time_zone)
    for row in rows:
        sent = row.submitted_at.astimezone(zone) if row.submitted_at else None
        facts = {
            "receipt": row.number or "",
            "application_state": row.state,
            "sent_at": sent.strftime("%Y-%m-%d %H:%M") if sent else "",
            "answers_in": row.language,
        }
        yield facts, row.answers


def _line(question: Question, value: Any) -> dict[str, Any]:
    line: dict[str, Any] = {"key": question.key, "label": in_language(question.label)}
    if question.type == "file":
        return {**line, "file": value}
    if question.is_repeated:
        by_key = {one.key: one for one in question.questions}
        rows = [[_line(by_key[k], v) for k, v in row.items() if k in by_key] for row in value]
        return {**line, "rows": rows}
    return {**line, "text": _text(question, value), "is_long": question.type == "long_text"}


def _text(question: Question, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    names = {choice.value: in_language(choice.label) for choice in question.choices}
    listed = value if isinstance(value, list) else [value]
    return ", ".join(names.get(one, str(one)) for one in listed)
