"""How long does it take to say why a session cannot go to one place, and to all of a week?

Run ``python benchmarks/timetable_places.py`` or with ``--quick``, which asks for fewer sessions.
The timetable of 400 sessions is laid out one session after the other; it need not be a good one.
CPU milliseconds of one thread. The last line is a JSON object: ``why_ms`` is the median for one
place, ``where_ms`` that for the grid of a week in every room, ``places`` how many those are, and
``differ`` the places at which both do not say the same, of those asked one by one.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from karvan.engines.timetabling import (  # noqa: E402 -- runs from a bare checkout
    Costs,
    Day,
    Equipment,
    Group,
    Placement,
    Room,
    Session,
    Timetable,
    TimetableProblem,
    Trainer,
    where_may_it_go,
    why_not_here,
)

HOURS = ((540, 750), (810, 1080))
GROUPS, ROOMS, TRAINERS, DAYS = 8, 16, 40, 42


def course(sessions: int) -> TimetableProblem:
    """Parallel groups over six weeks, in two cities, with trainers by name and kits."""
    rng = random.Random(1)
    every = []
    for n in range(sessions):
        group, number = n % GROUPS, n // GROUPS
        waits = ((f"s{n - GROUPS:03}", 0),) if number else ()
        every.append(
            Session(
                f"s{n:03}",
                rng.choice((60, 90, 120)),
                (f"g{group}",),
                trainers=(f"t{n % TRAINERS:02}",),
                room_kind=rng.choice(("SEM", "LAB")),
                equipment={"kit": 2} if n % 3 == 0 else {},
                after=waits,
            )
        )
    return TimetableProblem(
        days=tuple(Day(f"d{n}", "", HOURS if n % 7 < 5 else ()) for n in range(DAYS)),
        sessions=tuple(every),
        rooms=tuple(
            Room(
                f"r{n:02}", "SEM" if n % 2 else "LAB", 30, city="Baku" if n % 4 < 2 else "Sumqayit"
            )
            for n in range(ROOMS)
        ),
        trainers=tuple(
            Trainer(f"t{n:02}", max_minutes_per_day=360, max_minutes_per_week=1500)
            for n in range(TRAINERS)
        ),
        groups=tuple(
            Group(f"g{n}", 24, shares_with=frozenset({f"g{n ^ 1}"})) for n in range(GROUPS)
        ),
        equipment=(Equipment("kit", 6),),
        travel={("Baku", "Sumqayit"): 45},
    )


def laid_out(problem: TimetableProblem) -> Timetable:
    """Four sessions a day and group, one after the other, each in a room of its kind."""
    placements = {}
    for n, session in enumerate(problem.sessions):
        row = n // GROUPS
        working = row // 3 % 30
        kinds = [room.key for room in problem.rooms if room.serves(session.room_kind or "")]
        day, start = working // 5 * 7 + working % 5, (540, 660, 840)[row % 3]
        placements[session.key] = Placement(day, start, kinds[n % len(kinds)])
    return Timetable(placements, Costs(), 0, False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="ask for 12 sessions, not for 60")
    asked = 12 if parser.parse_args().quick else 60
    problem = course(400)
    timetable = laid_out(problem)
    rooms = [room.key for room in problem.rooms]
    starts = [(d, m) for d in range(5) for a, b in HOURS for m in range(a, b - 59, 30)]
    rng = random.Random(2)
    ones, grids, differ = [], [], 0
    for session in rng.sample(problem.sessions, asked):
        begun = time.process_time()
        grid = where_may_it_go(problem, timetable, session.key, starts, rooms)
        grids.append(1000 * (time.process_time() - begun))
        for place in rng.sample(sorted(grid), 5):
            begun = time.process_time()
            alone = why_not_here(problem, timetable, session.key, *place)
            ones.append(1000 * (time.process_time() - begun))
            differ += alone != grid[place]
    figures = {
        "benchmark": "timetable_places",
        "sessions": len(problem.sessions),
        "places": len(starts) * len(rooms),
        "why_ms": round(statistics.median(ones), 2),
        "where_ms": round(statistics.median(grids), 2),
        "where_worst_ms": round(max(grids), 2),
        "differ": differ,
    }
    print("  ".join(f"{key}={value}" for key, value in figures.items()))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
