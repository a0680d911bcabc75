"""How much processor time does a cohort under quotas take, and is it proved?

    python benchmarks/choose.py [--quick]

Generated applicants (skewed attributes, marks around 65), a floor or ceiling on
every value of every attribute. One line a problem; its rules and its price
certificate are recounted without the engine's own counts. Prepared choices are
timed for one quota moved by a person, the answer being who is in. The last line
is one JSON object; times are CPU seconds, the import of the solvers left out.

cpu_s, cpu_s_ties: 1,000,000 applicants, 5,000 places, five attributes, with all
hundredths as marks and with only 30. They count reading the columns, choosing,
proving and the draw. resolve_s, resolve_100k_s: one quota moved at 10,000 and
100,000. prices_s: the price of all 23 or 24 quotas at 10,000.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from karvan.engines.selection import (
    CandidateTable,
    ChoiceProblem,
    Cohort,
    Quota,
    bound_by_prices,
    broken_limits,
    canonical_document,
    check_cohort,
    choose_cohort,
    next_from_waiting,
    prepare_choice,
    quota_prices,
    sureness,
)

VALUES = (5, 4, 3, 6, 3, 3)
# Applicants, places, attributes, distinct mark levels (0: all hundredths).
SMALL = ((1_000, 40, 4, 0), (1_000, 100, 6, 30), (1_000, 100, 6, 1), (10_000, 300, 6, 0))
MORE = ((10_000, 300, 6, 30), (10_000, 300, 6, 10), (100_000, 1_000, 6, 0), (100_000, 1_000, 6, 30))
LARGE = (1_000_000, 5_000, 5, 0)
TIES = (1_000_000, 5_000, 5, 30)


def generated(size: int, places: int, attributes: int, levels: int, seed: int) -> ChoiceProblem:
    rng = np.random.default_rng(seed)
    columns = {}
    for j in range(attributes):
        codes = np.minimum(VALUES[j] - 1, rng.exponential(1, size).astype(int))
        columns[f"a{j}"] = (codes, tuple(f"v{v}" for v in range(VALUES[j])))
    merit = np.clip(rng.normal(6_500, 1_200, size), 0, 10_000).astype(int)
    if levels:
        merit = merit * levels // 10_000 * (10_000 // levels)
    quotas = [
        quota_on(codes, places, name, value, len(values))
        for name, (codes, values) in columns.items()
        for value in range(len(values))
    ]
    table = CandidateTable([f"c{n}" for n in range(size)], merit, columns)
    return ChoiceProblem(table, places, tuple(quotas), f"seed {seed}")


def quota_on(codes, places: int, attribute: str, value: int, values: int) -> Quota:
    """A cap on the commonest value, floors that lift the others."""
    share = float((codes == value).mean())
    cap = int(places * max(share * 1.05, 1 / values)) + 1 if value == 0 else None
    floor = int(places * min(share * 1.4, 1 / values) * 0.8) if value else None
    return Quota(f"{attribute} v{value}", attribute, frozenset({f"v{value}"}), floor, cap)


def as_people(problem: ChoiceProblem) -> ChoiceProblem:
    return replace(problem, candidates=tuple(problem.candidates))


def timed(act, *args, **more):
    start = time.process_time()
    answer = act(*args, **more)
    return answer, time.process_time() - start


def solved(problem: ChoiceProblem) -> tuple[Cohort, float]:
    cohort, cpu = timed(choose_cohort, problem)
    if not isinstance(cohort, Cohort):
        raise SystemExit(f"infeasible: {cohort}")
    return cohort, cpu


def measure(shape: tuple[int, int, int, int], seed: int) -> tuple[bool, int, float, bool]:
    """One problem, from one object a person as the platform has it, checked whole."""
    problem = as_people(generated(*shape, seed))
    cohort, cpu = solved(problem)
    # The recount of lists and tickets reads every standing: left out where it would take minutes.
    broken = (check_cohort if shape[0] <= 10_000 else broken_limits)(problem, cohort)
    _, name = timed(lambda: cohort.standing[cohort.chosen[-1]])
    prepared = prepare_choice(problem)
    _, one_leaves = timed(next_from_waiting, prepared, cohort, (), cohort.chosen[:1])
    told = f"standings {name:.3f}, replacement {one_leaves:.3f}"
    if shape[0] <= 10_000:
        told += f", document {timed(canonical_document, problem, cohort)[1]:.3f}"
    report(shape, cohort, cpu, f"{told}, check {'; '.join(broken) or 'kept'}")
    return cohort.proved, cohort.gap, cpu, not broken


def measure_table(shape: tuple[int, int, int, int], seed: int) -> tuple[bool, int, float, bool]:
    """A table too large for one object a person."""
    problem = generated(*shape, seed)
    table = problem.candidates
    _, reading = timed(CandidateTable, table.keys, table.merit, dict(table.attributes))
    problem, checking = timed(replace, problem)
    cohort, cpu = solved(problem)
    cpu += reading + checking
    broken = broken_limits(problem, cohort)
    _, verify = timed(bound_by_prices, problem, cohort)
    _, name = timed(lambda: cohort.standing[cohort.chosen[-1]])
    _, one_leaves = timed(next_from_waiting, problem, cohort, (), cohort.chosen[:1])
    tied = sum(cohort.standing[key].code == "tie_drawn_in" for key in cohort.chosen)
    report(
        shape,
        cohort,
        cpu,
        f"drawn in {tied}, verify {verify:.2f}, standings {name:.2f}, "
        f"replacement {one_leaves:.2f}, check {'; '.join(broken) or 'kept'}, "
        f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB",
    )
    return cohort.proved, cohort.gap, cpu, not broken


def report(shape: tuple[int, int, int, int], cohort: Cohort, cpu: float, told: str) -> None:
    size, places, attributes, levels = shape
    print(
        f"{size:>9,} applicants {places:>5,} places {attributes} attributes "
        f"{levels or 'all':>3} levels: {cpu:6.2f} CPU s, {cohort.proof}, gap {cohort.gap}, {told}",
        flush=True,
    )


def measure_resolve(problem: ChoiceProblem) -> float:
    """The dearest of several single moves, answered for who is in, best first."""
    prepared = prepare_choice(problem)
    took = []
    for place in range(0, len(problem.quotas), 4):
        quotas = list(problem.quotas)
        one = quotas[place]
        if one.floor is None:
            quotas[place] = replace(one, ceiling=one.ceiling - 1)
        else:
            quotas[place] = replace(one, floor=one.floor + 1)
        answer, cpu = timed(lambda quotas=quotas: prepared.choose(quotas=quotas))
        assert isinstance(answer, Cohort), answer
        took.append(cpu)
    print(
        f"{len(prepared.pool):>9,} applicants, one quota moved: "
        f"{min(took):.3f} to {max(took):.3f} CPU s",
        flush=True,
    )
    return max(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer problems, one seed")
    quick = parser.parse_args().quick
    solved(generated(200, 10, 2, 0, 1))  # loads the solvers
    seeds = (1,) if quick else (1, 2, 3)
    large = [measure_table(LARGE, seed) for seed in seeds]
    ties = [measure_table(TIES, seed) for seed in seeds]
    small = [measure(s, seed) for s in (SMALL if quick else (*SMALL, *MORE)) for seed in seeds]
    ten = as_people(generated(10_000, 300, 6, 0, 1))
    resolve, resolve_ties = measure_resolve(ten), measure_resolve(generated(10_000, 300, 6, 30, 1))
    resolve_100k = measure_resolve(generated(100_000, 1_000, 6, 0, 1))
    cohort, _ = solved(ten)
    prices, prices_cpu = timed(quota_prices, ten, cohort)
    print(f"   10,000 applicants, prices of {len(prices)} quotas: {prices_cpu:.2f} CPU s")
    draws = 20 if quick else 200
    noise = {one.key: 200 + place % 400 for place, one in enumerate(ten.candidates)}
    _, sure_cpu = timed(sureness, ten, cohort, noise, draws=draws, seed="noise")
    print(f"   10,000 applicants, sureness by {draws} draws: {sure_cpu:.2f} CPU s")
    runs = [*large, *ties, *small]
    summary = {
        "proved": all(proved for proved, *_ in runs),
        "gap": max(gap for _, gap, *_ in runs),
        "kept": all(kept for *_, kept in runs),
        "problems": len(runs),
        "cpu_s": round(max(cpu for *_, cpu, _ in large), 3),
        "cpu_s_ties": round(max(cpu for *_, cpu, _ in ties), 3),
        "cpu_s_10k": round(max(cpu for *_, cpu, _ in small), 3),
        "resolve_s": round(max(resolve, resolve_ties), 3),
        "resolve_100k_s": round(resolve_100k, 3),
        "prices_s": round(prices_cpu, 3),
        "sureness_a_draw_s": round(sure_cpu / draws, 3),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(summary, sort_keys=True))


if __name__ == "__main__":
    main()
