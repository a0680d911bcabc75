"""Laws of the reading plan, checked against assigning for real."""

from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.selection import (
    Application,
    ApplicationGroup,
    AssignmentProblem,
    PlanProblem,
    Reviewer,
    assign_reviews,
    plan_reading,
)

LANGUAGES = st.frozensets(st.sampled_from(("ar", "en", "fr")), max_size=2)


@st.composite
def plans(draw):
    groups = tuple(
        ApplicationGroup(draw(LANGUAGES), draw(st.integers(0, 3)))
        for _ in range(draw(st.integers(0, 3)))
    )
    reviewers = tuple(
        Reviewer(f"r{n}", draw(LANGUAGES), load_high=draw(st.integers(0, 4)))
        for n in range(draw(st.integers(0, 3)))
    )
    return PlanProblem(groups, reviewers, draw(st.integers(0, 2)), draw(st.integers(1, 4)), 2)


def unmet(plan, more):
    """Reads that nobody can be given with these further reviewers."""
    applications = tuple(
        Application(f"a{g}-{n}", group.languages)
        for g, group in enumerate(plan.groups)
        for n in range(group.applications)
    )
    new = tuple(Reviewer(f"n{n}", known, load_high=plan.load_each) for n, known in enumerate(more))
    answer = assign_reviews(
        AssignmentProblem(applications, plan.reviewers + new, plan.reads_each), fair=False
    )
    return sum(u.missing for u in answer.unmet)


@settings(max_examples=60, deadline=None)
@given(plans(), st.randoms())
def test_so_many_further_reviewers_are_enough_and_no_fewer(problem, random):
    plan = plan_reading(problem)

    wanted = [need.languages for need in plan.missing for _ in range(need.reviewers)]
    assert unmet(problem, wanted) == 0
    assert plan.reads - plan.can_be_read == unmet(problem, ())
    assert plan.needed_in_all == len(problem.reviewers) + len(wanted)
    kinds = sorted({g.languages for g in problem.groups}, key=sorted)
    if wanted:
        fewer = list(combinations_with_replacement(kinds, len(wanted) - 1))
        some = random.sample(fewer, min(len(fewer), 15))
        assert all(unmet(problem, more) > 0 for more in some)


@settings(max_examples=30, deadline=None)
@given(plans(), st.randoms())
def test_the_order_of_groups_and_reviewers_does_not_matter(problem, random):
    shuffled = PlanProblem(
        tuple(random.sample(problem.groups, len(problem.groups))),
        tuple(random.sample(problem.reviewers, len(problem.reviewers))),
        problem.reads_each,
        problem.load_each,
        problem.days,
    )

    assert plan_reading(shuffled) == plan_reading(problem)


def test_twenty_nine_are_needed_where_twelve_stand():
    english = frozenset({"en"})
    reviewers = tuple(Reviewer(f"r{n}", english, load_high=26) for n in range(12))

    plan = plan_reading(PlanProblem((ApplicationGroup(english, 376),), reviewers, 2, 26, 7))

    assert (plan.reads, plan.capacity, plan.standing, plan.needed_in_all) == (752, 312, 12, 29)
    assert [(n.languages, n.reviewers, n.reads) for n in plan.missing] == [(english, 17, 440)]
    # 752 reads by 29 on 7 days are 3.704; 26 on 7 days are at most 4.
    assert (plan.a_day, plan.a_day_now, plan.a_day_most) == (371, 896, 4)


def test_a_reviewer_of_several_languages_reads_where_others_cannot():
    groups = ApplicationGroup(frozenset({"en"}), 10), ApplicationGroup(frozenset({"ar"}), 10)
    reviewers = (
        Reviewer("both", frozenset({"ar", "en"}), load_high=10),
        Reviewer("english", frozenset({"en"}), load_high=10),
        Reviewer("french", frozenset({"fr"}), load_high=10),
    )

    plan = plan_reading(PlanProblem(groups, reviewers, 1, 10, 5))

    assert (plan.missing, plan.idle, plan.can_be_read) == ((), ("french",), 20)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"days": 0}, "days must be 1 or more, got 0"),
        ({"load_each": 0}, "load_each must be 1 or more, got 0"),
        ({"reviewers": (Reviewer("r"), Reviewer("r"))}, r"\['r'\]"),
        ({"languages": frozenset({"fr"})}, "group 1 has the unknown language 'en'"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_by_row(change, message):
    given = {"reviewers": (), "reads_each": 2, "load_each": 5, "days": 5} | change

    with pytest.raises(ValueError, match=message):
        PlanProblem((ApplicationGroup(frozenset({"en"}), 3),), **given)
