"""Where the cut lies: prices of places and quotas from the linear programme.

Any whole-number prices give a valid bound, whatever the solver did, because
the bound is recomputed here in exact arithmetic (weak duality). The solver
only has to find good ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .candidate_table import Ints
from .columns import Columns, Limits
from .linear import Floats, LinearProgramme, Vertex

# Prices of these programmes are mostly small fractions; 5040 holds 1/2 to 1/10 exactly.
FRACTIONS = 5040

# Up to this many columns the linear programme takes all of them at once.
WHOLE = 2_000
# Otherwise it opens so many near the cut, and so many more where that was not enough.
NEAR, MORE = 600, 400

# Whole numbers below this are safe in 64 bits, also added up or doubled.
SAFE = 2**62


@dataclass(frozen=True, slots=True)
class Cut:
    """Whole-number prices, each column's surplus over them, and the bound they prove.

    Value counts merit first and filled seats second: a seat is worth
    ``merit * fill + 1`` with ``fill`` above the number of places. Surpluses
    and the bound are that value times ``FRACTIONS``.

    corner: how many of each column the programme takes, where it takes whole
            numbers and they keep the limits; else None.
    """

    fill: int
    place: int
    quotas: tuple[int, ...]
    surplus: NDArray[Any]
    bound: int
    corner: Ints | None = None

    @property
    def unit(self) -> int:
        """Prices are in 1/unit of a hundredth of merit."""
        return self.fill * FRACTIONS


def worths(columns: Columns, fill: int) -> NDArray[Any]:
    """Return the value of one candidate of each column: merit first, then seats."""
    most = int(columns.merit.max(initial=0)) * fill + 1
    exact = object if most * int(columns.rows[:, 0].max(initial=0)) >= SAFE else np.int64
    return np.asarray(columns.seats.astype(exact) * (columns.merit.astype(exact) * fill + 1))


def exact_sum(amounts: Ints, numbers: NDArray[Any]) -> int:
    """Return the sum of the products as an exact whole number."""
    if numbers.dtype != object:
        most = int(np.abs(numbers).max(initial=0)) * int(np.abs(amounts).sum())
        if most < SAFE:
            return int(np.dot(amounts, numbers))
    used = np.flatnonzero(amounts)
    return sum(int(a) * int(n) for a, n in zip(amounts[used], numbers[used], strict=True))


def keeps(columns: Columns, limits: Limits, taken: Ints) -> bool:
    """Return whether so many of each column keep places and quotas."""
    if np.any(taken < 0) or np.any(taken > columns.size):
        return False
    people = columns.people(taken)
    rows = zip(people, limits.low, limits.high, strict=True)
    return all(low <= n and (high is None or n <= high) for n, low, high in rows)


def find_cut(columns: Columns, limits: Limits) -> Cut:
    """Return prices from the linear programme; all nought where there is nobody.

    Only columns near the cut are in the programme, the others are all in or
    all out. Where its prices say otherwise of one, it is opened and the
    programme solved again, so the prices are those of the whole programme.

    Cost: a linear programme or two with a row for each limit and some 1,000
        columns, whatever their number; 1,000,000 candidates take 0.15 CPU s.
    """
    fill = limits.places + 1
    if not len(columns):
        return price_cut(columns, limits, 0, (0,) * len(limits.quotas))
    relaxation = _Relaxation(columns, limits)
    prices, taken = relaxation.solve()
    if not relaxation.is_met_by(taken):
        # No cohort keeps the limits, or the solver found none: any prices are as good.
        prices = np.zeros_like(prices)
    scaled = [round(float(price) * fill * FRACTIONS) for price in prices]
    # A price of the wrong sign could only be noise.
    place, quotas = max(0, scaled[0]), scaled[1:]
    for q, ceiling in enumerate(limits.ceilings):
        if ceiling is None:
            quotas[q] = min(0, quotas[q])
    whole = np.rint(taken).astype(np.int64)
    is_whole = bool(np.all(np.abs(taken - whole) < 1e-6)) and keeps(columns, limits, whole)
    return price_cut(columns, limits, place, quotas, whole if is_whole else None)


def price_cut(
    columns: Columns,
    limits: Limits,
    place: int,
    quotas: Sequence[int],
    corner: Ints | None = None,
) -> Cut:
    """Return surpluses and bound for given prices, in exact whole numbers."""
    fill = limits.places + 1
    worth = worths(columns, fill)
    dearest = int(columns.rows.max(initial=0)) * sum(map(abs, [place, *quotas]))
    most = int(np.abs(worth).max(initial=0)) * FRACTIONS + dearest
    exact = np.int64 if most < SAFE else object
    price = columns.rows.astype(exact) @ np.array([place, *quotas], dtype=exact)
    surplus = worth.astype(exact) * FRACTIONS - price[columns.group]
    bound = place * limits.places
    for given, floor, ceiling in zip(quotas, limits.floors, limits.ceilings, strict=True):
        bound += given * ((ceiling if given > 0 else floor) or 0)
    bound += exact_sum(np.where(surplus > 0, columns.size, 0), surplus)
    return Cut(fill, place, tuple(quotas), surplus, bound, corner)


class _Relaxation:
    """The linear programme over the columns, of which few are open at a time."""

    def __init__(self, columns: Columns, limits: Limits) -> None:
        self.columns = columns
        self.gain = columns.seats * (columns.merit + 1 / (limits.places + 1))
        self.rows = columns.rows.astype(np.float64)
        self.low = np.array(limits.low, dtype=np.float64)
        self.high = np.array([np.inf if h is None else h for h in limits.high])
        # Dearer than any price a limit is likely to have; prices only get worse if it is not.
        self.penalty = 1_000 * (float(self.gain.max(initial=0)) + 1)

    def solve(self) -> tuple[Floats, Floats]:
        """Return the price of each row and the amount of each column."""
        size = self.columns.size.astype(np.float64)
        opened = np.ones(len(size), dtype=bool)
        outside = np.zeros_like(size)
        if len(size) > WHOLE:
            surplus = self._surplus(self._rough_prices())
            opened = _nearest(surplus, NEAR)
            outside = np.where(surplus > 0, size, 0.0)
        noise = 1e-9 * float(self.gain.max()) + 1e-7
        while True:
            some = np.flatnonzero(opened)
            outside[some] = 0
            found = self._best(self.columns.group[some], self.gain[some], size[some], outside)
            surplus = self._surplus(found.prices)
            wrong = ~opened & np.where(outside > 0, surplus < -noise, surplus > noise)
            if not wrong.any():
                outside[some] = found.amounts[: len(some)]
                return found.prices, outside
            opened |= wrong | _nearest(surplus, MORE)

    def is_met_by(self, taken: Floats) -> bool:
        """Return whether these amounts keep the limits, but for noise."""
        people = np.bincount(self.columns.group, taken, len(self.rows)) @ self.rows
        noise = 1e-6 * (1 + people)
        return bool(np.all(people >= self.low - noise) and np.all(people <= self.high + noise))

    def _surplus(self, prices: Floats) -> Floats:
        return self.gain - (self.rows @ prices)[self.columns.group]

    def _best(self, group: Ints, gain: Floats, size: Floats, outside: Floats) -> Vertex:
        """Solve over some columns; where they keep no limits, miss these by as little as can be."""
        there = np.bincount(self.columns.group, outside, len(self.rows)) @ self.rows
        low, high = self.low - there, self.high - there
        rows = self.rows[group].T
        found = LinearProgramme(gain, size, rows, low, high).solve()
        if found is None:
            slack = np.eye(len(low))
            loose = np.full(2 * len(low), np.inf)
            found = LinearProgramme(
                np.concatenate([gain, np.full(2 * len(low), -self.penalty)]),
                np.concatenate([size, loose]),
                np.concatenate([rows, slack, -slack], axis=1),
                low,
                high,
            ).solve()
        if found is None:
            return Vertex(np.zeros_like(gain), np.zeros_like(low))
        return found

    def _rough_prices(self) -> Floats:
        """Return prices from columns gathered by rank in their group: 1, 2, 4, 8 and so on."""
        columns = self.columns
        before = np.cumsum(columns.size) - columns.size
        first = np.searchsorted(columns.group, np.arange(len(self.rows)))
        rank = before - before[np.minimum(first, len(before) - 1)][columns.group]
        step = np.floor(np.log2(rank + 1)).astype(np.int64)
        gathered = np.flatnonzero(np.diff(columns.group * 128 + step, prepend=-1))
        size = np.add.reduceat(columns.size, gathered).astype(np.float64)
        gain = np.add.reduceat(self.gain * columns.size, gathered) / size
        return self._best(columns.group[gathered], gain, size, np.zeros(len(columns))).prices


def _nearest(surplus: Floats, wanted: int) -> NDArray[np.bool_]:
    """Return the columns nearest to the cut, all of those equally near."""
    far = np.abs(surplus)
    if wanted >= len(far):
        return np.ones(len(far), dtype=bool)
    return np.asarray(far <= np.partition(far, wanted)[wanted])
