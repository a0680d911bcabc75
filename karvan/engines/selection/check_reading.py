"""A slow, plain recount of an assignment, sharing nothing with the search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from .assigned import Assignment
from .pair_points import PairPoints
from .reading import AssignmentProblem, Pair, shared_fields


def check_assignment(problem: AssignmentProblem, assignment: Assignment) -> tuple[str, ...]:
    """Return the rules the assignment breaks, in words; empty if none.

    Reads or lower loads it could not meet are not broken rules as long as it
    says so itself.

    Cost: O(pairs listed and read); plain loops.
    """
    listed = _listed(problem)
    return (
        *_broken_pairs(problem, assignment, listed),
        *_broken_counts(problem, assignment),
        *_broken_figures(problem, assignment, listed),
    )


def _broken_pairs(
    problem: AssignmentProblem, assignment: Assignment, listed: Mapping[Pair, int]
) -> list[str]:
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
        elif problem.is_closed_list and (a, r) not in listed:
            broken.append(f"{r} reads {a}, which is not listed")
    for a, r in sorted(problem.kept - set(assignment.pairs)):
        broken.append(f"kept pair {a}, {r} is lost")
    return broken


def _broken_counts(problem: AssignmentProblem, assignment: Assignment) -> list[str]:
    broken = []
    said = {u.application: u.missing for u in assignment.unmet}
    reads = Counter(a for a, _ in assignment.pairs)
    loads = Counter(r for _, r in assignment.pairs)
    for application in problem.applications:
        many = reads[application.key]
        if many + said.get(application.key, 0) != problem.reads_each:
            broken.append(f"{application.key} has {many} of {problem.reads_each} reads")
    for reviewer in problem.reviewers:
        load = loads[reviewer.key]
        if assignment.loads.get(reviewer.key) != load:
            broken.append(f"load of {reviewer.key} is {load}, not as stated")
        if load > reviewer.load_high:
            broken.append(f"{reviewer.key} reads {load}, more than {reviewer.load_high}")
        if load + assignment.short_loads.get(reviewer.key, 0) < reviewer.load_low:
            broken.append(f"{reviewer.key} reads {load}, fewer than {reviewer.load_low}")
    return broken


def _broken_figures(
    problem: AssignmentProblem, assignment: Assignment, listed: Mapping[Pair, int]
) -> list[str]:
    broken = []
    points = _points(problem, assignment.pairs, listed)
    total = sum(points.values())
    worth = {a.key: 0 for a in problem.applications}
    for (a, _), many in points.items():
        worth[a] += many
    worst = min(worth.values(), default=0)
    parts, mixing = _graph(assignment.pairs)
    stated = {
        "total": (total, assignment.total),
        "worst": (worst, assignment.worst),
        "parts": (parts, assignment.parts),
        "mixing": (mixing, assignment.mixing),
    }
    broken += [
        f"{name} is {found}, stated {said}"
        for name, (found, said) in stated.items()
        if found != said
    ]
    if assignment.bound < max(total, assignment.total_before):
        broken.append(f"bound {assignment.bound} is below the total {total}")
    if assignment.worst_bound < worst:
        broken.append(f"bound {assignment.worst_bound} is below the worst application's {worst}")
    busy = sorted(set(assignment.idle) & {r for _, r in assignment.pairs})
    return broken + [f"{r} reads although said to be idle" for r in busy]


def _listed(problem: AssignmentProblem) -> Mapping[Pair, int]:
    """Return the stated points by keys."""
    if not isinstance(problem.suitability, PairPoints):
        return problem.suitability
    applications = [a.key for a in problem.applications]
    reviewers = [r.key for r in problem.reviewers]
    rows = zip(
        problem.suitability.application.tolist(),
        problem.suitability.reviewer.tolist(),
        problem.suitability.points.tolist(),
        strict=True,
    )
    return {(applications[a], reviewers[r]): points for a, r, points in rows}


def _points(
    problem: AssignmentProblem, pairs: Iterable[Pair], listed: Mapping[Pair, int]
) -> dict[Pair, int]:
    """Return the points of each pair whose keys are known."""
    applications = {a.key: a for a in problem.applications}
    reviewers = {r.key: r for r in problem.reviewers}
    found = {}
    for a, r in pairs:
        if a in applications and r in reviewers:
            stated = listed.get((a, r))
            fields = shared_fields(applications[a].fields, reviewers[r].fields)
            found[a, r] = fields if stated is None else stated
    return found


def _graph(pairs: Iterable[Pair]) -> tuple[int, int]:
    """Return the connected parts of the reading graph and the fewest co-readers."""
    readers: dict[str, set[str]] = {}
    for a, r in pairs:
        readers.setdefault(a, set()).add(r)
    together: dict[str, set[str]] = {}
    for some in readers.values():
        for r in some:
            together.setdefault(r, set()).update(some - {r})
    left, parts = set(together), 0
    while left:
        parts += 1
        reached = [left.pop()]
        while reached:
            new = together[reached.pop()] & left
            left -= new
            reached.extend(new)
    return parts, min((len(some) for some in together.values()), default=0)
