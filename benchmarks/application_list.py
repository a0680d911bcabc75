"""How fast is the first page of 10,000 applications?

Builds one call with that many applications in a temporary SQLite database, signs an
officer in, and asks for the first page of the register through the whole stack
(middleware, access, queries, template). Prints one JSON object on the last line:
``rows``, ``first_page_s`` (median wall time), ``cpu_s`` (median processor time) and
``queries``.

    python benchmarks/application_list.py --quick
"""

from __future__ import annotations

import argparse
import atexit
import hashlib
import json
import os
import random
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
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

from karvan.foundation.texts import fold  # noqa: E402 -- Django has to be set up first
from karvan.stages.calls.models import Application  # noqa: E402
from karvan.stages.calls.receipts import new_number  # noqa: E402
from tests import make  # noqa: E402

ROWS = 10_000
GIVEN = ("Aygün", "Elsevər", "Leyla", "Omar", "Sara", "Айгуль", "سارة", "Fatou", "Zoé", "Nurlan")
FAMILY = ("Quliyev", "Əliyeva", "Benali", "Diallo", "العلوي", "Sarsenov", "Rahimov", "Kaya")


def make_tables() -> None:
    """Tables as the models say, so that no history of migrations is run through."""
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    settings.DEBUG = False  # else every query is kept in memory while it is timed
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", run_syncdb=True, verbosity=0)


def fill(rows: int):
    """A call with so many applications, in the proportions of a real one; returns it."""
    call, dice, numbers = make.call(), random.Random(20261124), set()
    while len(numbers) < rows:
        numbers.add(new_number(5))
    made = []
    for at, number in enumerate(sorted(numbers)):
        name = f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}"
        born = f"{dice.randint(1986, 2006)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        moment = call.opens_at + timedelta(seconds=at * 80)
        made.append(
            Application(
                call=call,
                token=secrets.token_urlsafe(32),
                number=number,
                email=f"applicant{at}@example.org",
                full_name=name,
                search_key=fold(name),
                identity_key=f"{fold(name)} {born}",
                phone_key=f"{dice.randrange(10**9):09}",
                language=dice.choice(("az", "en", "ar", "fr")),
                answers={"motivation": "I build pumps for villages. " * 60},
                attributes={"sex": dice.choice("FM")},
                state=dice.choices(("submitted", "ineligible", "withdrawn"), weights=(85, 12, 3))[
                    0
                ],
                content_hash=hashlib.sha256(number.encode()).hexdigest(),
                created_at=moment,
                saved_at=moment,
                submitted_at=moment,
            )
        )
    Application.objects.bulk_create(made, batch_size=500)
    return call


def measure(call, runs: int) -> dict[str, float]:
    """Medians of one warm client's first page."""
    client = Client()
    client.force_login(make.officer())
    address = reverse("calls:applications", args=[call.activity.edition.slug, call.activity.code])
    walls, processors = [], []
    for _run in range(runs + 1):
        wall, processor = time.perf_counter(), time.process_time()
        answer = client.get(address)
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    assert answer.status_code == 200, answer.status_code
    assert answer.content.count(b"/applications/KV-") >= 50, "the page does not show 50 rows"
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return {
        "first_page_s": round(statistics.median(walls[1:]), 4),
        "cpu_s": round(statistics.median(processors[1:]), 4),
        "queries": len(seen),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="5 runs instead of 25")
    parser.add_argument("--rows", type=int, default=ROWS)
    asked = parser.parse_args()
    make_tables()
    start = time.perf_counter()
    call = fill(asked.rows)
    print(f"built in {time.perf_counter() - start:.1f} s", file=sys.stderr)
    found = measure(call, 5 if asked.quick else 25)
    connection.close()
    print(json.dumps({"rows": asked.rows, **found}))


if __name__ == "__main__":
    main()
