"""What comes with the package about titles: the first series, and its register since 2005."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "fr", "ar", "az")


def packaged_series() -> dict[str, Any]:
    """Names, regions, sections, conditions and rubric of the capital of culture."""
    said: dict[str, Any] = json.loads((DATA / "titles_series.json").read_text("utf-8"))
    return said


@cache
def packaged_titles() -> tuple[dict[str, str], ...]:
    """The rows of the register as text, by the names of their columns."""
    return tuple(_rows())


def _rows() -> Iterator[dict[str, str]]:
    with (DATA / "titles_register.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


def names_in(row: dict[str, str]) -> dict[str, str]:
    """The city's names by language, only those that are there."""
    return {code: row[code] for code in LANGUAGES if row[code]}
