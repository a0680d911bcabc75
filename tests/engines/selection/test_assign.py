"""Laws of the review assignment, checked against counting everything out."""

import re
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.selection import (
    Application,
    AssignmentProblem,
    Reviewer,
    assign_reviews,
    check_assignment,
    reviewers_needed,
)
from tests.shared import shared_path

from .problems import assignments


def counted_out(problem):
    """The best (reads, reads short of lower loads, points) of any allowed set of pairs."""
    allowed = [
        (a, r) for a in problem.applications for r in problem.reviewers if problem.may_read(a, r)
    ]
    best = None
    for size in range(len(allowed) + 1):
        for some in combinations(allowed, size):
            loads = {r.key: sum(other.key == r.key for _, other in some) for r in problem.reviewers}
            reads = [sum(a.key == b.key for b, _ in some) for a in problem.applications]
            if any(n > problem.reads_each for n in reads):
                continue
            if any(loads[r.key] > r.load_high for r in problem.reviewers):
                continue
            if problem.kept - {(a.key, r.key) for a, r in some}:
                continue
            short = sum(max(0, r.load_low - loads[r.key]) for r in problem.reviewers)
            found = (size, -short, sum(problem.suits(a, r) for a, r in some))
            best = max(best, found) if best else found
    return best


@settings(max_examples=100, deadline=None)
@given(assignments())
def test_no_allowed_assignment_is_better(problem):
    answer = assign_reviews(problem)

    assert check_assignment(problem, answer) == ()
    short = sum(answer.short_loads.values())
    assert (len(answer.pairs), -short, answer.total_before) == counted_out(problem)
    assert answer.bound == answer.total_before


@settings(max_examples=60, deadline=None)
@given(assignments(), st.randoms())
def test_kept_pairs_stay_and_the_rest_is_as_good_as_can_be(problem, random):
    first = assign_reviews(problem)
    kept = frozenset(random.sample(first.pairs, len(first.pairs) // 2))
    changed = replace(problem, kept=kept, suitability={})

    answer = assign_reviews(changed)

    assert check_assignment(changed, answer) == ()
    short = sum(answer.short_loads.values())
    assert (len(answer.pairs), -short, answer.total_before) == counted_out(changed)


@settings(max_examples=60, deadline=None)
@given(assignments(), st.randoms())
def test_the_order_of_the_input_does_not_matter(problem, random):
    shuffled = replace(
        problem,
        applications=tuple(random.sample(problem.applications, len(problem.applications))),
        reviewers=tuple(random.sample(problem.reviewers, len(problem.reviewers))),
    )

    assert assign_reviews(shuffled) == assign_reviews(problem)


@settings(max_examples=60, deadline=None)
@given(assignments(), st.integers(1, 3))
def test_the_reviewers_said_to_be_needed_meet_every_read(problem, load_each):
    answer = assign_reviews(problem)
    needed = reviewers_needed(problem, answer, load_each)
    more = tuple(
        Reviewer(f"new{n}-{i}", need.languages, load_high=load_each)
        for n, need in enumerate(needed)
        for i in range(need.reviewers)
    )

    assert assign_reviews(replace(problem, reviewers=problem.reviewers + more)).unmet == ()


def test_each_reason_for_a_missing_read_is_told_apart():
    languages = ({"ar"}, {"fr"}, (), ())
    applications = tuple(Application(f"a{n}", frozenset(some)) for n, some in enumerate(languages))
    reviewers = (Reviewer("r0", frozenset({"fr"}), load_high=2), Reviewer("r1", load_high=0))
    conflicts = frozenset({("a2", "r0"), ("a2", "r1")})

    answer = assign_reviews(AssignmentProblem(applications, reviewers, 2, conflicts))

    assert [(u.application, u.missing, u.reason) for u in answer.unmet] == [
        ("a0", 2, "no_reviewer_with_language"),
        ("a1", 1, "no_reviewer_with_language"),
        ("a2", 2, "all_in_conflict"),
        ("a3", 1, "loads_full"),
    ]


def test_a_lower_load_comes_before_suitability():
    reviewers = (Reviewer("idle", load_low=1), Reviewer("expert"))
    points = {("a", "expert"): 90, ("a", "idle"): 10}

    answer = assign_reviews(
        AssignmentProblem((Application("a"),), reviewers, 1, suitability=points)
    )

    assert answer.pairs == (("a", "idle"),)
    assert answer.short_loads == {}
    assert answer.bound == answer.total == 10


def test_another_seed_draws_other_equals():
    applications = tuple(Application(f"a{n}") for n in range(6))
    reviewers = tuple(Reviewer(f"r{n}", load_high=2) for n in range(6))

    draws = {
        assign_reviews(AssignmentProblem(applications, reviewers, 1, seed=f"s{n}")).pairs
        for n in range(5)
    }

    assert len(draws) == 5


def test_a_broken_assignment_is_found_by_the_recount():
    problem = AssignmentProblem((Application("a", frozenset({"fr"})),), (Reviewer("r"),), 1)
    answer = assign_reviews(problem)

    forced = replace(answer, pairs=(("a", "r"),), unmet=())

    assert check_assignment(problem, answer) == ()
    assert any("language" in broken for broken in check_assignment(problem, forced))


def aamas_2015():
    """Bids of AAMAS 2015 as suitability: yes 100, maybe 50, no answer 25, no is a conflict."""
    lines = shared_path("inputs/preflib/00037_-_aamas_00037-00000001.cat").read_text().splitlines()
    points, conflicts, papers = {}, set(), set()
    for n, line in enumerate(line for line in lines if not line.startswith("#")):
        groups = re.findall(r"\{([^}]*)\}|([^,{}]+)", line.split(":")[1].strip())
        for bid, (many, one) in zip((100, 50, 25, None), groups, strict=True):
            for paper in filter(None, (many or one).split(",")):
                papers.add(paper.strip())
                if bid is None:
                    conflicts.add((paper.strip(), f"r{n}"))
                else:
                    points[paper.strip(), f"r{n}"] = bid
    reviewers = tuple(Reviewer(f"r{i}", load_low=1, load_high=12) for i in range(n + 1))
    applications = tuple(Application(paper) for paper in sorted(papers))
    return AssignmentProblem(applications, reviewers, 3, frozenset(conflicts), suitability=points)


@pytest.mark.parametrize("seed", ["one", "two"])
def test_the_bids_of_a_real_conference_are_met_to_the_optimum(seed):
    problem = replace(aamas_2015(), seed=seed)
    assert (len(problem.applications), len(problem.reviewers)) == (613, 201)

    answer = assign_reviews(problem)

    assert check_assignment(problem, answer) == ()
    assert answer.complete
    # The optimum of the linear programme, published as 1339.5 with a yes as 1.
    assert answer.bound == answer.total == 133_950
