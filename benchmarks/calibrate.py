"""How much nearer to the truth are corrected marks than the plain mean?

    python benchmarks/calibrate.py [--quick]

Generated marks: leniency + gain x quality + noise, in hundredths within 0 to
10,000. Each line gives Kendall's tau-b with the true quality, a stroke, and the
share of the true top tenth that is found, for the plain mean, z-scores, least
squares (leniency as fixed effects), ours, and an oracle that knows leniency,
gain and noise. ``share`` is how much of the way from the mean to the oracle
ours goes. The last line is one JSON object.
"""

from __future__ import annotations

import os

# Processor seconds of one thread, and the same sums whatever the machine has.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.stats import kendalltau

sys.path.insert(0, str(Path(__file__).parents[1]))

from karvan.engines.selection import CalibrationProblem, ScoreTable, calibrate


@dataclass(frozen=True)
class Setting:
    """A panel; standard deviations in units of that of quality within a pool."""

    name: str
    applications: int
    reviewers: int
    reads: int
    leniency: float = 0.75
    noise: float = 0.77
    gain: float = 0.25
    pools: int = 1
    apart: float = 0.0  # Half the distance between the means of the outermost pools.
    bridges: float = 0.02  # Share of reads by a reviewer of any pool.
    unlike_noise: float = 0.0  # Standard deviation of the logarithm of reviewers' noise.
    levels: bool = False  # A rubric of 0 to 5 over five weighted criteria.
    declared: bool = False
    seeds: int = 20


TABLE = (
    Setting("random reading, 3 reads, strong bias", 300, 30, 3, noise=0.8, seeds=40),
    Setting("random reading, 6 reads", 300, 40, 6, seeds=40),
    Setting(
        "unequal pools, few bridges (2 %)", 600, 60, 3, noise=0.8, pools=2, apart=0.68, seeds=30
    ),
    Setting("100,000 x 3 reads, 1,000 reviewers", 100_000, 1_000, 3, noise=0.8, seeds=1),
)
OTHERS = (
    replace(TABLE[2], name="unequal pools, declared", declared=True, seeds=20),
    Setting("four unequal pools", 800, 40, 3, pools=4, apart=1.0),
    Setting("unequal pools, 2 reads", 600, 40, 2, pools=2, apart=0.7),
    Setting("unequal pools, no bias", 600, 40, 3, 0.0, gain=0.0, pools=2, apart=0.7),
    Setting("no bias", 200, 30, 3, 0.0, gain=0.0),
    Setting("slight bias", 200, 30, 3, 0.2, gain=0.1),
    Setting("gain only", 200, 30, 3, 0.0, gain=0.3),
    Setting("unlike noise", 200, 30, 3, unlike_noise=0.4),
    Setting("2 reads", 300, 40, 2),
    Setting("4 reviewers, 60 applications", 60, 4, 3, 0.3, gain=0.1, seeds=40),
    Setting("4 reviewers, 20 applications, 2 reads", 20, 4, 2, 0.3, gain=0.1, seeds=60),
    Setting("rubric of 0 to 5", 200, 30, 3, levels=True, seeds=40),
    Setting("rubric of 0 to 5, no bias", 200, 30, 3, 0.0, gain=0.0, levels=True, seeds=40),
)
WEIGHTS = (30, 25, 20, 15, 10)


@dataclass(frozen=True)
class Panel:
    """Generated marks, the truth, and what an oracle makes of the marks."""

    table: ScoreTable
    pools: dict[str, str]
    quality: np.ndarray
    oracle: np.ndarray


def generated(setting: Setting, seed: int) -> Panel:
    rng = np.random.default_rng(seed)
    n, m = setting.applications, setting.reviewers
    pool = rng.integers(setting.pools, size=n)
    means = np.linspace(-setting.apart, setting.apart, setting.pools) if setting.apart else [0.0]
    quality = rng.standard_normal(n) + np.asarray(means)[pool]
    application, reviewer = dealt(rng, setting, pool)
    leniency = setting.leniency * rng.standard_normal(m)
    gain = np.maximum(0.2, 1 + setting.gain * rng.standard_normal(m))
    noise = setting.noise * np.exp(setting.unlike_noise * rng.standard_normal(m))
    off = leniency[reviewer] + noise[reviewer] * rng.standard_normal(len(reviewer))
    points = 55 + 13 * (gain[reviewer] * quality[application] + off)
    mark = np.clip(np.floor(100 * points + 0.5), 0, 10_000)
    if setting.levels:
        mark = on_rubric(rng, mark / 2_000)
    weight = (gain / noise**2)[reviewer]
    seen = (mark / 100 - 55) / 13 - leniency[reviewer]
    known = np.bincount(application, weight * gain[reviewer], n)
    table = ScoreTable(
        application,
        reviewer,
        mark.astype(np.int64),
        tuple(f"a{i}" for i in range(n)),
        tuple(f"r{j}" for j in range(m)),
    )
    pools = {f"a{i}": f"p{p}" for i, p in enumerate(pool)} if setting.declared else {}
    return Panel(table, pools, quality, np.bincount(application, weight * seen, n) / known)


