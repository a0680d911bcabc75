"""Text tables of any dialect, and workbooks: bytes in, grids of cells out."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from karvan.foundation.files.tables import encoding_of
from karvan.stages.dossiers.errors import Unreadable

from .bom_shapes import Doubt
from .bom_tables import MOST_ROWS, Grid

DELIMITERS = (",", ";", "\t", "|")


def text_in(data: bytes) -> tuple[str, str, list[Doubt]]:
    """The text of a file, its encoding, and a doubt for signs that are not of it."""
    if data[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"):
        encoding = "utf-32"
    elif b"\x00" in data[:400] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"
    else:
        encoding = encoding_of(data)
    text = data.decode(encoding, errors="replace")
    lost = text.count("�")
    doubts = []
    if lost:
        line = text[: text.index("�")].count("\n") + 1
        doubts.append(Doubt("letters_lost", str(line), {"count": lost, "encoding": encoding}))
    return text.replace("\x00", ""), encoding, doubts


def grids_of_text(data: bytes) -> tuple[list[Grid], dict[str, Any]]:
    """The one grid of a text table, and what was sniffed: encoding, delimiter, quotes.

    Raises:
        Unreadable: there is nothing in it, or a line that is no line of a table.
    """
    text, encoding, doubts = text_in(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = text.split("\n", 1)[0]
    said = re.fullmatch(r"\ufeff?\"?sep=(.)\"?", first.strip())
    if said:
        text = "\n" + text.partition("\n")[2]
    delimiter = said[1] if said else _delimiter(text)
    rows, numbers = _rows(text, delimiter)
    if _is_swallowing(rows):
        rows, numbers = _rows(text, delimiter, quoting=csv.QUOTE_NONE)
        doubts.append(Doubt("quotes_open", ""))
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise Unreadable(_("There is nothing in this file but blank lines."))
    if len(rows) > MOST_ROWS:
        raise Unreadable(
            _("This table has %(count)d lines; %(most)d are the most we take at once.")
            % {"count": len(rows), "most": MOST_ROWS}
        )
    grid = Grid("", rows, numbers, doubts=tuple(doubts), semicolons=delimiter == ";")
    return [grid], {"encoding": encoding, "delimiter": delimiter}


def _rows(
    text: str, delimiter: str, quoting: Any = csv.QUOTE_MINIMAL
) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    reader = csv.reader(
        io.StringIO(text.lstrip("\ufeff")),
        delimiter=delimiter,
        quoting=quoting,
        skipinitialspace=delimiter != "\t",
    )
    rows, numbers, start = [], [], 1
    try:
        for cells in reader:
            rows.append(tuple(cell.strip(" ") for cell in cells))
            numbers.append(start)
            start = reader.line_num + 1
    except csv.Error as broken:
        raise Unreadable(
            _("Line %(line)d is not a line of a table: %(why)s") % {"line": start, "why": broken}
        ) from None
    return tuple(rows), tuple(numbers)


def _delimiter(text: str) -> str:
    """The sign that cuts most lines into the same number of cells, more than one."""
    sample = "\n".join(text.split("\n")[:400])
    best, most = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        try:
            rows = [r for r in csv.reader(io.StringIO(sample), delimiter=delimiter) if any(r)]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda pair: (pair[1] * (pair[0] - 1), pair[0]))
        fit = (count / len(rows), width)
        if fit[0] * min(width, 4) > most[0] * min(most[1], 4):
            best, most = delimiter, fit
    return best


def _is_swallowing(rows: tuple[tuple[str, ...], ...]) -> bool:
    """True where one cell holds many lines: a quotation mark was never closed."""
    return any(cell.count("\n") > 12 for row in rows for cell in row) or (
        len(rows) < 3 and any(cell.count("\n") > 2 for row in rows for cell in row)
    )


def grids_of_workbook(data: bytes, *, kind: str) -> tuple[list[Grid], dict[str, Any]]:
    """One grid a sheet, read by one reader and, where that fails, by the other.

    Raises:
        Unreadable: neither opens it; the text says what each says.
    """
    sniffed: dict[str, Any] = {"reader": "calamine"}
    try:
        grids = _by_calamine(data)
    except (CalamineError, ValueError, OSError, OverflowError) as broken:
        if kind != "xlsx":
            raise Unreadable(
                _("This workbook does not open: %(why)s") % {"why": broken}
            ) from broken
        grids = _by_openpyxl(data, str(broken))
        sniffed["reader"] = "openpyxl"
    if kind == "xlsx":
        grids, sniffed["formulas"] = _with_formulas(data, grids)
    if not any(grid.rows for grid in grids):
        raise Unreadable(_("The sheets of this workbook are empty."))
    return grids, sniffed


def _by_calamine(data: bytes) -> list[Grid]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    grids = []
    for name in book.sheet_names:
        try:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS)
        except (CalamineError, ValueError) as broken:
            grids.append(
                Grid(
                    name, (), doubts=(Doubt("sheet_unreadable", name, {"why": str(broken)[:200]}),)
                )
            )
            continue
        grids.append(Grid(name, tuple(tuple(row) for row in rows)))
    return grids


def _by_openpyxl(data: bytes, why: str) -> list[Grid]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        said = Doubt("other_reader", "", {"why": why[:200]})
        return [
            Grid(
                sheet.title,
                tuple(
                    tuple("" if c is None else c for c in row)
                    for row in sheet.iter_rows(max_row=MOST_ROWS, values_only=True)
                ),
                doubts=(said,),
            )
            for sheet in book.worksheets
        ]
    except Exception as broken:
        raise Unreadable(
            _("This workbook does not open. One reader says: %(one)s. The other: %(other)s.")
            % {"one": why[:200], "other": str(broken)[:200]}
        ) from broken


def _with_formulas(data: bytes, grids: list[Grid]) -> tuple[list[Grid], str]:
    """Doubts about formulas without a kept value, and figures typed among formulas.

    The second reader is asked for formulas only; where it crashes, that is said and nothing
    else changes.
    """
    if not _has_formulas(data):
        return grids, "none"
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        sheets = {s.title: list(s.iter_rows(max_row=MOST_ROWS)) for s in book.worksheets}
    except Exception as broken:
        return [
            _doubting(g, Doubt("formulas_not_read", "", {"why": str(broken)[:200]})) for g in grids
        ], "not read"
    return [
        _doubting(grid, *_formula_doubts(grid, sheets.get(grid.sheet, []))) for grid in grids
    ], "read"


def _doubting(grid: Grid, *doubts: Doubt) -> Grid:
    return Grid(
        grid.sheet, grid.rows, grid.numbers, grid.more, (*grid.doubts, *doubts), grid.semicolons
    )


def _has_formulas(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return any(
                b"<f>" in part or b"<f " in part
                for name in book.namelist()
                if name.startswith("xl/worksheets/") and name.endswith(".xml")
                for part in [book.read(name)]
            )
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        return False


def _formula_doubts(grid: Grid, sheet: list[Any]) -> list[Doubt]:
    """Cells by column: which are formulas, which are figures; without a value: said by place."""
    formulas: dict[int, list[int]] = {}
    figures: dict[int, list[int]] = {}
    doubts = []
    for number, row in enumerate(sheet, start=1):
        for at, cell in enumerate(row):
            value = cell.value
            if isinstance(value, str) and value.startswith("=") or cell.data_type == "f":
                formulas.setdefault(at, []).append(number)
                kept = (
                    grid.rows[number - 1][at]
                    if number <= len(grid.rows) and at < len(grid.rows[number - 1])
                    else ""
                )
                if kept is None or kept == "":
                    doubts.append(
                        Doubt(
                            "formula_without_value",
                            f"{_letter(at)}{number}",
                            {"formula": str(value)[:80], "row": number},
                        )
                    )
            elif isinstance(value, int | float) and not isinstance(value, bool):
                figures.setdefault(at, []).append(number)
    typed: dict[int, list[str]] = {}
    for at, rows in formulas.items():
        for number in figures.get(at, []):
            if number - 1 in rows and number + 1 in rows:
                typed.setdefault(number, []).append(f"{_letter(at)}{number}")
    doubts += [
        Doubt(
            "typed_among_formulas", str(number), {"cells": ", ".join(sorted(cells)), "row": number}
        )
        for number, cells in sorted(typed.items())
    ]
    return doubts


def _letter(at: int) -> str:
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text
