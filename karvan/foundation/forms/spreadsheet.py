"""Answers as a table, out and in again, safe to open in any spreadsheet program.

The first row of a table holds the paths ("sex", "team-0-full_name"), a workbook's second
row the labels. A cell holds what a reader expects (a choice's label); reading takes a
label in any language or the stored value. Files do not travel in a table: their names do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from karvan.foundation.texts import Texts, in_language

from .questions import FormDefinition, Question

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")  # a cell that begins so could be run
LONGEST_CELL = 32_767  # characters, of a workbook
SEPARATOR = "; "
Row = tuple[Mapping[str, str], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its path, its label by language, and the question whose answers it holds."""

    path: str
    label: Mapping[str, str]
    question: Question


def columns(
    definition: FormDefinition, answers: Iterable[Mapping[str, Any]] = ()
) -> tuple[Column, ...]:
    """The columns of a form, in its order.

    A group has a block of columns a row: as many as the longest of ``answers`` needs, and
    at least as many as the form asks for.
    """
    listed = list(answers)
    found: list[Column] = []
    for question in definition:
        if not question.is_repeated:
            found.append(Column(question.key, question.label, question))
            continue
        longest = max((len(one.get(question.key) or ()) for one in listed), default=0)
        for number in range(max(longest, question.limits.min_items or 1)):
            found.extend(_row_columns(question, number))
    return tuple(found)


def export_csv(definition: FormDefinition, rows: Sequence[Row], language: str) -> str:
    """The answers as CSV text, one line of paths first, lines ending in CR LF.

    Each row is (facts, answers); facts such as a receipt's code come first, under their
    own names. Text that a spreadsheet could run is escaped with ', and read back by
    ``from_spreadsheet_row``. For Excel encode it as "utf-8-sig".
    """
    facts, shown = _layout(definition, rows)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*facts, *(column.path for column in shown)])
    for known, answers in rows:
        cells = [*(known.get(name, "") for name in facts), *_cells(shown, answers, language)]
        writer.writerow([escape(cell) for cell in cells])
    return out.getvalue()


def export_xlsx(definition: FormDefinition, rows: Sequence[Row], language: str) -> bytes:
    """The answers as a workbook: paths, then labels, then a row an application.

    All text is written as text, never as a formula or link. A text longer than a cell
    can hold is cut and says so at its end. Numbers stay numbers.
    """
    facts, shown = _layout(definition, rows)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        if language == "ar":
            sheet.right_to_left()
        sheet.freeze_panes(2, len(facts))
        heads = [*facts, *(column.path for column in shown)]
        labels = [*facts, *(_column_label(column, language) for column in shown)]
        for number, (head, label) in enumerate(zip(heads, labels, strict=True)):
            sheet.write_string(0, number, head)
            sheet.write_string(1, number, _cut(label), bold)
        for line, (known, answers) in enumerate(rows, start=2):
            cells = [*(known.get(name, "") for name in facts), *_cells(shown, answers, language)]
            for number, cell in enumerate(cells):
                _write(sheet, line, number, cell)
    return out.getvalue()


def from_spreadsheet_row(definition: FormDefinition, mapping: Mapping[str, Any]) -> dict[str, Any]:
    """One row by path, as ``raw`` for ``check_answers``; columns it does not know are left out.

    Takes labels in any language or stored values, dates and numbers as cells hold them,
    and undoes the escaping of CSV. Files are left out: they have to be sent again.
    """
    raw: dict[str, Any] = {}
    for question in definition:
        if question.is_repeated:
            raw[question.key] = _imported_rows(question, mapping)
        elif question.type != "file":
            raw[question.key] = _imported(question, mapping.get(question.key))
    return {key: value for key, value in raw.items() if value not in (None, "", [])}


