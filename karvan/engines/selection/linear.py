"""Linear programmes in one thread, started again from where the last one stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Vertex:
    """A best corner of a programme: amounts, and the price of each row."""

    amounts: Floats
    prices: Floats


class LinearProgramme:
    """Maximise gain within rows and bounds; bounds may be moved between solves.

    The simplex method in one thread with a fixed seed: the same answer on
    every run. Threads are never mixed in one process, which HiGHS does not
    survive.
    """

    def __init__(self, gain: Floats, most: Floats, rows: Floats, low: Floats, high: Floats) -> None:
        """Take the rows as a matrix of rows by columns; ``inf`` is no limit."""
        columns = csc_array(rows)
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = rows.shape
        model.col_cost_, model.col_lower_, model.col_upper_ = -gain, np.zeros_like(most), most
        model.row_lower_, model.row_upper_ = low, high
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = columns.indptr
        model.a_matrix_.index_ = columns.indices
        model.a_matrix_.value_ = columns.data
        self._columns = np.arange(len(gain), dtype=np.int32)
        # The class around this one adds callbacks, and prints a banner before it can be silenced.
        self._highs: Any = highspy._core._Highs()
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("parallel", "off"),
            ("random_seed", 0),
            ("solver", "simplex"),
            # Presolve would throw away the corner from which the next solve starts.
            ("presolve", "off"),
        ):
            self._highs.setOptionValue(name, value)
        self._highs.passModel(model)

    def solve(self) -> Vertex | None:
        """Return a best corner, or None if the solver finds none."""
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        found = self._highs.getSolution()
        return Vertex(np.array(found.col_value), -np.array(found.row_dual))

    def towards(self, gain: Floats) -> Vertex | None:
        """Change what is gained and solve again."""
        self._highs.changeColsCost(len(self._columns), self._columns, -gain)
        return self.solve()

    def within(self, low: NDArray[np.int64], high: NDArray[np.int64]) -> Vertex | None:
        """Move the bounds of all columns and solve again."""
        self._highs.changeColsBounds(
            len(self._columns), self._columns, low.astype(np.float64), high.astype(np.float64)
        )
        return self.solve()

    def clash(self) -> Floats | None:
        """Return weights of the rows that show why there is no answer, if the solver has them."""
        _, has_ray, ray = self._highs.getDualRay()
        return np.array(ray) if has_ray else None
