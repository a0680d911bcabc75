"""How fair a lottery do the quotas allow, is that proved, and what does it take?

    python benchmarks/leximin.py [--quick] [--places N] [DIR ...]

A directory holds ``categories.csv`` (category,feature,min,max) and
``respondents.csv`` (one person a line, a column for each category); the places
are the number at the end of its name, or ``--places``. Without directories: the
small public example, if it is there, and generated pools with quotas on every
value of every attribute. ``--quick`` leaves out 1,700 people. Each line is one
pool; ``check`` is a recount of every panel, chance and bound. ``least`` is the
least chance before weights become 10,000 whole balls, ``drawn`` after. The last
line is one JSON object; its figures are of the pool of 360 people, or of the
first directory; ``instances`` has them all.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from karvan.engines.selection import (
    Candidate,
    ChoiceProblem,
    Lottery,
    Quota,
    check_lottery,
    choose_by_lottery,
)

EXAMPLE = Path(__file__).parents[2] / "shared/inputs/sortition/example_small_20"
VALUES = (2, 4, 5, 3, 4, 6, 3, 2)
# People, places, attributes, seed.
QUICK = ((360, 30, 6, 1), (360, 30, 6, 2), (360, 30, 6, 3))
FULL = (*QUICK, (1_700, 110, 7, 1))


def generated(size: int, places: int, attributes: int, seed: int) -> ChoiceProblem:
    """Volunteers unlike the people they stand for: some values come forward three times as often."""
    rng = random.Random(seed)
    shares = []
    for j in range(attributes):
        weights = [(1 + value) ** -0.5 for value in range(VALUES[j])]
        shares.append([weight / sum(weights) for weight in weights])
    eager = [[1.6, *[0.7] * (VALUES[j] - 2), 0.25] for j in range(attributes)]
    people = []
    for n in range(size):
        given = {}
        for j in range(attributes):
            weights = [s * e for s, e in zip(shares[j], eager[j], strict=True)]
            given[f"a{j}"] = f"v{rng.choices(range(VALUES[j]), weights)[0]}"
        people.append(Candidate(f"p{n}", 0, given))
    quotas = [
        Quota(
            f"a{j} v{value}",
            f"a{j}",
            frozenset({f"v{value}"}),
            max(0, math.floor(share * places - 0.5)),
            math.ceil(share * places + 0.5),
        )
        for j in range(attributes)
        for value, share in enumerate(shares[j])
    ]
    return ChoiceProblem(tuple(people), places, tuple(quotas), f"seed {seed}")


def read(folder: Path, places: int | None) -> ChoiceProblem:
    """Read a pool; a refusal names the file and the line."""
    ending = re.search(r"(\d+)$", folder.resolve().name)
    if places is None and ending is None:
        raise SystemExit(f"{folder}: no number of places at the end of its name; use --places")
    quotas = []
    for line, row in _rows(folder / "categories.csv"):
        try:
            category, feature = row["category"].strip(), row["feature"].strip()
            low, high = int(row["min"]), int(row["max"])
            quotas.append(
                Quota(f"{category}: {feature}", category, frozenset({feature}), low, high)
            )
        except (KeyError, AttributeError, ValueError) as problem:
            raise SystemExit(f"{folder}/categories.csv, line {line}: {problem}") from problem
    columns = {q.attribute for q in quotas}
    people = []
    for line, row in _rows(folder / "respondents.csv"):
        missing = sorted(columns - row.keys())
        if missing:
            raise SystemExit(f"{folder}/respondents.csv, line {line}: no column {missing}")
        given = {column: (row[column] or "").strip() for column in sorted(columns)}
        people.append(Candidate(f"line {line}", 0, given))
    wanted = places if places is not None else int(ending.group(1))
    return ChoiceProblem(tuple(people), wanted, tuple(quotas), "seed")


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    if not path.is_file():
        raise SystemExit(f"{path}: no such file")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        return [(rows.line_num, {(k or "").strip(): v for k, v in row.items()}) for row in rows]


def measure(name: str, problem: ChoiceProblem, work: int | None) -> dict[str, object]:
    start = time.process_time()
    answer = choose_by_lottery(problem, **({} if work is None else {"work": work}))
    cpu = time.process_time() - start
    shape = f"{name}: {len(problem.candidates)} people, {problem.places} places"
    if not isinstance(answer, Lottery):
        print(f"{shape}: {cpu:.2f} CPU s, infeasible, clash {answer.clash}", flush=True)
        return {"name": name, "feasible": False, "cpu_s": round(cpu, 2)}
    broken = check_lottery(problem, answer)
    print(
        f"{shape}, {len(answer.groups)} groups: {cpu:.2f} CPU s, "
        f"least {answer.least_unrounded / 1e6:.6f}, bound {answer.bound / 1e6:.6f}, "
        f"proof {answer.proof}, leximin {answer.is_leximin}, reached {answer.reached / 1e6:.6f}, "
        f"drawn {answer.least / 1e6:.6f} from {len(answer.panels)} panels, "
        f"check {'; '.join(broken[:3]) or 'kept'}",
        flush=True,
    )
    return {
        "name": name,
        "feasible": True,
        "least": answer.least_unrounded / 1e6,
        "drawn": answer.least / 1e6,
        "bound": answer.bound / 1e6,
        "reached": answer.reached / 1e6,
        "proved": answer.proved,
        "leximin": answer.is_leximin,
        "kept": not broken,
        "cpu_s": round(cpu, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="leave out 1,700 people")
    parser.add_argument("--places", type=int, help="instead of the number in the name")
    parser.add_argument("--work", type=int, help="panels searched for at most")
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    given = parser.parse_args()
    folders = given.folders or [EXAMPLE] * EXAMPLE.is_dir()
    instances = [measure(f.name, read(f, given.places), given.work) for f in folders]
    if not given.folders:
        for shape in QUICK if given.quick else FULL:
            name = "generated {}/{}/{} seed {}".format(*shape)
            instances.append(measure(name, generated(*shape), given.work))
    named = [one for one in instances if str(one["name"]).startswith("generated 360")]
    chief = (named or instances)[0]
    summary = {key: chief.get(key) for key in ("least", "bound", "cpu_s")}
    summary["proved"] = all(one.get("proved", True) for one in instances)
    summary["instances"] = instances
    print(json.dumps(summary, sort_keys=True))


if __name__ == "__main__":
    main()
