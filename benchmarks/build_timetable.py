"""How long does a programme-sized timetable take to build, and is it proved the cheapest?

Run ``python benchmarks/build_timetable.py`` or, for the smaller ones, with ``--quick``. Each line
is one instance; the last line of the output is a JSON object of the same figures. CPU seconds of
one core count; every answer is recounted by the plain check.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from karvan.engines.timetabling import (  # noqa: E402 -- runs from a bare checkout
    Day,
    Equipment,
    Group,
    Room,
    Session,
    Timetable,
    TimetableProblem,
    Trainer,
    build_timetable,
    check_timetable,
    repair_timetable,
)

MORNING, AFTERNOON, EVENING = (540, 750), (810, 1080), (1050, 1290)
LONG = ((540, 780), (840, 1140))
WHOLE = "whole cohort"
SPLIT = "group by group"


def boot_camp(groups: int = 5) -> TimetableProblem:
    """Three days; 8 sessions for all and 5 for each group: 33 sessions with five groups."""
    plan = [
        (0, "opening", 45, WHOLE, "HALL", {"HEAD": 1}, ""),
        (0, "problem", 90, WHOLE, "HALL", {"HEAD": 1}, "opening"),
        (0, "teams", 75, WHOLE, "HALL", {"FACIL": 2}, "problem"),
        (0, "interviews", 120, SPLIT, "TEAM", {"FACIL": 1}, "teams"),
        (0, "mentor", 75, SPLIT, "TEAM", {"MENTOR": 1}, "teams"),
        (1, "canvas", 105, WHOLE, "HALL", {"HEAD": 1}, ""),
        (1, "prototype", 120, SPLIT, "FAB", {"FACIL": 1}, "canvas"),
        (1, "test", 75, SPLIT, "TEAM", {"FACIL": 1}, "prototype"),
        (1, "money", 60, WHOLE, "HALL", {"HEAD": 1}, "canvas"),
        (2, "property", 75, WHOLE, "HALL", {"LAW": 1}, ""),
        (2, "clinic", 90, SPLIT, "TEAM", {"MENTOR": 1}, ""),
        (2, "pitches", 195, WHOLE, "HALL", {"JURY": 3}, "clinic"),
        (2, "decision", 60, WHOLE, "HALL", {"HEAD": 1}, "pitches"),
    ]
    keys = tuple(f"g{n}" for n in range(groups))
    sessions: list[Session] = []
    for day, name, minutes, who, kind, roles, waits_for in plan:
        for part in [keys] if who == WHOLE else [(key,) for key in keys]:
            earlier = [s.key for s in sessions if s.key.split()[0] == waits_for]
            mine = [s.key for s in sessions if s.key in earlier and set(s.groups) & set(part)]
            sessions.append(
                Session(
                    name if who == WHOLE else f"{name} {part[0]}",
                    minutes,
                    part,
                    trainer_roles=roles,
                    room_kind=kind,
                    equipment={"laptop": 4} if name == "prototype" else {},
                    day_range=(day, day),
                    after=tuple((key, 0) for key in mine),
                )
            )
    rooms = [Room("hall", "HALL", 120)]
    rooms += [Room(f"team {n}", "TEAM", 20) for n in range(3)]
    rooms += [Room(f"fab {n}", "FAB", 20, kinds=frozenset({"TEAM"})) for n in range(3)]
    people = (
        [("HEAD",)] + [("FACIL",)] * 4 + [("MENTOR", "JURY")] * 5 + [("JURY",)] * 2 + [("LAW",)]
    )
    return TimetableProblem(
        days=tuple(Day(f"d{n}", f"Day {n + 1}", LONG) for n in range(3)),
        sessions=tuple(sessions),
        rooms=tuple(rooms),
        trainers=tuple(Trainer(f"t{n:02}", frozenset(roles)) for n, roles in enumerate(people)),
        groups=tuple(Group(key, 18) for key in keys),
        equipment=(Equipment("laptop", 12),),
    )


def free_course(sessions_each: int, groups: int, days: int, seed: int) -> TimetableProblem:
    """Modules in order over weeks of working days, any session on any day that order allows."""
    rng = random.Random(seed)
    keys = [f"g{n}" for n in range(groups)]
    sessions = [Session("opening", 90, tuple(keys), room_kind="HALL", trainer_roles={"A": 1})]
    lengths = [rng.choice((60, 90, 90, 120, 180)) for _ in range(sessions_each)]
    kinds = [rng.choice(("SEM", "SEM", "LAB", "FAB")) for _ in range(sessions_each)]
    roles = [rng.choice("AABBC") for _ in range(sessions_each)]
    for key in keys:
        for n, (minutes, kind, role) in enumerate(zip(lengths, kinds, roles, strict=True)):
            first = "opening" if n % 5 == 0 else f"{key} {n - 1:02}"
            sessions.append(
                Session(
                    f"{key} {n:02}",
                    minutes,
                    (key,),
                    trainer_roles={role: 1},
                    room_kind=kind,
                    equipment={"kit": 1} if kind == "LAB" else {},
                    after=((first, 0),),
                )
            )
    sessions.append(
        replace(
            sessions[0],
            key="closing",
            after=tuple((f"{k} {sessions_each - 1:02}", 0) for k in keys),
        )
    )
    spare = days // 4
    people = [("A",), ("A", "B"), ("B",), ("B", "C"), ("C",)]
    rooms = [("hall", "HALL", {"SEM"}), ("sem", "SEM", set()), ("lab", "LAB", set())]
    rooms.append(("fab", "FAB", {"SEM"}))
    return TimetableProblem(
        days=tuple(
            Day(f"d{n}", f"Day {n}", (MORNING, AFTERNOON) if n % 5 != 4 else (MORNING,))
            for n in range(days)
        ),
        sessions=tuple(sessions),
        rooms=tuple(Room(key, kind, 60, kinds=frozenset(more)) for key, kind, more in rooms),
        trainers=tuple(
            Trainer(
                f"t{n}",
                frozenset(able),
                frozenset(range(days)) - {*rng.sample(range(days), spare)},
                360,
            )
            for n, able in enumerate(people)
        ),
        groups=tuple(Group(key, 24) for key in keys),
        equipment=(Equipment("kit", 1),),
    )


def six_weeks(groups: int = 2) -> TimetableProblem:
    """Six weeks of evenings: two live, a studio, a mentoring hour and a drill a week and group."""
    sessions: list[Session] = []
    for week in range(6):
        for g in range(groups):
            mine = f"w{week} g{g}"
            for name, minutes, kind, role in (
                ("live 1", 120, "SEM", "TEACHER"),
                ("live 2", 120, "SEM", "TEACHER"),
                ("studio", 180, "LAB", "MENTOR"),
                ("mentor", 45, "SEM", "MENTOR"),
                ("drill", 60, "SEM", "MENTOR"),
            ):
                apart = (f"{mine} live 1",) if name in ("live 2", "studio") else ()
                sessions.append(
                    Session(
                        f"{mine} {name}",
                        minutes,
                        (f"g{g}",),
                        trainer_roles={role: 1},
                        room_kind=kind,
                        day_range=(7 * week, 7 * week + 6),
                        not_same_day_as=apart,
                        after=tuple((key, 0) for key in apart),
                    )
                )
    people = [
        ("TEACHER", {0, 2, 3}),
        ("TEACHER", {1, 3, 4}),
        ("MENTOR", {0, 1, 3}),
        ("MENTOR", {2, 3, 4}),
    ]
    return TimetableProblem(
        days=tuple(Day(f"d{n}", f"Day {n}", (EVENING,) if n % 7 < 5 else ()) for n in range(42)),
        sessions=tuple(sessions),
        rooms=(Room("sem 1", "SEM", 30), Room("sem 2", "SEM", 30), Room("lab", "LAB", 30)),
        trainers=tuple(
            Trainer(f"t{n}", frozenset({role}), frozenset(d for d in range(42) if d % 7 in days))
            for n, (role, days) in enumerate(people)
        ),
        groups=tuple(Group(f"g{g}", 24) for g in range(groups)),
    )


def measure(name: str, problem: TimetableProblem, work: int) -> dict[str, object]:
    """Build, recount, take a trainer away for a day, mend; print and return the figures."""
    begun = time.process_time()
    answer = build_timetable(problem, work_limit=work)
    built = time.process_time() - begun
    row: dict[str, object] = {"name": name, "sessions": len(problem.sessions)}
    row["build_cpu_s"] = round(built, 2)
    if isinstance(answer, Timetable):
        row |= {"proved": answer.proved, "cost": answer.costs.total, "bound": answer.bound}
        row["faults"] = len(check_timetable(problem, answer))
        row |= mend(problem, answer)
    else:
        row["reasons"] = [f"{clash.kind} {' '.join(clash.keys)}" for clash in answer.reasons]
    print("  ".join(f"{key}={value}" for key, value in row.items()), flush=True)
    return row


def mend(problem: TimetableProblem, answer: Timetable) -> dict[str, object]:
    """A trainer of the role with most trainers is away on the first day with a session for them."""
    able = {
        t.key: len([o for o in problem.trainers if o.roles & t.roles]) for t in problem.trainers
    }
    busy = [
        (-able[key], at.day, key) for at in answer.placements.values() for key in at.role_trainers()
    ]
    _, day, ill = min(busy)
    trainers = tuple(
        replace(t, days=(t.days or frozenset(range(len(problem.days)))) - {day})
        if t.key == ill
        else t
        for t in problem.trainers
    )
    begun = time.process_time()
    mended = repair_timetable(replace(problem, trainers=trainers), answer, work_limit=20)
    row: dict[str, object] = {"repair_cpu_s": round(time.process_time() - begun, 2)}
    if isinstance(mended, Timetable):
        return row | {"moved": len(mended.moved), "least": mended.bound}
    return row | {"moved": None, "least": [str(clash.kind) for clash in mended.reasons]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the instances below 50 s")
    quick = parser.parse_args().quick
    rows = [
        measure("boot camp, 5 groups", boot_camp(), 20),
        measure("six weeks, 2 groups", six_weeks(), 20),
        measure("free course, 20 days", free_course(26, 2, 20, seed=1), 10 if quick else 120),
    ]
    if not quick:
        rows.append(measure("free course, 30 days", free_course(29, 4, 29, seed=1), 240))
    print(json.dumps({"benchmark": "build_timetable", "quick": quick, "rows": rows}))


if __name__ == "__main__":
    main()
