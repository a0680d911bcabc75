"""All cohorts of the greatest value, and whether one of them takes given people.

Weak duality says what they have in common: by complementary slackness, where
prices prove the value, a cohort has it exactly if it takes every column with a
surplus, none with a deficit, and meets each priced limit to the person. Where
prices leave a distance, it changes no column further from nought than that,
and the value is one more row.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from .candidate_table import Ints
from .columns import Columns, Limits
from .cut import FRACTIONS, Cut, exact_sum
from .linear import Floats, LinearProgramme, Vertex
from .window import add_row, run

# Work for a search that only spares others.
LITTLE = 1

# Corners looked at before a search.
CORNERS = 8


class Face:
    """The cohorts as good as ``taken``, over the columns in which they may differ.

    opened:   those columns; every array below is in their order.
    most:     candidates in each.
    witness:  one such cohort.
    finished: whether every question so far was answered within its work.
    """

    def __init__(
        self, columns: Columns, limits: Limits, cut: Cut, taken: Ints, value: int, work: int
    ) -> None:
        distance = cut.bound - value * FRACTIONS
        self.opened = np.flatnonzero(np.abs(cut.surplus) <= distance)
        self.most = columns.size[self.opened]
        self.witness = taken[self.opened]
        self.work = work
        self.finished = True
        self._refusal: tuple[NDArray[Any], int] | None = None
        self._programme: LinearProgramme | None = None
        # Which corners are looked at changes the cost only, never the answer.
        self._rng = np.random.default_rng(0)
        fixed = taken.copy()
        fixed[self.opened] = 0
        self._write_rows(columns, limits, cut, columns.people(fixed), distance)

    def _write_rows(
        self, columns: Columns, limits: Limits, cut: Cut, there: list[int], distance: int
    ) -> None:
        """Write the rows over the open columns and, after them, what priced limits spare.

        A priced limit may be missed by no more people than the distance pays
        for; without a distance it is met exactly.
        """
        counts = columns.rows[columns.group[self.opened]].T
        prices = (cut.place, *cut.quotas)
        spared = [r for r, price in enumerate(prices) if 0 < abs(price) <= distance]
        self.spared = np.array(
            [_most_spared(limits, r, distance // abs(prices[r])) for r in spared], dtype=np.int64
        )
        rows: list[NDArray[Any]] = []
        self.low: list[int] = []
        self.high: list[int] = []
        limited = zip(counts, there, limits.low, limits.high, prices, strict=True)
        for r, (row, n, floor, ceiling, price) in enumerate(limited):
            people = exact_sum(self.most, row)
            low, high = floor - n, people if ceiling is None else ceiling - n
            if price:
                low, high = (high, high) if price > 0 else (low, low)
            elif low <= 0 and high >= people:
                continue
            spare = np.array([r == other for other in spared], dtype=np.int64)
            rows.append(np.concatenate([row, spare if price > 0 else -spare]))
            self.low.append(low)
            self.high.append(high)
        if distance:
            surplus = cut.surplus[self.opened]
            full = exact_sum(np.where(surplus > 0, self.most, 0), surplus)
            lost = np.array([abs(prices[r]) for r in spared], dtype=surplus.dtype)
            rows.append(np.concatenate([-surplus, lost]))
            self.low.append(distance - full)
            self.high.append(distance - full)
        self.rows = np.array(rows).reshape(len(rows), len(self.opened) + len(spared))

    def find(self, least: Ints, most: Ints, *, surely: bool = True) -> Ints | None:
        """Return such a cohort that takes at least and at most so many, or None.

        ``surely`` False is for a question that can be asked again in parts: the
        search then gives up early.
        """
        self._refusal = None
        if np.any(least > most):
            return None
        if not len(self.rows):
            return most.copy()
        programme = self._linear()
        low, high = self._with_spared(least, 0), self._with_spared(most, 1)
        found = programme.within(low, high)
        if found is None:
            ray = programme.clash()
            if ray is not None and self._is_excluded(ray, low, high):
                return None
        # Corners are mostly whole, and another corner costs far less than a search.
        for _ in range(CORNERS):
            if found is None:
                break
            whole = np.rint(found.amounts).astype(np.int64)
            if np.all(np.abs(whole - found.amounts) < 1e-6) and self._holds(whole, low, high):
                return whole[: len(self.opened)]
            found = programme.towards(self._rng.random(len(low)))
        return self._search(least, most, found, surely)

    def closed(self, least: Ints, before: Ints) -> NDArray[np.bool_]:
        """Return columns of which no such cohort takes more than ``before``.

        As far as the last refusal shows it, which was of ``least``.
        """
        if self._refusal is None:
            return np.zeros(len(self.opened), dtype=bool)
        pull, spare = self._refusal
        pull = pull[: len(self.opened)]
        down = np.where(pull < 0, pull, 0)
        spare -= exact_sum(least - before, down)
        return np.asarray((pull < 0) & (pull < -spare), dtype=bool)

    def _with_spared(self, bounds: Ints, times: int) -> Ints:
        return np.concatenate([bounds, times * self.spared])

    def _linear(self) -> LinearProgramme:
        if self._programme is None:
            self._scale = 1 / np.abs(self.rows).max(axis=1, initial=1).astype(np.float64)
            self._programme = LinearProgramme(
                np.zeros(self.rows.shape[1]),
                self._with_spared(self.most, 1).astype(np.float64),
                self.rows.astype(np.float64) * self._scale[:, None],
                np.array(self.low, dtype=np.float64) * self._scale,
                np.array(self.high, dtype=np.float64) * self._scale,
            )
        return self._programme

    def _holds(self, taken: Ints, least: Ints, most: Ints) -> bool:
        if np.any(taken < least) or np.any(taken > most):
            return False
        people = [exact_sum(taken, row) for row in self.rows]
        rows = zip(people, self.low, self.high, strict=True)
        return all(low <= n <= high for n, low, high in rows)

    def _is_excluded(self, ray: Floats, least: Ints, most: Ints) -> bool:
        """Check in whole numbers that rows so weighted have no answer (Farkas).

        Whoever the solver is, the check alone decides.
        """
        weights = ray * self._scale
        weights = weights / max(float(np.abs(weights).max(initial=0)), 1e-300)
        finest = FRACTIONS * int(np.abs(self.rows).max(initial=1))
        for sign in (1, -1):
            whole = [round(sign * float(w) * finest) for w in weights]
            limit = zip(whole, self.low, self.high, strict=True)
            needed = sum(w * (low if w > 0 else high) for w, low, high in limit)
            pull = self._pull(whole)
            top = exact_sum(most, np.where(pull > 0, pull, 0))
            top += exact_sum(least, np.where(pull < 0, pull, 0))
            if top < needed:
                self._refusal = (pull, top - needed)
                return True
        return False

    def _pull(self, weights: list[int]) -> NDArray[Any]:
        most = sum(abs(w) for w in weights) * int(np.abs(self.rows).max(initial=1))
        exact = np.int64 if most < 2**62 else object
        return np.asarray(np.array(weights, dtype=exact) @ self.rows.astype(exact))

    def _search(self, least: Ints, most: Ints, near: Vertex | None, surely: bool) -> Ints | None:
        model = cp_model.CpModel()
        bounds = zip(
            self._with_spared(least, 0).tolist(), self._with_spared(most, 1).tolist(), strict=True
        )
        variables = [model.new_int_var(low, high, "") for low, high in bounds]
        for row, low, high in zip(self.rows, self.low, self.high, strict=True):
            add_row(model, variables, [int(n) for n in row], low, high)
        if near is not None:
            for variable, n in zip(variables, np.rint(near.amounts).tolist(), strict=True):
                model.add_hint(variable, int(n))
        solver, status = run(model, self.work if surely else min(self.work, LITTLE))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            taken = [solver.value(v) for v in variables[: len(self.opened)]]
            return np.array(taken, dtype=np.int64)
        self.finished &= status == cp_model.INFEASIBLE or not surely
        return None


def _most_spared(limits: Limits, row: int, paid: int) -> int:
    """Return by how many people a priced limit may be missed: never past the other one."""
    high = limits.high[row]
    return paid if high is None else min(paid, high - limits.low[row])
