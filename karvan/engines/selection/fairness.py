"""Raise the worst-off application: many at once, by flows over a few of their reads."""

from __future__ import annotations

import numpy as np

from .network import most_gain, network_of, reads_of
from .table import Flags, PairTable, Whole

# With so many pairs, each turn looks at all applications; above, at those nearby.
WHOLE = 150_000
# Pairs that may enter flows in all, so that the answer ends and is the same everywhere.
WORK = 3_000_000
TARGETS = 12
# Turns of whole flows with weights, then of one read each, for one target.
WEIGHTED, MOVES, PATIENCE = 9, 15, 4
# A pair further down the list of its application does not enter.
NEAR = 40
# So many points of the total are worth one point that an application lacks.
PRESSURE = 20
# Weights are in sixteenths.
ONE = 16


def raise_worst(table: PairTable, read: Flags, rank: Whole, most_loss: int) -> Flags:
    """Return the reads with the worst-off application raised as far as found.

    Targets are tried between what is reached and the bound, the bound first.
    For one target, first all reads of the applications concerned are solved
    anew with more weight on those below it; then one read of each is given
    anew, the others fixed, so that what an application lacks is a sum over
    single pairs and one minimum-cost flow gives the least shortfall of all
    together. Every step keeps the number of reads of each application and
    every load bound. The greatest such minimum is hard to find in general
    (each application's reads have to add up), so the bound shows what is left.

    Args:
        table: pairs.
        read: the optimum.
        rank: place of each pair among those of its application.
        most_loss: points that raising may cost.

    Cost: flows over at most 3,000,000 pairs in all.
    """
    if not len(table.applications):
        return read
    bound = bound_of_worst(table, rank)
    search = _Search(table, rank, int(table.points[read].sum()) - most_loss)
    low, high, target = int(table.worth(read).min()), bound, bound
    for _ in range(TARGETS):
        if low >= high or search.work <= 0:
            break
        for weighted in (WEIGHTED, 0):
            found = search.reach(read, target, weighted)
            if found is not None and int(table.worth(found).min()) >= low:
                read, low = found, int(table.worth(found).min())
            if low >= target:
                break
        if low < target:
            high = target - 1
        target = (low + high + 1) // 2
    return read


def bound_of_worst(table: PairTable, rank: Whole) -> int:
    """Return the least, over applications, of the points of its kept pairs and best others.

    No assignment can give the worst-off application more. Cost: O(pairs).
    """
    if not len(table.applications):
        return 0
    best = table.worth(np.zeros(len(table), dtype=np.bool_))
    top = (rank < table.need[table.application]) & (table.high[table.reviewer] > 0)
    np.add.at(best, table.application[top], table.points[top])
    return int(best.min())


