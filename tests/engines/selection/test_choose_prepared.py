"""A prepared choice answers as a fresh one, whatever was tried before."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.selection import (
    Candidate,
    ChoiceProblem,
    Cohort,
    Infeasible,
    Quota,
    choose_cohort,
    next_from_waiting,
    prepare_choice,
    quota_prices,
)

from .problems import choices, quotas


@settings(max_examples=60, deadline=None)
@given(
    choices(max_size=20, teams=True),
    st.lists(st.tuples(st.none() | st.integers(0, 8), st.none() | quotas()), max_size=3),
)
def test_what_is_tried_is_answered_as_if_it_were_the_problem(problem, tries):
    prepared = prepare_choice(problem)

    for places, changed in [*tries, (None, None)]:
        asked = replace(
            problem,
            places=problem.places if places is None else places,
            quotas=problem.quotas if changed is None else changed,
        )
        assert prepared.choose(places, changed) == choose_cohort(asked)


@settings(max_examples=40, deadline=None)
@given(choices(max_size=12, teams=True))
def test_prices_and_replacements_are_the_same_from_a_prepared_choice(problem):
    cohort = choose_cohort(problem)
    if isinstance(cohort, Infeasible):
        return
    prepared = prepare_choice(problem)

    assert quota_prices(prepared, cohort) == quota_prices(problem, cohort)
    leaver = cohort.chosen[:1]
    assert next_from_waiting(prepared, cohort, (), leaver) == next_from_waiting(
        problem, cohort, (), leaver
    )


def test_quotas_on_an_attribute_the_problem_had_no_quota_on_may_be_tried():
    people = (
        Candidate("ada", 300, {"sector": "state"}),
        Candidate("ben", 500, {"sector": "private"}),
        Candidate("cyr", 400),
    )
    prepared = prepare_choice(ChoiceProblem(people, 1, (), "s"))

    def chosen(attribute, value, **limits):
        answer = prepared.choose(quotas=(Quota("q", attribute, frozenset({value}), **limits),))
        return answer.chosen if isinstance(answer, Cohort) else answer.clash

    assert chosen("sector", "state", floor=1) == ("ada",)
    assert chosen("sector", "private", ceiling=0) == ("cyr",)
    assert chosen("sector", "not given", floor=1) == ("cyr",)
    # Nobody is of the value, or nobody was asked: a floor on it cannot be met.
    assert chosen("sector", "church", floor=1) == ("q",)
    assert chosen("region", "north", floor=1) == ("q",)
    assert chosen("region", "not given", floor=1) == ("ben",)