def escape(cell: Any) -> Any:
    """Text that begins like a formula gets a ' before it; numbers and other text stay."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(DANGEROUS) else cell


def unescape(cell: Any) -> Any:
    """Undo ``escape``; a text that was never escaped stays as it is."""
    if isinstance(cell, str) and cell.startswith("'") and cell[1:].startswith(DANGEROUS):
        return cell[1:]
    return cell


def _layout(
    definition: FormDefinition, rows: Sequence[Row]
) -> tuple[tuple[str, ...], tuple[Column, ...]]:
    facts = tuple(dict.fromkeys(name for known, _answers in rows for name in known))
    shown = columns(definition, (answers for _known, answers in rows))
    twice = set(facts) & {column.path for column in shown}
    if twice:
        raise ValueError(f"facts and questions share names: {sorted(twice)}")
    return facts, shown


def _row_columns(question: Question, number: int) -> Iterable[Column]:
    for one in question.questions:
        label = {
            code: f"{in_language(question.label, code)} {number + 1}: {in_language(one.label, code)}"
            for code in {**question.label, **one.label}
        }
        yield Column(f"{question.key}-{number}-{one.key}", label, one)


def _column_label(column: Column, language: str) -> str:
    return in_language(column.label, language)


def _cells(shown: Sequence[Column], answers: Mapping[str, Any], language: str) -> list[Any]:
    return [_cell(column.question, _at(answers, column.path), language) for column in shown]


def _at(answers: Mapping[str, Any], path: str) -> Any:
    """The answer at a path; a key has no "-", so three parts are a row's."""
    group, *inside = path.split("-")
    if not inside:
        return answers.get(group)
    rows, number = answers.get(group) or (), int(inside[0])
    return rows[number].get(inside[1]) if number < len(rows) else None


def _cell(question: Question, value: Any, language: str) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return SEPARATOR.join(_label(question, one, language) for one in value)
    if isinstance(value, Mapping):
        return str(value.get("name", ""))
    return _label(question, value, language) if question.choices else value


def _label(question: Question, value: str, language: str) -> str:
    """A choice's label where it can be read back as this choice only, else its value."""
    label = next((in_language(c.label, language) for c in question.choices if c.value == value), "")
    readable = SEPARATOR.strip() not in label and label.strip() == label
    return label if readable and _meaning(question, label) == value else value


def _meaning(question: Question, text: str) -> str:
    """The value a cell's text stands for: a value, else the one label that reads so."""
    if text in {choice.value for choice in question.choices}:
        return text
    found = {choice.value for choice in question.choices if text in _labels(choice.label)}
    return found.pop() if len(found) == 1 else text


def _labels(texts: Texts) -> set[str]:
    return {text.strip() for text in texts.values()}


def _imported(question: Question, cell: Any) -> Any:
    cell = unescape(cell)
    if question.type == "choices" and isinstance(cell, str):
        parts = [part.strip() for part in cell.split(SEPARATOR.strip())]
        return [_meaning(question, part) for part in parts if part]
    if question.choices and cell is not None:
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)  # a choice "3" comes back from a workbook as 3.0
        return _meaning(question, str(cell).strip())
    return cell


def _imported_rows(question: Question, mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    number = 0
    while any(f"{question.key}-{number}-{one.key}" in mapping for one in question.questions):
        cells = {
            one.key: _imported(one, mapping.get(f"{question.key}-{number}-{one.key}"))
            for one in question.questions
        }
        rows.append({key: cell for key, cell in cells.items() if cell not in (None, "", [])})
        number += 1
    return [row for row in rows if row]


def _write(sheet: Any, line: int, number: int, cell: Any) -> None:
    if isinstance(cell, (int, float)):
        sheet.write_number(line, number, cell)
    elif cell:
        sheet.write_string(line, number, _cut(cell))


def _cut(text: str) -> str:
    if len(text) <= LONGEST_CELL:
        return text
    note = _(" … (cut here: the CSV file has the whole text)")
    return text[: LONGEST_CELL - len(note)] + note
