"""The greatest value under the limits: prices, a window near the cut, then the draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from .columns import Column, Limits
from .cut import FRACTIONS, Cut, find_cut
from .draw import contested_columns, draw_lots
from .window import Window, open_window

FIRST_WINDOW = 300


@dataclass(frozen=True, slots=True)
class Optimum:
    """How many of each column are in, and what is known about it.

    tied: columns that some other cohort of equal value would take differently; empty if not asked for.
    """

    taken: tuple[int, ...]
    cut: Cut
    proved: bool
    tied: frozenset[int]

    def chosen(self, columns: Sequence[Column]) -> set[str]:
        """Return the keys that are in."""
        pairs = zip(columns, self.taken, strict=True)
        return {key for column, n in pairs for key in column.keys[:n]}


def find_optimum(
    columns: Sequence[Column],
    limits: Limits,
    tickets: Mapping[str, int],
    work: int,
    *,
    first: int = FIRST_WINDOW,
    name_tied: bool = True,
) -> Optimum | None:
    """Return the best numbers by column, or None if no cohort keeps the limits.

    A column whose surplus over the prices is further from nought than the
    distance between the bound and the value found cannot change in any cohort
    of that value, so a window just wide enough is as exact as the whole.
    ``first`` is how many columns the first window holds; it changes only cost.
    ``name_tied`` False spares the search for who is tied; the draw is the same.
    """
    cut = find_cut(columns, limits)
    window, proved = _best_in_window(columns, limits, cut, work, first)
    if window is None:
        return None
    tied: frozenset[int] = frozenset()
    if proved:
        window = _tie_window(columns, limits, cut, window, work)
        tied = contested_columns(window) if name_tied else frozenset(window.variables)
        draw_lots(window, tied, tickets)
        proved = window.finished
    return Optimum(tuple(window.taken), cut, proved, tied if name_tied else frozenset())


def _best_in_window(
    columns: Sequence[Column], limits: Limits, cut: Cut, work: int, wanted: int
) -> tuple[Window | None, bool]:
    widths = sorted(abs(s) for s in cut.surplus)
    width = widths[min(wanted, len(widths)) - 1] if widths else 0
    while True:
        opened = [i for i, s in enumerate(cut.surplus) if abs(s) <= width]
        window = open_window(columns, limits, _outside(columns, cut), opened, work)
        window.model.maximize(window.total())
        status = window.solve()
        whole = len(opened) == len(columns)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            distance = cut.bound - window.value * FRACTIONS
            if whole or distance <= width:
                return window, status == cp_model.OPTIMAL or distance < FRACTIONS
            width = distance
        elif whole:
            if status != cp_model.INFEASIBLE:
                raise ValueError(f"no cohort was found nor excluded within work {work}")
            return None, True
        else:
            wanted *= 4
            width = widths[min(wanted, len(widths)) - 1]


def _tie_window(
    columns: Sequence[Column], limits: Limits, cut: Cut, best: Window, work: int
) -> Window:
    distance = cut.bound - best.value * FRACTIONS
    opened = [i for i in best.variables if abs(cut.surplus[i]) <= distance]
    window = open_window(columns, limits, best.taken, opened, work)
    window.hold_value()
    return window


def _outside(columns: Sequence[Column], cut: Cut) -> list[int]:
    return [c.size if s > 0 else 0 for c, s in zip(columns, cut.surplus, strict=True)]