def on_rubric(rng: np.random.Generator, level: np.ndarray) -> np.ndarray:
    """Each criterion a whole number of 0 to 5, by weight; many equal marks, some at the ends."""
    criteria = [
        weight * np.clip(np.round(1.5 * level - 1.2 + 0.5 * rng.standard_normal(len(level))), 0, 5)
        for weight in WEIGHTS
    ]
    return np.round(100 * sum(criteria) / 5)


def dealt(rng: np.random.Generator, setting: Setting, pool: np.ndarray) -> tuple:
    """Equal loads within each pool, at random; then some reads go to anybody. No pair twice."""
    own = np.arange(setting.reviewers) % setting.pools
    read = np.zeros((len(pool), setting.reads), np.int64)
    for p in range(setting.pools):
        rows, readers = np.flatnonzero(pool == p), np.flatnonzero(own == p)
        for k in range(setting.reads):
            rounds = -(-len(rows) // len(readers))
            cards = np.concatenate([rng.permutation(readers) for _ in range(rounds)])
            read[rng.permutation(rows), k] = cards[: len(rows)]
    if setting.pools > 1:
        bridge = rng.random(read.shape) < setting.bridges
        read[bridge] = rng.integers(setting.reviewers, size=int(bridge.sum()))
    for k in range(1, setting.reads):
        while (again := (read[:, :k] == read[:, k : k + 1]).any(1)).any():
            bad = np.flatnonzero(again)
            other = np.array([rng.choice(np.flatnonzero(pool == pool[i])) for i in bad])
            for i, j in zip(bad, other, strict=True):
                read[i, k], read[j, k] = read[j, k], read[i, k]
    return np.repeat(np.arange(len(pool)), setting.reads), read.ravel()


def plain_mean(table: ScoreTable) -> np.ndarray:
    reads = np.bincount(table.application)
    return np.bincount(table.application, table.mark) / reads


def z_scores(table: ScoreTable) -> np.ndarray:
    given = np.maximum(np.bincount(table.reviewer), 1)
    off = table.mark - (np.bincount(table.reviewer, table.mark) / given)[table.reviewer]
    spread = np.sqrt(np.bincount(table.reviewer, off**2) / given)
    scores = off / np.maximum(spread, 1)[table.reviewer]
    return np.bincount(table.application, scores) / np.bincount(table.application)


def least_squares(table: ScoreTable) -> np.ndarray:
    """Leniency as fixed effects, by sweeping until nothing moves."""
    leniency = np.zeros(len(table.reviewers))
    reads, given = np.bincount(table.application), np.maximum(np.bincount(table.reviewer), 1)
    for _ in range(300):
        mean = np.bincount(table.application, table.mark - leniency[table.reviewer]) / reads
        step = np.bincount(table.reviewer, table.mark - mean[table.application]) / given
        moved, leniency = float(np.abs(step - leniency).max()), step
        if moved < 0.01:
            break
    return np.bincount(table.application, table.mark - leniency[table.reviewer]) / reads


def closeness(found: np.ndarray, quality: np.ndarray) -> tuple[float, float]:
    """Kendall's tau-b with the truth, and the share of its top tenth that is in the top tenth."""
    top = max(1, len(quality) // 10)
    best = set(np.argsort(-quality, kind="stable")[:top].tolist())
    got = best & set(np.argsort(-found, kind="stable")[:top].tolist())
    return float(kendalltau(found, quality).statistic), len(got) / top


def measure(setting: Setting, seeds: int) -> dict:
    rows, cpu, reasons = [], 0.0, set()
    for seed in range(seeds):
        panel = generated(setting, seed)
        start = time.process_time()
        answer = calibrate(CalibrationProblem(panel.table, panel.pools))
        cpu += time.process_time() - start
        reasons.add(answer.why_not)
        ours = np.array([answer.marks[key].corrected for key in panel.table.applications])
        ways = (
            plain_mean(panel.table),
            z_scores(panel.table),
            least_squares(panel.table),
            ours,
            panel.oracle,
        )
        rows.append([closeness(way, panel.quality) for way in ways])
    found = np.mean(rows, axis=0).round(4)
    names = ("mean", "z", "least_squares", "ours", "oracle")
    gap = found[4, 0] - found[0, 0]
    share = (found[3, 0] - found[0, 0]) / gap if gap > 0.02 else float("nan")
    print(
        f"{setting.name:<38}"
        + "".join(f"  {name} {tau:.3f}/{recall:.3f}" for name, (tau, recall) in zip(names, found))  # noqa: B905
        + f"  share {share:.2f}  {cpu / seeds:.2f} CPU s  {sorted(reasons - {''}) or ''}",
        flush=True,
    )
    measured = {"name": setting.name, "cpu_s": round(cpu / seeds, 3), "seeds": seeds}
    for name, (tau, recall) in zip(names, found.tolist(), strict=True):
        measured |= {name: tau, f"{name}_recall": recall}
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="as many seeds as 50 s allow")
    quick = parser.parse_args().quick
    times = 1 if quick else 4
    table = [measure(s, s.seeds * times if s.seeds > 1 else (1 if quick else 3)) for s in TABLE]
    others = [measure(s, s.seeds * times) for s in OTHERS]
    summary = {
        "settings": table,
        "others": others,
        "never_below_mean": all(row["ours"] >= row["mean"] - 0.001 for row in (*table, *others)),
        "cpu_s": table[-1]["cpu_s"],
    }
    print(json.dumps(summary, sort_keys=True))


if __name__ == "__main__":
    main()
