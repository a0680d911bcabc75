"""Patterns of addresses: a `*` stands for any one key, code or position."""

from __future__ import annotations

from typing import Any

from .paths import identity_of, split

ANY = "*"


def touches(path: str, pattern: str) -> bool:
    """Whether a part at this path is one the pattern names, lies in one, or holds one."""
    pairs = zip(split(path), split(pattern), strict=False)
    return all(wanted in (ANY, part) for part, wanted in pairs)


def reaches(path: str, pattern: str) -> bool:
    """Whether a part at this path is one the pattern names, or lies in one."""
    return len(split(path)) >= len(split(pattern)) and touches(path, pattern)


def parts_matching(data: Any, pattern: str) -> list[str]:
    """The paths of the parts that a pattern names, in the order of the document."""
    found: list[tuple[str, Any]] = [("", data)]
    for wanted in split(pattern):
        found = [
            (f"{path}.{name}" if path else name, below)
            for path, held in found
            for name, below in _children(held)
            if wanted in (ANY, name)
        ]
    return [path for path, _held in found]


def _children(held: Any) -> list[tuple[str, Any]]:
    if isinstance(held, dict):
        return [(str(key), below) for key, below in held.items()]
    if not isinstance(held, list):
        return []
    return [(identity_of(item) or str(at), item) for at, item in enumerate(held)]
