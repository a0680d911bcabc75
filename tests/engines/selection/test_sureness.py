"""How sure places are: by drawn noise, the same everywhere, and as exact as choosing anew."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.selection import (
    Candidate,
    ChoiceProblem,
    Cohort,
    Quota,
    choose_cohort,
    sureness,
)
from karvan.engines.selection.sureness import _moved, _noise

from .problems import choices


def ten(places=5, quotas=()):
    people = tuple(
        Candidate(f"p{n}", 5000 + 100 * n, {"gender": "f" if n < 4 else "m"}) for n in range(10)
    )
    problem = ChoiceProblem(people, places, quotas, "s")
    return problem, choose_cohort(problem)


@settings(max_examples=25, deadline=None)
@given(choices(teams=True), st.integers(1, 3), st.randoms())
def test_it_is_what_choosing_anew_under_the_same_noise_gives(problem, size, random):
    cohort = choose_cohort(problem)
    if not isinstance(cohort, Cohort):
        return
    deviations = {c.key: size for c in problem.candidates}
    shuffled = replace(
        problem, candidates=tuple(random.sample(problem.candidates, len(problem.candidates)))
    )

    found = sureness(problem, cohort, deviations, draws=4, seed="n")

    keys = sorted(deviations)
    noise = _noise("n", keys, [size] * len(keys), 4)
    by_key = {c.key: c for c in problem.candidates}
    counts = dict.fromkeys(keys, 0)
    for draw in range(4):
        drawn = tuple(_moved(by_key[key], noise[n, draw]) for n, key in enumerate(keys))
        for key in choose_cohort(replace(problem, candidates=drawn)).chosen:
            counts[key] += 1
    assert found == {key: n * 2500 for key, n in counts.items()}
    assert sureness(shuffled, cohort, deviations, draws=4, seed="n") == found


def test_without_noise_everybody_is_where_they_are():
    problem, cohort = ten()

    found = sureness(problem, cohort, {}, draws=3, seed="n")

    assert {key for key, share in found.items() if share == 10_000} == set(cohort.chosen)
    assert {found[key] for key in cohort.waiting} == {0}


def test_who_is_near_the_cut_is_less_sure_and_who_is_far_is_sure():
    problem, cohort = ten()
    deviations = {c.key: 60 for c in problem.candidates}

    found = sureness(problem, cohort, deviations, draws=400, seed="n")

    assert found["p9"] == 10_000
    assert found["p0"] == 0
    assert 7_000 < found["p5"] < 9_800
    assert 200 < found["p4"] < 3_000
    assert sum(found.values()) == 5 * 10_000


def test_people_far_away_are_left_out_of_the_draw_and_change_nothing():
    quotas = (Quota("women", "gender", frozenset({"f"}), 2, None),)
    problem, cohort = ten(6, quotas)
    deviations = {"p3": 30, "p6": 30}

    found = sureness(problem, cohort, deviations, draws=50, seed="n")

    assert {found[key] for key in cohort.chosen} == {10_000}


def test_noise_has_the_deviation_asked_for_and_no_leaning():
    noise = _noise("n", ["a", "b"], [500, 0], 4000)

    assert abs(noise[0].mean()) < 25
    assert 480 < noise[0].std() < 520
    assert not noise[1].any()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"draws": 0}, "draws must be 1 or more"),
        ({"seed": " "}, "seed must be"),
        ({"deviations": {"p1": 3, "nobody": 1}}, "row 2 names an unknown candidate 'nobody'"),
        ({"deviations": {"p1": -3}}, "deviation of 'p1' in row 1"),
    ],
)
def test_bad_input_is_named_with_its_row(options, words):
    problem, cohort = ten()
    given = {"deviations": {}, "draws": 2, "seed": "n", **options}

    with pytest.raises(ValueError, match=words):
        sureness(problem, cohort, given.pop("deviations"), **given)
