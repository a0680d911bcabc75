"""Find one panel that keeps every limit and weighs as much as possible."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from ortools.sat.python import cp_model

from .lottery_pool import Barred, Numbers, Pool, Shares

# Nodes of a dive before the integer programme takes over, and groups it opens first.
DIVE = 40
WINDOW = 60
# Deterministic units of an integer search for a panel that need not be the heaviest.
ROUGH_WORK = 0.1
ROUGH = 10_000
WHOLE = 1e-6


class _WithoutBanner(highspy.Highs):
    """HiGHS without the callbacks of its own start: switching them on prints a banner."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


def quiet_solver() -> highspy.Highs:
    """Return a HiGHS simplex on one thread, so that each run goes the same way."""
    solver = _WithoutBanner()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("presolve", "off")
    solver.setOptionValue("solver", "simplex")
    for name in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
        solver.setOptionValue(name, 1e-9)
    return solver


def is_solved(solver: highspy.Highs) -> bool:
    """Run the solver; return whether it has an optimum.

    A basis left by many changes can mislead it, so it starts afresh once.
    """
    for _ in range(2):
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            return True
        solver.clearSolver()
    return False


@dataclass(frozen=True, slots=True)
class Weighed:
    """A panel by group (None if there is none), and a weight that no panel exceeds.

    price_bound: what the prices alone prove; never below ``bound``.
    """

    panel: Numbers | None
    bound: float
    price_bound: float


