"""The board as a plain table: a row an edition, on the screen, as a file and on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.ui import formats
from karvan.foundation.ui.registers import Column, export
from karvan.foundation.ui.registers.parts import Cell, cell
from karvan.stages.editions.models import Activity

from . import papers
from .grids import Grid
from .lanes import actual_words, no_days_words, note_of, planned_words
from .queries.board import BoardRow
from .queries.rollout import acting, late_stages, phase_of, short_title

FILES = ("csv", "xlsx", "pdf")
DAYS = ("planned_starts_on", "planned_ends_on", "actual_starts_on", "actual_ends_on")


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row with its cells; ``url`` is the edition's page."""

    url: str
    cells: tuple[Cell, ...]


def listed_rows(rows: Sequence[BoardRow], today: date) -> tuple[list[Column], list[ListedRow]]:
    """The columns of the screen and the rows in them."""
    columns = [column for column in columns_of(rows, today) if column.shown]
    return columns, [
        ListedRow(
            reverse("editions:edition", args=[row.edition.slug]),
            tuple(cell(column, row) for column in columns),
        )
        for row in rows
    ]


def columns_of(rows: Sequence[BoardRow], today: date) -> list[Column]:
    """What is said of each edition; ``shown`` on the screen and on paper, the single days in files."""
    titles = {one.code: short_title(one, row) for row in rows for one in row.activities}
    columns = [
        Column(
            "country",
            _("Country"),
            value=lambda row: str(row.edition.country),
            kind="name",
            detail=lambda row: row.edition.scope,
        ),
        Column("code", _("Edition"), value="edition.scope", shown=False),
        Column(
            "state",
            _("State"),
            value=lambda row: phase_of(row, today).state,
            word=lambda row: phase_of(row, today).word,
            kind="state",
        ),
    ]
    for code, title in titles.items():
        columns += _activity_columns(code, title, today)
    return [
        *columns,
        Column(
            "late",
            _("Late"),
            value=lambda row: "late" if late_stages(row) else None,
            word=_late_words,
            kind="state",
        ),
        Column("who", _("Who must act"), value=_acting_words),
    ]


def file(
    kind: str, rows: Sequence[BoardRow], *, name: str, title: str, today: date
) -> HttpResponse:
    """The table as CSV, XLSX or PDF.

    Raises:
        ValueError: ``kind`` is none of them.
    """
    columns = columns_of(rows, today)
    if kind != "pdf":
        return export.file(kind, name=name, columns=columns, rows=rows)
    shown = [column for column in columns if column.shown]
    grid = Grid(
        _("Editions"),
        tuple(str(column.title) for column in shown),
        frozenset(),
        tuple(tuple(_on_paper(column, row) for column in shown) for row in rows),
    )
    under = _("Board, as of %(day)s") % {"day": formats.date_in_words(today)}
    return papers.pdf((grid,), title=title, under=under, name=name, made_at=clock.now())


def _activity_columns(code: str, title: str, today: date) -> list[Column]:
    """Its days in words for the eye, and each of its four days for a file."""
    heads = (
        _("%(activity)s: planned from"),
        _("%(activity)s: planned until"),
        _("%(activity)s: from"),
        _("%(activity)s: until"),
    )
    return [
        Column(
            code,
            title,
            value=lambda row: _of(row, code, lambda one: _first_words(one, row)),
            detail=lambda row: _of(row, code, lambda one: _held_words(one, row, today)),
        ),
        *(
            Column(
                f"{code}_{day}",
                head % {"activity": title},
                value=partial(_of, code=code, ask=attrgetter(day)),
                kind="date",
                shown=False,
            )
            for day, head in zip(DAYS, heads, strict=True)
        ),
    ]


def _of(row: BoardRow, code: str, ask: Callable[[Activity], Any]) -> Any:
    """What is asked of the edition's activity of that code; None where it has no such."""
    found = next((one for one in row.activities if one.code == code), None)
    return ask(found) if found else None


def _first_words(activity: Activity, row: BoardRow) -> str:
    """The planned days, else the actual ones, else that there are none."""
    return planned_words(activity) or actual_words(activity) or no_days_words(row.edition)


def _held_words(activity: Activity, row: BoardRow, today: date) -> str:
    """The actual days beside the planned ones, and how they differ."""
    actual = actual_words(activity) if planned_words(activity) else ""
    return ", ".join(filter(None, (actual, note_of(activity, row.edition, today))))


def _late_words(row: BoardRow) -> str:
    return "; ".join(
        _("%(stage)s, since %(day)s")
        % {"stage": one.title, "day": formats.days_in_words(one.on, one.on)}
        if one.on
        else str(one.title)
        for one in late_stages(row)
    )


def _acting_words(row: BoardRow) -> str:
    return "; ".join(
        _("%(who)s: %(stages)s")
        % {"who": who, "stages": ", ".join(str(stage.title) for stage in stages)}
        for who, stages in acting(row).items()
    )


def _on_paper(column: Column, row: BoardRow) -> str:
    detail = column.detail(row) if column.detail else ""
    return "\n".join(filter(None, (str(export.plain(column, row) or ""), detail))) or "–"
