"""A slow, plain recount of an assignment, sharing nothing with the search."""

from __future__ import annotations

from .assigned import Assignment
from .reading import AssignmentProblem


def check_assignment(problem: AssignmentProblem, assignment: Assignment) -> tuple[str, ...]:
    """Return the rules the assignment breaks, in words; empty if none.

    Reads or lower loads it could not meet are not broken rules as long as it
    says so itself.

    Cost: O(applications x pairs); plain loops.
    """
    return (*_broken_pairs(problem, assignment), *_broken_counts(problem, assignment))


def _broken_pairs(problem: AssignmentProblem, assignment: Assignment) -> list[str]:
    broken = []
    applications = {a.key: a for a in problem.applications}
    reviewers = {r.key: r for r in problem.reviewers}
    if len(set(assignment.pairs)) < len(assignment.pairs):
        broken.append("a pair appears twice")
    for a, r in assignment.pairs:
        if a not in applications or r not in reviewers:
            broken.append(f"unknown pair {a}, {r}")
        elif (a, r) in problem.conflicts:
            broken.append(f"{r} reads {a} in spite of a conflict")
        elif applications[a].languages - reviewers[r].languages:
            broken.append(f"{r} does not know a language of {a}")
    for a, r in sorted(problem.kept - set(assignment.pairs)):
        broken.append(f"kept pair {a}, {r} is lost")
    return broken


def _broken_counts(problem: AssignmentProblem, assignment: Assignment) -> list[str]:
    broken = []
    said = {u.application: u.missing for u in assignment.unmet}
    for application in problem.applications:
        reads = sum(a == application.key for a, _ in assignment.pairs)
        if reads + said.get(application.key, 0) != problem.reads_each:
            broken.append(f"{application.key} has {reads} of {problem.reads_each} reads")
    for reviewer in problem.reviewers:
        load = sum(r == reviewer.key for _, r in assignment.pairs)
        if assignment.loads.get(reviewer.key) != load:
            broken.append(f"load of {reviewer.key} is {load}, not as stated")
        if load > reviewer.load_high:
            broken.append(f"{reviewer.key} reads {load}, more than {reviewer.load_high}")
        if load + assignment.short_loads.get(reviewer.key, 0) < reviewer.load_low:
            broken.append(f"{reviewer.key} reads {load}, fewer than {reviewer.load_low}")
    applications = {a.key: a for a in problem.applications}
    reviewers = {r.key: r for r in problem.reviewers}
    known = [(a, r) for a, r in assignment.pairs if a in applications and r in reviewers]
    total = sum(problem.suits(applications[a], reviewers[r]) for a, r in known)
    if total != assignment.total:
        broken.append(f"total is {total}, stated {assignment.total}")
    if assignment.bound < total:
        broken.append(f"bound {assignment.bound} is below the total {total}")
    return broken
