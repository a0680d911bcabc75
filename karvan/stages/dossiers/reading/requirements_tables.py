"""Requirements in tables: CSV, workbooks with any sheet, tables of Markdown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from karvan.foundation.files.errors import SpreadsheetUnreadable
from karvan.foundation.files.tables import read_table
from karvan.foundation.texts import fold
from karvan.stages.dossiers.errors import Unreadable

FIELDS = ("code", "statement", "type", "fulfils", "verification", "priority", "rationale")
HEAD_WITHIN = 30  # lines in which the headings must come
# Headings as they are written, folded; a heading that contains one whole word of these counts.
_HEADINGS: dict[str, tuple[str, ...]] = {
    "code": (
        "code", "id", "ref", "reference", "req id", "requirement id", "number", "no", "nr", "key",
        "identifier", "identifiant", "numero", "nummer", "kod", "nomre", "الرمز", "رمز", "الرقم",
    ),
    "statement": (
        "statement", "requirement", "requirements", "description", "text", "shall", "title",
        "exigence", "exigences", "enonce", "libelle", "anforderung", "beschreibung", "telab",
        "metn", "tesvir", "المتطلب", "المتطلبات", "النص", "الوصف", "требование",
    ),
    "type": ("type", "category", "kind", "level", "categorie", "typ", "nov", "النوع"),
    "fulfils": (
        "fulfils", "fulfills", "fulfil", "satisfies", "parent", "parents", "derived from",
        "traces to", "trace", "links", "source requirement", "satisfait", "yerine yetirir",
        "erfullt", "يحقق",
    ),
    "verification": (
        "verification", "verification method", "verified by", "method", "v&v", "test method",
        "verification methode", "yoxlama", "nachweis", "التحقق",
    ),
    "priority": ("priority", "prio", "importance", "moscow", "priorite", "prioritat", "الأولوية"),
    "rationale": ("rationale", "reason", "why", "justification", "comment", "note", "notes",
                  "begrundung", "esaslandirma", "المبرر"),
}  # fmt: skip
_PRIORITIES = {
    "must": ("must", "shall", "high", "mandatory", "essential", "required", "m", "1", "primary"),
    "should": ("should", "medium", "desirable", "s", "2", "secondary"),
    "could": ("could", "low", "optional", "nice to have", "c", "3", "goal"),
}
_VERIFICATIONS = {
    "test": ("test", "t", "testing", "essai", "sinaq", "اختبار"),
    "analysis": ("analysis", "a", "analyse", "calculation", "simulation", "tehlil", "تحليل"),
    "inspection": ("inspection", "i", "review", "visual", "examination", "baxis", "فحص"),
    "demonstration": ("demonstration", "d", "demo", "nümayiş", "عرض"),
}

Raw = dict[str, str]
Row = tuple[str, Sequence[Any]]  # where it stands, its cells
RawDoubt = tuple[str, str, dict[str, Any]]
Found = tuple[list[Raw], list[RawDoubt], list[str], dict[str, int]]


def from_table(data: bytes, ending: str, mapping: Mapping[str, int] | None) -> Found:
    """The requirements of a text table, or of the sheet of a workbook that has the most.

    Raises:
        Unreadable: it does not open, or no line of it names a column of code or text.
    """
    tried = [_from_rows(rows, mapping) for rows in _sheets(data, ending)]
    best = max(tried, key=lambda found: len(found[0]), default=([], [], [], {}))
    if not best[3]:
        raise Unreadable(
            _(
                "None of the first %(lines)d lines names a column of requirements (“code” and "
                "“requirement”). Name the columns in one line above them."
            )
            % {"lines": HEAD_WITHIN}
        )
    return best


def from_markdown(lines: Sequence[str], mapping: Mapping[str, int] | None) -> Found:
    """The requirements in all tables of a Markdown text; columns are those of the first."""
    raw: list[Raw] = []
    doubts: list[RawDoubt] = []
    columns: list[str] = []
    used: dict[str, int] = {}
    for table in _markdown_tables(lines):
        rows, more, heads, found = _from_rows(table, mapping)
        raw += rows
        doubts += more
        if rows and not columns:
            columns, used = heads, found
        elif not found:
            doubts.append(("other_table", table[0][0], {"heads": ", ".join(map(str, table[0][1]))}))
    return raw, doubts, columns, used


def known_priority(text: str) -> str:
    """The priority a word of a file stands for, or ""."""
    return _known(text, _PRIORITIES)


def known_verification(text: str) -> str:
    """The way of showing it that a word of a file stands for, or ""."""
    return _known(text, _VERIFICATIONS)


def guessed_mapping(heads: Sequence[Any]) -> dict[str, int]:
    """Which column holds which field by its heading; exact headings before those that contain it."""
    folded = [" ".join(re.findall(r"[\w&]+", fold(str(head)))) for head in heads]
    mapping: dict[str, int] = {}
    for exact in (True, False):
        for name, known in _HEADINGS.items():
            if name in mapping:
                continue
            for at, head in enumerate(folded):
                fits = head in known if exact else any(f" {one} " in f" {head} " for one in known)
                if head and fits and at not in mapping.values():
                    mapping[name] = at
                    break
    return mapping


def _from_rows(rows: Sequence[Row], mapping: Mapping[str, int] | None) -> Found:
    at, guessed = _head_of(rows)
    used = dict((mapping or guessed).items())
    if at < 0 or "statement" not in used:
        return [], [], [], {}
    heads = [_text(cell) for cell in rows[at][1]]
    doubts: list[RawDoubt] = []
    if at > 0:
        doubts.append(("lines_above", rows[0][0], {"count": at, "head": rows[at][0]}))
    unused = [head for column, head in enumerate(heads) if head and column not in used.values()]
    if unused:
        doubts.append(("columns_left", rows[at][0], {"heads": ", ".join(unused)}))
    raw = []
    for where, cells in rows[at + 1 :]:
        one = {name: _cell(cells, column) for name, column in used.items()}
        if any(one.values()):
            raw.append({**one, "where": where})
        elif any(_text(cell) for cell in cells):
            doubts.append(("empty_row", where, {}))
    return raw, doubts, heads, used


def _head_of(rows: Sequence[Row]) -> tuple[int, dict[str, int]]:
    """Which row names the columns: the first that has code and text, else the first with text."""
    second: tuple[int, dict[str, int]] = (-1, {})
    for at, (_where, cells) in enumerate(rows[:HEAD_WITHIN]):
        mapping = guessed_mapping(cells)
        if "code" in mapping and "statement" in mapping:
            return at, mapping
        if second[0] < 0 and "statement" in mapping and len(mapping) > 1:
            second = at, mapping
    return second


def _sheets(data: bytes, ending: str) -> Iterable[list[Row]]:
    if ending in ("xlsx", "ods"):
        yield from _workbook(data)
        return
    try:
        table = read_table(data, "csv")
    except SpreadsheetUnreadable as broken:
        raise Unreadable(str(broken)) from None
    lines = [("1", table.head), *((str(line.number), line.cells) for line in table.lines)]
    yield [(where, cells) for where, cells in lines if any(_text(cell) for cell in cells)]


def _workbook(data: bytes) -> Iterable[list[Row]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except (CalamineError, ValueError) as broken:
        raise Unreadable(_("This workbook does not open: %(why)s") % {"why": broken}) from None
    for name, sheet in sheets:
        rows = sheet.to_python(skip_empty_area=False)
        yield [
            (f"{name}: {number}", row)
            for number, row in enumerate(rows, 1)
            if any(_text(cell) for cell in row)
        ]


def _markdown_tables(lines: Sequence[str]) -> list[list[Row]]:
    """Runs of lines with bars, the second of them dashes, outside blocks of code."""
    tables: list[list[Row]] = []
    fenced, at = False, 0
    while at < len(lines):
        if lines[at].lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        ruled = at + 1 < len(lines) and re.fullmatch(r"[\s|:-]*-[\s|:-]*", lines[at + 1])
        if fenced or "|" not in lines[at] or not ruled or "|" not in lines[at + 1]:
            at += 1
            continue
        rows: list[Row] = [(str(at + 1), _bars(lines[at]))]
        at += 2
        while at < len(lines) and "|" in lines[at]:
            rows.append((str(at + 1), _bars(lines[at])))
            at += 1
        tables.append(rows)
    return tables


def _bars(line: str) -> list[str]:
    inner = re.sub(r"^\s*\||\|\s*$", "", line)
    return [
        re.sub(r"<br ?/?>", "\n", one).replace("\\|", "|").strip()
        for one in re.split(r"(?<!\\)\|", inner)
    ]


def _cell(cells: Sequence[Any], column: int) -> str:
    return _text(cells[column]) if 0 <= column < len(cells) else ""


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if cell is not None else ""


def _known(text: str, words: Mapping[str, tuple[str, ...]]) -> str:
    said = fold(text)
    return next((key for key, known in words.items() if said in {fold(w) for w in known}), "")
