"""Are eleven editions, each with its own calendar, ordered over a year and all timetabled?

Run ``python benchmarks/timetable_editions.py`` or, for three of the editions, with ``--quick``.
First one team's year of 2027 through eleven countries is planned; each edition then begins on the
day found. Its course has 54 sessions for two groups over about four weeks, with four rooms and five
trainers, on the days its country works: national holidays from the holidays library, the weekend
from the platform's own table, a long break on Fridays where people pray, short days in Ramadan.
Two processes build all the timetables; every answer is recounted by the plain checks. The last
line is a JSON object.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

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
)
from karvan.engines.timetabling.rollout import (  # noqa: E402
    HOME,
    Rollout,
    RolloutProblem,
    Stop,
    Stretch,
    Trip,
    check_rollout,
    plan_rollout,
)
from karvan.foundation.places.hijri import eid_days, ramadan_spans  # noqa: E402
from karvan.foundation.places.public_holidays import suggestions  # noqa: E402

# Longitude and latitude of the capitals.
CAPITALS = {
    "AZ": (49.9, 40.4),
    "KZ": (71.4, 51.2),
    "KG": (74.6, 42.9),
    "PK": (73.1, 33.7),
    "NG": (7.5, 9.1),
    "UZ": (69.2, 41.3),
    "MA": (-6.8, 34.0),
    "EG": (31.2, 30.0),
    "SN": (-17.4, 14.7),
    "JO": (35.9, 31.9),
    "BN": (114.9, 4.9),
}
QUICK = ("AZ", "EG", "NG")
FIRST, LAST = date(2027, 1, 4), date(2027, 12, 31)
STAY, HANDOVER = 21, 4  # days of the team in a country, and between two
WEEKS, CALENDAR_DAYS = 4, 30
USUAL, PRAYER, RAMADAN = ((540, 750), (810, 1050)), ((540, 720), (840, 1050)), ((540, 780),)
FRIDAY = 5
TABLES = ROOT / "karvan" / "foundation" / "places" / "data"


def workdays(country: str) -> frozenset[int]:
    """ISO weekdays that the country works in 2027."""
    with (TABLES / "working_weeks.csv").open() as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    valid = [row for row in rows if row["code"] == country and not row["valid_to"]]
    return frozenset(int(number) for number in valid[-1]["workdays"].split())


def holidays_of(country: str) -> frozenset[date]:
    """The country's national holidays from 2027 to the end of what began in it."""
    return frozenset(one.on for year in (2027, 2028) for one in suggestions(country, year, "en"))


def keeps_ramadan(country: str) -> bool:
    """Whether an Eid is a holiday there."""
    eids = eid_days(FIRST, LAST)
    off = holidays_of(country)
    return any(span.start + timedelta(days=n) in off for span in eids for n in range(3))


def year() -> RolloutProblem:
    """One team's year through all the countries; holidays of three days in a row close one."""
    rng = random.Random(2027)
    stops = []
    for country in CAPITALS:
        due = rng.choice((None, None, None, 300))
        stops.append(
            Stop(
                country,
                STAY,
                ready_from=rng.choice((0, 0, 30, 60)),
                visa_days=rng.choice((0, 0, 14, 30)),
                done_by=due,
                stretches=(*closed(country), *dear(country)),
                weight=rng.choice((1, 1, 2)),
            )
        )
    trips = {pair: trip(*pair) for pair in combinations((HOME, *CAPITALS), 2)}
    return RolloutProblem((LAST - FIRST).days + 1, tuple(stops), HANDOVER, trips)


def closed(country: str) -> list[Stretch]:
    """Days off with three holidays or more among them."""
    off, work = holidays_of(country), workdays(country)
    found, run = [], []
    for n in range((LAST - FIRST).days + 2):
        on = FIRST + timedelta(days=n)
        if on <= LAST and (on in off or on.isoweekday() not in work):
            run.append(n)
            continue
        if sum(FIRST + timedelta(days=day) in off for day in run) >= 3:
            found.append(Stretch(f"feast {run[0]}", run[0], run[-1]))
        run = []
    return found


def dear(country: str) -> list[Stretch]:
    """Ramadan at a price, where it is kept."""
    if not keeps_ramadan(country):
        return []
    spans = ramadan_spans(FIRST, LAST)
    days = [((one.start - FIRST).days, (one.end - FIRST).days) for one in spans]
    return [Stretch("Ramadan", first, last, price=10) for first, last in days]


def trip(start: str, end: str) -> Trip:
    """A day on the road, two from 6,000 km on; one point for 100 km."""
    (east, north), (to_east, to_north) = CAPITALS[start or "AZ"], CAPITALS[end or "AZ"]
    across, up = radians(to_east - east), radians(to_north - north)
    share = sin(up / 2) ** 2 + cos(radians(north)) * cos(radians(to_north)) * sin(across / 2) ** 2
    far = 2 * 6371 * asin(sqrt(share))
    return Trip() if far < 1 else Trip(2 if far >= 6000 else 1, round(far / 100))


def days_of(country: str, starts: date) -> tuple[Day, ...]:
    """The days of an edition with the hours that are open on each."""
    off, work, fasts = holidays_of(country), workdays(country), keeps_ramadan(country)
    found = []
    for n in range(CALENDAR_DAYS):
        on = starts + timedelta(days=n)
        periods: tuple[tuple[int, int], ...] = ()
        if on not in off and on.isoweekday() in work:
            periods = PRAYER if on.isoweekday() == FRIDAY and fasts else USUAL
            if fasts and ramadan_spans(on, on):
                periods = RAMADAN
        found.append(Day(on.isoformat(), f"{on:%a %d %b}", periods))
    return tuple(found)


