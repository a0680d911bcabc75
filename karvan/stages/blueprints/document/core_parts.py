"""The parts that no country may change, as a short list of addresses closed or open.

Of the addresses at or above a part the longest decides; and a part that holds a closed one is
closed too. So a database can hold departures against the list without knowing locks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .locks import NAMES, Level, Locks, Origin, declared_locks
from .paths import identity_of, join, split
from .patterns import STAR, matches, reaches


@dataclass(frozen=True)
class Core:
    """One address of the list."""

    path: str
    is_open: bool


# Closed as wholes; below them the locks say what opens.
_ROOTS = (
    ("indicators",),
    ("activities", STAR, "award"),
    ("activities", STAR, "selection", "rubric"),
)


def core_parts(data: Mapping[str, Any]) -> tuple[Core, ...]:
    """Indicators, awards and rubrics, with what the document's locks open or close below them.

    Rubrics are closed as lists, since a criterion that comes or goes changes every weight; their
    criteria are open but for the weights, unless a lock says otherwise.
    Cost: about 5 ms for the library's programmes.
    """
    decided: dict[str, bool] = {}
    locks = Locks(data)
    for path in sorted(_candidates(data), key=split):
        is_open = _is_open(locks, path)
        if is_open is not _nearest(decided, path, or_else=True):
            decided[path] = is_open
    return tuple(Core(path, is_open) for path, is_open in decided.items())


def closed_part(core: Iterable[Core], path: str) -> str | None:
    """The closed part that a change at this path would touch, None when there is none."""
    decided = {one.path: one.is_open for one in core}
    if not _nearest(decided, path, or_else=True):
        return path
    inside = f"{path}."
    return next(
        (one for one, is_open in decided.items() if not is_open and one.startswith(inside)), None
    )


def _candidates(data: Mapping[str, Any]) -> set[str]:
    """Every address at which the level may differ from the one above it."""
    found = {"indicators"}
    listed = data.get("indicators")
    for indicator in listed if isinstance(listed, list) else ():
        code = identity_of(indicator)
        if code is not None:
            found |= {f"indicators.{code}{field}" for field in ("", ".baseline", ".target")}
    for activity, _value in matches(data, "activities.*"):
        found |= {f"{activity}.award", f"{activity}.selection.rubric"}
        for criterion, _value in matches(data, f"{activity}.selection.rubric.*"):
            found |= {criterion, f"{criterion}.weight"}
    for entry in declared_locks(data):
        found |= set(_declared_at(data, entry["path"]))
    return found


def _declared_at(data: Mapping[str, Any], path: str) -> Iterator[str]:
    """Where a lock holds at or below a root; its last word may name what is not there yet."""
    parts = split(path)
    if not any(reaches(root, parts) for root in _ROOTS) or parts[-1] in NAMES:
        return
    if parts[-1] == STAR:
        yield from (found for found, _value in matches(data, path))
        return
    for above, held in matches(data, join(parts[:-1])):
        if isinstance(held, dict | list):
            yield f"{above}.{parts[-1]}" if above else parts[-1]


def _is_open(locks: Locks, path: str) -> bool:
    lock = locks.at(path)
    parts = split(path)
    is_rubric = len(parts) == len(_ROOTS[2]) and reaches(_ROOTS[2], parts)
    if is_rubric and (lock.origin is Origin.DEFAULT or len(split(lock.declared_at)) < len(parts)):
        return False
    return lock.level is not Level.FIXED


def _nearest(decided: Mapping[str, bool], path: str, *, or_else: bool) -> bool:
    parts = split(path)
    for length in range(len(parts), 0, -1):
        found = decided.get(join(parts[:length]))
        if found is not None:
            return found
    return or_else
