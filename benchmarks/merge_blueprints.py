"""How long do eleven countries take to get a new version, and what would a merge by lines lose?

    python benchmarks/merge_blueprints.py [--quick]

A generated blueprint of 400 sessions in four activities, ten fields each, texts in four languages;
a second version that changes a good part; eleven editions with their own departures. Measured in
one run, in CPU seconds of one thread: the eleven merges, a plain deep copy of the same documents,
and `git merge-file` (if there is a git) on the same documents written as YAML. For the lines the
editions depart only where the second version changed nothing, so that every conflict is a false
one; each is then settled for the edition's side, and what differs from the merge by key is counted.
The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from karvan.engines.merging import Merged, changes_between, check_merge, merge

EDITIONS = 11
ACTIVITIES = 4
SESSIONS = 100  # in each activity
BUDGET_SECONDS = 2.0
LANGUAGES = ("en", "fr", "ar", "az")
KINDS = ("lecture", "lab", "studio", "practice", "mentoring", "assessment")
ROOMS = ("HALL", "TEAM", "FAB", "LAB")
ROLES = ("HEAD", "FACIL", "MENTOR", "JURY")
WORDS = [
    "plan",
    "test",
    "cost",
    "user",
    "idea",
    "team",
    "need",
    "pitch",
    "price",
    "model",
    "build",
    "share",
    "review",
    "draft",
]
FIELDS = ("minutes", "room", "kind", "roles", "output", "title", "summary", "day")

Document = dict[str, Any]


def text(rng: random.Random, words: int) -> dict[str, str]:
    return {one: " ".join([one, *rng.choices(WORDS, k=words)]) for one in LANGUAGES}


def session(rng: random.Random, name: str, day: int) -> Document:
    return {
        "id": name,
        "day": day,
        "kind": rng.choice(KINDS),
        "minutes": rng.randrange(30, 240, 15),
        "room": rng.choice(ROOMS),
        "roles": rng.sample(ROLES, rng.randrange(1, 3)),
        "outcomes": [f"LO{n}" for n in rng.sample(range(1, 9), 2)],
        "output": rng.choice(WORDS),
        "title": text(rng, 6),
        "summary": text(rng, 20),
    }


def blueprint(seed: int) -> Document:
    rng = random.Random(seed)
    return {
        "code": "GEN",
        "title": text(rng, 4),
        "activities": [
            {
                "code": f"A{a}",
                "duration": {"days": 25, "contact_minutes": 9_000},
                "rooms": [{"code": room, "seats": rng.randrange(6, 120)} for room in ROOMS],
                "sessions": [session(rng, f"D{n // 4}S{n % 4}", n // 4) for n in range(SESSIONS)],
            }
            for a in range(ACTIVITIES)
        ],
    }


def changed_field(rng: random.Random, item: Document, field: str) -> None:
    if field in ("title", "summary"):
        language = rng.choice(LANGUAGES)
        item[field] = {**item[field], language: text(rng, 8)[language]}
    else:
        item[field] = session(rng, "other", rng.randrange(25))[field]


def changed(
    before: Document, seed: int, prefix: str, share: float, apart: Document | None = None
) -> Document:
    """A copy in which a share of the sessions is changed; a tenth as many come, go and move.

    With the version to stay apart from: only fields that it left alone, and nothing else.
    """
    rng = random.Random(seed)
    after = copy.deepcopy(before)
    taken = touched(before, apart) if apart else frozenset()
    for activity in after["activities"]:
        sessions = activity["sessions"]
        for item in rng.sample(sessions, round(len(sessions) * share)):
            for field in rng.sample(FIELDS, rng.randrange(1, 4)):
                if (activity["code"], item["id"], field) not in taken:
                    changed_field(rng, item, field)
        few = 0 if apart else max(1, round(len(sessions) * share / 10))
        for act in [*["take"] * few, *["move"] * few, *["add"] * few]:
            at = rng.randrange(len(sessions))
            item = sessions.pop(at) if act != "add" else None
            if act == "move":
                sessions.insert(min(len(sessions), at + rng.randrange(1, 4)), item)
            elif act == "add":
                sessions.insert(at, session(rng, f"{prefix}{len(sessions)}", at // 4))
    return after


def touched(before: Document, after: Document) -> frozenset[tuple[str, str, str]]:
    """What a version changed, as (activity, session, field)."""
    return frozenset(
        (path[1], path[3], path[4] if len(path) > 4 else field)
        for change in changes_between(before, after)
        if len(path := change.path) > 3
        for field in FIELDS
    )


def timed(act, *arguments):
    start = time.process_time()
    answer = act(*arguments)
    return answer, time.process_time() - start


def leaves(value: Any) -> int:
    if isinstance(value, dict | list):
        return sum(map(leaves, value.values() if isinstance(value, dict) else value))
    return 1


def measured(base: Document, version: Document, editions: list[Document]) -> dict[str, Any]:
    merges: list[Merged] = []
    seconds, copies = [], []
    for ours in editions:
        answer, cpu = timed(merge, base, ours, version)
        merges.append(answer)
        seconds.append(cpu)
        copies.append(timed(copy.deepcopy, (base, ours, version))[1])
        print(
            f"{len(answer.ours):>5} parts ours {len(answer.theirs):>5} theirs "
            f"{len(answer.both):>3} both {len(answer.conflicts):>4} conflicts: "
            f"{cpu:.3f} CPU s, a deep copy {copies[-1]:.3f}"
        )
    return {
        "merges": merges,
        "seconds": seconds,
        "ratio": sum(seconds) / sum(copies),
        "conflicts": sum(len(answer.conflicts) for answer in merges),
    }


def lines(document: Document) -> str:
    return yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)


def by_lines(base: Document, version: Document, editions: list[Document]) -> dict[str, Any]:
    """What `git merge-file` makes of editions that depart only where the version did not."""
    git = shutil.which("git")
    if git is None:
        return {"false_conflicts_by_line": None, "parts_wrong_by_line": None}
    hunks = wrong = unreadable = contested = 0
    seconds, by_key = 0.0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("ours", "base", "theirs")]
        files[1].write_text(lines(base))
        files[2].write_text(lines(version))
        for ours in editions:
            answer, cpu = timed(merge, base, ours, version)
            by_key += cpu
            contested += len(answer.conflicts)
            files[0].write_text(lines(ours))
            start = os.times()
            marked = run(git, "merge-file", "-p", *files)
            end = os.times()
            seconds += end.children_user + end.children_system
            seconds -= start.children_user + start.children_system
            hunks += sum(line.startswith("<<<<<<<") for line in marked.splitlines())
            settled = run(git, "merge-file", "-p", "--ours", *files)
            try:
                wrong += len(changes_between(answer.document, yaml.load(settled, yaml.CSafeLoader)))
            except (ValueError, yaml.YAMLError):
                unreadable += 1
    print(
        f"by lines: {hunks} conflicts where by key there are {contested}; settled for the "
        f"edition, {wrong} parts are wrong and {unreadable} documents hold a session twice or are broken; "
        f"{seconds:.3f} CPU s of git, by key {by_key:.3f}"
    )
    return {
        "apart_conflicts_by_key": contested,
        "false_conflicts_by_line": hunks - contested,
        "parts_wrong_by_line": wrong,
        "unreadable_by_line": unreadable,
        "ratio_to_lines": round(by_key / seconds, 2) if seconds else None,
    }


def run(*command: Any) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--quick", action="store_true", help="one round, the recount on one edition"
    )
    quick = parser.parse_args().quick
    base = blueprint(1)
    version = changed(base, 2, "V", 0.3)
    editions = [changed(base, 10 + n, f"C{n}x", 0.02 + 0.02 * n) for n in range(EDITIONS)]
    rounds = [measured(base, version, editions) for _ in range(1 if quick else 5)]
    merges = rounds[0]["merges"]
    checked = list(zip(editions, merges, strict=True))[: 1 if quick else EDITIONS]
    broken = [one for ours, answer in checked for one in check_merge(base, ours, version, answer)]
    kinds = Counter(conflict.kind for answer in merges for conflict in answer.conflicts)
    print(f"conflicts: {', '.join(f'{count} {kind}' for kind, count in kinds.most_common())}")
    print(f"recount of {len(checked)} merges: {'; '.join(broken[:3]) or 'kept'}")
    apart = [changed(base, 30 + n, "", 0.02 + 0.02 * n, version) for n in range(EDITIONS)]
    totals = [sum(one["seconds"]) for one in rounds]
    summary = {
        "editions": EDITIONS,
        "sessions": ACTIVITIES * SESSIONS,
        "leaves": leaves(base),
        "changes_in_version": len(changes_between(base, version)),
        "seconds_all": round(statistics.median(totals), 3),
        "seconds_worst": round(max(second for one in rounds for second in one["seconds"]), 3),
        "conflicts": rounds[0]["conflicts"],
        "ratio_to_deepcopy": round(statistics.median(one["ratio"] for one in rounds), 2),
        "kept": not broken,
        "budget_seconds": BUDGET_SECONDS,
        "within_budget": max(totals) < BUDGET_SECONDS,
        **by_lines(base, version, apart),
    }
    print(json.dumps(summary, sort_keys=True))


if __name__ == "__main__":
    main()
