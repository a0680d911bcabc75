"""The greatest value under the limits: prices, a window near the cut, then the draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import gcd

import numpy as np
from ortools.sat.python import cp_model

from .candidate_table import Ints
from .columns import Columns, Limits
from .cut import FRACTIONS, Cut, exact_sum, find_cut, worths
from .draw import contested_columns, draw_lots
from .face import Face
from .window import Window, open_window

FIRST_WINDOW = 100


@dataclass(frozen=True, eq=False)
class Optimum:
    """How many of each column are in, and what is known about it."""

    columns: Columns
    taken: Ints
    cut: Cut
    value: int
    proved: bool
    face: Face | None = field(repr=False)

    @cached_property
    def tied(self) -> Ints:
        """Columns that some other cohort of equal value would take differently."""
        if self.face is None:
            return np.zeros(0, dtype=np.int64)
        return self.face.opened[contested_columns(self.face)]


def find_optimum(
    columns: Columns, limits: Limits, work: int, *, first: int = FIRST_WINDOW
) -> Optimum | None:
    """Return the best numbers by column, or None if no cohort keeps the limits.

    A column whose surplus over the prices is further from nought than the
    distance between the bound and the value found cannot change in any cohort
    of that value, so a window just wide enough is as exact as the whole. Where
    the linear programme's own corner is whole, no search is needed.
    ``first`` is how many columns the first window holds; it changes only cost.
    """
    cut = find_cut(columns, limits)
    found = _best(columns, limits, cut, work, first)
    if found is None:
        return None
    taken, value, proved = found
    if not proved:
        return Optimum(columns, taken, cut, value, False, None)
    face = Face(columns, limits, cut, taken, value, work)
    drawn = taken.copy()
    drawn[face.opened] = draw_lots(columns, face)
    return Optimum(columns, drawn, cut, value, face.finished, face)


def round_down(bound: int, fill: int, places: int, step: int) -> int:
    """Return the greatest value up to the bound that whole cohorts can have.

    Their merit is a multiple of ``step``, their seats at most the places.
    """
    merit, seats = divmod(bound, fill)
    possible = merit // step * step if step else 0
    return possible * fill + (seats if possible == merit else places)


def merit_step(columns: Columns) -> int:
    """Return the greatest number of which every candidate's merit is a multiple."""
    return gcd(*set((columns.seats * columns.merit).tolist()))


def _best(
    columns: Columns, limits: Limits, cut: Cut, work: int, wanted: int
) -> tuple[Ints, int, bool] | None:
    """Return numbers, value, and whether no better ones exist; None if none keep the limits."""
    worth = worths(columns, cut.fill)
    most = round_down(cut.bound // FRACTIONS, cut.fill, limits.places, merit_step(columns))
    taken = cut.corner
    if taken is not None:
        value = exact_sum(taken, worth)
        if value >= most:
            return taken, value, True
    far = np.abs(cut.surplus)
    widths = np.sort(far)
    width = widths[min(wanted, len(widths)) - 1] if len(widths) else 0
    outside = np.where(cut.surplus > 0, columns.size, 0)
    is_possible = taken is not None
    while True:
        opened = np.flatnonzero(far <= width)
        is_whole = len(opened) == len(columns)
        window = open_window(columns, limits, outside, opened, worth)
        status = _maximised(window, most, taken, work)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            value = exact_sum(window.taken, worth)
            distance = cut.bound - value * FRACTIONS
            if is_whole or distance <= width or value >= most:
                return window.taken, value, status == cp_model.OPTIMAL or value >= most
            width = distance
        elif is_whole:
            if status != cp_model.INFEASIBLE:
                raise ValueError(f"no cohort was found nor excluded within work {work}")
            return None
        elif not is_possible and not _is_possible(columns, limits, work):
            return None
        else:
            is_possible = True
            wanted *= 4
            width = widths[min(wanted, len(widths)) - 1]


def _maximised(window: Window, most: int, near: Ints | None, work: int) -> int:
    total = window.total()
    fixed = window.taken.copy()
    fixed[window.opened] = 0
    window.model.add(total <= most - exact_sum(fixed, window.worth))
    window.model.maximize(total)
    if near is not None:
        for variable, n in zip(window.variables, near[window.opened].tolist(), strict=True):
            window.model.add_hint(variable, n)
    return window.solve(work)


def _is_possible(columns: Columns, limits: Limits, work: int) -> bool:
    """Return whether any cohort keeps the limits; merit does not matter, so groups are enough."""
    groups = columns.of_groups()
    everything = np.arange(len(groups))
    window = open_window(groups, limits, np.zeros_like(groups.size), everything, groups.merit)
    status = window.solve(work)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE):
        raise ValueError(f"no cohort was found nor excluded within work {work}")
    return status != cp_model.INFEASIBLE
