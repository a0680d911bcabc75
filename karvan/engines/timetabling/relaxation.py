"""The linear relaxation of a CP-SAT model, solved by HiGHS: a bound where search shows none.

CP-SAT strengthens a relaxation while it searches, and on models of tens of thousands of rows gets
through a few of its steps only. Solved once to its end [1], the relaxation says more.

[1] Q. Huangfu, J. A. J. Hall (2018). Parallelizing the dual revised simplex method. Mathematical
    Programming Computation 10, 119-142. doi:10.1007/s12532-017-0130-5
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import highspy
import numpy as np
from ortools.sat.python import cp_model

# Rows that are written down and solved as a unit of work.
A_ROW = 9_000
# What rounding of the solver may add to the least cost.
ROUNDING = 0.01
_FREE = 2**60


class _Rows:
    """The rows of a linear programme, as HiGHS takes them."""

    def __init__(self) -> None:
        self.begins, self.columns, self.factors = [0], [], []  # type: list[int], list[int], list[float]
        self.low, self.high = [], []  # type: list[float], list[float]

    def add(self, terms: Iterable[tuple[int, float]], low: float, high: float) -> None:
        """low <= sum of the terms <= high; a literal -n - 1 is one minus the variable n."""
        given: dict[int, float] = {}
        fixed = 0.0
        for literal, factor in terms:
            column = literal if literal >= 0 else -literal - 1
            fixed += 0 if literal >= 0 else factor
            given[column] = given.get(column, 0) + (factor if literal >= 0 else -factor)
        self.columns += given
        self.factors += given.values()
        self.begins.append(len(self.columns))
        self.low.append(low - fixed if low > -_FREE else -highspy.kHighsInf)
        self.high.append(high - fixed if high < _FREE else highspy.kHighsInf)


def rows_of(cp: cp_model.CpModel) -> int:
    """How many rows the relaxation of the model has at most."""
    return len(cp.proto.constraints)


def relaxed_least(cp: cp_model.CpModel) -> int:
    """Return a cost that no answer of the model undercuts, from 0; the model must have a goal.

    Linear rows, clauses, implications and choices of one are kept; any other constraint is left
    out, so the bound holds whatever the model has.

    Cost: one linear programme by interior points on one thread; 65,000 rows take some 5 seconds.
    """
    solver = quiet_solver()
    for name, value in (("solver", "ipm"), ("run_crossover", "off")):
        solver.setOptionValue(name, value)
    programme, fixed = programme_of(cp)
    solver.passModel(programme)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return 0
    least = solver.getInfo().objective_function_value + fixed
    return max(0, -int(-(least - ROUNDING) // 1))


def quiet_solver() -> Any:
    """HiGHS on one thread, silent, and with the same answer every time."""
    # The class around this one adds callbacks, and prints a banner before it can be silenced.
    solver: Any = highspy._core._Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", 0),
    ):
        solver.setOptionValue(name, value)
    return solver


def programme_of(cp: cp_model.CpModel) -> tuple[highspy.HighsLp, float]:
    """The relaxation, and what is added to its cost; a column for each variable, in their order."""
    model = cp.proto
    rows = _Rows()
    for one in model.constraints:
        _add(rows, one)
    count = len(model.variables)
    costs, fixed = np.zeros(count), float(model.objective.offset)
    for literal, factor in zip(model.objective.vars, model.objective.coeffs, strict=True):
        if literal < 0:
            fixed += factor
        costs[literal if literal >= 0 else -literal - 1] += factor if literal >= 0 else -factor
    found = highspy.HighsLp()
    found.num_col_, found.num_row_ = count, len(rows.low)
    found.col_cost_ = costs
    ranges = [list(variable.domain) for variable in model.variables]
    found.col_lower_ = np.array([one[0] for one in ranges], float)
    found.col_upper_ = np.array([one[-1] for one in ranges], float)
    found.row_lower_, found.row_upper_ = np.array(rows.low, float), np.array(rows.high, float)
    found.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    found.a_matrix_.start_ = np.array(rows.begins, np.int32)
    found.a_matrix_.index_ = np.array(rows.columns, np.int32)
    found.a_matrix_.value_ = np.array(rows.factors, float)
    return found, fixed


def _add(rows: _Rows, one: Any) -> None:
    unless = [(-literal - 1, 1.0) for literal in one.enforcement_literal]
    if one.has_linear() and not unless:
        within = list(one.linear.domain)
        rows.add(zip(one.linear.vars, one.linear.coeffs, strict=True), within[0], within[-1])
    elif one.has_bool_or():
        rows.add([*((lit, 1.0) for lit in one.bool_or.literals), *unless], 1, _FREE)
    elif one.has_bool_and():
        for lit in one.bool_and.literals:
            rows.add([(lit, 1.0), *unless], 1, _FREE)
    elif one.has_exactly_one():
        rows.add([(lit, 1.0) for lit in one.exactly_one.literals], 1, 1)
    elif one.has_at_most_one():
        rows.add([(lit, 1.0) for lit in one.at_most_one.literals], -_FREE, 1)
