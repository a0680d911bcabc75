"""Whoever comes in keeps the quotas, after any sequence of declines."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.selection import (
    Candidate,
    ChoiceProblem,
    Infeasible,
    Quota,
    choose_cohort,
    next_from_waiting,
)

from .problems import choices, cohorts, over_limits, value


def best_fill(problem, holding, left):
    keys = [({c.key for c in some}, some) for some in cohorts(problem)]
    allowed = [some for found, some in keys if holding <= found and not left & found]
    return max(map(value, allowed), default=None)


@settings(max_examples=80, deadline=None)
@given(choices(max_size=7, teams=True), st.randoms())
def test_after_any_declines_the_best_allowed_people_come_in(problem, random):
    cohort = choose_cohort(problem)
    if isinstance(cohort, Infeasible):
        return
    holding, taken, left = set(cohort.chosen), set(), set()
    while holding:
        leaver = random.choice(sorted(holding))
        holding.remove(leaver)
        left.add(leaver)
        best = best_fill(problem, holding, left)

        found = next_from_waiting(problem, cohort, taken, left)

        taken.update(found.keys)
        holding.update(found.keys)
        some = [c for c in problem.candidates if c.key in holding]
        if best is None:
            assert found.key is None
            assert found.quotas
            assert over_limits(replace(problem, quotas=()), some) == 0
        else:
            assert over_limits(problem, some) == 0
            assert value(some) == best


def test_nobody_who_would_break_a_floor_comes_in_and_the_reason_is_said():
    women = Quota("women", "gender", frozenset({"f"}), floor=1)
    candidates = tuple(
        Candidate(key, merit, {"gender": key[0]})
        for key, merit in (("f1", 300), ("f2", 100), ("m1", 500), ("m2", 400))
    )
    problem = ChoiceProblem(candidates, 2, (women,), "s")
    cohort = choose_cohort(problem)

    first = next_from_waiting(problem, cohort, [], ["f1"])
    second = next_from_waiting(problem, cohort, ["f2"], ["f1", "f2"])

    assert (first.key, first.reason, first.passed) == ("f2", "best_allowed", ("m2",))
    assert (second.key, second.reason, second.quotas) == (None, "quota_cannot_be_kept", ("women",))


def test_a_team_that_leaves_brings_several_in():
    candidates = (
        Candidate("team", 500, seats=3),
        *(Candidate(f"p{n}", 100 + n) for n in range(4)),
    )
    problem = ChoiceProblem(candidates, 3, (), "s")
    cohort = choose_cohort(problem)

    found = next_from_waiting(problem, cohort, [], ["team"])

    assert cohort.chosen == ("team",)
    assert found.keys == ("p3", "p2", "p1")


def test_no_free_seat_and_an_unknown_key():
    problem = ChoiceProblem((Candidate("a", 2), Candidate("b", 1)), 1, (), "s")
    cohort = choose_cohort(problem)

    assert next_from_waiting(problem, cohort, [], []).reason == "no_free_seat"
    assert next_from_waiting(problem, cohort, ["b"], ["a"]).reason == "no_free_seat"
    assert next_from_waiting(problem, cohort, ["b"], ["a", "b"]).reason == "nobody_waiting"
    with pytest.raises(ValueError, match="zed"):
        next_from_waiting(problem, cohort, [], ["zed"])
