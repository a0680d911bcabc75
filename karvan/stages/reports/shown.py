"""Ledgers, boards and figures as their templates take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel import dates
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats
from karvan.foundation.ui.states import state_of

from .addresses import address_of, stage_address
from .queries.board import Board, BoardRow, StageState
from .queries.indicators import Figure
from .queries.ledger import ledger
from .queries.lines import Fact, Ledger, Line, mark_in_words
from .queries.sources.counting import UNKNOWN, Part
from .rebased import Beside, ComparedFigure, ShownRebase
from .wording import dimension_word, figure_cell, goal_word, group_word, shown, title_of


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the ledger with its facts linked."""

    line: Line
    facts: tuple[tuple[Fact, str], ...]


@dataclass(frozen=True, slots=True)
class ShownCount:
    """A bar of the ledger's head."""

    mark: str
    word: str
    tone: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line in words of one language, for print side by side."""

    promise: str
    owner: str
    due: str
    outcome: str
    facts: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the board with its head and its address; ``cell`` is None where unused."""

    title: Any
    cell: StageState | None
    url: str
    day: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the board."""

    row: BoardRow
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A group of a figure: its bar, hatched where nothing is known of the group."""

    word: str
    label: str
    value: float | None
    counted: str


@dataclass(frozen=True, slots=True)
class ShownGroups:
    """The groups of one dimension."""

    word: str
    parts: tuple[ShownPart, ...]


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure with its words; ``most`` is where the bars of all its groups end."""

    figure: Figure
    title: str
    definition: str
    value: str
    counted: str
    baseline: str
    target: str
    url: str
    groups: tuple[ShownGroups, ...]
    most: float
    compared: ComparedFigure | None
    rebases: tuple[ShownRebase, ...]


@dataclass(frozen=True, slots=True)
class FormLink:
    """One of the forms or periods of the board, as a word that leads to it."""

    word: Any
    url: str
    is_chosen: bool


# The forms of the board, the first one being the plain address, each with its template.
FORMS = {
    "board": "reports/board_matrix.html",
    "table": "reports/board_table.html",
    "gantt": "reports/board_gantt.html",
    "map": "reports/board_map.html",
}


def form_links(path: str, chosen: str) -> list[FormLink]:
    """The forms of the board, over it."""
    words = (_("Board"), _("As a table"), _("Gantt chart"), _("Map"))
    return [
        FormLink(word, path + as_form(form), form == chosen)
        for form, word in zip(FORMS, words, strict=True)
    ]


def as_form(form: str) -> str:
    """The question that asks for a form; "" for the board itself."""
    return "" if form == "board" else f"?as={form}"


def period_links(path: str, chosen: str) -> list[FormLink]:
    """The periods of the Gantt chart."""
    periods = (("all", _("All years")), ("year", _("This year")), ("next", _("Next 12 months")))
    return [
        FormLink(
            word, f"{path}?as=gantt" + ("" if key == "all" else f"&period={key}"), key == chosen
        )
        for key, word in periods
    ]


def shown_lines(found: Ledger, mark: str = "") -> list[ShownLine]:
    """The lines, or those that hold one mark."""
    return [
        ShownLine(line, tuple((fact, address_of(fact.subject)) for fact in line.facts))
        for line in found.lines
        if not mark or mark in line.marks
    ]


def shown_counts(found: Ledger, path: str, chosen: str) -> list[ShownCount]:
    """A bar for each mark; it leads to the lines that hold it."""
    return [
        ShownCount(
            mark,
            mark_in_words(mark, None),
            state_of(mark).tone,
            count,
            path if mark == chosen else f"{path}?mark={mark}",
            mark == chosen,
        )
        for mark, count in found.bars
    ]


def spoken(rows: Any, language: str) -> list[Spoken]:
    """The ledger of these commitments in one language. Costs the ledger's queries."""
    with translation.override(language):
        return [_spoken(line) for line in ledger(rows.all()).lines]


def shown_board(found: Board) -> list[ShownRow]:
    """The rows of the board, each cell with its head and its address."""
    return [
        ShownRow(
            row,
            tuple(
                _cell(title, cell, row)
                for (_key, title), cell in zip(found.stages, row.cells, strict=True)
            ),
        )
        for row in found.rows
    ]


def _cell(title: Any, cell: StageState | None, row: BoardRow) -> ShownCell:
    """A cell with its day in the short form, since eleven of them stand in a line."""
    if cell is None:
        return ShownCell(title, None, "", "")
    locale = formats.locale_of()
    day = dates.format_date(cell.on, "medium", locale=locale) if cell.on else ""
    return ShownCell(title, cell, stage_address(cell, row.edition), str(day))


def shown_figures(
    figures: Sequence[Figure],
    document: Mapping[str, Any],
    scope: str,
    beside: Beside,
    *,
    may_open: bool,
) -> list[ShownFigure]:
    """The figures with their words and, for those who may open them, where their rows are."""
    return [_figure(one, document, scope if may_open else "", beside) for one in figures]


def _figure(figure: Figure, document: Mapping[str, Any], scope: str, beside: Beside) -> ShownFigure:
    has_rows = bool(scope) and figure.rows is not None
    is_share = figure.unit == "percent"
    values = [part.value or 0 for parts in figure.by.values() for part in parts.values()]
    return ShownFigure(
        figure=figure,
        title=title_of(figure),
        definition=in_language(figure.indicator.get("definition")),
        value=shown(figure_cell(figure, figure.value)),
        counted=_counted(figure.numerator, figure.denominator),
        baseline=goal_word(figure.baseline, figure),
        target=goal_word(figure.target, figure),
        url=_rows_address(figure, scope) if has_rows else "",
        groups=tuple(
            ShownGroups(
                dimension_word(dimension),
                tuple(
                    _part(figure, group_word(dimension, group, document), group, part)
                    for group, part in parts.items()
                ),
            )
            for dimension, parts in figure.by.items()
        ),
        most=1 if is_share else max(values, default=1) or 1,
        compared=beside.compared.get(figure.code),
        rebases=tuple(beside.rebases.get(figure.code, ())),
    )


def _rows_address(figure: Figure, scope: str) -> str:
    """The rows that the figure counts: its first slice, or all of them."""
    address = reverse("reports:rows", args=[scope, figure.key])
    first = figure.slices[0].key if figure.slices else "all"
    return address if first == "all" else f"{address}?show={first}"


def _part(figure: Figure, word: str, group: str, part: Part) -> ShownPart:
    cell = figure_cell(figure, part.value)
    value = None if group == UNKNOWN else part.value
    counted = _counted(part.numerator, part.denominator)
    return ShownPart(word, shown(cell), value, counted)


def _counted(numerator: int | None, denominator: int | None) -> str:
    if numerator is None or denominator is None:
        return ""
    return translation.gettext("%(part)s of %(whole)s") % {
        "part": formats.number(numerator),
        "whole": formats.number(denominator),
    }


def _spoken(line: Line) -> Spoken:
    changes = tuple(f"{one.words}. {one.reason}" for one in line.departures)
    return Spoken(
        in_language(line.commitment.titles),
        str(line.commitment.owner),
        _day(line.commitment.due_on),
        line.words,
        tuple(f"{_day(fact.on) or fact.date_note}: {fact.words}" for fact in line.facts),
        changes or ((line.reason,) if line.reason else ()),
    )


def _day(day: date | None) -> str:
    return formats.date_in_words(day) if day else ""
