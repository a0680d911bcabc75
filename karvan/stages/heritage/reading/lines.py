"""Lines of a table to monuments: every cell read by its field, every doubt named, the raw line kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.texts import fold

from .countries import countries_of
from .doubts import Doubt, Settled
from .line_places import read_place
from .line_times import read_statuses, read_survey, read_years
from .lists import read_lists
from .tables import Line, Table, heading_of
from .values import clean, has_markup, importance_of, is_yes, many, script_of
from .years import day_of

_DATED = re.compile(r"dat[eu]|tarix|дата|تاريخ|fecha|year")
_AHEAD = re.compile(r"next|due|until|expir|end|novbeti|след|التالي")
LONGEST = {
    "kind": 120, "date_text": 200, "builder": 200, "adm1": 120, "adm2": 120, "address": 300,
    "certainty": 60, "owner": 200, "use": 200, "commons": 200, "source": 300, "whs_id": 20,
}  # fmt: skip
NUMBER_LONGEST = 60
PLAIN = {
    "kind": "kind", "date": "date_text", "builder": "builder", "adm1": "adm1", "adm2": "adm2",
    "address": "address", "certainty": "certainty", "owner": "owner", "use": "use",
    "commons": "commons", "source": "source", "whs_id": "whs_id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ways:
    """How a table is read.

    mapping:  field to column.
    language: of words in Latin letters that say no language themselves.
    country:  two letters of the register's country, "" where it has none.
    this_year: what lies beyond it is doubted.
    """

    mapping: Mapping[str, str]
    language: str = "en"
    country: str = ""
    this_year: int = 2026
    settled: Settled = field(default_factory=Settled)


@dataclass
class ReadMonument:
    """One monument as a line says it. ``values`` are fields of the table of monuments."""

    line: int
    number: str
    values: dict[str, Any]
    statuses: list[dict[str, Any]]
    survey: dict[str, Any] | None
    raw: dict[str, Any]


@dataclass
class ReadTable:
    """All monuments of a table. ``left_out`` lines are kept with their cells, and why."""

    monuments: list[ReadMonument] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    left_out: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)
    cleaned: int = 0  # cells out of which markup was taken


class Cells:
    """The cells of one line by field, and the doubts about them."""

    def __init__(self, table: Table, line: Line, ways: Ways, places: Mapping[str, int]) -> None:
        self.line, self.ways, self.places, self.table = line, ways, places, table
        self.doubts: list[Doubt] = list(line.doubts)
        self.cleaned = 0

    def raw(self, name: str) -> str:
        """The cell of a field as it stands; of columns of one name the first that says anything."""
        key = self.ways.mapping.get(name, "")
        if key not in self.places:
            return ""
        own = self.line.cells[self.places[key]].strip()
        if heading_of(key) not in self.table.repeated:
            return own
        others = [
            text
            for other, place in self.places.items()
            if other != key and heading_of(other) == heading_of(key)
            and (text := self.line.cells[place].strip())
        ]  # fmt: skip
        differing = [text for text in others if own and many(clean(text)) != many(clean(own))]
        if differing:
            self.doubt("columns_differ", name, value=own[:80], other=differing[0][:80])
        return own or (others[0] if others else "")

    def text(self, name: str) -> str:
        """The cell of a field without markup."""
        found = self.raw(name)
        if has_markup(found):
            self.cleaned += 1
        return clean(found)

    def many(self, name: str) -> list[str]:
        return many(self.text(name))

    def doubt(self, code: str, name: str = "", **values: str) -> str:
        """Name a doubt and return how it is settled."""
        column = self.ways.mapping.get(name, "") if name else ""
        made = Doubt(code, self.line.number, column, values)
        self.doubts.append(made)
        return self.ways.settled.of(made)


def read_lines(table: Table, ways: Ways) -> ReadTable:
    """Every line as a monument, or left out with its reason.

    Cost: 20,000 lines of 20 columns take about four seconds.
    """
    places = {key: place for place, key in enumerate(table.keys)}
    found = ReadTable()
    seen: dict[str, int] = {}
    unread = _date_columns(table, ways)
    for line in table.lines:
        cells = Cells(table, line, ways, places)
        one = _monument(cells, seen)
        _doubt_unread(cells, unread)
        found.doubts += cells.doubts
        found.cleaned += cells.cleaned
        if isinstance(one, str):
            found.left_out.append((line.number, one, _raw(table, line)))
        else:
            seen[one.number] = line.number
            found.monuments.append(one)
    return found


def _date_columns(table: Table, ways: Ways) -> list[tuple[str, int]]:
    """Columns of dates that no field reads; a date ahead of today in them is named all the same."""
    read = set(ways.mapping.values())
    return [
        (key, place) for place, key in enumerate(table.keys) if key not in read and _is_dated(key)
    ]


@lru_cache(maxsize=2048)
def _is_dated(key: str) -> bool:
    """True for a heading that speaks of a day or a year gone by."""
    folded = fold(key)
    return bool(_DATED.search(folded)) and not _AHEAD.search(folded)


def _doubt_unread(cells: Cells, columns: list[tuple[str, int]]) -> None:
    for key, place in columns:
        for text in many(cells.line.cells[place]):
            day = day_of(text)
            if day is not None and day.year > cells.ways.this_year:
                said = {"value": str(day.year)}
                cells.doubts.append(Doubt("date_kept", cells.line.number, key, said))
                break


def read_again(raw: Mapping[str, Any], ways: Ways) -> ReadMonument | None:
    """What a kept line said, read with the same mapping; None for one that no table gave."""
    cells = raw.get("cells")
    if not isinstance(cells, dict) or not cells:
        return None
    keys = tuple(cells)
    repeated = tuple({heading_of(key) for key in keys if heading_of(key) != key})
    table = Table(keys, (Line(int(raw.get("line", 0)), tuple(cells.values())),), repeated=repeated)
    found = read_lines(table, ways)
    return found.monuments[0] if found.monuments else None


def _raw(table: Table, line: Line) -> dict[str, str]:
    return dict(zip(table.keys, line.cells, strict=True))


def _monument(cells: Cells, seen: Mapping[str, int]) -> ReadMonument | str:
    settled = cells.ways.settled
    for doubt in cells.line.doubts:
        if settled.of(doubt) == "leave":
            return doubt.code
    names, aka = _names(cells)
    address = cells.text("address")
    number = _number(cells, names, address)
    if number is None:
        return "number_missing"
    if number in seen:
        if cells.doubt("number_repeated", "number", value=number, first=str(seen[number])) != "both":  # fmt: skip
            return "number_repeated"
        number = next(f"{number}{letter}" for letter in _letters() if f"{number}{letter}" not in seen)  # fmt: skip
    if not names:
        if cells.doubt("name_missing", _name_field(cells)) == "leave":
            return "name_missing"
        names = {cells.ways.language: number}
    values: dict[str, Any] = {"names": names, "aka": aka, **_texts(cells), **_plain(cells)}
    values |= _countries(cells) | read_place(cells, _here(cells)) | read_years(cells)
    values["importance"] = _importance(cells)
    values["lists"] = read_lists(cells)
    if "materials" in cells.ways.mapping:
        values["materials"] = cells.many("materials")
    if "looting" in cells.ways.mapping:
        values["is_at_risk_of_looting"] = is_yes(cells.text("looting"))
    raw = {"line": cells.line.number, "cells": _raw(cells.table, cells.line)}
    return ReadMonument(
        cells.line.number, number, _mapped(values, cells.ways), read_statuses(cells), read_survey(cells), raw,
    )  # fmt: skip


def _number(cells: Cells, names: Mapping[str, str], address: str) -> str | None:
    number = " ".join(cells.text("number").split())
    if number and len(number) <= NUMBER_LONGEST:
        return number
    if number:
        cells.doubt("number_long", "number", value=number[:80])
    said = fold(" ".join([*names.values(), address, cells.text("adm1"), cells.text("adm2")]))
    made = f"x-{hashlib.sha256((said or str(cells.line.number)).encode()).hexdigest()[:10]}"
    if cells.doubt("number_missing", "number", value=made) == "leave":
        return None
    return made


def _name_field(cells: Cells) -> str:
    return next((name for name in cells.ways.mapping if name.partition(":")[0] == "name"), "name")


def _names(cells: Cells) -> tuple[dict[str, str], list[str]]:
    """Names by language, the first of each; all others are also called so."""
    names: dict[str, str] = {}
    aka: list[str] = []
    for field_key in cells.ways.mapping:
        stem, _colon, language = field_key.partition(":")
        if stem != "name":
            continue
        for text in cells.many(field_key):
            script = script_of(text)
            own = language or script or cells.ways.language
            if own in names or len(text) > 300:
                aka.append(text[:300])
            else:
                names[own] = text
    aka += [text[:300] for text in cells.many("aka")]
    return names, [one for one in dict.fromkeys(aka) if one not in names.values()]


def _texts(cells: Cells) -> dict[str, Any]:
    found: dict[str, str] = {}
    for field_key in cells.ways.mapping:
        stem, _colon, language = field_key.partition(":")
        if stem == "text" and (text := cells.text(field_key)):
            found.setdefault(language or script_of(text) or cells.ways.language, text)
    return {"texts": found}


def _plain(cells: Cells) -> dict[str, Any]:
    values = {}
    for name, column in PLAIN.items():
        if name not in cells.ways.mapping:
            continue
        text = "; ".join(cells.many(name))
        if len(text) > LONGEST[column]:
            cells.doubt("too_long", name, most=str(LONGEST[column]))
            text = f"{text[: LONGEST[column] - 1].rstrip()}…"
        values[column] = text
    return values


def _countries(cells: Cells) -> dict[str, Any]:
    if "country" not in cells.ways.mapping:
        return {}
    text = cells.text("country")
    found, unknown = countries_of(text)
    for word in unknown:
        cells.doubt("country_unknown", "country", word=word[:60])
    return {"countries": found}


def _here(cells: Cells) -> tuple[str, ...]:
    """The countries a place must lie in: the line's own, else the register's."""
    found, _unknown = countries_of(cells.text("country"))
    return tuple(found) or ((cells.ways.country,) if cells.ways.country else ())


def _importance(cells: Cells) -> str:
    text = cells.text("importance")
    found = importance_of(text) if text else "unknown"
    return found or cells.doubt("importance_unknown", "importance", word=text[:60])


def _mapped(values: dict[str, Any], ways: Ways) -> dict[str, Any]:
    """Only what a column of the table speaks of, so that nothing else is emptied."""
    stems = {name.partition(":")[0] for name in ways.mapping}
    asked = {
        "texts": {"text"}, "importance": {"importance"}, "lists": {"lists", "inscribed"},
        "year_from": {"date", "year_from", "year_to"}, "year_to": {"date", "year_from", "year_to"},
        "latitude": {"latitude", "geometry"}, "longitude": {"longitude", "geometry"},
        "geometry": {"geometry"},
    }  # fmt: skip
    return {key: value for key, value in values.items() if key not in asked or asked[key] & stems}


def _letters() -> Iterator[str]:
    number = 1
    while True:
        number += 1
        yield f" ({number})"


def left_out_words(code: str) -> str:
    """Why a line was left out, in a few words."""
    return {
        "cells_more": _("more cells than headings"),
        "cells_joined": _("a label that holds the separator"),
        "number_missing": _("no number"),
        "number_repeated": _("a number that stands already"),
        "name_missing": _("no name"),
    }.get(code, code)
