"""Files to tables: which encoding, which separator, where the head is, and lines that do not fit."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from karvan.foundation.files.tables import encoding_of

from ..errors import Unreadable
from .doubts import Doubt

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "cp1251", "cp1254", "cp1256")
SEPARATORS = (",", ";", "\t", "|")
MOST_LINES = 60_000
MOST_COLUMNS = 400
PROBED = 60  # lines looked at to find the separator and the head
UNREAD = "\ufffd"
csv.field_size_limit(4_000_000)


@dataclass(frozen=True, slots=True)
class Line:
    """One line with the number it has in the file, and its cells, one for each heading."""

    number: int
    cells: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table as it was read.

    keys:     one for each column: its heading, with "#2" and so on where a heading is repeated.
    repeated: headings that stand more than once.
    before:   lines above the head, such as a title.
    """

    keys: tuple[str, ...]
    lines: tuple[Line, ...]
    encoding: str = ""
    separator: str = ""
    repeated: tuple[str, ...] = ()
    before: tuple[str, ...] = field(default=())


def read_table(data: bytes, kind: str, *, encoding: str = "", separator: str = "") -> Table:
    """The first sheet of a workbook ("xlsx", "ods") or text in columns ("csv").

    ``encoding`` and ``separator`` are found out where they are not given.

    Raises:
        Unreadable: there is no table in it; says up to where it could be read.

    Cost: 20,000 lines of 20 columns take about a second.
    """
    if kind in ("xlsx", "ods"):
        return _table(_sheet(data), "", "")
    encoding = encoding if encoding in ENCODINGS else encoding_of(data)
    text = _text(data, encoding)
    separator = separator if separator in SEPARATORS else _separator_of(text)
    return _table(_rows(text, separator), encoding, separator)


def key_names(heads: Sequence[str]) -> tuple[str, ...]:
    """Headings as keys: repeated ones numbered, empty ones by their place."""
    seen: Counter[str] = Counter()
    keys = []
    for place, head in enumerate(heads, start=1):
        name = " ".join(head.split()) or _("column %(place)s") % {"place": place}
        seen[name] += 1
        keys.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(keys)


def heading_of(key: str) -> str:
    """The heading that a key stands for."""
    stem, mark, number = key.rpartition("#")
    return stem if mark and number.isdecimal() else key


def _text(data: bytes, encoding: str) -> str:
    if encoding == "utf-8" and data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    return data.decode(encoding, errors="replace").replace("\x00", "")


def _separator_of(text: str) -> str:
    """The one by which most of the first lines have the same number of cells, and many of them."""

    def worth(separator: str) -> tuple[int, int]:
        rows = [row for _number, row in _rows(text, separator, most=PROBED)]
        counts = Counter(len(row) for row in rows)
        cells, times = max(counts.items(), key=lambda one: (one[0] > 1, one[1] * min(one[0], 12)), default=(1, 0))  # fmt: skip
        return (0, 0) if cells < 2 else (times * min(cells, 12), cells)

    return max(SEPARATORS, key=worth)


