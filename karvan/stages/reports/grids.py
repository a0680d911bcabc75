"""Ledgers and figures as plain tables: what paper, spreadsheets and kept reports show alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats

from .queries.indicators import Figure
from .queries.lines import Fact, Ledger, Line, mark_in_words
from .wording import Cell, dimension_word, figure_cell, goal_word, group_word, shown, title_of


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, its heads, which of them are figures, its rows."""

    caption: str
    heads: tuple[str, ...]
    figures: frozenset[int]
    rows: tuple[tuple[Cell, ...], ...]


def ledger_grids(found: Ledger) -> tuple[Grid, ...]:
    """How many lines hold each mark, then every line."""
    total = len(found.lines)
    counts = Grid(
        _("What became of %(total)s promises") % {"total": formats.number(total)},
        (_("What became of it"), _("Promises")),
        frozenset({1}),
        tuple((mark_in_words(mark, None), count) for mark, count in found.bars),
    )
    heads = (
        _("Promise"),
        _("Owner"),
        _("Due"),
        _("What became of it"),
        _("Delivered"),
        _("What shows it"),
        _("What was changed, and why"),
    )
    rows = tuple(_ledger_row(line) for line in found.lines)
    return counts, Grid(_("Promises"), heads, frozenset(), rows)


def figure_grids(figures: Sequence[Figure], document: Mapping[str, Any]) -> tuple[Grid, ...]:
    """All indicators, then one table for each that is divided into groups."""
    heads = (
        _("Code"),
        _("Indicator"),
        _("Value"),
        _("Counted"),
        _("Of"),
        _("Baseline"),
        _("Target"),
        _("Note"),
    )
    rows = tuple(_figure_row(figure) for figure in figures)
    every = Grid(_("Indicators"), heads, frozenset({2, 3, 4, 5, 6}), rows)
    return (every, *(_group_grid(one, document) for one in figures if one.by))


def fact_words(fact: Fact) -> str:
    """One fact with its day and its source."""
    day = formats.date_in_words(fact.on) if fact.on else fact.date_note or _("date not known")
    return _("%(day)s: %(words)s (%(source)s)") % {
        "day": day,
        "words": fact.words,
        "source": fact.source,
    }


def _ledger_row(line: Line) -> tuple[Cell, ...]:
    changed = [f"{one.words}. {one.reason}".strip() for one in line.departures]
    reason = "" if line.departures else line.reason
    marks = line.words + (_(" (said to be: %(said)s)") % {"said": line.said} if line.said else "")
    return (
        f"{in_language(line.commitment.titles)} ({line.commitment.code})",
        str(line.commitment.owner),
        line.commitment.due_on or _("no date"),
        marks,
        line.delivered_on or "–",
        "\n".join(map(fact_words, line.facts)) or "–",
        "\n".join(changed) or reason or "–",
    )


def _figure_row(figure: Figure) -> tuple[Cell, ...]:
    return (
        figure.code,
        title_of(figure),
        figure_cell(figure, figure.value) if figure.is_collected else _("not collected"),
        "–" if figure.numerator is None else figure.numerator,
        "–" if figure.denominator is None else figure.denominator,
        goal_word(figure.baseline, figure),
        goal_word(figure.target, figure),
        figure.note,
    )


def _group_grid(figure: Figure, document: Mapping[str, Any]) -> Grid:
    heads = (_("By"), _("Group"), _("Value"), _("Counted"), _("Of"))
    rows = tuple(
        (
            dimension_word(dimension),
            group_word(dimension, group, document),
            figure_cell(figure, part.value),
            "–" if part.numerator is None else part.numerator,
            "–" if part.denominator is None else part.denominator,
        )
        for dimension, parts in figure.by.items()
        for group, part in parts.items()
    )
    return Grid(f"{figure.key} · {title_of(figure)}", heads, frozenset({2, 3, 4}), rows)


def as_words(grids: Sequence[Grid]) -> list[dict[str, Any]]:
    """The tables as they are kept: every cell as it was shown."""
    return [
        {
            "caption": grid.caption,
            "heads": list(grid.heads),
            "figures": sorted(grid.figures),
            "rows": [[shown(cell) for cell in row] for row in grid.rows],
        }
        for grid in grids
    ]


def from_words(tables: Sequence[Mapping[str, Any]]) -> tuple[Grid, ...]:
    """Kept tables, to be shown again."""
    return tuple(
        Grid(
            table["caption"],
            tuple(table["heads"]),
            frozenset(table["figures"]),
            tuple(tuple(row) for row in table["rows"]),
        )
        for table in tables
    )
