"""An edition's design as a country sees it: what it may change, how far, and what it has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats
from karvan.stages.blueprints.document import (
    REMOVED,
    Level,
    Lock,
    Part,
    UnknownPath,
    differences,
    human_title,
    value_at,
    walk_parts,
    with_value,
)

from .models import Departure

LOCKS = ("locks", "default_lock")  # the blueprint's to say
MANY = 150  # more leaves than this are shown one level at a time


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part a country may change; ``is_group`` leads to the parts inside it.

    ``of`` is the title of what it belongs to, such as the quota "Women".
    """

    path: str
    title: str
    value: Any
    lock: Lock
    is_group: bool
    is_departed: bool
    count: int = 0
    of: str = ""

    @property
    def is_waiting(self) -> bool:
        """True where the country must still say its own."""
        return self.lock.level is Level.TO_SUPPLY and not self.is_departed


def open_parts(data: Mapping[str, Any], departed: set[str]) -> list[PartShown]:
    """The highest parts that a country may change, in the order of the document.

    Cost: about 0.15 s for the library's programmes, as every part's lock is looked up.
    """
    found: list[PartShown] = []
    locks: dict[str, Lock] = {}
    for part in walk_parts(data):
        above = locks.get(part.path.rpartition(".")[0])
        locks[part.path] = part.lock
        opens = above is None or above.declared_at != part.lock.declared_at
        if part.lock.is_editable and (opens or not above or not above.is_editable):
            found.append(_shown(data, part, departed))
    return found


def parts_under(data: Mapping[str, Any], under: str, departed: set[str]) -> list[PartShown]:
    """The parts inside one part that a country may change: all single values, or one level of many."""
    inside = [one for one in walk_parts(data, under) if one.path != under and one.lock.is_editable]
    leaves = [one for one in inside if one.is_leaf]
    if len(leaves) > MANY:
        depth = under.count(".") + 1
        leaves = [one for one in inside if one.path.count(".") == depth]
    return [_shown(data, one, departed) for one in leaves]


def departure_words(data: Mapping[str, Any], departure: Departure) -> str:
    """A departure in a sentence: "Boot camp: days 3 → 2"; several changes are joined."""
    return formats.in_a_row(departure_differences(data, departure), ";")


def departure_differences(data: Mapping[str, Any], departure: Departure) -> tuple[str, ...]:
    """Each thing that a departure changes, in words; its part's title where nothing can be said."""
    try:
        before = _with(data, departure.path, departure.before)
        after = _with(data, departure.path, departure.after)
    except ValueError:
        return (human_title(data, departure.path),)
    found = tuple(one.words for one in differences(before, after))
    return found or (human_title(data, departure.path),)


def part_to_write(data: Mapping[str, Any], under: str) -> Any:
    """What is written of a design as text: a part, or the whole without the blueprint's locks.

    ``REMOVED`` where there is no such part.
    """
    if not under:
        return {key: part for key, part in data.items() if key not in LOCKS}
    return REMOVED if under.split(".")[0] in LOCKS else present_value(data, under)


def differing_under(before: Mapping[str, Any], after: Mapping[str, Any], under: str) -> list[str]:
    """Where two designs differ at a part or inside it, in words; everywhere where none is named."""
    return [
        one.words
        for one in differences(before, after)
        if not under or one.path == under or one.path.startswith(f"{under}.")
    ]


def present_value(data: Mapping[str, Any], path: str) -> Any:
    """What stands at a path, ``REMOVED`` where nothing does."""
    try:
        return value_at(data, path)
    except UnknownPath:
        return REMOVED


def _with(data: Mapping[str, Any], path: str, value: Any) -> Mapping[str, Any]:
    if value is None:
        if present_value(data, path) is REMOVED:
            return data
        return dict(with_value(data, path, REMOVED))
    return dict(with_value(data, path, value))


def _shown(data: Mapping[str, Any], part: Part, departed: set[str]) -> PartShown:
    inside = any(one == part.path or one.startswith(f"{part.path}.") for one in departed)
    count = len(part.value) if isinstance(part.value, list | dict) else 0
    return PartShown(
        part.path,
        part.title,
        part.value,
        part.lock,
        not part.is_leaf,
        inside,
        count,
        _belongs_to(data, part.path),
    )


def _belongs_to(data: Mapping[str, Any], path: str) -> str:
    """The title of the nearest part above that has one of its own, activities left out."""
    above = path.rpartition(".")[0]
    while above.count(".") > 1:
        held = present_value(data, above)
        words = (held.get("title") or held.get("label")) if isinstance(held, dict) else None
        if words:
            return in_language(words)
        above = above.rpartition(".")[0]
    return ""
