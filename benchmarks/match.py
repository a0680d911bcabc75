"""How much processor time do matchings and balanced teams take?

    python benchmarks/match.py [--quick]

Stable matchings: seekers with five wishes each, popular places wished for more,
places that rank those who wish for them in three classes and draw within them.
``cpu_s`` is the match alone, ``build_s`` the making of its rows. The last line
is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from karvan.engines.selection import (
    MatchProblem,
    Place,
    Seeker,
    Supervisor,
    TeamMember,
    TeamProblem,
    check_matching,
    check_teams,
    form_teams,
    match_by_rank,
    match_stable,
)

# Seekers, places, whether places rank seekers, supervisors.
QUICK = ((1_000, 100, True, 0), (10_000, 500, True, 0), (10_000, 500, True, 100))
FULL = (
    *QUICK,
    (100_000, 2_000, True, 0),
    (1_000_000, 10_000, False, 0),
    (1_000_000, 10_000, True, 0),
)
WISHES = 5


def generated(seekers: int, places: int, ranked: bool, supervisors: int, seed: int) -> MatchProblem:
    rng = np.random.default_rng(seed)
    # Squares of evenly spread numbers make the first places the popular ones.
    drawn = (rng.random((seekers, WISHES + 3)) ** 2 * places).astype(int)
    wishing = []
    ranks: list[dict[str, int]] = [{} for _ in range(places)]
    classes = rng.integers(1, 4, (seekers, WISHES))
    for n, row in enumerate(drawn.tolist()):
        wished = list(dict.fromkeys(row))[:WISHES]
        wishing.append(Seeker(f"s{n}", tuple(f"p{p}" for p in wished)))
        if ranked:
            for at, p in enumerate(wished):
                ranks[p][f"s{n}"] = int(classes[n, at])
    capacity = -(-seekers // places)
    if not supervisors:
        made = tuple(Place(f"p{p}", capacity, ranks[p]) for p in range(places))
        return MatchProblem(tuple(wishing), made, f"seed {seed}")
    made = tuple(Place(f"p{p}", capacity, supervisor=f"v{p % supervisors}") for p in range(places))
    over = tuple(
        Supervisor(f"v{v}", capacity * (places // supervisors) * 3 // 4) for v in range(supervisors)
    )
    return MatchProblem(tuple(wishing), made, f"seed {seed}", over)


def timed(act, *args):
    start = time.process_time()
    answer = act(*args)
    return answer, time.process_time() - start


def measure(act, shape: tuple, seed: int = 1) -> dict:
    problem, build = timed(generated, *shape, seed)
    answer, cpu = timed(act, problem)
    if shape[0] <= 1_000 and (broken := check_matching(problem, answer)):
        raise SystemExit(f"broken: {broken}")
    line = {
        "method": act.__name__,
        "seekers": shape[0],
        "places": shape[1],
        "ranked": shape[2],
        "supervisors": shape[3],
        "build_s": round(build, 2),
        "cpu_s": round(cpu, 3),
        "unmatched": len(answer.unmatched),
        "profile": list(answer.profile),
        "blocking_pairs": answer.blocking_pairs,
    }
    print(line)
    return line


def measure_teams(people: int, seed: int = 1) -> dict:
    rng = np.random.default_rng(seed)
    members = tuple(
        TeamMember(
            f"p{n}",
            {"discipline": f"d{rng.integers(4)}", "sex": "fm"[rng.integers(2)]},
            {"experience": int(rng.integers(11))},
        )
        for n in range(people)
    )
    problem = TeamProblem(members, 3, 5, f"seed {seed}", different={"discipline": 2})
    answer, cpu = timed(form_teams, problem)
    if broken := check_teams(problem, answer):
        raise SystemExit(f"broken: {broken}")
    line = {
        "people": people,
        "teams": len(answer.teams),
        "cpu_s": round(cpu, 3),
        "short": answer.short,
        "above_bound": answer.deviation - answer.bound,
        "proved": answer.proved,
    }
    print(line)
    return line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="at most 10,000 seekers")
    quick = parser.parse_args().quick
    stable = [measure(match_stable, shape) for shape in (QUICK if quick else FULL)]
    by_rank = [measure(match_by_rank, shape) for shape in QUICK]
    teams = [measure_teams(people) for people in (30, 100, 300, 1_000)]
    summary = {
        "blocking_pairs": max(line["blocking_pairs"] for line in stable),
        "cpu_s": stable[-1]["cpu_s"],
        "seekers": stable[-1]["seekers"],
        "teams_cpu_s": max(line["cpu_s"] for line in teams),
        "teams_proved": all(line["proved"] for line in teams),
        "by_rank_cpu_s": max(line["cpu_s"] for line in by_rank),
    }
    print(json.dumps(summary, sort_keys=True))


if __name__ == "__main__":
    main()
