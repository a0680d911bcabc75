"""Addresses with `*`: they stand for every key or item at their place.

`activities.*.cohort.max` reaches the cohort of each activity; an address without a star reaches
one part. Where several reach a part, the longest is the nearest; at one length, the one that is
literal where the other has its first star.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .paths import UnknownPath, identity_of, is_named_list, join, split, value_at

STAR = "*"
Pattern = tuple[str, ...]


def is_pattern(path: str) -> bool:
    """Whether the address holds a star."""
    return STAR in split(path)


def reaches(pattern: Pattern, parts: Pattern) -> bool:
    """Whether a lock at this pattern is in force at these parts: at the part itself or above it."""
    if len(pattern) > len(parts):
        return False
    return all(one in (STAR, part) for one, part in zip(pattern, parts, strict=False))


def nearness(pattern: Pattern) -> tuple[int, tuple[bool, ...]]:
    """What to sort by so that the nearest comes last: length, then where it is literal."""
    return len(pattern), tuple(part != STAR for part in pattern)


def matches(data: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The parts that an address stands for, with their values, in the order of the document."""
    yield from _matches(data, split(path), ())


def bound(path: str, pattern: str, parts: Pattern) -> str:
    """An address with its stars replaced, in turn, by what the stars of the pattern stand for.

    So `activities.*.rooms` under the lock `activities.*.sessions.*.room` is the list of rooms of
    the very activity that the session belongs to.
    """
    found = [part for one, part in zip(split(pattern), parts, strict=False) if one == STAR]
    return join(found.pop(0) if part == STAR and found else part for part in split(path))


def first_lost(data: Any, path: str) -> tuple[str, Any] | None:
    """The first part of an address at which nothing stands, and what is held above it."""
    held = [data]
    for part in split(path):
        below = [value for one in held for _name, value in _step(one, part)]
        if not below:
            return part, held[0]
        held = below
    return None


def _matches(held: Any, parts: Pattern, above: Pattern) -> Iterator[tuple[str, Any]]:
    if not parts:
        yield join(above), held
        return
    for name, below in _step(held, parts[0]):
        yield from _matches(below, parts[1:], (*above, name))


def _step(held: Any, part: str) -> list[tuple[str, Any]]:
    if part == STAR:
        return children(held)
    try:
        return [(part, value_at(held, part))]
    except UnknownPath:
        return []


def children(held: Any) -> list[tuple[str, Any]]:
    """The keys or items of a part by the names that address them."""
    if isinstance(held, dict):
        return [(str(key), below) for key, below in held.items()]
    if not isinstance(held, list):
        return []
    if is_named_list(held):
        return [(str(identity_of(item)), item) for item in held]
    return [
        (str(at), item) if identity_of(item) is None else (str(identity_of(item)), item)
        for at, item in enumerate(held)
    ]
