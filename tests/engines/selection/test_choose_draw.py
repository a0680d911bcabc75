"""The draw leaps from refusal to refusal, and ends where asking one by one would."""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from karvan.engines.selection import (
    CandidateTable,
    ChoiceProblem,
    Quota,
    choose_cohort,
    ticket,
)

VALUES = {"a": 3, "b": 4, "c": 2}


def generated(seed, people, places):
    """Three marks only, and quotas that leave little room."""
    rng = np.random.default_rng(seed)
    columns = {
        name: (rng.integers(0, n, people), tuple(f"v{v}" for v in range(n)))
        for name, n in VALUES.items()
    }
    quotas = [
        Quota(f"{a} v{v}", a, frozenset({f"v{v}"}), places // n - 1, -(-places // n) + 1)
        for a, n in VALUES.items()
        for v in range(n)
    ]
    table = CandidateTable(people, rng.integers(1, 4, people) * 100, columns, prefix="p")
    return ChoiceProblem(table, places, tuple(quotas), f"seed {seed}")


def asked_one_by_one(problem, value):
    """Ask everybody in the order of their tickets, with an integer programme each."""
    people = tuple(problem.candidates)
    rows = [[c.people_counted_by(q) for c in people] for q in problem.quotas]
    limits = [(q.floor, q.ceiling) for q in problem.quotas]
    rows += [[c.merit for c in people], [1] * len(people)]
    limits += [(value, value), (problem.places, problem.places)]
    rules = LinearConstraint(np.array(rows), *np.array(limits).T)
    low, high = np.zeros(len(people)), np.ones(len(people))
    for n in sorted(range(len(people)), key=lambda n: ticket(problem.seed, people[n].key)):
        low[n] = 1
        found = milp(
            np.zeros(len(people)), integrality=high, bounds=Bounds(low, high), constraints=rules
        )
        if not found.success:
            low[n] = high[n] = 0
    return {people[n].key for n in np.flatnonzero(low)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_draw_ends_where_asking_one_by_one_does(seed):
    problem = generated(seed, 70, 24)

    cohort = choose_cohort(problem)

    assert cohort.proved
    assert sum(s.code.startswith("tie_drawn") for s in cohort.standing.values()) > 10
    assert set(cohort.chosen) == asked_one_by_one(problem, cohort.value)


def test_equals_of_a_kind_have_equal_chances():
    """One place, two of one kind and one of another: a third each, not a half by kind."""
    table = CandidateTable(3, (5, 5, 5), {"a": ((0, 0, 1), ("v", "w"))})
    quotas = tuple(Quota(v, "a", frozenset({v}), ceiling=1) for v in "vw")
    drawn = [
        choose_cohort(ChoiceProblem(table, 1, quotas, f"seed {n}")).chosen[0] for n in range(300)
    ]

    assert all(75 < drawn.count(key) < 125 for key in "012")
