"""A table of titles that somebody made elsewhere, cut into cells whatever separates them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from karvan.foundation.files.errors import SpreadsheetUnreadable
from karvan.foundation.files.tables import Line, Table, encoding_of, read_table
from karvan.foundation.texts import fold

SEPARATORS = (",", ";", "\t", "|")
LOOKED_AT = 40  # lines by which the separator is told
UNREAD = "\ufffd"

# What columns are called elsewhere, folded: first the words that are the whole heading.
HEADINGS: dict[str, tuple[str, ...]] = {
    "year": ("year", "annee", "ano", "jahr", "il", "yil", "godina", "السنه", "سنه", "العام", "عام", "title year", "year of the title", "designated year", "год"),
    "region": ("region", "zone", "area", "group", "regiao", "bolge", "المنطقه", "منطقه", "groupe", "регион"),
    "city": ("city", "ville", "capital", "capitale", "stadt", "ciudad", "cidade", "seher", "sehir", "city name", "town", "place", "المدينه", "مدينه", "العاصمه", "город", "name", "nom"),
    "country": ("country", "pays", "state", "etat", "land", "olke", "ulke", "pais", "nation", "country code", "iso", "iso2", "member state", "الدوله", "دوله", "البلد", "страна"),
    "kind": ("kind", "type", "category", "categorie", "nov", "النوع", "status"),
    "reason": ("reason", "exception", "why", "motif", "raison", "sebeb", "السبب", "justification"),
    "note": ("note", "notes", "remark", "remarks", "remarque", "remarques", "comment", "observations", "qeyd", "ملاحظات", "ملاحظه"),
    "source": ("source", "reference", "ref", "quelle", "menbe", "المصدر"),
    "latitude": ("latitude", "lat", "y", "breite", "خط العرض"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "lange", "خط الطول"),
    "year_held": ("year held", "held", "held in", "annee tenue", "actual year", "celebrated in"),
}  # fmt: skip
FIELDS = tuple(HEADINGS)


def table_of(data: bytes, kind: str) -> Table:
    """The rows of an upload under their head; the head is the first row that names two fields.

    Raises:
        SpreadsheetUnreadable: there is no row, or it does not open.
    """
    if kind in ("xlsx", "ods"):
        return _under_head(read_table(data, kind))
    encoding = encoding_of(data)
    text = data.decode(encoding, errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    rows = _cut(text, separator_of(text))
    lines = [
        Line(number, tuple(cells), not any(UNREAD in cell for cell in cells))
        for number, cells in rows
        if any(cell.strip() for cell in cells)
    ]
    if len(lines) < 2:
        raise SpreadsheetUnreadable(
            _("This file holds no table: its first line names the columns.")
        )
    return _under_head(Table(_head(lines[0].cells), tuple(lines[1:]), encoding))


def separator_of(text: str) -> str:
    """The sign under which most of the first lines have one and the same number of cells.

    A label that holds another sign, quoted or not, does not mislead it.
    """
    lines = "\n".join(text.splitlines()[:LOOKED_AT])

    def agreement(sign: str) -> tuple[int, int]:
        widths = [len(cells) for _number, cells in _cut(lines, sign)]
        most = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(most) if most > 1 else 0, most)

    return max(SEPARATORS, key=agreement)


def one_city_a_row(table: Table, regions: Mapping[int, str]) -> Table:
    """A table that has a column a region, turned so that each city has its row.

    ``regions``: the place of a column → what the region is called. The rows keep the numbers of
    their lines, so several may have the same. A cell may name several cities, set apart by ";",
    "/" or line breaks.
    """
    years = [at for at, name in enumerate(table.head) if field_named(name) == "year"]
    lines = [
        Line(line.number, (line.cells[years[0]], region, city.strip()), line.is_readable)
        for line in table.lines
        for at, region in regions.items()
        if years and max(at, years[0]) < len(line.cells)
        for city in re.split(r"[;/\n]", str(line.cells[at] or ""))
        if city.strip(" -–—")
    ]
    return Table(("year", "region", "city"), tuple(lines), table.encoding)


def guessed_columns(head: tuple[str, ...]) -> dict[str, int]:
    """Which column holds which field, by the names of the columns; each column once."""
    named = [field_named(name) for name in head]
    found: dict[str, int] = {}
    for at, field in enumerate(named):
        if field and field not in found:
            found[field] = at
    return found


def field_named(heading: str) -> str:
    """The field that a heading names, "" for none: whole first, then by its first word."""
    said = fold(heading).replace("_", " ").replace("-", " ").strip(" .:*#")
    for field, words in HEADINGS.items():
        if said in words:
            return field
    first = said.split("(")[0].split("/")[0].split(",")[0].strip()
    for field, words in HEADINGS.items():
        if first in words or any(first.startswith(f"{word} ") for word in words if len(word) > 3):
            return field
    return ""


def _cut(text: str, separator: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            rows.append((start, cells))
            start = reader.line_num + 1
    except csv.Error:
        return rows
    return rows


def _under_head(table: Table) -> Table:
    """The table from its real head on: titles and remarks above it are passed over."""
    if len(guessed_columns(table.head)) >= 2:
        return table
    for at, line in enumerate(table.lines[:15]):
        head = _head(line.cells)
        if len(guessed_columns(head)) >= 2:
            return Table(head, table.lines[at + 1 :], table.encoding)
    return table


def _head(cells: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(" ".join(str(cell).lstrip("\ufeff").split()) for cell in cells)
