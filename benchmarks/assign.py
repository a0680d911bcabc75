"""How good and how quick are review assignments, beside the linear programme?

    python benchmarks/assign.py [--quick] [FILE...]

FILE are bids in PrefLib's .cat form (yes 100, maybe 50, no answer 25, no: a
conflict); without any, those of AAMAS 2015 and 2016 if they lie in ../shared.
The other instances are generated with fixed seeds: languages, and topics that
give each pair its points. Where it is affordable, HiGHS solves the linear
programme beside; elsewhere the recomputed price bound stands for it (they are
equal where both are known). CPU seconds, one thread. The last line is one JSON
object; ``worst_vs_bound`` is the least of all instances with load bounds that
leave room. Tight loads (lower = upper) are shown twice, with the usual loss of
two in a thousand and with a twentieth, and have keys of their own: there the
worst-off application can only be raised at a loss.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from karvan.engines.selection import (
    Application,
    AssignmentProblem,
    PairPoints,
    Reviewer,
    assign_reviews,
    check_assignment,
)

SHARED = Path(os.environ.get("KARVAN_SHARED", Path(__file__).parents[2] / "shared"))
BIDS = ("00037_-_aamas_00037-00000001.cat", "00037_-_aamas_00037-00000002.cat")
MOST_PAIRS_OF_PROGRAMME = 130_000


def bids(path: Path, reads: int = 3) -> AssignmentProblem:
    """Bids as suitability; loads from 1 to three tenths above the mean, rounded up.

    The second last category is no answer, the last a conflict.
    """
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    points, conflicts, papers = {}, set(), set()
    for n, line in enumerate(lines):
        groups = re.findall(r"\{([^}]*)\}|([^,{}]+)", line.split(":")[1].strip())
        for bid, (many, one) in zip((100, 50, 25, None), groups, strict=True):
            for paper in filter(None, (p.strip() for p in (many or one).split(","))):
                papers.add(paper)
                if bid is None:
                    conflicts.add((paper, f"r{n}"))
                else:
                    points[paper, f"r{n}"] = bid
    high = -(-len(papers) * reads * 13 // (len(lines) * 10))
    return AssignmentProblem(
        tuple(Application(paper) for paper in sorted(papers)),
        tuple(Reviewer(f"r{n}", load_low=1, load_high=high) for n in range(len(lines))),
        reads,
        frozenset(conflicts),
        suitability=points,
    )


def generated(
    applications: int, reviewers: int, pairs_each: int, *, seed: int, topics: int = 16
) -> AssignmentProblem:
    """Six languages of unequal size, topics, and so many listed pairs for each application."""
    rng = np.random.default_rng(seed)
    languages = [f"l{n}" for n in range(6)]
    share = 1 / np.arange(1, 7)
    share /= share.sum()
    spoken = rng.choice(6, size=applications, p=share)
    knows = rng.random((reviewers, 6)) < np.maximum(0.1, share * 1.2)
    knows[np.arange(reviewers), rng.choice(6, size=reviewers, p=share)] = True
    about = unit(rng.dirichlet(np.full(topics, 0.4), applications))
    skill = unit(rng.dirichlet(np.full(topics, 0.4), reviewers))
    rows, columns, points = [], [], []
    for start in range(0, applications, 2_000):
        end = min(applications, start + 2_000)
        able = knows[:, spoken[start:end]].T
        chance = pairs_each / np.maximum(1, able.sum(1, keepdims=True))
        row, column = np.nonzero(able & (rng.random(able.shape) < chance))
        suits = (about[start:end] @ skill.T)[row, column] + rng.normal(0, 0.05, len(row))
        rows.append(row + start)
        columns.append(column)
        points.append(np.clip(np.rint(suits * 10_000), 0, 10_000).astype(np.int64))
    high = -(-applications * 3 * 13 // (reviewers * 10))
    return AssignmentProblem(
        tuple(
            Application(f"a{n:06}", frozenset({languages[spoken[n]]})) for n in range(applications)
        ),
        tuple(
            Reviewer(
                f"r{n:05}",
                frozenset(languages[i] for i in np.flatnonzero(knows[n])),
                load_low=high // 6,
                load_high=high,
            )
            for n in range(reviewers)
        ),
        3,
        suitability=PairPoints(*map(np.concatenate, (rows, columns, points))),
    )


def tight(applications: int, reviewers: int, *, seed: int) -> AssignmentProblem:
    """Every pair possible, and every reviewer reads exactly as many."""
    rng = np.random.default_rng(seed)
    about = unit(rng.dirichlet(np.full(8, 0.3), applications))
    skill = unit(rng.dirichlet(np.full(8, 0.3), reviewers))
    suits = about @ skill.T * 6_000 * rng.uniform(0.5, 1.2, (1, reviewers))
    points = np.clip(np.rint(suits + rng.normal(0, 400, suits.shape)), 0, 10_000).astype(np.int64)
    row, column = np.indices(points.shape)
    load = applications * 3 // reviewers
    return AssignmentProblem(
        tuple(Application(f"a{n:04}") for n in range(applications)),
        tuple(Reviewer(f"r{n:04}", load_low=load, load_high=load) for n in range(reviewers)),
        3,
        suitability=PairPoints(row.ravel(), column.ravel(), points.ravel()),
    )


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def optimum_of_programme(problem: AssignmentProblem) -> float | None:
    """The optimum of the linear programme by HiGHS, written down from the problem alone."""
    listed = problem.suitability
    if len(listed) > MOST_PAIRS_OF_PROGRAMME:
        return None
    if not isinstance(listed, PairPoints):
        rows = {a.key: n for n, a in enumerate(problem.applications)}
        columns = {r.key: n for n, r in enumerate(problem.reviewers)}
        entries = [(rows[a], columns[r], points) for (a, r), points in listed.items()]
        listed = PairPoints(*(np.array(some) for some in zip(*entries, strict=True)))
    n, m = len(problem.applications), len(problem.reviewers)
    known = [(a.languages, r.languages) for a in problem.applications for r in problem.reviewers]
    able = np.array([some <= others for some, others in known]).reshape(n, m)
    use = able[listed.application, listed.reviewer]
    row, column, points = listed.application[use], listed.reviewer[use], listed.points[use]
    pairs, ones = np.arange(len(points)), np.ones(len(points))
    reads = csr_array((ones, (row, pairs)), (n, len(points)))
    loads = csr_array((ones, (column, pairs)), (m, len(points)))
    low = [-r.load_low for r in problem.reviewers]
    solved = linprog(
        -points.astype(float),
        A_ub=vstack([loads, -loads]),
        b_ub=np.array([r.load_high for r in problem.reviewers] + low, dtype=float),
        A_eq=reads,
        b_eq=np.full(n, problem.reads_each),
        bounds=(0, 1),
        method="highs",
    )
    return None if solved.x is None else -float(solved.fun)


def measure(name: str, problem: AssignmentProblem, most_loss: int = 20) -> dict:
    """One line for one instance; ``check`` is a recount of every rule and figure."""
    start = time.process_time()
    answer = assign_reviews(problem, most_loss=most_loss)
    cpu = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start = time.process_time()
    programme = optimum_of_programme(problem)
    programme_cpu = time.process_time() - start
    best = answer.bound if programme is None else round(programme, 3)
    row = {
        "name": name,
        "pairs": len(problem.suitability),
        "most_loss": most_loss,
        "total": answer.total,
        "total_before": answer.total_before,
        "lp": best,
        "lp_by": "prices" if programme is None else "highs",
        "total_vs_lp": round(answer.total / best, 6),
        "total_vs_lp_before": round(answer.total_before / best, 6),
        "worst": answer.worst,
        "worst_bound": answer.worst_bound,
        "worst_vs_bound": round(answer.worst / max(1, answer.worst_bound), 4),
        "parts": answer.parts,
        "mixing": answer.mixing,
        "complete": answer.complete,
        "broken": list(check_assignment(problem, answer)),
        "cpu_s": round(cpu, 3),
        "lp_cpu_s": round(programme_cpu, 3) if programme is not None else None,
        "mib": peak,
    }
    print(
        f"{name:<28} {row['pairs']:>9,} pairs: {cpu:6.2f} CPU s (HiGHS {row['lp_cpu_s']}), "
        f"total {answer.total:,} of {best:,} = {row['total_vs_lp']:.4f}, "
        f"worst {answer.worst:,} of {answer.worst_bound:,} = {row['worst_vs_bound']:.3f}, "
        f"parts {answer.parts}, mixing {answer.mixing}, {peak} MiB, "
        f"check {'; '.join(row['broken'][:2]) or 'kept'}",
        flush=True,
    )
    return row


LARGE = "generated 100,000 x 2,000"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="without the hard and large ones")
    parser.add_argument("files", nargs="*", type=Path, help="bids in PrefLib's .cat form")
    asked = parser.parse_args()
    files = asked.files or [
        path for path in (SHARED / "inputs/preflib" / name for name in BIDS) if path.exists()
    ]
    # The large one comes first where memory is measured: the peak only rises.
    rows = []
    if not asked.quick:
        rows.append(measure(LARGE, generated(100_000, 2_000, 30, seed=1)))
    middle = measure("generated 10,000 x 600", generated(10_000, 600, 43, seed=1))
    rows.append(middle)
    for path in files:
        title = re.search(r"# TITLE: (.*)", path.read_text())
        rows.append(measure(title[1] if title else path.name, bids(path)))
    rows.append(measure("generated 1,000 x 100", generated(1_000, 100, 40, seed=3)))
    rows.append(measure("tight loads 118 x 177", tight(118, 177, seed=2)))
    apart = [measure("tight loads, a twentieth", tight(118, 177, seed=2), 500)]
    if not asked.quick:
        rows.append(measure("generated 3,000 x 300", generated(3_000, 300, 158, seed=2)))
        apart += [
            measure(f"tight loads 600 x 100, {loss}", tight(600, 100, seed=3), loss)
            for loss in (20, 500)
        ]
    loose = [row for row in rows if not row["name"].startswith("tight")]
    summary = {
        "total_vs_lp": min(row["total_vs_lp"] for row in rows),
        "total_vs_lp_before": min(row["total_vs_lp_before"] for row in rows),
        "worst_vs_bound": min(row["worst_vs_bound"] for row in loose),
        "worst_vs_bound_tight": next(
            row["worst_vs_bound"] for row in rows if row["name"].startswith("tight")
        ),
        "worst_vs_bound_tight_at_a_twentieth": apart[0]["worst_vs_bound"],
        "cpu_s": middle["cpu_s"],
        "kept": not any(row["broken"] for row in [*rows, *apart]),
        "instances": [*rows, *apart],
    }
    for row in rows:
        if row["name"] == LARGE:
            summary |= {"cpu_s_large": row["cpu_s"], "mib_large": row["mib"]}
    print(json.dumps(summary, sort_keys=True))


if __name__ == "__main__":
    main()
