"""How much processor time does a cohort under quotas take, and is it proved?

    python benchmarks/choose.py [--quick]

Generated applicants (skewed attributes, marks around 65), a floor or ceiling on
every value of every attribute. Each line is one problem; ``check`` is a recount
of every rule and of the price certificate. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from karvan.engines.selection import (
    Application,
    AssignmentProblem,
    Candidate,
    ChoiceProblem,
    Cohort,
    Quota,
    Reviewer,
    assign_reviews,
    bound_by_prices,
    canonical_document,
    check_assignment,
    check_cohort,
    choose_cohort,
    next_from_waiting,
    quota_prices,
)

VALUES = (5, 4, 3, 6, 2, 3)
# Applicants, places, attributes, distinct mark levels (0: all hundredths).
QUICK = ((1_000, 40, 4, 0), (1_000, 40, 6, 0), (1_000, 100, 6, 30), (10_000, 300, 6, 0))
FULL = (*QUICK, (1_000, 100, 6, 1), (10_000, 300, 4, 0), (10_000, 300, 6, 30), (10_000, 300, 6, 10))


def generated(size: int, places: int, attributes: int, levels: int, seed: int) -> ChoiceProblem:
    rng = random.Random(seed)
    candidates = []
    for n in range(size):
        given = {
            f"a{j}": f"v{min(VALUES[j] - 1, int(rng.expovariate(1)))}" for j in range(attributes)
        }
        merit = max(0, min(10_000, int(rng.gauss(6_500, 1_200))))
        if levels:
            merit = merit * levels // 10_000 * (10_000 // levels)
        candidates.append(Candidate(f"c{n}", merit, given))
    quotas = [
        quota_on(candidates, places, f"a{j}", value, VALUES[j])
        for j in range(attributes)
        for value in range(VALUES[j])
    ]
    return ChoiceProblem(tuple(candidates), places, tuple(quotas), f"seed {seed}")


def quota_on(
    candidates: list[Candidate], places: int, attribute: str, value: int, values: int
) -> Quota:
    """A cap on the commonest value, floors that lift the others."""
    share = sum(c.attributes[attribute] == f"v{value}" for c in candidates) / len(candidates)
    cap = int(places * max(share * 1.05, 1 / values)) + 1 if value == 0 else None
    floor = int(places * min(share * 1.4, 1 / values) * 0.8) if value else None
    return Quota(f"{attribute} v{value}", attribute, frozenset({f"v{value}"}), floor, cap)


def timed(act, *args):
    start = time.process_time()
    answer = act(*args)
    return answer, time.process_time() - start


def measure(size: int, places: int, attributes: int, levels: int, seed: int) -> tuple:
    problem = generated(size, places, attributes, levels, seed)
    cohort, cpu = timed(choose_cohort, problem)
    if not isinstance(cohort, Cohort):
        raise SystemExit(f"infeasible: {cohort}")
    broken = check_cohort(problem, cohort)
    _, verify = timed(bound_by_prices, problem, cohort)
    _, one_leaves = timed(next_from_waiting, problem, cohort, (), cohort.chosen[:1])
    _, document = timed(canonical_document, problem, cohort)
    print(
        f"{size:>6} applicants {places:>4} places {attributes} attributes "
        f"{levels or 'all':>3} levels: {cpu:6.2f} CPU s, {cohort.proof}, gap {cohort.gap}, "
        f"verify {verify:.3f}, replacement {one_leaves:.3f}, document {document:.3f}, "
        f"check {'; '.join(broken) or 'kept'}"
    )
    return problem, cohort, cpu, not broken


def measure_assignment(applications: int, reviewers: int, reads: int) -> float:
    rng = random.Random(1)
    languages, fields = ("en", "fr", "ar"), tuple(f"f{n}" for n in range(12))
    problem = AssignmentProblem(
        tuple(
            Application(
                f"a{n}",
                frozenset(rng.choices(languages, (6, 3, 1))),
                frozenset(rng.sample(fields, 3)),
            )
            for n in range(applications)
        ),
        tuple(
            Reviewer(
                f"r{n}",
                frozenset(rng.sample(languages, rng.randint(1, 3))),
                frozenset(rng.sample(fields, 4)),
                10,
                4 * reads * applications // (3 * reviewers),
            )
            for n in range(reviewers)
        ),
        reads,
    )
    answer, cpu = timed(assign_reviews, problem)
    print(
        f"{applications:>6} applications {reviewers} reviewers {reads} reads: {cpu:.2f} CPU s, "
        f"total {answer.total}, bound {answer.bound}, unmet {len(answer.unmet)}, "
        f"check {'; '.join(check_assignment(problem, answer)) or 'kept'}"
    )
    return cpu


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="four problems, one seed")
    quick = parser.parse_args().quick
    runs = [
        measure(*shape, seed)
        for shape in (QUICK if quick else FULL)
        for seed in ((1,) if quick else (1, 2, 3))
    ]
    problem, cohort, *_ = runs[0]
    prices, prices_cpu = timed(quota_prices, problem, cohort)
    print(f"prices of {len(prices)} quotas, 1,000 applicants: {prices_cpu:.2f} CPU s")
    assign_cpu = measure_assignment(1_000, 100, 3)
    summary = {
        "proved": all(cohort.proved for _, cohort, *_ in runs),
        "gap": max(cohort.gap for _, cohort, *_ in runs),
        "cpu_s": round(max(cpu for _, _, cpu, _ in runs), 3),
        "kept": all(kept for *_, kept in runs),
        "problems": len(runs),
        "prices_cpu_s": round(prices_cpu, 3),
        "assign_cpu_s": round(assign_cpu, 3),
    }
    print(json.dumps(summary, sort_keys=True))


if __name__ == "__main__":
    main()
