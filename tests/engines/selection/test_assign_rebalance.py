"""Laws of rebalancing: the fewest changes, and done reads never move."""

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
    rebalance_reviews,
)

from .problems import assignments


def counted_out(problem, standing, done):
    """The best (reads, kept, reads short of lower loads, points) of any allowed set of pairs."""
    allowed = [
        (a, r) for a in problem.applications for r in problem.reviewers if problem.may_read(a, r)
    ]
    best = (-1,)
    for size in range(len(allowed) + 1):
        for some in combinations(allowed, size):
            keys = {(a.key, r.key) for a, r in some}
            loads = {r.key: sum(key == r.key for _, key in keys) for r in problem.reviewers}
            reads = [sum(key == a.key for key, _ in keys) for a in problem.applications]
            if max(reads, default=0) > problem.reads_each or done - keys:
                continue
            if any(loads[r.key] > r.load_high for r in problem.reviewers):
                continue
            short = sum(max(0, r.load_low - loads[r.key]) for r in problem.reviewers)
            points = sum(problem.suits(a, r) for a, r in some)
            best = max(best, (size, len(keys & standing), -short, points))
    return best


@settings(max_examples=100, deadline=None)
@given(assignments(), st.randoms())
def test_no_allowed_assignment_changes_less(problem, random):
    standing = frozenset(assign_reviews(problem).pairs)
    done = frozenset(random.sample(sorted(standing), len(standing) // 3))
    read = {key: sum(r == key for _, r in done) for key in (r.key for r in problem.reviewers)}
    gone = random.choice(problem.reviewers).key if problem.reviewers else ""
    reviewers = tuple(
        replace(r, load_low=0, load_high=read[r.key]) if r.key == gone else r
        for r in problem.reviewers
    )
    late = Reviewer("late", load_low=1, load_high=2)
    changed = replace(problem, reviewers=(*reviewers[:2], *reviewers[2:], late))

    found = rebalance_reviews(changed, standing, done)

    pairs = set(found.assignment.pairs)
    assert check_assignment(changed, found.assignment) == ()
    assert done <= pairs
    assert set(found.added) == pairs - standing
    assert set(found.taken_back) == standing - pairs
    short = sum(found.assignment.short_loads.values())
    figures = len(pairs), len(pairs & standing), -short, found.assignment.total
    assert figures == counted_out(changed, standing, done)


def test_a_standing_read_that_a_conflict_forbids_is_taken_back():
    problem = AssignmentProblem(
        (Application("a"),), (Reviewer("r"), Reviewer("s")), 1, frozenset({("a", "r")})
    )

    found = rebalance_reviews(problem, frozenset({("a", "r")}), frozenset())

    assert (found.added, found.taken_back) == ((("a", "s"),), (("a", "r"),))


@pytest.mark.parametrize(
    ("standing", "done", "message"),
    [
        ({("a", "x")}, (), "standing names an unknown pair"),
        ((), {("a", "r")}, r"done pair \('a', 'r'\) does not stand"),
        ({("a", "s")}, {("a", "s")}, "breaks a conflict"),
    ],
)
def test_pairs_that_cannot_stand_are_refused_by_name(standing, done, message):
    reviewers = Reviewer("r"), Reviewer("s", load_high=0)
    problem = AssignmentProblem((Application("a"),), reviewers, 1, frozenset({("a", "s")}))

    with pytest.raises(ValueError, match=message):
        rebalance_reviews(problem, frozenset(standing), frozenset(done))
