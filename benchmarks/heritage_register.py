"""How long a register of 20,000 monuments takes to be searched, filtered and mapped.

Invented monuments are written into a database in memory; then the pages are asked for as a reader
asks: the first page, a search in three scripts, filters, a window of the map, the public page, the
files. Each figure is the best of a few, with its share of the second that is allowed.

Run: python benchmarks/heritage_register.py [--quick]. Ends with one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ.setdefault("KARVAN_SECRET_KEY", "only-for-benchmarks-" + "x" * 40)
os.environ.setdefault("KARVAN_DATA", tempfile.mkdtemp(prefix="karvan-bench-"))

import django  # noqa: E402

django.setup()

import logging  # noqa: E402

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402

from karvan.stages.heritage.models import Monument, Register  # noqa: E402
from karvan.stages.heritage.services.registers import found_register  # noqa: E402
from karvan.stages.heritage.services.registers_keys import keyed  # noqa: E402
from tests import make  # noqa: E402

MONUMENTS = 20_000
ALLOWED_S = 1.0
SEED = 132
FILES_FROM = 3  # tries from which whole files are measured too
KINDS = ("mosque", "tower", "caravanserai", "bridge", "mound", "house", "bath", "fortress", "tomb")
REGIONS = ("Bakı", "Şəki", "Quba", "Gəncə", "Lənkəran", "Qazax", "Naxçıvan", "Şamaxı", "Ağdam")
FIRST = ("Əlincə", "Köhnə", "Böyük", "Şah", "Qızıl", "Yeddi", "Dəmir", "Ulu", "Xan", "Gülüstan")
LAST = ("qalası", "məscidi", "bürcü", "türbəsi", "körpüsü", "hamamı", "karvansarası", "kurqanı")
ARABIC = ("القلعة", "المسجد", "البرج", "القبة", "الجسر", "الحمام", "الخان", "التل")
CONDITIONS = ("good", "fair", "poor", "very_bad", "unknown", "")


def write(register: Register, count: int) -> None:
    """``count`` invented monuments, the same ones each time."""
    dice = random.Random(SEED)
    rows = []
    for number in range(count):
        at = dice.randrange(len(LAST))
        start = dice.choice((-500, 900, 1100, 1500, 1800))
        row = Monument(
            register=register,
            national_id=f"{number + 1}",
            names={
                "az": f"{dice.choice(FIRST)} {LAST[at]} {number}",
                "ar": f"{ARABIC[at]} {number}",
            },
            kind=dice.choice(KINDS),
            importance=dice.choice(("world", "national", "local", "unknown")),
            adm1=dice.choice(REGIONS),
            address=f"{dice.randrange(200)} street",
            latitude=38.5 + dice.random() * 3.3,
            longitude=44.9 + dice.random() * 5.4,
            year_from=start,
            year_to=start + 99,
            condition=dice.choice(CONDITIONS),
            is_at_risk_of_looting=dice.random() < 0.2,
            texts={"en": "An invented monument. " * 12},
            raw={
                "line": number,
                "cells": {f"column {one}": "a cell of the line" for one in range(20)},
            },
        )
        rows.append(keyed(row, register))
    Monument.objects.bulk_create(rows, batch_size=1000)


def seconds(client: Client, address: str, asked: dict[str, str], tries: int) -> tuple[float, bytes]:
    """The best of some tries to get a page, and what it said."""
    best, body = 1e9, b""
    for _try in range(tries):
        started = time.perf_counter()
        answer = client.get(address, asked)
        body = b"".join(answer) if answer.streaming else answer.content
        best = min(best, time.perf_counter() - started)
        assert answer.status_code == 200, (address, answer.status_code)
    return best, body


def measured(count: int, tries: int) -> dict[str, float | int]:
    """Seconds of each way to ask a register of ``count`` monuments."""
    register = found_register(
        code="bench", names={"en": "Bench"}, country=make.country("AZ"), by=None
    )
    write(register, count)
    client, stranger = Client(), Client()
    client.force_login(make.role("officer"))
    inside, outside = "/en/heritage/bench/", "/en/monuments/bench/"
    client.get("/en/heritage/")  # what is loaded on first use is not the register's
    asked: dict[str, tuple[Client, str, dict[str, str]]] = {
        "page_s": (client, inside, {}),
        "search_s": (client, inside, {"q": "elince qalasi"}),
        "search_arabic_s": (client, inside, {"q": "القلعه"}),
        "filter_s": (client, inside, {"kind": "tower", "region": "Şəki", "condition": "poor", "from": "1100"}),
        "threatened_s": (client, inside, {"show": "threatened", "sort": "-date"}),
        "map_s": (client, inside, {"at": "46.5,40,48.5,41.2"}),
        "public_s": (stranger, outside, {}),
        "csv_s": (client, inside, {"format": "csv"}),
        "geojson_s": (stranger, outside, {"format": "geojson"}),
    }  # fmt: skip
    if tries < FILES_FROM:
        asked = {key: one for key, one in asked.items() if "format" not in one[2]}
    found: dict[str, float | int] = {"monuments": count}
    for key, (who, address, question) in asked.items():
        took, body = seconds(who, address, question, 1 if "format" in question else tries)
        found[key] = round(took, 3)
        if key == "page_s":
            assert b"cluster-map" in body
            assert b"1 to 50 of" in body
        if key == "search_s":
            assert "Əlincə qalası".encode() in body
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer tries of each, and no files")
    quick = parser.parse_args().quick
    logging.disable(logging.WARNING)
    settings.MIGRATION_MODULES = {one.label: None for one in apps.get_app_configs()}
    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    try:
        found = measured(MONUMENTS, 2 if quick else 5)
    finally:
        runner.teardown_databases(databases)
    for key, value in found.items():
        if key.endswith("_s"):
            print(f"{key:16} {value:7.3f} s  {value / ALLOWED_S:6.1%} of the second allowed")
    keys = ("monuments", "search_s", "map_s", "filter_s", "page_s", "public_s")
    print(json.dumps({key: found[key] for key in keys}))


if __name__ == "__main__":
    main()
