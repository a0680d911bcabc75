"""Mix panels so that everybody's chance comes as near as possible to a target."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from .lottery_pool import Barred, Numbers, Shares
from .panels import PanelSearch, is_solved, quiet_solver

SCALE = 10**9
# Share of the target that counts as all of it: what simplex arithmetic can tell apart.
NEAR = 1e-7
# What a level fixed gives up, so that arithmetic never makes it impossible.
MARGIN = 1e-8
# Weight of the last search's weights in the next one's: prices of a half-built
# mixture jump about, and a panel found for an average of them serves longer.
INERTIA = 0.7
# Panels known already, one after another, that end the gathering.
STALE = 20


@dataclass(slots=True)
class Mixed:
    """Panels, the share of each, and how much of every target is reached.

    reached:  everybody has at least this share of the target.
    possible: no mixture reaches more; 1 if not known.
    barred:   groups with a target that no panel can hold, by position. The
              mixture is then not made: the targets are wrong.
    """

    panels: list[Numbers]
    shares: Shares
    reached: float
    possible: float
    barred: tuple[int, ...] = ()


class Mixture:
    """The linear programme over the panels found so far.

    Rows: for each group its chance, less ``level`` times the last column, is
    at least ``floor``; the shares add up to 1. The last column is maximised.
    """

    def __init__(self, sizes: Numbers, floor: Shares, level: Shares) -> None:
        self.sizes = sizes
        self.panels: list[Numbers] = []
        self.known: set[bytes] = set()
        self.programme = quiet_solver()
        for g in range(len(sizes)):
            self.programme.addRow(float(floor[g]), highspy.kHighsInf, 0, [], [])
        self.programme.addRow(1.0, 1.0, 0, [], [])
        used = np.flatnonzero(level).astype(np.int32)
        self.programme.addCol(-1.0, 0.0, 1.0, len(used), used, -level[used])

    def add(self, panel: Numbers) -> bool:
        """Add a panel; return whether it was new."""
        if panel.tobytes() in self.known:
            return False
        self.known.add(panel.tobytes())
        self.panels.append(panel)
        used = np.flatnonzero(panel)
        rows = np.append(used, len(self.sizes)).astype(np.int32)
        held = np.append(panel[used] / self.sizes[used], 1.0)
        self.programme.addCol(0.0, 0.0, highspy.kHighsInf, len(rows), rows, held)
        return True

    def matrix(self) -> Numbers:
        """Return the panels, a row each."""
        return np.array(self.panels)

    def fix(self, group: int, chance: float) -> None:
        """From now on hold a group at this chance instead of raising it."""
        self.programme.changeCoeff(group, 0, 0.0)
        self.programme.changeRowBounds(group, chance, highspy.kHighsInf)

    def solve(self) -> tuple[float, Shares, Shares]:
        """Return the last column's greatest value, the groups' prices, the panels' shares."""
        if not is_solved(self.programme):
            raise ArithmeticError("the mixture of panels found so far has no solution")
        answer = self.programme.getSolution()
        values = np.maximum(np.array(answer.col_value), 0.0)
        prices = np.maximum(np.array(answer.row_dual)[:-1], 0.0)
        return float(values[0]), prices, values[1:]


