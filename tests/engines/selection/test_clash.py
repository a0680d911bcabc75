"""When quotas cannot be met: a smallest clash, and changes that truly help."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from karvan.engines.selection import (
    Candidate,
    ChoiceProblem,
    Cohort,
    Infeasible,
    Quota,
    choose_cohort,
    is_possible,
    relaxation_costs,
    relaxed,
)

from .problems import best_cohorts, choices, drawn, over_limits


@settings(max_examples=100, deadline=None)
@given(choices(max_size=6, teams=True))
def test_a_clash_is_minimal_and_each_relaxation_helps(problem):
    answer = choose_cohort(problem)
    assert isinstance(answer, Infeasible) == (not best_cohorts(problem))
    assert is_possible(problem) == isinstance(answer, Cohort)
    if isinstance(answer, Cohort):
        return

    clashing = tuple(q for q in problem.quotas if q.key in answer.clash)
    assert not best_cohorts(replace(problem, quotas=clashing))
    for quota in clashing:
        assert best_cohorts(replace(problem, quotas=tuple(set(clashing) - {quota})))
    for changes in answer.relaxations:
        assert best_cohorts(relaxed(problem, changes))
    fewest = min(
        over_limits(problem, some)
        for size in range(len(problem.candidates) + 1)
        for some in combinations(problem.candidates, size)
    )
    assert sum(c.people for c in answer.relaxations[0]) == fewest


def test_floors_beyond_the_places_name_both_and_offer_more_places():
    candidates = tuple(
        Candidate(f"{gender}{n}", 100, {"gender": gender}) for gender in "fm" for n in range(3)
    )
    floors = tuple(Quota(g, "gender", frozenset({g}), floor=2) for g in "fm")

    answer = choose_cohort(ChoiceProblem(candidates, 3, floors, "s"))

    assert answer.clash == ("f", "m")
    assert [[(c.quota, c.side, c.after) for c in changes] for changes in answer.relaxations] == [
        [(None, "places", 4)],
        [("f", "floor", 1)],
        [("m", "floor", 1)],
    ]


def test_a_floor_without_enough_candidates_clashes_alone():
    floor = Quota("women", "gender", frozenset({"f"}), floor=1)

    answer = choose_cohort(ChoiceProblem((), 3, (floor,), "s"))

    assert answer.clash == ("women",)
    assert [c.after for changes in answer.relaxations for c in changes] == [0]


@settings(max_examples=60, deadline=None)
@given(choices(max_size=6, teams=True), st.randoms())
def test_each_relaxation_costs_what_counting_out_says(problem, random):
    answer = choose_cohort(problem)
    assume(isinstance(answer, Infeasible))

    costs = relaxation_costs(problem, answer)

    assert {cost.changes for cost in costs} == set(answer.relaxations)
    people = [cost.people_moved for cost in costs]
    assert people == sorted(people)
    for cost in costs:
        eased = relaxed(problem, cost.changes)
        cohort = drawn(eased, best_cohorts(eased))
        free = replace(eased, quotas=())
        pure = drawn(free, best_cohorts(free))
        merit = {c.key: c.merit * c.seats for c in problem.candidates}
        assert cost.value == sum(merit[key] for key in cohort)
        assert cost.merit_lost == sum(merit[key] for key in pure) - cost.value
        assert set(cost.came_in) == cohort - pure
        assert set(cost.went_out) == pure - cohort
    shuffled = tuple(random.sample(problem.candidates, len(problem.candidates)))
    problem = replace(problem, candidates=shuffled, quotas=problem.quotas[::-1])
    assert choose_cohort(problem) == answer
    assert relaxation_costs(problem, answer) == costs


def test_costs_of_another_problems_relaxations_are_refused():
    floor = Quota("women", "gender", frozenset({"f"}), floor=2)
    one = (Candidate("ada", 1, {"gender": "f"}),)
    answer = choose_cohort(ChoiceProblem(one, 3, (floor,), "s"))

    with pytest.raises(ValueError, match="does not make a cohort possible"):
        relaxation_costs(ChoiceProblem((), 3, (floor,), "s"), answer)
