"""Laws of the cohort engine, checked against counting everything out."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from karvan.engines.selection import (
    Candidate,
    ChoiceProblem,
    Cohort,
    Infeasible,
    Quota,
    check_cohort,
    choose_cohort,
    quota_prices,
    ticket,
)

from .problems import best_cohorts, choices, drawn

WOMEN = Quota("women", "gender", frozenset({"f"}), floor=1)


def person(key, merit, gender="m", **more):
    return Candidate(key, merit, {"gender": gender}, **more)


@settings(max_examples=100, deadline=None)
@given(choices(teams=True))
@example(ChoiceProblem((person("a", 5), person("b", 4, "f")), 1, (WOMEN,), "s"))
def test_the_cohort_is_the_one_that_counting_everything_out_finds(problem):
    equal = best_cohorts(problem)

    cohort = choose_cohort(problem)

    if not equal:
        assert isinstance(cohort, Infeasible)
        return
    assert check_cohort(problem, cohort) == ()
    assert cohort.proved
    assert cohort.gap == 0
    assert set(cohort.chosen) == drawn(problem, equal)


@settings(max_examples=60, deadline=None)
@given(choices(teams=True))
def test_those_said_to_be_drawn_are_those_whom_equal_cohorts_treat_unlike(problem):
    cohort = choose_cohort(problem)
    if isinstance(cohort, Infeasible):
        return
    equal = best_cohorts(problem)

    tied = {key for key, s in cohort.standing.items() if s.code.startswith("tie_drawn")}

    assert tied == set.union(*equal) - set.intersection(*equal)


@settings(max_examples=60, deadline=None)
@given(choices(max_size=30), st.randoms())
def test_the_order_of_the_input_does_not_matter(problem, random):
    shuffled = replace(
        problem,
        candidates=tuple(random.sample(problem.candidates, len(problem.candidates))),
        quotas=tuple(random.sample(problem.quotas, len(problem.quotas))),
    )

    assert choose_cohort(shuffled) == choose_cohort(problem)


@settings(max_examples=60, deadline=None)
@given(choices(max_size=40))
def test_everyone_has_a_standing_that_agrees_with_being_in_or_out(problem):
    cohort = choose_cohort(problem)
    if isinstance(cohort, Infeasible):
        return

    inside = {"chosen_on_merit", "chosen_with_quota", "tie_drawn_in"}

    assert set(cohort.standing) == {c.key for c in problem.candidates}
    for key, standing in cohort.standing.items():
        assert (standing.code in inside) == (key in cohort.chosen)
    merits = {c.key: c.merit for c in problem.candidates}
    for key, standing in cohort.standing.items():
        if standing.code == "below_cutoff":
            assert merits[key] + standing.points == standing.cutoff


@settings(max_examples=40, deadline=None)
@given(choices(max_size=7, teams=True))
def test_a_quota_costs_what_leaving_it_out_would_gain(problem):
    cohort = choose_cohort(problem)
    if isinstance(cohort, Infeasible):
        return

    for price in quota_prices(problem, cohort):
        others = tuple(q for q in problem.quotas if q.key != price.quota)
        without = replace(problem, quotas=others)
        equal = best_cohorts(without)
        keys = drawn(without, equal)
        assert cohort.value + price.merit_lost == sum(
            c.merit * c.seats for c in problem.candidates if c.key in keys
        )
        assert set(price.came_in) == set(cohort.chosen) - keys
        assert set(price.went_out) == keys - set(cohort.chosen)


def test_swaps_name_who_is_in_for_a_quota_and_who_gave_way():
    candidates = (person("ada", 300, "f"), person("ben", 500), person("cyr", 400))

    cohort = choose_cohort(ChoiceProblem(candidates, 2, (WOMEN,), "s"))

    assert cohort.chosen == ("ben", "ada")
    assert cohort.swaps.came_in == ("ada",)
    assert cohort.swaps.went_out == ("cyr",)
    assert cohort.swaps.merit_lost == 100
    assert cohort.standing["ada"].code == "chosen_with_quota"
    assert cohort.standing["ada"].quotas == ("women",)
    assert cohort.standing["cyr"].code == "displaced_by_quota"
    assert cohort.standing["cyr"].quotas == ("women",)


def test_a_person_below_the_cut_is_told_the_points_missing():
    candidates = (person("ada", 500), person("ben", 420), person("cyr", 400))

    cohort = choose_cohort(ChoiceProblem(candidates, 1, (), "s"))
    raised = replace(candidates[2], merit=400 + cohort.standing["cyr"].points + 1)

    assert cohort.standing["cyr"].code == "below_cutoff"
    assert cohort.standing["cyr"].points <= 100
    at_the_cut = ChoiceProblem((*candidates[:2], replace(raised, merit=501)), 1, (), "s")
    assert choose_cohort(at_the_cut).chosen == ("cyr",)


def test_a_team_that_does_not_fit_whole_stays_out_whole():
    candidates = (person("solo", 400), person("team", 500, seats=3), person("duo", 300, seats=2))

    cohort = choose_cohort(ChoiceProblem(candidates, 2, (), "s"))

    assert cohort.chosen == ("duo",)  # two at 300 outweigh one at 400
    assert cohort.standing["team"].code in {"no_seats_for_team", "below_cutoff"}


def test_an_empty_answer_is_its_own_group_and_never_guessed():
    unsaid = Candidate("x", 500, {"gender": ""})
    ceiling = Quota("unsaid", "gender", frozenset({"not given"}), ceiling=0)

    cohort = choose_cohort(ChoiceProblem((unsaid, person("y", 1)), 1, (ceiling,), "s"))

    assert cohort.chosen == ("y",)


def test_equals_are_drawn_by_the_seed_alone():
    candidates = tuple(person(f"p{n}", 500) for n in range(12))

    draws = {choose_cohort(ChoiceProblem(candidates, 3, (), f"s{n}")).chosen for n in range(8)}

    assert len(draws) == 8


def test_a_false_statement_is_found_by_the_recount():
    problem = ChoiceProblem(
        (person("ada", 300, "f"), person("ben", 500), person("cyr", 400)), 2, (WOMEN,), "s"
    )
    cohort = choose_cohort(problem)
    assert isinstance(cohort, Cohort)

    swapped = replace(cohort, chosen=("ben", "cyr"), waiting=("ada",))
    dearer = replace(cohort, prices=replace(cohort.prices, place=0))

    assert any("women" in broken for broken in check_cohort(problem, swapped))
    assert any("prices prove" in broken for broken in check_cohort(problem, dearer))


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.sampled_from(("KE", "NP", "PE")), min_size=30, max_size=70),
    st.integers(1, 25),
    st.integers(0, 9),
    st.text(min_size=1, max_size=3).filter(str.strip),
)
def test_many_equals_come_in_by_ticket_as_far_as_ceilings_allow(countries, places, cap, seed):
    candidates = tuple(
        Candidate(f"p{n}", 500, {"country": country}) for n, country in enumerate(countries)
    )
    caps = tuple(Quota(c, "country", frozenset({c}), ceiling=cap) for c in ("KE", "NP"))
    expected: list[Candidate] = []
    for c in sorted(candidates, key=lambda c: ticket(seed, c.key)):
        alike = sum(e.attributes == c.attributes for e in expected)
        if len(expected) < places and (alike < cap or c.attributes["country"] == "PE"):
            expected.append(c)

    cohort = choose_cohort(ChoiceProblem(candidates, places, caps, seed))

    assert cohort.chosen == tuple(c.key for c in expected)


@settings(max_examples=40, deadline=None)
@given(choices(max_size=20))
def test_without_quotas_the_cutoff_parts_those_in_from_those_out(problem):
    problem = replace(problem, quotas=())

    cohort = choose_cohort(problem)

    assert cohort.proof == "prices"
    for c in problem.candidates:
        if c.key in cohort.chosen:
            assert c.merit >= cohort.standing[c.key].cutoff
        else:
            assert c.merit <= cohort.standing[c.key].cutoff


def test_no_work_is_refused():
    with pytest.raises(ValueError, match="got 0"):
        choose_cohort(ChoiceProblem((), 1, (), "s"), work=0)


@settings(max_examples=30, deadline=None)
@given(choices(max_size=7))
def test_a_better_mark_never_puts_anyone_out(problem):
    cohort = choose_cohort(problem)
    if isinstance(cohort, Infeasible) or not cohort.chosen:
        return
    better = tuple(
        replace(c, merit=c.merit + 1) if c.key == cohort.chosen[0] else c
        for c in problem.candidates
    )

    again = choose_cohort(replace(problem, candidates=better))

    assert cohort.chosen[0] in again.chosen
    assert again.value > cohort.value