class PanelSearch:
    """Searches one pool for panels, again and again, under changing weights.

    The linear programme is solved from where the last one ended. ``find``
    then dives for whole numbers [1]; ``heaviest`` opens as wide a window
    around the prices as the distance to the bound asks, so it is exact.

    [1] T. Achterberg (2007). Constraint integer programming, section 9.2.
        doi:10.14279/depositonce-1634
    """

    def __init__(self, pool: Pool, work: int) -> None:
        self.pool = pool
        self.work = work
        self.low, self.high = pool.low.copy(), pool.high.copy()
        self.sizes = pool.sizes.copy()
        self.unit, self.failed_dives = 1.0, 0
        # Of the limits, from the last search for the heaviest panel.
        self.prices: Shares = np.zeros(len(pool.low))
        self.groups = np.arange(len(pool.sizes), dtype=np.int32)
        self.programme = quiet_solver()
        for low, high in zip(self.low, self.high, strict=True):
            self.programme.addRow(float(low), float(high), 0, [], [])
        for g, size in enumerate(pool.sizes):
            rows = np.flatnonzero(pool.counts[:, g]).astype(np.int32)
            held = pool.counts[rows, g].astype(float)
            self.programme.addCol(0.0, 0.0, float(size), len(rows), rows, held)

    def narrow(self, low: Numbers, high: Numbers) -> None:
        """From now on keep these limits instead."""
        self.low, self.high = low.copy(), high.copy()
        for row, (floor, ceiling) in enumerate(zip(low, high, strict=True)):
            self.programme.changeRowBounds(row, float(floor), float(ceiling))

    def bar(self, barred: Barred) -> None:
        """From now on find only panels without these groups."""
        for g in np.flatnonzero(barred):
            self.sizes[g] = 0
            self.programme.changeColBounds(int(g), 0.0, 0.0)

    def find(self, weights: Numbers) -> Numbers | None:
        """Return a heavy panel, not always the heaviest; None if no panel keeps the limits.

        Cost: 4 ms for 200 groups and 25 quotas, 25 for 730.
        """
        self._weigh(weights)
        panel = self._dive()
        if panel is not None:
            return panel
        self.failed_dives += 1
        # Small weights: what need not be the heaviest is found sooner.
        rough = weights // max(1, int(np.abs(weights).max(initial=0)) // ROUGH)
        self._weigh(rough)
        return self._in_window(rough, whole=False).panel

    def heaviest(self, weights: Numbers) -> Weighed:
        """Return the heaviest panel, and the bound that was proved within the work."""
        self._weigh(weights)
        return self._in_window(weights, whole=True)

    def _weigh(self, weights: Numbers) -> None:
        # The simplex measures prices absolutely, so weights come to it no greater than a thousand.
        self.unit = max(1.0, float(np.abs(weights).max(initial=0)) / 1_000)
        costs = -weights.astype(float) / self.unit
        self.programme.changeColsCost(len(self.groups), self.groups, costs)

    def _dive(self) -> Numbers | None:
        """Fix what is not whole, one group after another, the nearest to the next number first."""
        solver = self.programme
        trail: list[tuple[int, float, float]] = []
        other_ways: list[tuple[int, int, float, float]] = []
        panel: Numbers | None = None
        for _ in range(DIVE):
            solver.run()
            if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                x = np.array(solver.getSolution().col_value)
                part = x - np.floor(x)
                broken = np.flatnonzero((part > WHOLE) & (part < 1 - WHOLE))
                if not len(broken):
                    panel = np.rint(x).astype(np.int64)
                    break
                g = int(broken[np.argmax(part[broken])])
                low, high = self._range_of(g, trail)
                below = float(np.floor(x[g]))
                other_ways.append((len(trail), g, low, below))
                step = (g, below + 1, high)
            elif other_ways:
                depth, *branch = other_ways.pop()
                undone = {t[0] for t in trail[depth:]}
                del trail[depth:]
                for g in sorted(undone):
                    solver.changeColBounds(g, *self._range_of(g, trail))
                step = (int(branch[0]), float(branch[1]), float(branch[2]))
            else:
                break
            trail.append(step)
            solver.changeColBounds(*step)
        for g in sorted({t[0] for t in trail}):
            solver.changeColBounds(g, 0.0, float(self.sizes[g]))
        return panel if panel is not None and self._keeps(panel) else None

    def _range_of(self, g: int, trail: list[tuple[int, float, float]]) -> tuple[float, float]:
        for fixed, low, high in reversed(trail):
            if fixed == g:
                return low, high
        return 0.0, float(self.sizes[g])

    def _keeps(self, panel: Numbers) -> bool:
        people = self.pool.counts @ panel
        return bool(((people >= self.low) & (people <= self.high)).all())

    def _in_window(self, weights: Numbers, *, whole: bool) -> Weighed:
        """Return the heaviest panel that differs from the prices' cut only near it."""
        surplus, bound = self._surplus(weights)
        distance = np.sort(np.abs(surplus))
        wanted = WINDOW
        while True:
            width = distance[min(wanted, len(distance)) - 1] if len(distance) else 0.0
            opened = np.flatnonzero(np.abs(surplus) <= width)
            everything = len(opened) == len(distance)
            work = self.work if whole or everything else ROUGH_WORK
            panel, finished = self._solve(weights, surplus, opened, work)
            if panel is None and everything:
                return Weighed(None, bound, bound)
            if panel is None:
                wanted *= 4
                continue
            short = bound - float(weights @ panel)
            if not whole:
                return Weighed(panel, bound, bound)
            if everything or short <= width:
                heaviest = float(weights @ panel) if finished else bound
                return Weighed(panel, heaviest, bound)
            wanted = max(wanted + 1, int((np.abs(surplus) <= short).sum()))

    def _surplus(self, weights: Numbers) -> tuple[Shares, float]:
        """Return each group's weight over its price, and the bound that the prices prove."""
        self.programme.run()
        prices = -np.array(self.programme.getSolution().row_dual) * self.unit
        self.prices = prices
        surplus: Shares = weights - prices @ self.pool.counts
        limits = float(np.where(prices > 0, prices * self.high, prices * self.low).sum())
        return surplus, limits + float(np.maximum(surplus, 0) @ self.sizes)

    def _solve(
        self, weights: Numbers, surplus: Shares, opened: Numbers, work: float
    ) -> tuple[Numbers | None, bool]:
        panel = np.where(surplus > 0, self.sizes, 0)
        panel[opened] = 0
        there = self.pool.counts @ panel
        model = cp_model.CpModel()
        taken = [model.new_int_var(0, int(self.sizes[g]), "") for g in opened]
        for row, counts in enumerate(self.pool.counts[:, opened]):
            used = np.flatnonzero(counts)
            people = cp_model.LinearExpr.weighted_sum(
                [taken[i] for i in used], [int(n) for n in counts[used]]
            )
            low, high = self.low[row] - there[row], self.high[row] - there[row]
            model.add_linear_constraint(people, int(low), int(high))
        model.maximize(cp_model.LinearExpr.weighted_sum(taken, [int(w) for w in weights[opened]]))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = work
        # Models this small are solved before presolve would have read them.
        solver.parameters.cp_model_presolve = len(opened) > 4 * WINDOW
        solver.parameters.cut_level = 0
        status = solver.solve(model)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            panel[opened] = [solver.value(variable) for variable in taken]
            return panel, status == cp_model.OPTIMAL
        if status != cp_model.INFEASIBLE and len(opened) == len(surplus):
            raise ValueError(f"no panel was found nor excluded within work {self.work}")
        return None, True
