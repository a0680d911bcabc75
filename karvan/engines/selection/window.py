"""The small integer programme over the columns near the cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from .columns import Column, Limits
from .cut import worth


@dataclass(slots=True)
class Window:
    """A CP-SAT model in which only some columns are open; the rest are fixed.

    taken:    how many of each column are in; the open ones hold the last answer.
    finished: whether every search so far came to its end within its work.
    """

    columns: Sequence[Column]
    fill: int
    taken: list[int]
    model: cp_model.CpModel
    variables: dict[int, cp_model.IntVar]
    work: int
    finished: bool = True

    @property
    def value(self) -> int:
        """Value of the last answer, merit first and filled seats second."""
        return sum(n * worth(c, self.fill) for n, c in zip(self.taken, self.columns, strict=True))

    def total(self) -> cp_model.LinearExprT:
        """Return the value of the open columns as an expression of the model."""
        return cp_model.LinearExpr.weighted_sum(
            list(self.variables.values()),
            [worth(self.columns[i], self.fill) for i in self.variables],
        )

    def hold_value(self) -> None:
        """From now on allow only answers as good as the last one."""
        self.model.add(
            self.total()
            == sum(self.taken[i] * worth(self.columns[i], self.fill) for i in self.variables)
        )

    def solve(self, model: cp_model.CpModel | None = None) -> int:
        """Solve, keep the answer if there is one, return the CP-SAT status."""
        solver = cp_model.CpSolver()
        # One worker and a fixed seed: the same answer on every run; work is
        # counted in deterministic units, never on the clock.
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = self.work
        status = solver.solve(model or self.model)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            for i, variable in self.variables.items():
                self.taken[i] = solver.value(variable)
        self.finished &= status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        return int(status)

    def hinted_copy(self) -> cp_model.CpModel:
        """Return a copy of the model whose search starts from the last answer."""
        copy = self.model.clone()
        for i, variable in self.variables.items():
            copy.add_hint(variable, self.taken[i])
        return copy


def open_window(
    columns: Sequence[Column],
    limits: Limits,
    taken: Sequence[int],
    opened: Sequence[int],
    work: int,
) -> Window:
    """Return a window in which ``opened`` may change and the rest stay as ``taken``."""
    model = cp_model.CpModel()
    variables = {i: model.new_int_var(0, columns[i].size, f"x{i}") for i in opened}
    fixed = [i for i in range(len(columns)) if i not in variables and taken[i]]
    everyone = sum(c.seats * c.size for c in columns)

    def limit(counts: Sequence[int], low: int, high: int | None) -> None:
        there = sum(counts[i] * taken[i] for i in fixed)
        people = cp_model.LinearExpr.weighted_sum(
            list(variables.values()), [counts[i] for i in variables]
        )
        # A floor above everyone there is leaves an empty range, hence infeasible.
        top = max(low, everyone) if high is None else high
        model.add_linear_constraint(people, low - there, top - there)

    limit([c.seats for c in columns], 0, limits.places)
    for q in range(len(limits.quotas)):
        limit([c.counts[q] for c in columns], limits.floors[q] or 0, limits.ceilings[q])
    return Window(columns, limits.places + 1, list(taken), model, variables, work)
