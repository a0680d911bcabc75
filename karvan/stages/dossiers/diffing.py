"""What two versions of a dossier differ in: blocks, parts, requirements and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .carried import BY_NAME, PARTS
from .snapshots import Snapshot

SHOWN = ("blocks", "links", "parts", "offers", "steps", "requirements", "risks", "controls",
         "tests", "runs", "measurements", "alternatives", "building", "design_files")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One row that came, went or changed. ``fields``: (name, before, after) of what changed."""

    part: str
    what: str  # "added", "removed", "changed"
    label: str
    fields: tuple[tuple[str, Any, Any], ...] = ()


def changes_between(before: Snapshot, after: Snapshot) -> list[Change]:
    """All changes in the order of ``SHOWN``; rows are the same where their key is.

    Cost: one pass over both.
    """
    found: list[Change] = []
    for name in SHOWN:
        old = {row["key"]: row for row in before["parts"].get(name, ())}
        new = {row["key"]: row for row in after["parts"].get(name, ())}
        found += [Change(name, "removed", _label(name, old[key])) for key in old if key not in new]
        found += [Change(name, "added", _label(name, new[key])) for key in new if key not in old]
        for key in new:
            if key in old and old[key] != new[key]:
                fields = tuple(
                    (field, old[key].get(field), new[key].get(field))
                    for field in _compared(name)
                    if old[key].get(field) != new[key].get(field)
                )
                if fields:
                    found.append(Change(name, "changed", _label(name, new[key]), fields))
    return found


def _compared(name: str) -> tuple[str, ...]:
    one = BY_NAME[name]
    return (*one.fields, *one.files, *one.refs, *one.many)


def _label(name: str, row: dict[str, Any]) -> str:
    said = [str(row[field]) for field in BY_NAME[name].label if row.get(field)]
    if name == "parts" and not said:
        return ", ".join(row["refs"]) or row["key"][:8]
    return " ".join(said[:2]) or row["key"][:8]


assert set(SHOWN) <= {one.name for one in PARTS}
