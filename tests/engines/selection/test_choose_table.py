"""A table of candidates is chosen from as the same candidates one by one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.selection import (
    CandidateTable,
    ChoiceProblem,
    Cohort,
    NumberedKeys,
    Quota,
    bound_by_prices,
    check_cohort,
    choose_cohort,
    next_from_waiting,
)

from .problems import quotas

SEX, COUNTRY = ("f", "m"), ("KE", "NP", "", "PE")


@st.composite
def tables(draw):
    rows = draw(st.integers(0, 30))

    def column(*numbers):
        return draw(st.lists(st.integers(*numbers), min_size=rows, max_size=rows))

    attributes = {"gender": (column(0, 1), SEX), "country": (column(-1, 3), COUNTRY)}
    seats = draw(st.none() | st.just(column(1, 3)))
    keys = draw(st.sampled_from([rows, [f"k{n}" for n in range(rows)]]))
    return CandidateTable(keys, np.array(column(0, 4), dtype=int), attributes, seats, prefix="c")


@settings(max_examples=60, deadline=None)
@given(tables(), st.integers(0, 12), quotas(), st.randoms())
def test_a_table_and_its_candidates_in_any_order_have_the_same_answer(
    table, places, limits, random
):
    problem = ChoiceProblem(table, places, limits, "s")
    people = replace(problem, candidates=tuple(random.sample(list(table), len(table))))

    answer = choose_cohort(problem)

    assert answer == choose_cohort(people)
    if isinstance(answer, Cohort):
        assert check_cohort(problem, answer) == ()
        assert bound_by_prices(problem, answer) == bound_by_prices(people, answer)
        assert dict(answer.standing) == dict(choose_cohort(people).standing)
        leaver = answer.chosen[:1]
        assert next_from_waiting(problem, answer, (), leaver) == next_from_waiting(
            people, answer, (), leaver
        )


def test_what_a_cohort_works_out_later_is_known_by_key():
    table = CandidateTable(4, (5, 4, 3, 2), prefix="c")

    cohort = choose_cohort(ChoiceProblem(table, 1, (), "s"))

    assert cohort.standing["c3"].code == "below_cutoff"
    assert "c4" not in cohort.standing
    assert "c04" not in cohort.tickets
    assert list(cohort.tickets) == ["c0", "c1", "c2", "c3"]
    assert cohort.waiting == ("c1", "c2", "c3")
    assert replace(cohort, value=0).waiting == cohort.waiting
    with pytest.raises(AttributeError, match="prize"):
        _ = cohort.prize


def test_numbered_keys_are_read_like_a_list():
    keys = NumberedKeys("c", 3)

    assert list(keys) == ["c0", "c1", "c2"]
    assert (keys[-1], keys[1:], len(keys)) == ("c2", ("c1", "c2"), 3)
    with pytest.raises(IndexError):
        keys[3]


def test_merits_too_large_for_64_bits_are_still_exact():
    rows = 2_000
    merit = 1_000_000 - np.arange(rows) % 7
    seats = np.where(np.arange(rows) % 3 == 0, 1_000, 1)
    table = CandidateTable(rows, merit, {"a": (np.arange(rows) % 5, tuple("vwxyz"))}, seats)
    quota = Quota("v", "a", frozenset("v"), floor=100_000)
    problem = ChoiceProblem(table, 500_000, (quota,), "s")

    cohort = choose_cohort(problem)

    assert cohort.value <= bound_by_prices(problem, cohort)
    assert check_cohort(problem, cohort) == ()
