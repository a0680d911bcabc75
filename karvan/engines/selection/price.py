"""What each quota costs."""

from __future__ import annotations

import numpy as np

from .answer import Cohort, QuotaPrice
from .prepared import WORK, PreparedChoice, keys_at, prepare_choice, total_merit
from .problem import ChoiceProblem


def quota_prices(
    problem: ChoiceProblem | PreparedChoice, cohort: Cohort, *, work: int = WORK
) -> tuple[QuotaPrice, ...]:
    """Return what each quota costs, by key: merit lost and who changed places.

    Each quota is left out alone and the choice made again with the same
    tickets, so the price is exact for that quota while all others stay. A
    quota may cost no merit and yet decide among equals.

    Args:
        problem: the problem, or the same prepared.
        cohort: its answer.
        work: as for ``choose_cohort``.

    Returns:
        One price for each quota, merit in hundredths. ``came_in`` are in the
        cohort only while the quota stands, ``went_out`` would be in without it.

    Raises:
        ValueError: the cohort is not one of this problem's candidates, or does
            not keep its quotas.

    Cost: one choice for each quota; 24 quotas on 10,000 candidates take 1.3 CPU s.
    """
    prepared = prepare_choice(problem)
    pool, quotas = prepared.pool, prepared.problem.quotas
    if len(cohort.standing) != len(pool):
        raise ValueError(
            f"cohort and problem do not name the same candidates: "
            f"{len(cohort.standing)} and {len(pool)}"
        )
    is_in = np.zeros(len(pool), dtype=bool)
    is_in[pool.positions(cohort.chosen)] = True
    found = []
    for quota in sorted(quotas, key=lambda q: q.key):
        others = tuple(q for q in quotas if q.key != quota.key)
        without = prepared.chosen(quotas=others, work=work)
        if without is None:
            raise ValueError(
                f"the cohort of {len(cohort.chosen)} does not keep the problem's quotas"
            )
        found.append(
            QuotaPrice(
                quota.key,
                total_merit(pool, without) - cohort.value,
                keys_at(pool, np.flatnonzero(is_in & ~without)),
                keys_at(pool, np.flatnonzero(without & ~is_in)),
            )
        )
    return tuple(found)
