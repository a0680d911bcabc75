"""The tables that come with the package, read from ``data/``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one table; lines that begin with # are its head comment."""
    with (DATA / name).open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(line for line in table if not line.startswith("#"))


@lru_cache(maxsize=1)
def first_days() -> dict[str, int]:
    """For each country code the ISO weekday that calendars there print first."""
    return {row["code"]: int(row["first_day"]) for row in rows("countries.csv")}
