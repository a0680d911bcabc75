"""The chances that the linear programme allows: what no lottery can better."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import highspy
import numpy as np

from .lottery_pool import Barred, Numbers, Pool, Shares
from .panels import is_solved, quiet_solver

PRICED = 1e-9
# What fixed levels give up, one after another, where arithmetic makes them impossible.
MARGINS = (1e-9, 1e-8, 1e-7, 1e-6)
# A chance below it is none.
NONE = 1e-7
SCALE = 10**12


@dataclass(frozen=True, slots=True)
class Targets:
    """Leximin chances by group where shares of people were allowed, and a proof of the least.

    barred: groups that no panel can hold anybody of; their chance is 0.
    weights, place, quotas: the certificate in whole numbers; ``bound`` is what
        it proves about the least chance of the others, exactly.
    """

    chances: Shares
    barred: Barred
    weights: Numbers
    place: int
    quotas: tuple[int, ...]
    bound: Fraction


def find_targets(pool: Pool, barred: Barred, *, only_least: bool = False) -> Targets | None:
    """Return the best chances if people could be shared out, None if even so nothing fits.

    The least chance is raised as far as it goes; the groups whose price shows
    that they cannot have more are fixed; then the next (after [1]). The whole
    numbers of a lottery are within these shares, so no lottery is better.

    Args:
        barred: for each group whether a search showed that no panel holds it.
        only_least: stop after the first; every group's target is then the least.

    Cost: one linear programme for each level; 200 groups and 25 quotas take
        0.1 CPU s, 730 and 28 take 0.6.

    [1] B. Flanigan, P. Gölz, A. Gupta, B. Hennig, A. D. Procaccia (2021). Fair
        algorithms for selecting citizens' assemblies. Nature 596, 548-552.
        doi:10.1038/s41586-021-03788-6
    """
    solver, first = _programme(pool, barred), len(pool.low)
    groups = len(pool.sizes)
    chances = np.where(barred, 0.0, -1.0)
    proof: tuple[Numbers, int, tuple[int, ...], Fraction] | None = None
    while (chances < 0).any():
        if not _is_solved_within(solver, pool, chances, first):
            return None
        answer = solver.getSolution()
        least, prices = answer.col_value[-1], np.array(answer.row_dual)
        held = np.flatnonzero((chances < 0) & (prices[first:] > PRICED))
        if least > NONE and proof is None:
            proof = _certificate(pool, chances == 0, prices[first:], prices[:first])
        if (only_least and least > NONE) or least >= 1 or not len(held):
            held = np.flatnonzero(chances < 0)
        chances[held] = min(1.0, least) if least > NONE else 0.0
        for g in held:
            solver.changeCoeff(first + int(g), groups, 0.0)
        _hold(solver, pool, chances, first, MARGINS[0])
    if not _is_solved_within(solver, pool, chances, first):
        return None
    nothing = (np.zeros(groups, np.int64), 0, (0,) * len(pool.quotas), Fraction(0))
    return Targets(chances, chances == 0, *(proof or nothing))


def _hold(solver: highspy.Highs, pool: Pool, chances: Shares, first: int, margin: float) -> None:
    """Hold every fixed group at its chance, less a margin."""
    for g in np.flatnonzero(chances > 0):
        floor = (chances[g] - margin) * float(pool.sizes[g])
        solver.changeRowBounds(first + int(g), floor, highspy.kHighsInf)


def _is_solved_within(solver: highspy.Highs, pool: Pool, chances: Shares, first: int) -> bool:
    if is_solved(solver):
        return True
    for margin in MARGINS[1:] if (chances > 0).any() else ():
        _hold(solver, pool, chances, first, margin)
        if is_solved(solver):
            return True
    return False


def _programme(pool: Pool, barred: Barred) -> highspy.Highs:
    """Return the programme: people of each group, and the least chance as last column."""
    solver = quiet_solver()
    rows, groups = len(pool.low), len(pool.sizes)
    for low, high in zip(pool.low, pool.high, strict=True):
        solver.addRow(float(low), float(high), 0, [], [])
    for _ in range(groups):
        solver.addRow(0.0, highspy.kHighsInf, 0, [], [])
    for g, size in enumerate(pool.sizes):
        used = [*np.flatnonzero(pool.counts[:, g]), rows + g]
        held = [*pool.counts[used[:-1], g].astype(float), 1.0]
        most = 0.0 if barred[g] else float(size)
        solver.addCol(0.0, 0.0, most, len(used), np.array(used, np.int32), np.array(held))
    own = (rows + np.flatnonzero(~barred)).astype(np.int32)
    sizes = pool.sizes[~barred].astype(float)
    solver.addCol(-1.0, 0.0, 1.0, len(own), own, -sizes)
    return solver


def _certificate(
    pool: Pool, barred: Barred, weights: Shares, prices: Shares
) -> tuple[Numbers, int, tuple[int, ...], Fraction]:
    """Return whole weights and prices, and the bound they prove in exact numbers."""
    whole = np.rint(np.maximum(weights, 0) * SCALE).astype(np.int64)
    whole[barred] = 0
    priced = [-round(float(p) * SCALE) for p in prices]
    if not whole.any():
        # The least chance is 1: everybody who can be in is, and any weights prove it.
        whole, priced = np.where(barred, 0, 1), [0] * len(priced)
    most = 0
    for price, low, high in zip(priced, pool.low, pool.high, strict=True):
        most += price * int(high if price > 0 else low)
    for g in np.flatnonzero(~barred):
        own = sum(p * int(n) for p, n in zip(priced, pool.counts[:, g], strict=True) if n)
        most += int(pool.sizes[g]) * max(0, int(whole[g]) - own)
    total = sum(int(w) * int(size) for w, size in zip(whole, pool.sizes, strict=True))
    return whole, priced[-1], tuple(priced[:-1]), min(Fraction(1), Fraction(most, total))
