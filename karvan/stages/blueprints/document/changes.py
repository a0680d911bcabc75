"""What differs between two documents, part by part and by key, never by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .paths import REMOVED, are_told_apart, identity_of, is_named_list, name_of


@dataclass(frozen=True)
class Change:
    """One part that differs; `REMOVED` stands where it is absent."""

    path: str
    before: Any
    after: Any


def changes(before: Any, after: Any, path: str = "") -> Iterator[Change]:
    """The smallest differing parts, in the order of the document.

    Mappings are compared by key and lists by the identity of their items (locks by their path, so
    that `locks.activities.BC3.cohort.max` is one); a list that only stands in another order is one change, of its order (the identities before and after).
    Cost: linear in the size of the two documents.
    """
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _by_key(before, after, path)
    elif are_told_apart(before, after):
        yield from _by_identity(before, after, path)
    elif _both_rows(before, after):
        yield from _by_position(before, after, path)
    elif _differ(before, after):
        yield Change(path, before, after)


def _by_key(before: dict[str, Any], after: dict[str, Any], path: str) -> Iterator[Change]:
    for key in [*before, *(key for key in after if key not in before)]:
        below = f"{path}.{key}" if path else str(key)
        yield from changes(before.get(key, REMOVED), after.get(key, REMOVED), below)


def _by_identity(before: list[Any], after: list[Any], path: str) -> Iterator[Change]:
    ours = {str(name_of(item)): item for item in before}
    theirs = {str(name_of(item)): item for item in after}
    yield from _by_key(ours, theirs, path)
    kept_before = [name for name in ours if name in theirs]
    kept_after = [name for name in theirs if name in ours]
    if kept_before != kept_after:
        yield Change(path, kept_before, kept_after)


def _by_position(before: list[Any], after: list[Any], path: str) -> Iterator[Change]:
    for at, (one, other) in enumerate(zip(before, after, strict=True)):
        yield from changes(one, other, f"{path}.{at}")


def _both_rows(before: Any, after: Any) -> bool:
    if not isinstance(before, list) or not isinstance(after, list) or len(before) != len(after):
        return False
    return all(isinstance(item, dict) for item in [*before, *after])


def _differ(before: Any, after: Any) -> bool:
    return type(before) is not type(after) or bool(before != after)


def leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The plain values in a part with their paths, lists without identities taken whole."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, f"{path}.{key}" if path else str(key))
    elif value and is_named_list(value):
        for item in value:
            yield from leaves(item, f"{path}.{identity_of(item)}")
    else:
        yield path, value
