"""How good are course timetables beside the winner of ITC-2007 and the best known?

    python benchmarks/timetable_itc.py [--cpu S] [--seed N] [--chains SHARE] [--quick] [FILE...]

FILE are instances of track 3 (.ctt); without any, the six in ../shared/inputs/itc2007, or a
generated one if they are absent. The kernel is compiled first (not counted). Then short runs
(a twentieth of the time), and one without moves, tell the moves a CPU second, and so the moves
that ``--cpu`` seconds of one thread allow; a search that takes longer than that is ended. The
CPU time that the solve took is measured and shown. Costs and violations are counted again
by the plain checker. ``--quick`` takes two instances and 12 CPU seconds each. ``--chains``: another
share of the moves that swap several lectures at once; 0 tells what a search without them finds.

The last line is one JSON object. CPSolver's figures (UniTime's solver, which won) were
measured with 60 CPU seconds (30 for comp04, 06, 16 and 20) of one thread; best known as
published by 2014. ``gap`` is (cost - best) / best.
"""

from __future__ import annotations

import os

os.environ["NUMBA_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
import json
import math
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from karvan.engines.timetabling.curricula import (
    Course,
    Curriculum,
    CurriculumAnswer,
    CurriculumProblem,
    LectureRoom,
    costs_of,
    read_ctt,
    read_solution,
    solve_curricula,
    violations_of,
    write_solution,
)
from karvan.engines.timetabling.curricula.solve import CHAINS

SHARED = Path(os.environ.get("KARVAN_SHARED", Path(__file__).parents[2] / "shared"))
SIX = ("comp01", "comp02", "comp03", "comp05", "comp07", "comp12")
QUICK = ("comp07", "comp02")
QUICK_CPU = 12.0
TRIAL = 0.05  # of the budget, to measure the rate of moves
FIRST = 2_000_000
SAFE = 0.97  # of the budget: the rate of moves varies from run to run
FASTER = 1.1  # a longer search cools more slowly, takes fewer moves, and so makes more
END = 0.985  # of the budget: then the search is ended, wherever it is

CPSOLVER_AND_BEST = {
    "comp02": (60, 24),
    "comp03": (81, 64),
    "comp04": (42, 35),
    "comp05": (315, 284),
    "comp06": (54, 27),
    "comp07": (20, 6),
    "comp10": (18, 4),
    "comp12": (344, 298),
    "comp16": (37, 18),
    "comp18": (94, 61),
    "comp20": (52, 4),
    "comp21": (118, 74),
}


@dataclass(frozen=True)
class Found:
    """One instance solved, counted again."""

    cost: int
    violations: int
    cpu_s: float
    moves: int
    bound: int


def generated(courses: int = 40, *, seed: int = 1) -> CurriculumProblem:
    """Courses of 2 to 5 lectures in curricula of four, with a tenth of all times barred."""
    draw = random.Random(seed)
    made = tuple(
        Course(
            f"c{n}",
            f"t{n * 2 // 3}",
            lectures := draw.randint(2, 5),
            lectures - 1,
            draw.randint(8, 90),
        )
        for n in range(courses)
    )
    plans = tuple(
        Curriculum(f"q{n}", tuple(f"c{k}" for k in sorted(draw.sample(range(courses), 4))))
        for n in range(courses // 2)
    )
    barred = frozenset(
        (course.key, draw.randrange(5), draw.randrange(6)) for course in made for _ in range(3)
    )
    rooms = tuple(LectureRoom(f"r{n}", seats) for n, seats in enumerate((30, 30, 50, 60, 80, 100)))
    return CurriculumProblem("generated", 5, 6, made, rooms, plans, barred)


def timed(
    problem: CurriculumProblem, seed: int, moves: int, chains: float, most: float = math.inf
) -> tuple[CurriculumAnswer, float]:
    """Return the answer and the CPU seconds of this process that it took, ``most`` at most."""
    start = time.process_time()
    answer = solve_curricula(
        problem,
        seed=seed,
        moves=moves,
        chains=chains,
        go_on=lambda: time.process_time() - start < most,
    )
    return answer, time.process_time() - start


def solved(problem: CurriculumProblem, seed: int, cpu: float, chains: float) -> Found:
    """Solve within the CPU seconds, write, read and count again."""
    _, fixed = timed(problem, seed, 0, chains)
    moves = FIRST
    for budget in (cpu * TRIAL, cpu):
        answer, seconds = timed(problem, seed, moves, chains)
        rate = answer.moves / max(seconds - fixed, 1e-3)
        moves = int(max(0.0, budget * SAFE - fixed) * rate)
    answer, seconds = timed(problem, seed, int(moves * FASTER), chains, cpu * END)
    timetable = read_solution(problem, write_solution(problem, answer.assignments))
    return Found(
        sum(costs_of(problem, timetable).values()),
        sum(violations_of(problem, timetable).values()),
        seconds,
        answer.moves,
        answer.bound,
    )


def instances(files: list[Path], quick: bool) -> dict[str, CurriculumProblem]:
    """Return the problems by name: the files, the usual ones, or one generated."""
    if not files:
        folder = SHARED / "inputs" / "itc2007"
        files = [folder / f"{name}.ctt" for name in (QUICK if quick else SIX)]
        files = [file for file in files if file.exists()]
        if not files:
            print(f"no instances in {folder}: a generated one is solved instead")
            return {"generated": generated()}
    return {file.stem: read_ctt(file.read_text()) for file in (files[:2] if quick else files)}


def shown(name: str, found: Found, budget: float) -> dict[str, object]:
    """Print one instance; return what the last line says of it."""
    cpsolver, best = CPSOLVER_AND_BEST.get(name, (None, None))
    gap = round((found.cost - best) / best, 4) if best else None
    over = "" if found.cpu_s <= budget else " OVER THE BUDGET"
    beside = (
        f"CPSolver {cpsolver} (ratio {found.cost / cpsolver:.2f}), best {best} (gap {gap:.2f})"
        if cpsolver and best and gap is not None
        else "no figure to compare with"
    )
    print(
        f"{name}: cost {found.cost}, violations {found.violations}, {found.cpu_s:.1f} CPU s{over}, "
        f"{found.moves / 1e6:.0f} million moves, bound {found.bound}; {beside}",
        flush=True,
    )
    return {
        "cost": found.cost,
        "violations": found.violations,
        "cpu_s": round(found.cpu_s, 2),
        "best": best,
        "cpsolver": cpsolver,
        "gap": gap,
        "bound": found.bound,
        "moves": found.moves,
    }


def main() -> None:
    """Read the command line, solve one instance after another, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--cpu", type=float, default=60.0, help="CPU seconds for each instance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chains", type=float, default=CHAINS, help="share of the moves, 0 to 1")
    parser.add_argument("--quick", action="store_true", help="two instances, 12 CPU s each")
    asked = parser.parse_args()
    cpu = min(asked.cpu, QUICK_CPU) if asked.quick else asked.cpu
    solve_curricula(generated(8), moves=10_000)
    rows = {
        name: shown(name, solved(problem, asked.seed, cpu, asked.chains), cpu)
        for name, problem in instances(asked.files, asked.quick).items()
    }
    gaps = [row["gap"] for row in rows.values() if isinstance(row["gap"], float)]
    summary = {
        "instances": rows,
        "mean_gap": round(sum(gaps) / len(gaps), 4) if gaps else None,
        "infeasible": [name for name, row in rows.items() if row["violations"]],
        "worse_than_cpsolver": [
            name
            for name, row in rows.items()
            if CPSOLVER_AND_BEST.get(name) and (row["violations"] or row["cost"] > row["cpsolver"])  # type: ignore[operator]
        ],
        "seed": asked.seed,
        "chains": asked.chains,
        "cpu": cpu,
    }
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