def mix_towards(search: PanelSearch, targets: Shares, work: int) -> Mixed | None:
    """Return the mixture that reaches the greatest share of every target; None if no panel exists.

    Panels are first gathered one by one, each made up of those whose share of
    the panels so far lags most behind the target; limits that the targets use
    up hold in every panel of an exact mixture, so they are kept sharp. Then
    columns are generated: the prices of the programme over the panels weigh
    the people, and the heaviest panel is added, until none is heavier than the
    mixture (after [1]), the target is reached, or the work is done.

    Args:
        search: of the pool; its limits are the pool's own again afterwards.
        targets: a chance for each group.
        work: panels searched for at most.

    [1] P. C. Gilmore, R. E. Gomory (1961). A linear programming approach to
        the cutting-stock problem. Operations Research 9, 849-859.
        doi:10.1287/opre.9.6.849
    """
    pool = search.pool
    mixture = Mixture(pool.sizes, np.zeros(len(targets)), targets)
    groups = len(targets)
    wanted = min(work, 20 + 3 * groups // 2)
    some = _gather(search, mixture, targets, wanted)
    search.narrow(pool.low, pool.high)
    if not some:
        return None
    barred = _cover(search, mixture, targets)
    if barred:
        return Mixed(mixture.panels, np.zeros(len(mixture.panels)), 0.0, 1.0, tuple(barred))
    # The programme over the panels grows with the groups, and so does each step's cost.
    return _generate(search, mixture, targets, (work - len(mixture.panels)) // (1 + groups // 150))


def _gather(search: PanelSearch, mixture: Mixture, targets: Shares, wanted: int) -> bool:
    sizes = search.pool.sizes
    search.narrow(*_sharp_limits(search, targets))
    is_sharp = True
    aim = np.maximum(targets, targets[targets > 0].min(initial=1.0))
    behind = np.zeros(len(targets))
    stale, failed_before = 0, search.failed_dives
    for _ in range(wanted):
        behind += targets
        whole, _ = _whole(behind / aim / sizes)
        panel = search.find(whole)
        if panel is None and is_sharp:
            search.narrow(search.pool.low, search.pool.high)
            is_sharp = False
            panel = search.find(whole)
        if panel is None:
            return False
        behind -= panel / sizes
        stale = 0 if mixture.add(panel) else stale + 1
        # Where most dives fail the targets are far from what panels can do.
        failed = search.failed_dives - failed_before
        if stale == STALE or failed > max(2 * STALE, len(mixture.panels) // 2):
            break
    return bool(mixture.panels)


def _cover(search: PanelSearch, mixture: Mixture, targets: Shares) -> list[int]:
    """Add a panel for each group that none holds yet; return the groups that none can hold."""
    barred = []
    for g in np.flatnonzero(targets):
        if not mixture.matrix()[:, g].any():
            only = np.zeros(len(targets), dtype=np.int64)
            only[g] = 1
            found = search.heaviest(only)
            if found.panel is not None and found.panel[g]:
                mixture.add(found.panel)
            elif found.bound < 1:
                barred.append(int(g))
    return barred


def _sharp_limits(search: PanelSearch, targets: Shares) -> tuple[Numbers, Numbers]:
    pool = search.pool
    people = pool.counts @ (targets * pool.sizes)
    low = np.where(np.abs(pool.high - people) < 1e-6, pool.high, pool.low)
    high = np.where(np.abs(people - pool.low) < 1e-6, pool.low, pool.high)
    return low, high


def _generate(search: PanelSearch, mixture: Mixture, targets: Shares, work: int) -> Mixed:
    reached, prices, shares = mixture.solve()
    possible, smooth = 1.0, prices
    for _ in range(max(0, work)):
        if reached >= min(1.0, possible) - NEAR:
            break
        smooth = INERTIA * smooth + (1 - INERTIA) * prices
        if _add_found(search, mixture, smooth, prices):
            reached, prices, shares = mixture.solve()
            continue
        new, bound = _price(search, mixture, smooth, targets)
        if not new:
            smooth = prices
            new, other = _price(search, mixture, prices, targets)
            bound = min(bound, other)
        possible = min(possible, bound)
        if not new:
            break
        reached, prices, shares = mixture.solve()
    return Mixed(mixture.panels, shares, min(1.0, reached), max(possible, reached))


def _add_found(search: PanelSearch, mixture: Mixture, smooth: Shares, prices: Shares) -> bool:
    """Add a heavy panel if it is new and heavier than those known; return whether it is."""
    panel = search.find(_whole(smooth / search.pool.sizes)[0])
    if panel is None:
        return False
    weights = prices / search.pool.sizes
    heaviest = float((mixture.matrix() @ weights).max())
    return float(panel @ weights) > heaviest * (1 + NEAR) and mixture.add(panel)


def _whole(weights: Shares) -> tuple[Numbers, float]:
    """Return weights as whole numbers, and by what they were multiplied."""
    scale = SCALE / max(float(np.abs(weights).max(initial=0.0)), 1e-12)
    return np.rint(weights * scale).astype(np.int64), scale


def _price(
    search: PanelSearch, mixture: Mixture, prices: Shares, targets: Shares
) -> tuple[bool, float]:
    """Add the heaviest panel; return whether it was new, and the bound it proves."""
    whole, _ = _whole(prices / search.pool.sizes)
    found = search.heaviest(whole)
    worth = float((whole * search.pool.sizes) @ targets)
    bound = found.bound / worth if worth > 0 else 1.0
    return found.panel is not None and mixture.add(found.panel), bound


def mix_level_by_level(
    search: PanelSearch, start: Mixed, barred: Barred, work: int, *, only_least: bool = False
) -> tuple[Mixed, bool]:
    """Return the leximin mixture of panels, found level by level, and whether it is proved.

    For pools where whole panels cannot reach what shares of people could. The
    least chance is raised until no panel is heavier than the mixture; groups
    whose price shows that they cannot have more are fixed; then the next. Once
    the work is done the levels are those of the panels found so far.
    ``reached`` and ``possible`` of the answer are the least chance and its bound.
    """
    sizes = search.pool.sizes
    mixture = Mixture(sizes, np.zeros(len(sizes)), np.where(barred, 0.0, 1.0))
    for panel in start.panels:
        mixture.add(panel)
    fixed = np.where(barred, 0.0, -1.0)
    least, bound, is_proved = -1.0, 1.0, True
    shares = start.shares
    while (fixed < 0).any():
        try:
            level, prices, shares, best, work = _raise_level(search, mixture, fixed, work)
        except ArithmeticError:
            is_proved = False
            break
        is_proved &= best <= level + 10 * NEAR
        if least < 0:
            least, bound = level, best
        held = np.flatnonzero((fixed < 0) & (prices > NEAR))
        if only_least or not len(held):
            held = np.flatnonzero(fixed < 0)
        for g in held:
            fixed[g] = level
            mixture.fix(int(g), level - MARGIN)
    # A panel that only proved the last level has no share.
    shares = np.pad(shares, (0, len(mixture.panels) - len(shares)))
    return Mixed(mixture.panels, shares, least, bound), is_proved


def _raise_level(
    search: PanelSearch, mixture: Mixture, fixed: Shares, work: int
) -> tuple[float, Shares, Shares, float, int]:
    """Return the level, its prices, the shares, a bound on the level and the work left."""
    sizes, best = search.pool.sizes, 1.0
    while True:
        level, prices, shares = mixture.solve()
        if work <= 0:
            return level, prices, shares, best, work
        work -= 1
        if _add_found(search, mixture, prices, prices):
            continue
        whole, scale = _whole(prices / sizes)
        found = search.heaviest(whole)
        weighed = whole * sizes / scale
        open_weight = float(weighed[fixed < 0].sum())
        held = float((weighed * np.maximum(fixed, 0))[fixed >= 0].sum())
        if open_weight > 0:
            best = min(best, (found.bound / scale - held) / open_weight)
        new = found.panel is not None and mixture.add(found.panel)
        if best <= level + NEAR or not new:
            return level, prices, shares, best, work
