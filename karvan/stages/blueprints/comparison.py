"""What differs between two documents, grouped by what it belongs to, with both values and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from .document import REMOVED, human_title
from .document.labels import field_label, owner_and_field
from .history import Explained, explained
from .values_in_words import in_words


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One part that differs; ``kind`` is added, removed or changed."""

    group: str
    part: str
    path: str
    kind: str
    before: Any
    after: Any
    words: str
    why: str

    @property
    def before_words(self) -> str:
        return _shown(self.before)

    @property
    def after_words(self) -> str:
        return _shown(self.after)


@dataclass(frozen=True, slots=True)
class Group:
    """The differences of one activity, or of one list of the whole document."""

    title: str
    rows: tuple[ComparedRow, ...]


def compared(
    before: Mapping[str, Any], after: Mapping[str, Any], notes: Mapping[str, str]
) -> tuple[Group, ...]:
    """Every difference, in the order of the document, grouped by activity or list."""
    listed = [_row(before, after, one) for one in explained(before, after, notes)]
    return tuple(
        Group(title, tuple(rows)) for title, rows in groupby(listed, lambda row: row.group)
    )


def _row(before: Mapping[str, Any], after: Mapping[str, Any], one: Explained) -> ComparedRow:
    found = one.difference
    data = before if found.is_removal else after
    owner, field = owner_and_field(data, found.path)
    kind = "added" if found.is_addition else "removed" if found.is_removal else "changed"
    group = _group(data, found.path)
    # The group says the activity already; what is left is where in it the part stands.
    inner = ", ".join(owner.split(", ")[1:]) if found.path.startswith("activities.") else owner
    part = f"{inner}: {field}" if inner else field
    return ComparedRow(
        group, part, found.path, kind, found.before, found.after, found.words, one.why
    )


def _group(data: Mapping[str, Any], path: str) -> str:
    steps = path.split(".")
    if steps[0] == "activities" and len(steps) > 1:
        return human_title(data, ".".join(steps[:2]))
    return field_label(steps[0])


def _shown(value: Any) -> str:
    return "" if value is REMOVED else in_words(value)
