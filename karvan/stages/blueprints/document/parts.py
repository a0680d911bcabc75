"""The document as a list of parts to read or edit, each with its title and its lock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .labels import human_title, owner_and_field
from .languages import is_words
from .locks import Lock, Locks
from .paths import identity_of, is_named_list

_HIDDEN = frozenset({"karvan", "locks", "default_lock"})


@dataclass(frozen=True)
class Part:
    """One part: its path, titles, value and lock.

    `is_leaf` tells a value to edit (a number, a text, a text in languages, a plain list) from a
    heading over other parts; `depth` counts the headings above it.
    """

    path: str
    title: str
    field: str
    value: Any
    lock: Lock
    depth: int
    is_leaf: bool


def walk_parts(data: Mapping[str, Any], under: str = "") -> tuple[Part, ...]:
    """All parts in the order of the document, headings before what stands under them.

    Args: data: a document's data; under: give only parts at or below this path.
    Cost: linear in parts times locks.
    """
    return tuple(_walk(Locks(data), data, "", 0, under))


def _walk(locks: Locks, held: Any, path: str, depth: int, under: str) -> Iterator[Part]:
    data = locks.data
    for name, below in _children(held):
        if depth == 0 and name in _HIDDEN:
            continue
        here = f"{path}.{name}" if path else name
        if under.startswith(f"{here}."):
            yield from _walk(locks, below, here, depth + 1, under)
            continue
        if under and here != under and not here.startswith(f"{under}."):
            continue
        is_leaf = not list(_children(below))
        _owner, field = owner_and_field(data, here)
        title, lock = human_title(data, here), locks.at(here)
        yield Part(here, title, field, below, lock, depth, is_leaf)
        yield from _walk(locks, below, here, depth + 1, under)


def _children(held: Any) -> list[tuple[str, Any]]:
    if isinstance(held, dict) and not is_words(held):
        return [(key, below) for key, below in held.items()]
    if held and is_named_list(held):
        return [(str(identity_of(item)), item) for item in held]
    if isinstance(held, list) and any(isinstance(item, dict) for item in held):
        return [(str(at), item) for at, item in enumerate(held)]
    return []
