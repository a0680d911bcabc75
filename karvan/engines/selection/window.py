"""The small integer programme over the columns near the cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from .candidate_table import Ints
from .columns import Columns, Limits


@dataclass(slots=True)
class Window:
    """A CP-SAT model in which only some columns are open; the rest are fixed.

    taken: how many of each column are in; the open ones hold the last answer.
    worth: of one candidate of each column.
    """

    opened: NDArray[np.intp]
    taken: Ints
    worth: NDArray[Any]
    model: cp_model.CpModel
    variables: list[cp_model.IntVar]

    def total(self) -> cp_model.LinearExprT:
        """Return the value of the open columns as an expression of the model."""
        return cp_model.LinearExpr.weighted_sum(
            self.variables, [int(w) for w in self.worth[self.opened]]
        )

    def solve(self, work: int) -> int:
        """Solve, keep the answer if there is one, return the CP-SAT status."""
        solver, status = run(self.model, work)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.taken[self.opened] = [solver.value(variable) for variable in self.variables]
        return status


def run(model: cp_model.CpModel, work: int) -> tuple[cp_model.CpSolver, int]:
    """Solve in one thread with a fixed seed, with work counted and not timed."""
    solver = _solver(work)
    try:
        status = solver.solve(model)
    except IndexError:
        # CP-SAT 9.15 trips over its own symmetry presolve on a few small models; without
        # that step it solves them.
        solver = _solver(work)
        solver.parameters.symmetry_level = 0
        status = solver.solve(model)
    return solver, int(status)


def _solver(work: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = work
    return solver


def open_window(
    columns: Columns,
    limits: Limits,
    taken: Ints,
    opened: NDArray[np.intp],
    worth: NDArray[Any],
) -> Window:
    """Return a window in which ``opened`` may change and the rest stay as ``taken``."""
    model = cp_model.CpModel()
    variables = [
        model.new_int_var(0, size, f"x{i}")
        for i, size in zip(opened.tolist(), columns.size[opened].tolist(), strict=True)
    ]
    fixed = taken.copy()
    fixed[opened] = 0
    rows = columns.rows[columns.group[opened]].T
    there = columns.people(fixed)
    for counts, n, low, high in zip(rows, there, limits.low, limits.high, strict=True):
        add_row(model, variables, counts.tolist(), low - n, None if high is None else high - n)
    return Window(opened, taken.copy(), worth, model, variables)


def add_row(
    model: cp_model.CpModel,
    variables: Sequence[cp_model.IntVar],
    counts: Sequence[int],
    low: int,
    high: int | None,
) -> None:
    """Hold the people a row counts between its limits."""
    used = [(v, n) for v, n in zip(variables, counts, strict=True) if n]
    people = cp_model.LinearExpr.weighted_sum([v for v, _ in used], [n for _, n in used])
    top = cp_model.INT32_MAX if high is None else high
    # A floor above everyone there is leaves an empty range, hence no answer.
    model.add_linear_constraint(people, low, max(low, top) if high is None else top)
