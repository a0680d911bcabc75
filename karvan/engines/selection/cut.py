"""Where the cut lies: prices of places and quotas from the linear programme.

Any whole-number prices give a valid bound, whatever the solver did, because
the bound is recomputed here in exact arithmetic (weak duality). The solver
only has to find good ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from .columns import Column, Limits

Matrix = NDArray[np.float64]

# Prices of these programmes are mostly small fractions; 5040 holds 1/2 to 1/10 exactly.
FRACTIONS = 5040


@dataclass(frozen=True, slots=True)
class Cut:
    """Whole-number prices, each column's surplus over them, and the bound they prove.

    Value counts merit first and filled seats second: a seat is worth
    ``merit * fill + 1`` with ``fill`` above the number of places. Surpluses
    and the bound are that value times ``FRACTIONS``.
    """

    fill: int
    place: int
    quotas: tuple[int, ...]
    surplus: tuple[int, ...]
    bound: int

    @property
    def unit(self) -> int:
        """Prices are in 1/unit of a hundredth of merit."""
        return self.fill * FRACTIONS


def worth(column: Column, fill: int) -> int:
    """Return the value of one candidate of the column: merit first, then seats."""
    return column.seats * (column.merit * fill + 1)


def find_cut(columns: Sequence[Column], limits: Limits) -> Cut:
    """Return prices from the linear programme; all nought where it has no answer.

    Cost: one linear programme with a row for each limit; 1,000
    candidates and 24 quotas take about 10 ms.
    """
    fill = limits.places + 1
    place, quotas = _rounded_prices(columns, limits, fill)
    return price_cut(columns, limits, place, quotas)


def price_cut(columns: Sequence[Column], limits: Limits, place: int, quotas: Sequence[int]) -> Cut:
    """Return surpluses and bound for given prices, in exact whole numbers."""
    fill = limits.places + 1
    surplus = tuple(
        worth(c, fill) * FRACTIONS
        - c.seats * place
        - sum(n * p for n, p in zip(c.counts, quotas, strict=True) if n)
        for c in columns
    )
    bound = place * limits.places
    for price, floor, ceiling in zip(quotas, limits.floors, limits.ceilings, strict=True):
        bound += price * ((ceiling if price > 0 else floor) or 0)
    bound += sum(s * c.size for s, c in zip(surplus, columns, strict=True) if s > 0)
    return Cut(fill, place, tuple(quotas), surplus, bound)


def _rounded_prices(
    columns: Sequence[Column], limits: Limits, fill: int
) -> tuple[int, tuple[int, ...]]:
    nought = (0, (0,) * len(limits.quotas))
    if not columns:
        return nought
    matrix, right, owners = _rows(columns, limits)
    gain = np.array([c.seats * (c.merit + 1 / fill) for c in columns])
    sizes = [(0.0, float(c.size)) for c in columns]
    answer = linprog(-gain, A_ub=matrix, b_ub=right, bounds=sizes, method="highs-ds")
    if answer.status != 0:
        return nought
    prices = [0] * len(limits.quotas)
    marginals = answer.ineqlin.marginals
    for (quota, sign), marginal in zip(owners, marginals[1:], strict=True):
        # Only the right sign is a valid price; the wrong one could only be noise.
        prices[quota] += sign * max(0, round(-float(marginal) * fill * FRACTIONS))
    return max(0, round(-float(marginals[0]) * fill * FRACTIONS)), tuple(prices)


def _rows(
    columns: Sequence[Column], limits: Limits
) -> tuple[Matrix, Matrix, list[tuple[int, int]]]:
    counts = np.array([c.counts for c in columns]).reshape(len(columns), -1).T
    rows = [np.array([c.seats for c in columns])]
    right = [limits.places]
    owners: list[tuple[int, int]] = []
    for q, (floor, ceiling) in enumerate(zip(limits.floors, limits.ceilings, strict=True)):
        if ceiling is not None:
            rows, right, owners = [*rows, counts[q]], [*right, ceiling], [*owners, (q, 1)]
        if floor:
            rows, right, owners = [*rows, -counts[q]], [*right, -floor], [*owners, (q, -1)]
    return np.vstack(rows).astype(np.float64), np.array(right, dtype=np.float64), owners
