"""Tables as a PDF and as a workbook, in the reader's language."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language, get_language_bidi

from karvan.foundation.ui.registers.export import safe_text
from karvan.foundation.ui.sheets import Column, Heading, Paragraph, Sheet, Table, render_sheet

from .grids import Grid
from .wording import Cell, Share, shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_NAME_LENGTH = 31  # what spreadsheets allow


def pdf(
    grids: Sequence[Grid], *, title: str, under: str, name: str, made_at: datetime, note: str = ""
) -> HttpResponse:
    """The tables on A4 across, with their heads repeated."""
    blocks: list[Any] = [Paragraph(note, quiet=True)] if note else []
    for grid in grids:
        blocks.append(Heading(grid.caption))
        if grid.rows:
            columns = tuple(Column(head, at in grid.figures) for at, head in enumerate(grid.heads))
            rows = tuple(tuple(map(shown, row)) for row in grid.rows)
            blocks.append(Table(columns, rows))
    sheet = Sheet(
        title=title,
        under=under,
        language=(get_language() or "en").split("-")[0],
        blocks=tuple(blocks),
        made_at=made_at,
        landscape=True,
    )
    return _attached(render_sheet(sheet), "application/pdf", f"{name}-{made_at:%Y-%m-%d}.pdf")


def workbook(grids: Sequence[Grid], *, name: str, made_at: datetime) -> HttpResponse:
    """One sheet a table; figures and dates as themselves, and no text is ever a formula."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    kinds = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "share": book.add_format({"num_format": "0.0%", "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
    }
    for number, grid in enumerate(grids, start=1):
        _write(book.add_worksheet(_sheet_name(number, grid.caption)), grid, kinds)
    book.close()
    return _attached(out.getvalue(), XLSX, f"{name}-{made_at:%Y-%m-%d}.xlsx")


def table_csv(grid: Grid, *, name: str, made_at: datetime) -> HttpResponse:
    """One table, comma-separated, with the mark by which Excel knows UTF-8; nothing is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(safe_text, grid.heads))
    for row in grid.rows:
        writer.writerow(_plain(cell) for cell in row)
    body = out.getvalue().encode("utf-8-sig")
    return _attached(body, "text/csv; charset=utf-8", f"{name}-{made_at:%Y-%m-%d}.csv")


def _plain(cell: Cell) -> object:
    """Figures and dates as themselves, the rest as text that no spreadsheet runs."""
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, int | float) else safe_text(shown(cell))


def _write(sheet: Any, grid: Grid, kinds: dict[str, Any]) -> None:
    if get_language_bidi():
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    for at, head in enumerate(grid.heads):
        sheet.write_string(0, at, head, kinds["head"])
        sheet.set_column(at, at, 14 if at in grid.figures else 28)
    for down, row in enumerate(grid.rows, start=1):
        for at, cell in enumerate(row):
            if isinstance(cell, Share):
                sheet.write_number(down, at, float(cell), kinds["share"])
            elif isinstance(cell, int | float):
                sheet.write_number(down, at, cell, kinds["number"])
            elif isinstance(cell, date):
                sheet.write_datetime(down, at, cell, kinds["date"])
            else:
                sheet.write_string(down, at, shown(cell), kinds["text"])


def _sheet_name(number: int, caption: str) -> str:
    """A name no other sheet of the book has, without what spreadsheets forbid in it."""
    plain = "".join(" " if letter in "[]:*?/\\'" else letter for letter in caption)
    return f"{number} {plain}"[:SHEET_NAME_LENGTH].strip()


def _attached(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    stem, _dot, ending = name.rpartition(".")
    response["Content-Disposition"] = f'attachment; filename="{slugify(stem)}.{ending}"'
    return response
