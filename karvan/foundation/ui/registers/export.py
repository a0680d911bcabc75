"""A register as a file that a spreadsheet opens, and that cannot run anything there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.texts import in_language
from karvan.foundation.ui.states import state_of

from .columns import Column

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def file(kind: str, *, name: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponse:
    """The rows as an attachment named after the register and today's date.

    Raises:
        ValueError: ``kind`` is neither "csv" nor "xlsx".
    """
    if kind not in KINDS:
        raise ValueError(f"no file of kind {kind!r}; the kinds are {', '.join(KINDS)}")
    table = [[plain(column, row) for column in columns] for row in rows]
    heads = [str(column.title) for column in columns]
    body = _xlsx(heads, table) if kind == "xlsx" else _csv(heads, table)
    response = HttpResponse(body, content_type=KINDS[kind])
    filename = f"{slugify(name)}-{clock.today().isoformat()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def plain(column: Column, row: Any) -> Any:
    """One value as a file holds it: figures and dates as themselves, the rest as text."""
    value = column.of(row)
    if column.kind == "state" and value:
        return str(column.word(row) if column.word else state_of(value).word)
    if column.kind == "flag" and value is not None:
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return in_language(value) if isinstance(value, dict) else str(value)


def safe_text(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _csv(heads: list[str], table: list[list[Any]]) -> bytes:
    """Comma-separated, with the mark by which Excel knows UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for line in (heads, *table):
        writer.writerow([safe_text(value) if isinstance(value, str) else value for value in line])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(heads: list[str], table: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    formats = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    sheet = book.add_worksheet()
    if get_language_bidi():
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, book.add_format({"bold": True}))
        sheet.set_column(at, at, min(40, max(10, len(head) + 2)))
    for down, line in enumerate(table, start=1):
        for at, value in enumerate(line):
            if isinstance(value, str):
                sheet.write_string(down, at, value)
            elif isinstance(value, date):
                sheet.write_datetime(down, at, value, formats[type(value)])
            elif value is not None:
                sheet.write_number(down, at, value)
    book.close()
    return out.getvalue()
