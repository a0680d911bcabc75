"""The window near the cut is as exact as the whole, however narrow it starts."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import Bounds, LinearConstraint, milp

from karvan.engines.selection import (
    Candidate,
    ChoiceProblem,
    Quota,
    check_cohort,
    choose_cohort,
    share_to_people,
)
from karvan.engines.selection.columns import columns_of, limits_of
from karvan.engines.selection.cut import FRACTIONS, find_cut, price_cut
from karvan.engines.selection.optimum import find_optimum
from karvan.engines.selection.pool import pool_of

from .problems import best_cohorts, choices, drawn, value


def parts(problem):
    pool = pool_of(problem.candidates, problem.seed)
    return columns_of(pool, problem.quotas), limits_of(problem.places, problem.quotas)


@settings(max_examples=100, deadline=None)
@given(choices(teams=True))
def test_a_window_that_starts_with_one_column_finds_the_same(problem):
    equal = best_cohorts(problem)
    columns, limits = parts(problem)

    best = find_optimum(columns, limits, 60, first=1)

    if not equal:
        assert best is None
    else:
        keys = {columns.pool.keys[n] for n in columns.chosen(best.taken)}
        assert keys == drawn(problem, equal)


@settings(max_examples=60, deadline=None)
@given(choices(teams=True))
def test_any_prices_give_a_bound_no_cohort_exceeds(problem):
    columns, limits = parts(problem)
    wild = [
        7 * FRACTIONS if c is not None else -5 * FRACTIONS if f else 0
        for f, c in zip(limits.floors, limits.ceilings, strict=True)
    ]
    fill = limits.places + 1

    for cut in (find_cut(columns, limits), price_cut(columns, limits, 3 * FRACTIONS, wild)):
        for keys in best_cohorts(problem):
            merit, seats = value(c for c in problem.candidates if c.key in keys)
            assert (merit * fill + seats) * FRACTIONS <= cut.bound


@pytest.mark.parametrize(("seed", "step"), [(1, 1), (2, 1), (3, 250)])
def test_a_thousand_applicants_have_the_value_a_plain_integer_programme_finds(seed, step):
    rng = random.Random(seed)
    shares = {"country": 5, "gender": 2, "field": 4}
    people = tuple(
        Candidate(
            f"c{n}",
            rng.randint(3_000, 9_500) // step * step,
            {a: f"v{min(n - 1, int(rng.expovariate(1)))}" for a, n in shares.items()},
        )
        for n in range(1_000)
    )
    quotas = tuple(
        Quota(f"{a}{v}", a, frozenset({f"v{v}"}), share_to_people(60 // n, 40, "floor"))
        for a, n in shares.items()
        for v in range(n)
    )
    problem = ChoiceProblem(people, 40, quotas, "s")

    cohort = choose_cohort(problem)

    rows = np.array([[c.people_counted_by(q) for c in people] for q in quotas])
    plain = milp(
        [-c.merit for c in people],
        integrality=np.ones(len(people)),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(np.ones((1, len(people))), 0, 40),
            LinearConstraint(rows, [q.floor for q in quotas], np.inf),
        ],
    )
    assert cohort.value == round(-plain.fun)
    assert cohort.swaps.merit_lost > 0
    assert check_cohort(problem, cohort) == ()
