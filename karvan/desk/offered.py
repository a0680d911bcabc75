"""A version offered to an edition, laid out for reading: groups to take, clashes, what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from karvan.foundation.texts import languages
from karvan.stages.blueprints.document import Level, Lock, human_title, lock_of
from karvan.stages.blueprints.history import why
from karvan.stages.editions.services import Carried, Fate, NewPart


@dataclass(frozen=True, slots=True)
class Group:
    """Changes that are taken or left together; ``may_leave`` is False where the version fixes them.

    ``why`` is what the version says of the reason.
    """

    path: str
    title: str
    parts: tuple[NewPart, ...]
    lock: Lock
    may_leave: bool
    why: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that both changed: why the version did, and why the country had departed."""

    part: NewPart
    why: str
    our_reason: str


@dataclass(frozen=True, slots=True)
class Offered:
    """All that a version would change in an edition, by what becomes of it."""

    groups: tuple[Group, ...]
    clashes: tuple[Clash, ...]
    same: tuple[NewPart, ...]
    held: tuple[NewPart, ...]
    left: tuple[NewPart, ...]


def offered(
    data: Mapping[str, Any],
    carried: Carried,
    *,
    notes: Mapping[str, str],
    reasons: Mapping[str, str],
) -> Offered:
    """The parts of a version by their fate.

    Args:
        data: the version's document.
        notes: why parts were changed in the versions since, by path.
        reasons: why the country departs, by path.

    Where a text changed in several languages, it is shown in the reader's; a clash is always
    shown, as each has to be settled.
    """
    by_group: dict[str, list[NewPart]] = {}
    for one in _readable(carried.parts):
        if one.fate in (Fate.TAKEN, Fate.LEFT):
            by_group.setdefault(one.group, []).append(one)
    return Offered(
        groups=tuple(_group(data, path, parts, notes) for path, parts in by_group.items()),
        clashes=tuple(
            Clash(one, why(one.path, notes), why(one.path, reasons))
            for one in _of(carried, Fate.CLASH)
        ),
        same=_readable(_of(carried, Fate.SAME)),
        held=_readable(_of(carried, Fate.HELD)),
        left=_readable(_of(carried, Fate.LEFT)),
    )


def _group(
    data: Mapping[str, Any], path: str, parts: Sequence[NewPart], notes: Mapping[str, str]
) -> Group:
    locks = [lock_of(data, one.path) for one in parts]
    fixed = next((one for one in locks if one.level is Level.FIXED), None)
    said = [why(one.path, notes) for one in parts]
    return Group(
        path,
        human_title(data, path),
        tuple(parts),
        fixed or locks[0],
        may_leave=fixed is None,
        why=" ".join(dict.fromkeys(one for one in said if one)),
    )


def _of(carried: Carried, fate: Fate) -> tuple[NewPart, ...]:
    return tuple(one for one in carried.parts if one.fate is fate)


def _readable(parts: Sequence[NewPart]) -> tuple[NewPart, ...]:
    """The parts without the other languages of a text that changed in several."""
    known = languages()
    wanted = (get_language() or "en").split("-")[0]
    texts: dict[str, set[str]] = {}
    for one in parts:
        above, _dot, last = one.path.rpartition(".")
        if last in known:
            texts.setdefault(above, set()).add(last)

    def is_shown(one: NewPart) -> bool:
        above, _dot, last = one.path.rpartition(".")
        changed = texts.get(above, set())
        if last not in known or len(changed) < 2:
            return True
        return last == (wanted if wanted in changed else min(changed))

    return tuple(one for one in parts if is_shown(one))
