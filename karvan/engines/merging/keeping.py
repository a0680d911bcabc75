"""The paths whose value stays ours, as a tree."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from .answer import Change, Path
from .documents import items_of, same


@dataclass(slots=True)
class Held:
    """What is kept at a part (`is_whole`) and below it."""

    is_whole: bool = False
    below: dict[str, Held] = field(default_factory=dict)


def held_paths(keep: Collection[Path]) -> Held | None:
    """The tree of kept paths; None if there are none.

    Raises:
        ValueError: a path is not a tuple of texts.
    """
    if isinstance(keep, str):
        raise ValueError(f"keep must hold paths, got the text {keep!r}")
    top = Held()
    for path in keep:
        if type(path) is not tuple or not all(type(name) is str for name in path):
            raise ValueError(f"a path to keep must be a tuple of texts, got {path!r}")
        held = top
        for name in path:
            held = held.below.setdefault(name, Held())
        held.is_whole = True
    return top if keep else None


def is_held_in(value: Any, held: Held, identities: tuple[str, ...]) -> bool:
    """Whether the value has a part that is kept."""
    if held.is_whole:
        return True
    return any(
        name in held.below and is_held_in(below, held.below[name], identities)
        for name, below in items_of(value, identities)
    )


def split_by_held(
    ours: Sequence[Change], theirs: Sequence[Change]
) -> tuple[list[Change], list[Change], list[Change]]:
    """The changes that only we made, both made alike, and only they made."""
    wanted = {change.path: change for change in theirs}
    both = [
        change
        for change in ours
        if change.path in wanted and same(change.after, wanted[change.path].after)
    ]
    alike = {change.path for change in both}
    return (
        [change for change in ours if change.path not in alike],
        both,
        [change for change in theirs if change.path not in alike],
    )
