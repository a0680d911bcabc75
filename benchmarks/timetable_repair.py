"""How fast is a timetable mended, and is it proved that no repair disturbs less?

Run ``python benchmarks/timetable_repair.py`` or, for few courses, with ``--quick``. Courses of
120 and 400 sessions are taken with the plan they were drawn around; then a trainer is ill for
three days, a room is lost for two, or a day becomes a national day. Each line is one case; the last line of the output is a JSON object. CPU seconds of
one core count; every answer is recounted by the plain check. ``proved``: share of the cases where
no repair affects fewer people and, of those, none moves fewer sessions. A change that no repair
can answer is ``impossible`` and no case; without ``--quick`` it is drawn again.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.courses import hidden_course  # noqa: E402 -- runs from a bare checkout
from karvan.engines.timetabling import (  # noqa: E402
    ClashKind,
    Placement,
    Timetable,
    TimetableProblem,
    check_timetable,
    costs_of,
    repair_timetable,
)

Plan = Mapping[str, Placement]
Row = dict[str, object]
Event = Callable[[TimetableProblem, Plan, random.Random], TimetableProblem]
WORK = 20


def trainer_ill(problem: TimetableProblem, plan: Plan, rng: random.Random) -> TimetableProblem:
    """A trainer is ill from a day with a session of theirs, three days."""
    ill, day = rng.choice(sorted((k, at.day) for at in plan.values() for k in at.role_trainers()))
    away = {day, day + 1, day + 2}
    everyday = frozenset(range(len(problem.days)))
    trainers = tuple(
        replace(t, days=(t.days if t.days is not None else everyday) - away) if t.key == ill else t
        for t in problem.trainers
    )
    return replace(problem, trainers=trainers)


def room_lost(problem: TimetableProblem, plan: Plan, rng: random.Random) -> TimetableProblem:
    """A room cannot be used on a day with a session in it, and on the next."""
    lost, day = rng.choice(sorted((at.room, at.day) for at in plan.values() if at.room))
    days = [d for d in (day, day + 1) if d < len(problem.days)]
    rooms = tuple(
        replace(r, closed=(*r.closed, *((d, 0, 1440) for d in days))) if r.key == lost else r
        for r in problem.rooms
    )
    return replace(problem, rooms=rooms)


def day_lost(problem: TimetableProblem, plan: Plan, rng: random.Random) -> TimetableProblem:
    """A day with sessions becomes a national day."""
    lost = rng.choice(sorted({at.day for at in plan.values()}))
    days = tuple(replace(d, periods=()) if n == lost else d for n, d in enumerate(problem.days))
    return replace(problem, days=days)


EVENTS: tuple[Event, ...] = (trainer_ill, room_lost, day_lost)


def mend(problem: TimetableProblem, before: Timetable, name: str) -> Row:
    """Mend one case; print and return the figures."""
    begun = time.process_time()
    answer = repair_timetable(problem, before, work_limit=WORK)
    row: Row = {"case": name, "cpu_s": round(time.process_time() - begun, 2)}
    if isinstance(answer, Timetable):
        row |= {"people": answer.people, "fewest": answer.people_bound}
        row |= {"moved": len(answer.moved), "least": answer.bound, "proved": answer.proved}
        row["violations"] = len(check_timetable(problem, answer))
    else:
        stopped = [clash.kind for clash in answer.reasons] == [ClashKind.WORK_LIMIT]
        row["none"] = "not found" if stopped else "impossible"
    print("  ".join(f"{key}={value}" for key, value in row.items()), flush=True)
    return row


def cases(sessions: int, seeds: range, draws: int, events: tuple[Event, ...] = EVENTS) -> list[Row]:
    """One case of each kind for each course, drawn again while it is impossible."""
    rows: list[Row] = []
    for seed in seeds:
        problem, plan = hidden_course(sessions, seed)
        before = Timetable(plan, costs_of(problem, plan), 0, False)
        for event in events:
            for draw in range(draws):
                rng = random.Random(f"{event.__name__} {seed} {draw}")
                name = f"{sessions} sessions, course {seed}, {event.__name__} {draw}"
                rows.append(mend(event(problem, plan, rng), before, name) | {"size": sessions})
                if rows[-1].get("none") != "impossible":
                    break
    return rows


def summary(rows: list[Row]) -> Row:
    """Medians, greatest and shares over the cases that can be mended."""
    counted = [row for row in rows if row.get("none") != "impossible"]
    seconds = [float(str(row["cpu_s"])) for row in counted]
    found: Row = {"cases": len(counted), "impossible": len(rows) - len(counted)}
    found["median_s"] = round(median(seconds), 2) if seconds else None
    found["greatest_s"] = max(seconds, default=None)
    proved = sum(row.get("proved") is True for row in counted)
    found["proved"] = round(proved / len(counted), 3) if counted else None
    found["not_found"] = sum("none" in row for row in counted)
    found["violations"] = sum(int(str(row.get("violations", 0))) for row in counted)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only as many as fit in 50 s")
    quick = parser.parse_args().quick
    if quick:
        rows = cases(120, range(1, 3), 1) + cases(400, range(1, 2), 1)
    else:
        rows = cases(120, range(1, 21), 3) + cases(400, range(1, 9), 3)
    sizes = {f"size_{n}": summary([r for r in rows if r["size"] == n]) for n in (120, 400)}
    print(json.dumps({"benchmark": "timetable_repair", "quick": quick, **summary(rows), **sizes}))


if __name__ == "__main__":
    main()