def _rows(text: str, separator: str, most: int = 0) -> list[tuple[int, list[str]]]:
    """Lines as cells with the number of the line each begins in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    found: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for row in reader:
            found.append((start, row))
            start = reader.line_num + 1
            if most and len(found) >= most:
                break
            if len(found) > MOST_LINES + PROBED:
                break
    except csv.Error as broken:
        raise Unreadable(
            _("From line %(line)d on this is not a table: %(why)s.")
            % {"line": start, "why": str(broken)}
        ) from None
    return found


def _sheet(data: bytes) -> list[tuple[int, list[str]]]:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError) as broken:
        raise Unreadable(_("This workbook does not open.")) from broken
    return [(number, [_cell(one) for one in row]) for number, row in enumerate(rows, start=1)]


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _table(rows: list[tuple[int, list[str]]], encoding: str, separator: str) -> Table:
    kept = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if not kept:
        raise Unreadable(_("This file holds no table: not one line says anything."))
    at = _head_at([row for _number, row in kept[:PROBED]])
    if len(kept) - at < 2:
        raise Unreadable(
            _("This file holds headings and no line under them; it was read up to line %(line)d.")
            % {"line": kept[-1][0]}
        )
    if len(kept) - at - 1 > MOST_LINES:
        raise Unreadable(
            _("This table has more than %(most)d lines, the most that are taken at once.")
            % {"most": MOST_LINES}
        )
    heads = [cell.strip().lstrip("\ufeff") for cell in kept[at][1]]
    while heads and not heads[-1] and all(len(r) < len(heads) or not r[len(heads) - 1].strip() for _n, r in kept[at + 1 :]):  # fmt: skip
        heads.pop()
    if len(heads) > MOST_COLUMNS:
        raise Unreadable(
            _("This table has %(found)d columns; %(most)d are the most that are read.")
            % {"found": len(heads), "most": MOST_COLUMNS}
        )
    body = kept[at + 1 :]
    figures = _figure_columns([row for _number, row in body], len(heads))
    repeated = tuple(sorted({head for head in heads if head and heads.count(head) > 1}))
    return Table(
        keys=key_names(heads),
        lines=tuple(_line(number, row, len(heads), figures, separator) for number, row in body),
        encoding=encoding,
        separator=separator,
        repeated=repeated,
        before=tuple(" ".join(cell for cell in row if cell) for _number, row in kept[:at]),
    )


def _head_at(rows: list[list[str]]) -> int:
    """The first line that has at least half as many filled cells as the fullest, all words."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    wanted = max(filled) / 2
    return next(at for at, count in enumerate(filled) if count >= wanted)


def _figure_columns(rows: list[list[str]], width: int) -> dict[int, float]:
    """Columns that hold figures in most lines of the right width: place to share."""
    right = [row for row in rows[:2000] if len(row) == width]
    shares = {}
    for place in range(width):
        filled = [row[place] for row in right if row[place].strip()]
        if filled:
            share = sum(_is_figure(cell) for cell in filled) / len(filled)
            if share > 0.9:
                shares[place] = share
    return shares


def _is_figure(text: str) -> bool:
    return text.strip().replace(".", "", 1).replace("-", "", 1).isdecimal()


def _line(
    number: int, row: list[str], width: int, figures: dict[int, float], separator: str
) -> Line:
    doubts = []
    if any(UNREAD in cell for cell in row):
        doubts.append(Doubt("unreadable", number))
    while len(row) > width and not row[-1].strip():
        row = row[:-1]
    if len(row) > width:
        joined = _joined(row, width, figures, separator)
        sizes = {"found": str(len(row)), "wanted": str(width)}
        if joined is None:
            doubts.append(Doubt("cells_more", number, "", sizes))
            row = row[:width]
        else:
            row, value = joined
            doubts.append(Doubt("cells_joined", number, "", {"value": value[:120]}))
    elif len(row) < width:
        if len(row) < width - 1 or separator:
            sizes = {"found": str(len(row)), "wanted": str(width)}
            doubts.append(Doubt("cells_fewer", number, "", sizes))
        row = [*row, *[""] * (width - len(row))]
    return Line(number, tuple(row), tuple(doubts))


def _joined(
    row: list[str], width: int, figures: dict[int, float], separator: str
) -> tuple[list[str], str] | None:
    """The line with a label that holds the separator put together again, and that label.

    Method: the spare cells are joined at each place in turn; the place stands where, and only
    where, every column of figures then holds a figure. None where several places would do.
    """
    spare = len(row) - width
    fitting = []
    for at in range(width):
        label = separator.join(row[at : at + spare + 1])
        tried = [*row[:at], label, *row[at + spare + 1 :]]
        if (
            at in figures
            or not row[at + 1][:1].strip(separator)
            and not row[at + 1].startswith(" ")
        ):
            continue
        if all(not tried[place].strip() or _is_figure(tried[place]) for place in figures):
            fitting.append((tried, label))
    if len(fitting) > 1:  # people write a blank after a comma, programs do not
        blanks = [
            one for one in fitting if f"{separator} " in one[1] and not one[1].startswith(" ")
        ]
        fitting = blanks if len(blanks) == 1 else fitting
    return fitting[0] if len(fitting) == 1 else None
