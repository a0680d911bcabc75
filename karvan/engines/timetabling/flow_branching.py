"""A bound of a model of flows by branching on what decides the rest: stays, and sessions held once.

With the stays of travellers and the starts of sessions of all groups held, the linear relaxation
of a course is within a hundredth of its cost; without them a sixth is missing. So only these are
branched on, best bound first, and the branch is chosen by solving both sides of a few (strong
branching [1]). Each side begins from the basis of the programme it was branched from, and when it is
taken up again, from its own.

[1] T. Achterberg, T. Koch, A. Martin (2005). Branching rules revisited. Operations Research Letters
    33, 42-54. doi:10.1016/j.orl.2004.04.002
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from math import ceil, gcd, inf, isfinite
from typing import Any

import highspy
from ortools.sat.python import cp_model

from .flow_model import FlowModel
from .relaxation import ROUNDING, programme_of, quiet_solver
from .search import Work

# Pivots of the simplex method times rows that count as a unit of work; and pivots that the
# beginning of a programme counts as.
A_PIVOT, BEGINS = 20_000_000, 20
# Columns whose two sides are solved though nothing is known of them, and though something is.
UNKNOWN, KNOWN = 8, 2
# What a side without an answer counts as, where no answer is known: so much more than the programme.
AS_FAR = 0.15
# Below this nothing is fractional, and above one less this.
WHOLE = 1e-5

Sides = tuple[dict[int, tuple[float, float]], dict[int, tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class _Branch:
    """Some columns of which all are 0 on the left; on the right `right` are, or the only one is 1."""

    left: tuple[int, ...]
    right: tuple[int, ...]

    def value(self, values: list[float]) -> float:
        return sum(values[column] for column in self.left)

    def sides(self, fixed: dict[int, tuple[float, float]]) -> Sides:
        left = fixed | dict.fromkeys(self.left, (0.0, 0.0))
        if self.right:
            return left, fixed | dict.fromkeys(self.right, (0.0, 0.0))
        return left, fixed | dict.fromkeys(self.left, (1.0, 1.0))


class FlowBranching:
    """A tree of linear programmes over a model of flows; with the same work it says the same.

    bound: no answer of the model costs less.
    """

    def __init__(self, cp: cp_model.CpModel, model: FlowModel) -> None:
        programme, self.fixed_cost = programme_of(cp)
        self.low, self.high = list(programme.col_lower_), list(programme.col_upper_)
        self.rows = programme.num_row_
        self.solver: Any = quiet_solver()
        for name, value in (("solver", "simplex"), ("presolve", "off")):
            self.solver.setOptionValue(name, value)
        self.solver.passModel(programme)
        self.step = gcd(*(int(factor) for factor in cp.proto.objective.coeffs)) or 1
        self.branches = [_Branch((index,), ()) for index in model.stay_bounds]
        for starts in model.held_once():
            self.branches += [
                _Branch(tuple(starts[:n]), tuple(starts[n:])) for n in range(1, len(starts))
            ]
        self.model = model
        self.gains: dict[_Branch, tuple[float, float, int]] = {}
        self.now: dict[int, tuple[float, float]] = {}
        self.bound, self.made, self.begun = 0, 0, False
        # Programmes left open: least cost, number, columns that are held, basis to begin from.
        self.heap: list[tuple[float, int, dict[int, tuple[float, float]], Any]] = []
        # The least cost of one in which nothing is left to branch on, and its stays; what an answer costs.
        self.stuck, self.most = inf, inf
        self.stuck_at: dict[int, int] | None = None

    def search(self, work: Work, most: int | None = None) -> None:
        """Raise the bound until the work is done, or it reaches `most`, what an answer costs.

        May be called again to go on, with a cheaper answer. A programme that fails for reasons of
        the solver is left as it is, with the bound of the one it was branched from.
        """
        self.most = min(self.most, inf if most is None else most)
        if not self.begun:
            self.begun = True
            least, _ = self._solve(work)
            self.heap = [(least, 0, {}, self.solver.getBasis())]
        while self.heap and self.heap[0][0] < self.stuck and work.left > 0:
            known, _, fixed, basis = heapq.heappop(self.heap)
            self._fix(fixed, basis)
            least, values = self._solve(work)
            least = max(least, known)
            if self._is_closed(least):
                continue
            open_ = self._open(values)
            if not open_:
                if values and least < self.stuck:
                    self.stuck_at = self._stays(values)
                self.stuck = min(self.stuck, least)
                continue
            for side, cost, own in self._branch(open_, fixed, least, work):
                if not self._is_closed(cost):
                    self.made += 1
                    heapq.heappush(self.heap, (max(least, cost), self.made, side, own))
        least = min(self.stuck, self.heap[0][0] if self.heap else inf, self.most)
        if isfinite(least):
            self.bound = max(self.bound, self._up(least))

    def _is_closed(self, cost: float) -> bool:
        """Whether a programme of this cost has no answer, or none that is cheaper than is known."""
        return cost == inf or (isfinite(cost) and self._up(cost) >= self.most)

    def _up(self, cost: float) -> int:
        """The least cost of an answer that is not below this one of a relaxation."""
        offset = round(self.fixed_cost)
        return offset + self.step * ceil((cost - offset - ROUNDING) / self.step)

    def leads(self, count: int, work: Work) -> list[dict[int, int]]:
        """Where the most promising programmes lead to, each once.

        Returns:
            index of the variable of each day that could be in a stay -> 1 where it is, else 0.
        """
        found = [] if self.stuck_at is None else [self.stuck_at]
        for least, _, fixed, basis in heapq.nsmallest(count - len(found), self.heap):
            stays = None if self._is_closed(least) else self._dive(fixed, basis, work)
            if stays is not None and stays not in found:
                found.append(stays)
        return found

    def _dive(
        self, fixed: dict[int, tuple[float, float]], basis: Any, work: Work
    ) -> dict[int, int] | None:
        """From a programme left open, decide one branch after another as is nearest at hand.

        Where that has no answer the other side is taken, and where neither has, none is found.
        """
        self._fix(fixed, basis)
        _, values = self._solve(work)
        while open_ := self._open(values):
            here = self.solver.getBasis()
            branch, value = max(open_, key=lambda one: abs(one[1] - 0.5))
            sides = branch.sides(fixed)
            for side in (sides[value > 0.5], sides[value <= 0.5]):
                self._fix(side, here)
                cost, values = self._solve(work)
                if not self._is_closed(cost):
                    break
            else:
                return None
            fixed = side
        if not values:
            return None
        return self._stays(values)

    def _stays(self, values: list[float]) -> dict[int, int]:
        return {index: round(values[index]) for stay in self.model.stays for index in stay}

    def _open(self, values: list[float]) -> list[tuple[_Branch, float]]:
        """The branches not decided yet, with the values of their left sides."""
        valued = [(b, b.value(values)) for b in self.branches] if values else []
        return [(b, v) for b, v in valued if WHOLE < v < 1 - WHOLE]

    def _branch(
        self,
        open_: list[tuple[_Branch, float]],
        fixed: dict[int, tuple[float, float]],
        least: float,
        work: Work,
    ) -> list[tuple[dict[int, tuple[float, float]], float, Any]]:
        """Both sides of the branch that raises the bound most, with what they cost at least.

        The third of each is the basis in which it was solved.
        """
        here = self.solver.getBasis()
        best: tuple[float, list[tuple[dict[int, tuple[float, float]], float, Any]]] = (-1.0, [])
        for branch, value in self._candidates(open_):
            sides, costs, bases = branch.sides(fixed), [], []
            for side in sides:
                self._fix(side, here)
                costs.append(self._solve(work)[0])
                bases.append(self.solver.getBasis())
            high = min(self.most, least * (1 + AS_FAR))
            ends = [max(0.0, min(cost, high) - least) for cost in costs]
            left, right, count = self.gains.get(branch, (0.0, 0.0, 0))
            # The left side takes the value away, the right one what it lacks to one.
            self.gains[branch] = (
                (left * count + ends[0] / value) / (count + 1),
                (right * count + ends[1] / (1 - value)) / (count + 1),
                count + 1,
            )
            closed = any(self._is_closed(cost) for cost in costs)
            worth = inf if closed else _worth(*ends)
            if worth > best[0]:
                best = (worth, list(zip(sides, costs, bases, strict=True)))
            if closed:
                break
        return best[1]

    def _candidates(self, open_: list[tuple[_Branch, float]]) -> list[tuple[_Branch, float]]:
        new = [one for one in open_ if one[0] not in self.gains]
        new.sort(key=lambda one: abs(one[1] - 0.5))
        known = [one for one in open_ if one[0] in self.gains]
        known.sort(key=lambda one: -_worth(*self._expected(*one)))
        return new[:UNKNOWN] + known[:KNOWN]

    def _expected(self, branch: _Branch, value: float) -> tuple[float, float]:
        left, right, _ = self.gains[branch]
        return left * value, right * (1 - value)

    def _fix(self, fixed: dict[int, tuple[float, float]], basis: Any) -> None:
        """Let exactly these columns have these bounds, and begin from the basis."""
        for column in [c for c in self.now if c not in fixed]:
            self.solver.changeColBounds(column, self.low[column], self.high[column])
            del self.now[column]
        for column, bounds in fixed.items():
            if self.now.get(column) != bounds:
                self.solver.changeColBounds(column, *bounds)
                self.now[column] = bounds
        self.solver.setBasis(basis)

    def _solve(self, work: Work) -> tuple[float, list[float]]:
        """The least cost, infinite where there is no answer, and the values of the columns."""
        status = self._run(work)
        if status not in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kOptimal):
            self.solver.clearSolver()
            status = self._run(work)
        if status == highspy.HighsModelStatus.kInfeasible:
            return inf, []
        if status != highspy.HighsModelStatus.kOptimal:
            return -inf, []
        cost = self.solver.getInfo().objective_function_value + self.fixed_cost
        return cost, list(self.solver.getSolution().col_value)

    def _run(self, work: Work) -> Any:
        self.solver.run()
        pivots = max(0, self.solver.getInfo().simplex_iteration_count)
        work.left -= (BEGINS + pivots) * self.rows / A_PIVOT
        return self.solver.getModelStatus()


def _worth(left: float, right: float) -> float:
    return max(left, 1e-3) * max(right, 1e-3)
