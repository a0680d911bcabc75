"""How fast does the selection room answer when one quota is moved?

Builds calls with 10,000 and 100,000 read applications in a temporary SQLite database, five
attributes and thirteen quotas, proposes nothing, and moves one number at a time through the
whole stack: middleware, access, the fingerprint of the pool, the engine, who comes in and
goes out, and the part of the page as HTML. Prints one JSON object on the last line:
``resolve_10k_s`` and ``resolve_100k_s`` (median processor time of a change, wanted below 0.5
and 2), ``first_10k_s`` and ``first_100k_s`` (the first answer, which reads the pool),
``infeasible_10k_s`` (a change to quotas that clash), and ``queries`` of a change.

    python benchmarks/what_if.py --quick
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import random
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

FOLDER = Path(tempfile.mkdtemp(prefix="karvan-benchmark-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.pop("DATABASE_URL", None)
os.environ.update(
    DJANGO_SETTINGS_MODULE="karvan.config.settings",
    KARVAN_DATA=str(FOLDER),
    KARVAN_SECRET_KEY=secrets.token_hex(32),
    KARVAN_LOG_LEVEL="ERROR",
    KARVAN_DEBUG="1",  # static files by their plain names
)
(FOLDER / "static").mkdir()
django.setup()

from karvan.stages.reviews.models import Assignment  # noqa: E402 -- Django has to be set up first
from tests import make  # noqa: E402

READS = 2
REVIEWERS = 40
REGIONS = ("capital", "north", "south", "east", "west", "coast", "hills")


def quota(key, attribute, values, **limits):
    """A quota as a blueprint has it."""
    title = make.texts(key)
    return {"key": key, "attribute": attribute, "values": values, "title": title, **limits}


QUOTAS = [
    quota("women", "sex", ["F"], floor_percent=45),
    quota("men", "sex", ["M"], floor_percent=30),
    quota("disability", "disability", ["yes"], floor_percent=5),
    quota("first_time", "first_time", ["yes"], floor_percent=50),
    quota("public", "sector", ["public"], cap_percent=45),
    quota("private", "sector", ["private"], cap_percent=45),
    *(quota(region, "region", [region], floor_percent=9, cap_percent=30) for region in REGIONS),
]


def make_tables() -> None:
    """Tables as the models say, so that no history of migrations is run through."""
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    settings.DEBUG = False  # else every query is kept in memory while it is timed
    settings.ALLOWED_HOSTS = ["testserver"]
    # Nobody signs in with a password here, and slow hashes are most of what building would cost.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("migrate", run_syncdb=True, verbosity=0)


def fill(rows: int, places: int):
    """A call with so many applications, each read twice; returns it."""
    document = make.small_document("Q")
    document["activities"][0]["selection"]["quotas"] = QUOTAS
    activity = make.activity(of=make.edition(of=make.blueprint(data=document)))
    call, dice = make.call(activity, places=places), random.Random(20261128 + rows)
    reading = make.review_round(call, reads_each=READS)
    readers = [make.reviewer(reading).pk for _n in range(REVIEWERS)]
    first = make.application(call, state="submitted", email="first@example.org")
    pour(first, (applicant(call, first.pk + at, dice) for at in range(1, rows)))
    ids = range(first.pk, first.pk + rows)
    pairs = [(pk, reader) for pk in ids for reader in dice.sample(readers, READS)]
    read = Assignment.objects.create(
        round=reading, reviewer_id=pairs[0][1], application=first, assigned_at=call.opens_at
    )
    pour(
        read,
        (
            {"id": read.pk + at, "application_id": pk, "reviewer_id": reader}
            for at, (pk, reader) in enumerate(pairs[1:], start=1)
        ),
    )
    review = make.review(read)
    quality = [min(98.0, max(20.0, dice.gauss(62, 12))) for _pk in ids]
    pour(
        review,
        (
            {
                "id": review.pk + at,
                "assignment_id": read.pk + at,
                "total": mark(quality[at // READS], dice),
            }
            for at in range(1, len(pairs))
        ),
    )
    return call


def mark(quality, dice):
    """What one reviewer gives, in hundredths of a point of 100."""
    return round(100 * min(100.0, max(0.0, quality + dice.gauss(0, 5))))


def pour(like, rows) -> None:
    """Many rows like one that is there, but for the columns each names; a model for each is slow."""
    fields = like._meta.concrete_fields
    values = [one.get_db_prep_save(getattr(like, one.attname), connection) for one in fields]
    at = {one.column: place for place, one in enumerate(fields)}
    names = ", ".join(f'"{column}"' for column in at)

    def listed():
        for row in rows:
            for column, value in row.items():
                values[at[column]] = value
            yield values  # bound before the next one is asked for

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{like._meta.db_table}" ({names})'  # noqa: S608
            f" VALUES ({', '.join(['%s'] * len(values))})",
            listed(),
        )


def applicant(call, pk, dice):
    """The columns of one application with five attributes; some did not tell all of them."""
    attributes = {
        "sex": dice.choices("FM", weights=(35, 65))[0],
        "region": dice.choices(REGIONS, weights=(40, 10, 10, 10, 10, 10, 10))[0],
        "disability": "yes" if dice.random() < 0.03 else "no",
        "first_time": dice.choice(("yes", "no")),
        "sector": dice.choices(("public", "private", ""), weights=(50, 40, 10))[0],
    }
    return {
        "id": pk,
        "token": f"{dice.getrandbits(256):064x}"[:43],
        "number": f"KV-{call.pk}-{pk:07}",
        "email": f"applicant{pk}@example.org",
        "language": dice.choice(("az", "en", "ar", "fr")),
        "attributes": json.dumps(attributes),
    }


class Room:
    """An officer at the room of one call, who moves numbers."""

    def __init__(self, call) -> None:
        activity = call.activity
        self.client = Client(headers={"HX-Request": "true"})
        self.client.force_login(make.officer())
        self.address = reverse("selection:try", args=[activity.edition.slug, activity.code])
        self.fields = {"places": str(call.places), "seed": "benchmark", "is_corrected": "on"}
        for one in QUOTAS:
            for side, percent in (("floor", "floor_percent"), ("ceiling", "cap_percent")):
                share = one.get(percent)
                people = "" if share is None else str(share * call.places // 100)
                self.fields[f"{side}:{one['key']}"] = people

    def move(self, **numbers: int) -> float:
        """Post one change; returns its processor seconds."""
        typed = self.fields | {key.replace("__", ":"): str(n) for key, n in numbers.items()}
        start = time.process_time()
        answer = self.client.post(self.address, typed)
        taken = time.process_time() - start
        assert answer.status_code == 200, answer.status_code
        assert b'class="trial"' in answer.content, answer.content[:500]
        return taken


def measure(call, changes: int) -> dict[str, float]:
    """The first answer, the median of some changes, and one to quotas that clash."""
    room, places = Room(call), call.places
    first = room.move()
    half = places // 2
    moved = [room.move(floor__women=half + at) for at in range(1, changes + 1)]
    clash = room.move(floor__women=places * 8 // 10, floor__men=places * 3 // 10)
    with CaptureQueriesContext(connection) as asked:
        room.move(floor__women=half - 1)
    return {
        "first": round(first, 3),
        "resolve": round(statistics.median(moved), 3),
        "infeasible": round(clash, 3),
        "queries": len(asked),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="10,000 applications only, fewer changes"
    )
    parser.add_argument("--only", type=int, help="one call of so many applications")
    asked = parser.parse_args()
    make_tables()
    found: dict[str, float] = {}
    sizes = [(10_000, 200)] if asked.quick else [(10_000, 200), (100_000, 1_000)]
    if asked.only:
        sizes = [(asked.only, asked.only // 100)]
    for rows, places in sizes:
        start = time.perf_counter()
        call = fill(rows, places)
        print(f"{rows} built in {time.perf_counter() - start:.1f} s", file=sys.stderr)
        measured = measure(call, 3 if asked.quick else 9)
        queries = measured.pop("queries")
        found |= {f"{key}_{rows // 1000}k_s": value for key, value in measured.items()}
        found["queries"] = queries
        print(json.dumps(found), file=sys.stderr)
    connection.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
