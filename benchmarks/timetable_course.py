"""How soon is a large course placed, and how far may its cost be from the best?

Run ``python benchmarks/timetable_course.py``, or with ``--quick`` without the course of 400 being
made cheaper, or with ``--seed 2`` on other courses of the same sizes. CPU seconds of one thread;
the search is compiled before anything is measured; every answer is recounted by the plain check.
The last line of the output is one JSON object:

first_feasible_s: CPU seconds until 400 sessions are placed without a fault; goal: under 5.
gap_120, gap_400: (cost - bound) / bound after 30 and 60 CPU seconds; goals: 0.02 and 0.15.
violations:       faults the plain check counts in all answers; goal: 0.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.courses import course  # noqa: E402 -- runs from a bare checkout
from karvan.engines.timetabling import (  # noqa: E402
    Timetable,
    TimetableProblem,
    build_timetable,
    check_timetable,
)
from karvan.engines.timetabling.check import faults  # noqa: E402
from karvan.engines.timetabling.kernel_search import search_placements  # noqa: E402
from karvan.engines.timetabling.rooms_first import first_placements  # noqa: E402
from karvan.engines.timetabling.search import Work  # noqa: E402

Figures = dict[str, float | int | None]


def first_feasible(problem: TimetableProblem, name: str) -> Figures:
    """CPU seconds until the search holds placements without a fault, and the faults in them."""
    begun = time.process_time()
    found = first_placements(problem, problem.sessions, seed=1, work=Work(30))
    spent = round(time.process_time() - begun, 2)
    print(f"{name}: first placements after {spent} CPU s: {found is not None}", flush=True)
    wrong = None if found is None else len(faults(problem, found))
    return {"first_feasible_s": None if found is None else spent, "violations": wrong}


def gap(problem: TimetableProblem, name: str, work: int) -> Figures:
    """Cost, bound, gap, CPU seconds and faults of one course built with so much work."""
    begun = time.process_time()
    answer = build_timetable(problem, seed=1, work_limit=work)
    spent = round(time.process_time() - begun, 1)
    if not isinstance(answer, Timetable):
        print(f"{name}: nothing found in {spent} CPU s", flush=True)
        return {f"gap_{name}": None, f"cpu_{name}": spent, "violations": None}
    cost, bound = answer.costs.total, answer.bound
    ratio = round((cost - bound) / bound, 4) if bound else None
    print(
        f"{name}: cost {cost} bound {bound} gap {ratio} in {spent} CPU s {answer.costs.by_goal()}"
    )
    return {
        f"gap_{name}": ratio,
        f"cost_{name}": cost,
        f"bound_{name}": bound,
        f"cpu_{name}": spent,
        "violations": len(check_timetable(problem, answer)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under 50 s")
    parser.add_argument("--seed", type=int, default=1, help="which courses are drawn")
    asked = parser.parse_args()
    quick, drawn = asked.quick, asked.seed
    tiny = course(54, seed=1)
    search_placements(tiny, tiny.sessions, seed=1, work=Work(0.01))
    large = course(400, seed=drawn)
    rows = [first_feasible(large, "400"), gap(course(120, seed=drawn), "120", 22)]
    rows.append({"gap_400": None} if quick else gap(large, "400", 44))
    figures: Figures = {key: value for row in rows for key, value in row.items()}
    counted = [row["violations"] for row in rows if "violations" in row]
    figures["violations"] = sum(counted) if None not in counted else None  # type: ignore[arg-type]
    print(json.dumps({"benchmark": "timetable_course", "quick": quick, "seed": drawn, **figures}))


if __name__ == "__main__":
    main()
