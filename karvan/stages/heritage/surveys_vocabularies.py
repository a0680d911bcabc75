"""Vocabularies as files: the terms that come with the platform, and tables of EAMENA as they are."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from django.utils.text import slugify

BUILT_IN = "surveys_terms.json"
LANGUAGES = ("en", "fr", "ar", "az")
EAMENA = "EAMENA (eamena-project/eamena-arches-dev), data CC BY"
FILES = {
    "Overall_Site_Condition.tsv": "condition",
    "Damage_Disturbance_Extent.tsv": "extent",
    "Disturbance_Category.tsv": "disturbance",
    "Disturbance_Effect.tsv": "effect",
    "Disturbance_Cause_Type.tsv": "cause",
    "Threat_Category.tsv": "threat",
    "Threat_Probability.tsv": "probability",
    "Priority_Type.tsv": "priority",
    "Recommendation_Type.tsv": "recommendation",
    "Intervention_Activity_Type.tsv": "intervention",
}
SPELLING = {
    "Utilties": "Utilities",
    "Grafitti": "Graffiti",
    "Tunelling": "Tunnelling",
    "Adehsion": "Adhesion",
    "Visable": "Visible",
    "horiztonal": "horizontal",
}
# Where a table names otherwise what we have a shorter code for.
CODES = {
    ("extent", "no_visible_known"): "none",
    ("priority", "immediate_action_emergency"): "immediate",
    ("priority", "within_6_months_to_1_year_urgent"): "6_12_months",
    ("priority", "within_1_to_2_years_high"): "1_2_years",
    ("priority", "within_2_to_5_years_medium"): "2_5_years",
    ("priority", "beyond_5_years_low"): "beyond_5_years",
    ("cause", "lack_of_maintenance_management_legal_measures_and_activities"): (
        "lack_of_maintenance"
    ),
}
# Recommendations stand in the table under the head of their group.
HEADS = frozenset(
    {
        "archaeological_heritage_activity",
        "conservation_activity",
        "maintenance_activity",
        "management_planning_and_preventative_activity",
    }
)
ALONE = frozenset({"no_action_needed", "other_activities"})


@dataclass(frozen=True, slots=True)
class TermRead:
    """One term as a file has it; ``parent`` is the code of the group it stands in, "" for none."""

    vocabulary: str
    code: str
    names: dict[str, str]
    definitions: dict[str, str] = field(default_factory=dict)
    parent: str = ""
    source: str = ""


@lru_cache(maxsize=1)
def built_in_terms() -> tuple[TermRead, ...]:
    """The terms that come with the platform, groups before what is in them."""
    path = resources.files(__package__) / "data" / BUILT_IN
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    lists = dict(data["vocabularies"])
    lists["threat"] = lists["disturbance"]
    return tuple(
        TermRead(
            vocabulary,
            code,
            dict(zip(LANGUAGES, words[:4], strict=True)),
            dict(zip(LANGUAGES, words[4:], strict=False)),
            parent,
            data["source"],
        )
        for vocabulary, rows in lists.items()
        for code, parent, *words in rows
    )


def read_folder(folder: Path) -> Iterator[TermRead]:
    """The terms of every known table in a folder, cleaned: no heads, blanks, fillers or typos.

    Raises:
        ValueError: the folder holds none of the tables, or one is not UTF-8 text with tabs.
    """
    found = [path for name in FILES if (path := folder / name).is_file()]
    if not found:
        raise ValueError(f"{folder} holds none of {', '.join(sorted(FILES))}")
    for path in found:
        yield from read_table(path)


def read_table(path: Path) -> Iterator[TermRead]:
    """The terms of one table: English, Arabic and their definitions stand in the first four columns.

    The columns after them are notes of translators ("ok", "no", other words) and are left out.
    """
    vocabulary = FILES[path.name]
    group = ""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t"))
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name} is not UTF-8 text: byte {error.start}") from error
    for row in rows[1:]:
        cells = [_clean(cell) for cell in row[:4]] + [""] * (4 - len(row[:4]))
        english, arabic, told, told_arabic = cells
        if len(english) < 2:  # an empty line, or the filler "x" at the end of a table
            continue
        code = code_of(vocabulary, english)
        parent = ""
        if vocabulary == "recommendation":
            group = code if code in HEADS else "" if code in ALONE else group
            parent = group if code != group else ""
        yield TermRead(
            vocabulary,
            code,
            _said(en=english[:1].upper() + english[1:], ar=arabic),
            _said(en=told, ar=told_arabic),
            parent,
            f"{EAMENA}, {path.name}",
        )


def code_of(vocabulary: str, english: str) -> str:
    """The code of a term by its English name: "Very Bad" is "very_bad"."""
    plain = slugify(re.sub(r"[/()]", " ", english)).replace("-", "_")[:80].strip("_")
    return CODES.get((vocabulary, plain), plain)


def _clean(text: str) -> str:
    for wrong, right in SPELLING.items():
        text = text.replace(wrong, right)
    return " ".join(text.split())


def _said(**texts: str) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text}
