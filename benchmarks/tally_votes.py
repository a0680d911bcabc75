"""How long votes take to be read, taken over and tallied by organ, member and session.

The published roll calls of the United Nations General Assembly (dgrtwo/unvotes, MIT) are used
where they lie beside the checkout; elsewhere as many votes are thrown with dice. The tally of the
database is measured beside a plain count of the same rows in Python, and must say the same.

Run: python benchmarks/tally_votes.py [--quick]. Ends with one line of JSON.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ.setdefault("KARVAN_SECRET_KEY", "only-for-benchmarks-" + "x" * 40)
os.environ.setdefault("KARVAN_DATA", tempfile.mkdtemp(prefix="karvan-bench-"))

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402

from karvan.stages.convening.models import Vote  # noqa: E402
from karvan.stages.convening.queries.tallies import tallies_of  # noqa: E402
from karvan.stages.convening.services.tallies import take_roll_calls  # noqa: E402
from karvan.stages.convening.services.tallies_reading import read_roll_calls  # noqa: E402
from tests import make  # noqa: E402

SHARED = Path(os.environ.get("KARVAN_SHARED", ROOT.parent / "shared")) / "inputs/unvotes"


class Unmigrated(dict):
    """Tables are made from the models, which is quicker than by their history."""

    def __contains__(self, label: object) -> bool:
        return True

    def __getitem__(self, label: str) -> None:
        return None


def tables(quick: bool) -> tuple[bytes, bytes]:
    """The table of votes and that of calls; every sixth call's votes when ``quick``."""
    try:
        votes = gzip.decompress((SHARED / "un_votes.csv.gz").read_bytes())
        calls = gzip.decompress((SHARED / "un_roll_calls.csv.gz").read_bytes())
    except OSError:
        votes, calls = thrown()
    if not quick:
        return votes, calls
    lines = votes.splitlines(keepends=True)
    kept = [line for line in lines[1:] if int(float(line.split(b",", 1)[0])) % 6 == 0]
    return b"".join([lines[0], *kept]), calls


def thrown() -> tuple[bytes, bytes]:
    """6,203 calls in 74 sessions, each with some 140 of 200 members."""
    dice = Random(7)
    calls = ["rcid,session,date,short"]
    votes = ["rcid,country,country_code,vote"]
    for number in range(1, 6204):
        session = 1 + number * 74 // 6204
        calls.append(f"{number},{session},{session * 365},Question {number}")
        for member in dice.sample(range(200), 140):
            option = dice.choices(("yes", "abstain", "no"), (80, 13, 7))[0]
            votes.append(f"{number},State {member},S{member},{option}")
    return "\n".join(votes).encode(), "\n".join(calls).encode()


def counted_plainly() -> Counter[tuple[object, str]]:
    """The same sums by a loop over every row: slow, and with nothing in it to go wrong."""
    seen: Counter[tuple[object, str]] = Counter()
    rows = Vote.objects.values_list("event__session_id", "membership_id", "option")
    for session, member, option in rows.iterator(chunk_size=20_000):
        seen["whole", option] += 1
        seen["session", session, option] += 1  # type: ignore[index]
        seen["member", member, option] += 1  # type: ignore[index]
    return seen


def measured(quick: bool) -> dict[str, float | int]:
    """Seconds to read, take, tally and count plainly; the counts of each option."""
    votes, calls = tables(quick)
    organ = make.organ("ga")
    started = time.perf_counter()
    reading = read_roll_calls(votes, calls)
    read_s = time.perf_counter() - started
    started = time.perf_counter()
    done = take_roll_calls(organ, reading, source="roll calls", by=None)
    import_s = time.perf_counter() - started
    tally_s = float("inf")
    for _again in range(3):
        started = time.perf_counter()
        found = tallies_of(organ)
        tally_s = min(tally_s, time.perf_counter() - started)
    started = time.perf_counter()
    plain = counted_plainly()
    plain_s = time.perf_counter() - started
    whole = found.whole
    for option in ("yes", "no", "abstain"):
        if getattr(whole, option) != plain["whole", option]:
            raise SystemExit(f"{option}: {getattr(whole, option)} and {plain['whole', option]}")
        for kind, tallies in (("session", found.sessions), ("member", found.members)):
            for key, one in tallies.items():
                if getattr(one, option) != plain[kind, key, option]:  # type: ignore[index]
                    raise SystemExit(f"{kind} {key}, {option}: the two counts differ")
    return {
        "votes": done.votes,
        "calls": done.events,
        "members": len(found.members),
        "sessions": len(found.sessions),
        "read_s": round(read_s, 2),
        "import_s": round(import_s, 2),
        "tally_s": round(tally_s, 3),
        "plain_s": round(plain_s, 2),
        "yes": whole.yes,
        "no": whole.no,
        "abstain": whole.abstain,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a sixth of the roll calls")
    asked = parser.parse_args()
    settings.MIGRATION_MODULES = Unmigrated()
    runner = DiscoverRunner(verbosity=0)
    databases = runner.setup_databases()
    found = measured(asked.quick)
    runner.teardown_databases(databases)
    print(f"{found['votes']:,} votes of {found['calls']:,} roll calls, {found['members']} members")
    print(f"read {found['read_s']} s, taken over {found['import_s']} s")
    ratio = found["plain_s"] / found["tally_s"]
    print(
        f"tallied in {found['tally_s']} s; counted plainly in {found['plain_s']} s: {ratio:.1f} times as long"
    )
    print(json.dumps(found))


if __name__ == "__main__":
    main()
