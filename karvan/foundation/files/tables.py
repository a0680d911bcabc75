"""Read a table that somebody made elsewhere: a workbook, or text in one of many encodings.

Text is never mangled in silence. A file is read in one encoding, the one that it says or
shows; a line that does not read so is reported by its number and left out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from .errors import SpreadsheetUnreadable

OLD_ENCODINGS = ["cp1252", "cp1256", "cp1251", "cp1254"]  # western, Arabic, Cyrillic, Turkish
MOST_LINES = 20_000
SEPARATORS = ",;\t"
_UNREAD = "\ufffd"


@dataclass(frozen=True, slots=True)
class Line:
    """One row with the number it has in the file, from 1; ``is_readable`` is False where
    its bytes are not of the file's encoding."""

    number: int
    cells: tuple[Any, ...]
    is_readable: bool = True


@dataclass(frozen=True)
class Table:
    """A head and its rows; ``encoding`` is "" for a workbook."""

    head: tuple[str, ...]
    lines: tuple[Line, ...]
    encoding: str = ""
    repeated: tuple[str, ...] = field(default=())


def read_table(data: bytes, kind: str) -> Table:
    """The first sheet of a workbook (``kind`` "xlsx" or "ods"), or a "csv".

    Raises:
        SpreadsheetUnreadable: there is no row, or too many, or it does not open.

    Cost: 10,000 rows of 30 columns take about a second.
    """
    if kind in ("xlsx", "ods"):
        return _table(_sheet_lines(data), "")
    encoding = encoding_of(data)
    return _table(_text_lines(data, encoding), encoding)


def encoding_of(data: bytes) -> str:
    """The encoding of a text: marked, or UTF-8 if most of its lines read so, else the likeliest
    old one of four."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    foreign = [line for line in data.splitlines() if not line.isascii()]
    if sum(_reads(line, "utf-8") for line in foreign) * 2 >= len(foreign):
        return "utf-8"
    old = b"\n".join(line for line in foreign if not _reads(line, "utf-8"))
    best = from_bytes(old[:100_000], cp_isolation=OLD_ENCODINGS).best()
    return best.encoding if best and best.encoding in OLD_ENCODINGS else "cp1252"


def _text_lines(data: bytes, encoding: str) -> Iterator[Line]:
    if encoding == "utf-16":
        texts = data.decode("utf-16", errors="replace").splitlines(keepends=True)
    else:
        texts = [_decoded(line, encoding) for line in _byte_lines(data)]
    separator = max(SEPARATORS, key=texts[0].count) if texts else ","
    reader = csv.reader(texts, delimiter=separator)
    start = 1
    try:
        for cells in reader:
            is_readable = not any(_UNREAD in text for text in texts[start - 1 : reader.line_num])
            yield Line(start, tuple(cells), is_readable)
            start = reader.line_num + 1
    except csv.Error as broken:
        raise SpreadsheetUnreadable(
            _("Line %(line)d is not a line of a table: %(why)s")
            % {"line": start, "why": str(broken)}
        ) from None


def _byte_lines(data: bytes) -> list[bytes]:
    return io.BytesIO(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")).readlines()


def _decoded(line: bytes, encoding: str) -> str:
    """One line; with a sign that stands for unread bytes where it is not of the encoding.

    Letters of two bytes that read as UTF-8 are hardly ever meant otherwise, so in a file
    of an old encoding they show a line pasted in from elsewhere.
    """
    is_pasted = encoding in OLD_ENCODINGS and not line.isascii() and _reads(line, "utf-8")
    if is_pasted or not _reads(line, encoding):
        return line.decode("ascii", errors="replace")
    return line.decode(encoding)


def _reads(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _sheet_lines(data: bytes) -> Iterator[Line]:
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        cells: Iterable[Sequence[Any]] = rows.to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError) as broken:
        raise SpreadsheetUnreadable(_("This workbook does not open.")) from broken
    for number, row in enumerate(cells, start=1):
        yield Line(number, tuple(row))


def _table(lines: Iterable[Line], encoding: str) -> Table:
    kept = [line for line in lines if any(str(cell).strip() for cell in line.cells)]
    if not kept:
        raise SpreadsheetUnreadable(
            _("This file holds no table: its first line names the columns.")
        )
    if len(kept) > MOST_LINES:
        raise SpreadsheetUnreadable(
            _("This table has %(count)d lines; %(most)d are the most we take at once.")
            % {"count": len(kept), "most": MOST_LINES}
        )
    head = tuple(" ".join(str(cell).split()) for cell in kept[0].cells)
    repeated = tuple(sorted({name for name in head if name and head.count(name) > 1}))
    return Table(head, tuple(kept[1:]), encoding, repeated)
