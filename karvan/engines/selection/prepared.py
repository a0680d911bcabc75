"""A choice made ready once, so that other places and quotas are tried at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .answer import Cohort, Infeasible, Prices, Swaps
from .candidate import Quota
from .clash import explain_clash
from .columns import Columns, Limits, columns_of, limits_of
from .cut import FRACTIONS
from .optimum import Optimum, find_optimum, merit_step
from .pool import Pool, pool_of
from .problem import ChoiceProblem
from .standing import Standings
from .tickets import TicketsByKey

WORK = 60

Chosen = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class PreparedChoice:
    """The candidates of a problem, ready to be chosen from under any quotas.

    Nothing of an earlier answer is kept, so each answer is the one that
    ``choose_cohort`` gives, whatever was tried before.
    """

    problem: ChoiceProblem
    pool: Pool = field(repr=False)

    def choose(
        self,
        places: int | None = None,
        quotas: Sequence[Quota] | None = None,
        *,
        work: int = WORK,
    ) -> Cohort | Infeasible:
        """Return what ``choose_cohort`` would, with other places or quotas where given.

        Args:
            places: people in all; the problem's if left out.
            quotas: all quotas, on any attribute; the problem's if left out.
            work: as for ``choose_cohort``.

        Raises:
            ValueError: as for ``choose_cohort`` and for the problem.

        Cost: CPU seconds after one quota moved: 0.08 at 10,000 candidates, 0.16 at 100,000.
        """
        require_work(work)
        problem = self._changed(places, quotas)
        columns = columns_of(self.pool, problem.quotas)
        limits = limits_of(problem.places, problem.quotas)
        best = find_optimum(columns, limits, work)
        if best is None:
            return explain_clash(problem)
        return _cohort(self.pool, limits, best, work)

    def chosen(
        self, places: int | None = None, quotas: Sequence[Quota] | None = None, *, work: int = WORK
    ) -> Chosen | None:
        """Return of each candidate, in the problem's order, whether it is in; None if infeasible."""
        problem = self._changed(places, quotas)
        limits = limits_of(problem.places, problem.quotas)
        best = find_optimum(columns_of(self.pool, problem.quotas), limits, work)
        return None if best is None else _is_chosen(self.pool, best)

    def _changed(self, places: int | None, quotas: Sequence[Quota] | None) -> ChoiceProblem:
        if places is None and quotas is None:
            return self.problem
        # The candidates were checked once; only what changes is checked again.
        changed = replace(
            self.problem,
            candidates=(),
            places=self.problem.places if places is None else places,
            quotas=self.problem.quotas if quotas is None else tuple(quotas),
        )
        object.__setattr__(changed, "candidates", self.problem.candidates)
        return changed


def prepare_choice(problem: ChoiceProblem | PreparedChoice) -> PreparedChoice:
    """Return the problem made ready for many choices among the same candidates.

    Cost: O(n log n).
    """
    if isinstance(problem, PreparedChoice):
        return problem
    return PreparedChoice(problem, pool_of(problem.candidates, problem.seed))


def require_work(work: int) -> None:
    """Refuse work below 1."""
    if work < 1:
        raise ValueError(f"work must be 1 or more, got {work}")


def on_merit_alone(pool: Pool, places: int, work: int) -> Chosen:
    """Return who would be in without any quota, with the same tickets."""
    found = np.zeros(len(pool), dtype=bool)
    if np.any(pool.seats > 1):
        best = find_optimum(columns_of(pool, ()), limits_of(places, ()), work)
        return found if best is None else _is_chosen(pool, best)
    inside = pool.best_first[:places]
    if len(inside) < len(pool) and len(inside):
        least = pool.merit[inside[-1]]
        equal = np.flatnonzero(pool.merit == least)
        above = int(np.count_nonzero(pool.merit > least))
        found[pool.best_first[:above]] = True
        found[pool.tickets.sorted(equal)[: places - above]] = True
    else:
        found[inside] = True
    return found


def keys_at(pool: Pool, positions: NDArray[np.intp]) -> tuple[str, ...]:
    """Return the keys at these positions, best first."""
    return tuple(pool.keys[n] for n in pool.ordered(positions).tolist())


def total_merit(pool: Pool, is_in: Chosen) -> int:
    """Return hundredths of merit, a team's once for each seat."""
    return int(np.dot(pool.merit[is_in], pool.seats_of[is_in]))


def _is_chosen(pool: Pool, best: Optimum) -> Chosen:
    found = np.zeros(len(pool), dtype=bool)
    found[best.columns.chosen(best.taken)] = True
    return found


def _cohort(pool: Pool, limits: Limits, best: Optimum, work: int) -> Cohort:
    is_in = _is_chosen(pool, best)
    value = total_merit(pool, is_in)
    by_prices = _bound_by_prices(best.columns, best)
    proof: Literal["prices", "search", "none"] = "none"
    if best.proved:
        proof = "prices" if by_prices == value else "search"
    cut = best.cut
    prices = Prices(cut.unit, cut.place, dict(zip(limits.quotas, cut.quotas, strict=True)))
    kept: dict[str, Chosen] = {}

    def pure() -> Chosen:
        if "pure" not in kept:
            kept["pure"] = on_merit_alone(pool, limits.places, work)
        return kept["pure"]

    def swaps() -> Swaps:
        came, went = np.flatnonzero(is_in & ~pure()), np.flatnonzero(pure() & ~is_in)
        lost = total_merit(pool, pure()) - value
        return Swaps(keys_at(pool, came), keys_at(pool, went), lost)

    return Cohort.with_later(
        {"waiting": lambda: keys_at(pool, np.flatnonzero(~is_in)), "swaps": swaps},
        chosen=keys_at(pool, np.flatnonzero(is_in)),
        value=value,
        bound=value if best.proved else by_prices,
        proof=proof,
        tickets=TicketsByKey(pool.tickets, pool.place),
        standing=Standings(best.columns, limits, is_in, pure, lambda: best.tied, prices),
        prices=prices,
    )


def _bound_by_prices(columns: Columns, best: Optimum) -> int:
    merit = best.cut.bound // (best.cut.fill * FRACTIONS)
    step = merit_step(columns)
    return merit // step * step if step else 0
