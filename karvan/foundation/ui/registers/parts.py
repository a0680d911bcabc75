"""The pieces of a register as its template takes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from karvan.foundation.ui import marks

from .columns import Column, Pick, Words


@dataclass(frozen=True, slots=True)
class Head:
    """A column head; ``sort`` is "ascending", "descending" or ""."""

    column: Column
    url: str
    sort: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is shown."""

    column: Column
    text: str
    detail: Any


@dataclass(frozen=True, slots=True)
class Line:
    """One row with its cells."""

    row: Any
    key: str
    url: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Link:
    """A word that leads somewhere; ``is_chosen`` marks where the reader is."""

    title: Words
    url: str
    is_chosen: bool
    count: int


@dataclass(frozen=True, slots=True)
class PickBox:
    """A pick with the value in force."""

    pick: Pick
    value: str


def cell(column: Column, row: Any) -> Cell:
    """One cell; what is not known says so, in quiet type."""
    detail = column.detail(row) if column.detail else ""
    return Cell(column, _shown(column, row, column.of(row)), detail)


def _shown(column: Column, row: Any, value: Any) -> str:
    if column.kind == "state" and value:
        return marks.state(value, label=column.word(row) if column.word else "")
    if value is None or value == "" or value == {}:
        return SafeString('<span class="unknown">–</span>')
    if column.kind in ("date", "moment") and isinstance(value, date):
        return marks.when(value)
    if column.kind == "name":
        return marks.name(value)
    if column.kind == "flag":
        return _("yes") if value else _("no")
    if column.kind == "number":
        return marks.number(value)
    return marks.percent(value) if column.kind == "percent" else format_html("{}", value)
