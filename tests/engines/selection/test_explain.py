"""Why one is in or out: rank, the exact merit that would do, and which quota decided."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from karvan.engines.selection import (
    Candidate,
    ChoiceProblem,
    Cohort,
    Quota,
    choose_cohort,
    explain_candidate,
    explain_many,
    quota_prices,
)

from .problems import best_cohorts, choices, drawn

# Above every merit that could matter in the small problems.
ENOUGH = 40


def is_in(problem, key, merit):
    changed = tuple(replace(c, merit=merit) if c.key == key else c for c in problem.candidates)
    problem = replace(problem, candidates=changed)
    return key in drawn(problem, best_cohorts(problem))


@settings(max_examples=60, deadline=None)
@given(choices(max_size=6, teams=True), st.data())
def test_the_least_merit_is_where_counting_out_lets_it_in(problem, data):
    cohort = choose_cohort(problem)
    assume(isinstance(cohort, Cohort) and problem.candidates)
    key = data.draw(st.sampled_from([c.key for c in problem.candidates]))

    found = explain_candidate(problem, cohort, key)

    least = next((m for m in range(ENOUGH) if is_in(problem, key, m)), None)
    assert found.least_merit == least
    if found.is_chosen:
        assert found.points_needed == 0
        assert found.points_to_spare == found.merit - least
    else:
        assert found.points_needed == (None if least is None else least - found.merit)
        assert found.points_to_spare is None


@settings(max_examples=60, deadline=None)
@given(choices(max_size=7), st.data())
def test_ranks_shares_and_quotas_are_those_of_a_plain_count(problem, data):
    cohort = choose_cohort(problem)
    assume(isinstance(cohort, Cohort) and problem.candidates)
    own = data.draw(st.sampled_from(problem.candidates))

    found = explain_many(problem, cohort, prices=quota_prices(problem, cohort))[own.key]

    alike = [
        c
        for c in problem.candidates
        if all(c.people_counted_by(q) == own.people_counted_by(q) for q in problem.quotas)
    ]
    chosen = [c for c in alike if c.key in cohort.chosen]
    assert found.rank == 1 + sum(c.merit > own.merit for c in problem.candidates)
    assert found.group_rank == 1 + sum(c.merit > own.merit for c in alike)
    assert (found.group_size, found.group_chosen) == (len(alike), len(chosen))
    assert found.group_share == 10_000 * len(chosen) // len(alike)
    without = []
    for quota in sorted(problem.quotas, key=lambda q: q.key):
        others = replace(problem, quotas=tuple(q for q in problem.quotas if q != quota))
        if own.key in drawn(others, best_cohorts(others)) and own.key not in cohort.chosen:
            without.append(quota.key)
    assert found.would_be_in_without == tuple(without)


@settings(max_examples=60, deadline=None)
@given(choices(max_size=7), st.randoms())
def test_what_the_prices_say_never_asks_more_than_is_needed(problem, random):
    cohort = choose_cohort(problem)
    assume(isinstance(cohort, Cohort) and problem.candidates)

    many = explain_many(problem, cohort)

    shuffled = replace(
        problem, candidates=tuple(random.sample(problem.candidates, len(problem.candidates)))
    )
    assert explain_many(shuffled, choose_cohort(shuffled)) == many
    for key, found in many.items():
        exact = explain_candidate(problem, cohort, key)
        if found.least_merit is not None and exact.least_merit is not None:
            if found.is_chosen:
                assert exact.least_merit <= found.least_merit
            else:
                assert found.least_merit <= exact.least_merit


def two_places():
    people = (
        Candidate("ada", 8125, {"gender": "f"}),
        Candidate("ben", 8350, {"gender": "m"}),
        Candidate("cyr", 8300, {"gender": "m"}),
    )
    floor = Quota("women", "gender", frozenset({"f"}), floor=1)
    return ChoiceProblem(people, 2, (floor,), "s")


def test_who_went_out_for_a_quota_reads_its_name_and_the_points_missing():
    problem = two_places()
    cohort = choose_cohort(problem)

    found = explain_candidate(problem, cohort, "cyr", prices=quota_prices(problem, cohort))

    assert found.decided_by == ("quota",)
    assert found.would_be_in_without == ("women",)
    assert (found.rank, found.ranked, found.group_rank, found.group_size) == (2, 3, 2, 2)
    assert found.points_needed in (50, 51)
    assert found.group_share == 5_000


def test_who_alone_keeps_a_floor_could_fall_to_nothing():
    problem = two_places()

    found = explain_candidate(problem, choose_cohort(problem), "ada")

    assert found.points_to_spare == 8125


def test_whom_no_merit_would_let_in_is_told_so():
    barred = Quota("no men", "gender", frozenset({"m"}), ceiling=0)
    problem = replace(two_places(), quotas=(barred,))

    found = explain_candidate(problem, choose_cohort(problem), "ben")

    assert (found.least_merit, found.points_needed) == (None, None)


def test_strangers_are_refused_by_name():
    problem = two_places()
    cohort = choose_cohort(problem)

    with pytest.raises(ValueError, match="'zoe'"):
        explain_candidate(problem, cohort, "zoe")
    with pytest.raises(ValueError, match="ada"):
        explain_many(replace(problem, candidates=problem.candidates[1:]), cohort)
    with pytest.raises(ValueError, match="women"):
        explain_many(replace(problem, quotas=()), cohort, prices=quota_prices(problem, cohort))