def edition(country: str, starts: date) -> TimetableProblem:
    """54 sessions: an opening and a closing for all, and 13 of each group in two weeks each.

    A module is a lecture, an exercise, a laboratory and so on, one after the other; it belongs to
    its week of working days, as the design says.
    """
    rng = random.Random(country)
    days = days_of(country, starts)
    weeks = _weeks(days)
    groups = ("a", "b")
    sessions = [
        Session(
            "opening", 90, groups, trainer_roles={"LEAD": 1}, room_kind="HALL", day_range=weeks[0]
        )
    ]
    for group in groups:
        last = "opening"
        for week in range(WEEKS):
            for n in range(7 if week < 2 else 6):
                minutes, kind, role = rng.choice(PLAN[n % len(PLAN)])
                key = f"{group} {week + 1}.{n + 1}"
                sessions.append(
                    Session(
                        key,
                        minutes,
                        (group,),
                        trainer_roles={role: 1},
                        room_kind=kind,
                        equipment={"kit": 1} if kind == "LAB" else {},
                        day_range=weeks[week],
                        after=((last, 0),) if n < 4 else (),
                    )
                )
                last = key if n < 3 else last
    ends = tuple((s.key, 0) for s in sessions if s.key.split()[-1].startswith("4."))
    sessions.append(
        Session(
            "closing",
            90,
            groups,
            trainer_roles={"LEAD": 1},
            room_kind="HALL",
            day_range=weeks[-1],
            after=ends,
        )
    )
    everyday = frozenset(range(CALENDAR_DAYS))
    away = [frozenset(rng.sample(range(CALENDAR_DAYS), 4)) for _ in range(3)]
    return TimetableProblem(
        days=days,
        sessions=tuple(sessions),
        rooms=(
            Room("hall", "HALL", 60, kinds=frozenset({"SEM"})),
            Room("seminar", "SEM", 30),
            Room("lab", "LAB", 30, kinds=frozenset({"SEM"})),
            Room("workshop", "FAB", 30, kinds=frozenset({"SEM"})),
        ),
        trainers=(
            Trainer("lead", frozenset({"LEAD", "TEACH"}), max_minutes_per_day=420),
            Trainer("teacher 1", frozenset({"TEACH"}), everyday - away[0], 360),
            Trainer("teacher 2", frozenset({"TEACH", "TECH"}), everyday - away[1], 360),
            Trainer("technician", frozenset({"TECH"}), everyday - away[2], 360),
            Trainer("mentor", frozenset({"MENTOR", "TECH"}), None, 360),
        ),
        groups=tuple(Group(group, 24) for group in groups),
        equipment=(Equipment("kit", 1),),
    )


PLAN = (
    ((90, "SEM", "TEACH"), (75, "SEM", "TEACH")),
    ((105, "SEM", "TECH"), (90, "SEM", "TECH")),
    ((150, "LAB", "TECH"), (135, "LAB", "TECH")),
    ((60, "SEM", "MENTOR"),),
    ((180, "FAB", "TECH"), (150, "FAB", "TECH")),
    ((75, "SEM", "TEACH"), (60, "SEM", "TEACH")),
    ((60, "SEM", "MENTOR"), (45, "SEM", "MENTOR")),
)


def _weeks(days: tuple[Day, ...]) -> list[tuple[int, int]]:
    """The working days in four shares, each as its first and last day."""
    open_days = [n for n, day in enumerate(days) if day.periods]
    cuts = [len(open_days) * week // WEEKS for week in range(WEEKS + 1)]
    return [(open_days[a], open_days[b - 1]) for a, b in zip(cuts, cuts[1:], strict=False)]


def build(country: str, starts: date) -> dict[str, Any]:
    """Build and recount one edition."""
    problem = edition(country, starts)
    begun = time.process_time()
    answer = build_timetable(problem, work_limit=20)
    row: dict[str, Any] = {
        "country": country,
        "starts": starts.isoformat(),
        "sessions": len(problem.sessions),
        "days": sum(bool(day.periods) for day in problem.days),
        "cpu_s": round(time.process_time() - begun, 1),
    }
    if isinstance(answer, Timetable):
        row |= {
            "proved": answer.proved and answer.costs.total == answer.bound,
            "cost": answer.costs.total,
            "bound": answer.bound,
        }
        return row | {"violations": len(check_timetable(problem, answer))}
    row["reasons"] = [f"{clash.kind} {' '.join(clash.keys)}" for clash in answer.reasons]
    return row | {"proved": False, "violations": len(problem.sessions)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three editions, below 50 s")
    quick = parser.parse_args().quick
    problem = year()
    begun = time.perf_counter()
    plan = plan_rollout(problem, work_limit=20)
    rollout_s = time.perf_counter() - begun
    if not isinstance(plan, Rollout):
        raise SystemExit(f"no year: {plan}")
    print("  ".join(f"{key} {FIRST + timedelta(days=day)}" for key, day in plan.starts.items()))
    broken = len(check_rollout(problem, plan))
    chosen = {key: day for key, day in plan.starts.items() if key in QUICK or not quick}
    begun = time.perf_counter()
    rows = []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        dates = [FIRST + timedelta(days=day) for day in chosen.values()]
        for row in pool.map(build, chosen, dates):
            print("  ".join(f"{key}={value}" for key, value in row.items()), flush=True)
            rows.append(row)
    wall = time.perf_counter() - begun
    figures = {
        "benchmark": "timetable_editions",
        "quick": quick,
        "wall_s": round(wall, 1),
        "editions": len(rows),
        "proved": sum(row["proved"] for row in rows),
        "violations": sum(row["violations"] for row in rows) + broken,
        "rollout_s": round(rollout_s, 1),
        "rollout_stops": len(problem.stops),
        "rollout_proved": plan.proved,
        "rollout_cost": plan.costs.by_goal(),
        "rows": rows,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
