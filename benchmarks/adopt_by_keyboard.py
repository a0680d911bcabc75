"""How long does adopting a programme take with the keyboard alone?

Starts the product over an empty SQLite database in a temporary folder, opens a real Chromium,
and walks the journey of tests/browser/adoption.py five times: all nine steps, Tab by Tab, with
nothing on any screen that was not offered. Prints for each run the machine's seconds, the keys
pressed and the screens, and what the same keys would take a person by the keystroke-level model
(Card, Moran and Newell 1980, doi:10.1145/358886.358895): 0.28 s a key (average non-secretary
typist), 1.35 s a decision, and the time that the screens took to answer, as measured.

That is a model and not a person: it knows no reading, no looking up of names, no telephone call.

    python benchmarks/adopt_by_keyboard.py --quick
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import secrets
import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import Client

FOLDER = Path(tempfile.mkdtemp(prefix="karvan-benchmark-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.pop("DATABASE_URL", None)
os.environ.update(
    DJANGO_SETTINGS_MODULE="karvan.config.settings",
    DJANGO_ALLOW_ASYNC_UNSAFE="true",  # Playwright holds an event loop open
    KARVAN_DATA=str(FOLDER),
    KARVAN_SECRET_KEY=secrets.token_hex(32),
    KARVAN_LOG_LEVEL="ERROR",
    KARVAN_DEBUG="1",  # static files by their plain names
)
(FOLDER / "static").mkdir()
django.setup()

from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connections  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from karvan.stages.editions.models import Edition  # noqa: E402 -- Django has to be set up first
from karvan.stages.editions.services import cancel_edition  # noqa: E402
from tests import make  # noqa: E402
from tests.browser.adoption import adopt, world  # noqa: E402
from tests.browser.conftest import DESKTOP, LAUNCH  # noqa: E402
from tests.browser.keyboard import Keyboard  # noqa: E402

RUNS, QUICK_RUNS = 5, 1
AIM_MINUTES = 15
KEY_SECONDS = 0.28  # K, "average non-secretary typist", 40 words a minute
SLOWEST_KEY_SECONDS = 1.20  # K of the paper's worst typist, unfamiliar with the keyboard
DECISION_SECONDS = 1.35  # M, mentally preparing
FIRST_YEAR = 2027


def make_tables() -> None:
    """Tables as the models say, so that no history of migrations is run through."""
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    settings.DEBUG = False  # else every query is kept in memory while it is timed
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    call_command("migrate", run_syncdb=True, verbosity=0)


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """The benchmark prints figures, not requests."""


def serve() -> str:
    """The product on a free port, in a thread that ends with the script; returns its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Silent)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


def session_of(person: Any) -> dict[str, str]:
    """The cookie of a signed-in person."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


def one_run(browser: Any, address: str, person: Any, code: str) -> dict[str, Any]:
    """Walk the journey once; checks that it ends with an adopted edition."""
    context = browser.new_context(base_url=address, **DESKTOP)
    context.set_default_timeout(20_000)
    context.add_cookies([{**session_of(person), "url": address}])
    hand = Keyboard(context.new_page())
    start = time.monotonic()
    adopt(hand, lambda _name: None, code)
    seconds = time.monotonic() - start
    context.close()
    edition = Edition.objects.get(code=code)
    if edition.state != Edition.State.ADOPTED:
        raise SystemExit(f"{code} was not adopted: {edition.state}")
    # The next run is for the same country, where only one edition may be under way.
    cancel_edition(edition, reason="The next run of the benchmark", by=person)
    waits = hand.decisions * DECISION_SECONDS + hand.answer_seconds
    return {
        "machine_seconds": seconds,
        "answer_seconds": hand.answer_seconds,
        "keys": hand.keys,
        "decisions": hand.decisions,
        "screens": hand.screens,
        "klm_minutes": (hand.keys * KEY_SECONDS + waits) / 60,
        "slowest_minutes": (hand.keys * SLOWEST_KEY_SECONDS + waits) / 60,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="one run, under 50 s")
    count = QUICK_RUNS if parser.parse_args().quick else RUNS
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        raise SystemExit("No Chromium on this machine: install it, or set CHROMIUM.")
    make_tables()
    codes = [f"KZ-{FIRST_YEAR + number}" for number in range(count)]
    person = world(codes[0])
    for code in codes[1:]:
        make.role("coordinator", f"TVP/{code}", of=person)
    address = serve()
    runs: list[dict[str, Any]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=LAUNCH)
        for code in codes:
            runs.append(one_run(browser, address, person, code))
            print(
                "{code}: {machine_seconds:.1f} s by the machine (screens {answer_seconds:.1f} s), "
                "{keys} keys, {decisions} decisions, {screens} screens; "
                "by the model {klm_minutes:.1f} min".format(code=code, **runs[-1])
            )
        browser.close()
    connections.close_all()
    report(runs)


def report(runs: list[dict[str, Any]]) -> None:
    """The medians in words, then as one JSON object on the last line."""

    def median(name: str) -> float:
        return statistics.median(run[name] for run in runs)

    modelled = median("klm_minutes")
    print(
        f"Keystroke-level model, median of {len(runs)}: {modelled:.1f} min; the aim is "
        f"{AIM_MINUTES} min. By somebody unfamiliar with a keyboard ({SLOWEST_KEY_SECONDS} s a "
        f"key): {median('slowest_minutes'):.1f} min. A model, not a person: it counts no reading "
        "and no looking up."
    )
    print(
        json.dumps(
            {
                "runs": len(runs),
                "screens": int(median("screens")),
                "keystrokes": int(median("keys")),
                "machine_seconds_median": round(median("machine_seconds"), 1),
                "klm_minutes_median": round(modelled, 1),
                "aim_minutes": AIM_MINUTES,
                "within_aim": modelled <= AIM_MINUTES,
            }
        )
    )


if __name__ == "__main__":
    main()