class _Search:
    """Looks for reads that give every application a target."""

    def __init__(self, table: PairTable, rank: Whole, least: int) -> None:
        self.table = table
        self.near = rank < NEAR
        self.first = rank < NEAR // 4
        self.least = least
        self.work = WORK
        short = np.where(rank < table.need[table.application] - 1, table.points, 0)
        self.others = table.worth(np.zeros(len(table), dtype=np.bool_))
        np.add.at(self.others, table.application, short)

    def reach(self, read: Flags, target: int, weighted: int) -> Flags | None:
        """Return the best reads found for a target that lose no more than allowed."""
        table = self.table
        weight = np.full(len(table.applications), ONE, dtype=np.int64)
        best: tuple[int, int, Flags] | None = None
        least, since = None, 0
        # With its other reads the best it can have, an application needs this of each.
        self.useless = table.points < (target - self.others)[table.application]
        for turn in range(weighted + MOVES):
            worth, total = table.worth(read), int(table.points[read].sum())
            bad = worth < target
            here = min(int(worth.min()), target), total
            if total >= self.least and (best is None or here > best[:2]):
                best = (*here, read)
            lacks = (int(np.maximum(0, target - worth).sum()), -total)
            since = 0 if least is None or lacks < least else since + 1
            least = lacks if least is None else min(least, lacks)
            if self.work <= 0 or since > PATIENCE or (not bad.any() and total >= self.least):
                break
            if turn < weighted:
                weight[bad] = weight[bad] * 3 // 2
                weight[~bad] = np.maximum(ONE, weight[~bad] * 15 // 16)
                read = self._weighted(read, bad, weight)
            else:
                read = self._moved(read, worth, target, turn)
        return best[2] if best else None

    def _weighted(self, read: Flags, bad: Flags, weight: Whole) -> Flags:
        """Return the reads with all reads of the applications nearby given anew."""
        within = self._nearby(read, bad)[self.table.application]
        some = np.flatnonzero(within & (self.near | read) & ~self.useless)
        gain = self.table.points[some] * weight[self.table.application[some]]
        return self._solved(read, np.flatnonzero(read & within), some, gain)

    def _moved(self, read: Flags, worth: Whole, target: int, turn: int) -> Flags:
        """Return the reads with one read of each application nearby given anew."""
        table = self.table
        free = self._released(read, worth < target, turn)
        row = table.application[free]
        gap = np.full(len(table.applications), -1, dtype=np.int64)
        gap[row] = np.maximum(0, target - worth[row] + table.points[free])
        entering = (gap[table.application] >= 0) & self.near & ~read
        entering[free] = True
        some = np.flatnonzero(entering)
        points = table.points[some]
        gain = points + PRESSURE * np.minimum(points, gap[table.application[some]])
        return self._solved(read, free, some, gain)

    def _released(self, read: Flags, bad: Flags, turn: int) -> Whole:
        """Return one read of each application nearby: of bad ones the worst first, then in turn."""
        table = self.table
        mine = np.flatnonzero(read & self._nearby(read, bad)[table.application])
        mine = mine[np.lexsort((table.points[mine], table.application[mine]))]
        row = table.application[mine]
        start = np.searchsorted(row, row)
        many = np.bincount(row, minlength=len(table.applications))[row]
        drawn = table.draw[mine[start]] >> (turn % 16)
        slot = np.where(bad[row], turn, drawn) % many
        free: Whole = mine[np.arange(len(row)) - start == slot]
        return free

    def _nearby(self, read: Flags, bad: Flags) -> Flags:
        """Return the bad applications and some that read with reviewers who suit those well."""
        table = self.table
        if len(table) <= WHOLE:
            return np.ones(len(table.applications), dtype=np.bool_)
        wanted = np.zeros(len(table.reviewers), dtype=np.bool_)
        wanted[table.reviewer[bad[table.application] & self.first]] = True
        near = np.flatnonzero(read & wanted[table.reviewer])
        # At most six of each reviewer, those with the smallest tickets.
        near = near[np.lexsort((table.draw[near], table.reviewer[near]))]
        place = np.arange(len(near)) - np.searchsorted(table.reviewer[near], table.reviewer[near])
        inside = bad.copy()
        inside[table.application[near[place < 6]]] = True
        return inside

    def _solved(self, read: Flags, free: Whole, some: Whole, gain: Whole) -> Flags:
        """Return the reads with those that are free given anew among some pairs; loads stay kept."""
        table, reviewers = self.table, len(self.table.reviewers)
        self.work -= len(some)
        need = np.bincount(table.application[free], minlength=len(table.applications))
        names = np.cumsum(need > 0) - 1
        found = read.copy()
        found[free] = False
        rest = np.bincount(table.reviewer[found], minlength=reviewers)
        least = np.minimum(table.low, rest + np.bincount(table.reviewer[free], minlength=reviewers))
        network = network_of(
            names[table.application[some]],
            table.reviewer[some],
            gain,
            need[need > 0],
            np.maximum(0, least - rest),
            table.high - rest,
            # Not enough to outweigh every cycle, but the flow is quick, and what it
            # leaves unfilled is refused below.
            2 * int(gain.max(initial=0)) + 1,
        )
        taken = reads_of(network, most_gain(network))
        found[some[taken]] = True
        load = np.bincount(table.reviewer[found], minlength=reviewers)
        kept = int(taken.sum()) == network.reads and not (load < least).any()
        return found if kept else read
