"""What a country may change: locks, how they are inherited, and what a departure may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .paths import UnknownPath, identity_of, split, value_at
from .patterns import STAR, Pattern, bound, nearness, reaches


class Level(StrEnum):
    """How far a part may be changed where a programme is adopted."""

    FIXED = "fixed"
    BOUNDED = "bounded"
    FREE = "free"
    TO_SUPPLY = "to_supply"


class Origin(StrEnum):
    """Where a lock comes from."""

    DECLARED = "declared"  # the document's own `locks`, or an indicator's own `lock`
    RULE = "rule"  # holds in every blueprint
    NAME = "name"  # codes, ids and keys
    DEFAULT = "default"  # `default_lock`


@dataclass(frozen=True)
class Limits:
    """The bounds of a bounded part; all None or empty for the other levels.

    `options` are the values to choose from. Where they come from a list of the document, `source`
    is its address and `where` what its items must say of themselves.
    """

    min: float | None = None
    max: float | None = None
    options: tuple[Any, ...] = ()
    source: str = ""
    where: tuple[tuple[str, Any], ...] = ()

    @property
    def is_choice(self) -> bool:
        """Whether the value is chosen from a list, which may be empty."""
        return bool(self.options or self.source)


@dataclass(frozen=True)
class Lock:
    """The lock in force at a path, and the path where it was declared ("" is the document)."""

    level: Level
    limits: Limits
    declared_at: str
    reason: Mapping[str, str]
    origin: Origin = Origin.DECLARED

    @property
    def is_editable(self) -> bool:
        return self.level is not Level.FIXED


# What is fixed in every blueprint unless the document says otherwise at the same path or below.
RULES: tuple[tuple[Pattern, Level], ...] = (
    (("activities", STAR, "selection", "rubric", STAR, "weight"), Level.FIXED),
    (("activities", STAR, "award"), Level.FIXED),
    (("indicators", STAR, "baseline"), Level.TO_SUPPLY),
    (("indicators", STAR, "target"), Level.TO_SUPPLY),
    (("indicators",), Level.FIXED),
)
NAMES = frozenset({"karvan", "code", "id", "key"})

_NONE = Limits()
_Rank = tuple[int, bool, tuple[bool, ...], bool]


def lock_of(data: Mapping[str, Any], path: str) -> Lock:
    """The lock in force at a path: the one declared nearest above it.

    Order when several reach it: the longer path; at one length the document's own word before the
    rule for all blueprints, and a literal path before one with stars. Codes, ids and keys are
    fixed always, as they name parts. A malformed lock of a draft is passed over.
    """
    return Locks(data).at(path)


class Locks:
    """All locks of a document, put in order once, to look up many paths."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.default = Lock(_default(data), _NONE, "", {}, Origin.DEFAULT)
        ranked: list[tuple[_Rank, int, Pattern, Level | Mapping[str, Any]]] = []
        for pattern, level in RULES:
            ranked.append((_rank(pattern, is_own=False), 0, pattern, level))
        for pattern, level in _indicator_levels(data):
            ranked.append((_rank(pattern, is_own=True), 0, pattern, level))
        for at, entry in enumerate(declared_locks(data)):
            pattern = split(entry["path"])
            ranked.append((_rank(pattern, is_own=True, is_listed=True), at, pattern, entry))
        ranked.sort(key=lambda one: one[:2], reverse=True)
        self.nearest_first = [(rank[1], pattern, said) for rank, _at, pattern, said in ranked]

    def at(self, path: str) -> Lock:
        """The lock in force at a path; see `lock_of`."""
        parts = split(path)
        if parts and parts[-1] in NAMES:
            return Lock(Level.FIXED, _NONE, path, {}, Origin.NAME)
        for is_own, pattern, said in self.nearest_first:
            if not reaches(pattern, parts):
                continue
            if not isinstance(said, Level):
                return _declared(self.data, said, parts)
            origin = Origin.DECLARED if is_own else Origin.RULE
            return Lock(said, _NONE, ".".join(parts[: len(pattern)]), {}, origin)
        return self.default


def declared_locks(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The document's `locks` that can be read: those with a path and a known level."""
    listed = data.get("locks")
    for entry in listed if isinstance(listed, list) else ():
        if (
            isinstance(entry, dict)
            and isinstance(entry.get("path"), str)
            and level_named(entry.get("level"))
        ):
            yield entry


def level_named(word: Any) -> Level | None:
    """The level of this name, None where there is none."""
    return next((level for level in Level if level.value == word), None)


def choices_of(data: Any, source: str, where: Mapping[str, Any]) -> tuple[str, ...]:
    """The codes of the items of a named list that say of themselves what `where` asks."""
    try:
        listed = value_at(data, source)
    except UnknownPath:
        return ()
    return tuple(
        str(identity_of(item))
        for item in (listed if isinstance(listed, list) else ())
        if identity_of(item) is not None
        and all(item.get(key) == wanted for key, wanted in where.items())
    )


def _rank(pattern: Pattern, *, is_own: bool, is_listed: bool = False) -> _Rank:
    length, literal = nearness(pattern)
    return length, is_own, literal, is_listed


def _default(data: Mapping[str, Any]) -> Level:
    return level_named(data.get("default_lock")) or Level.FREE


def _declared(data: Mapping[str, Any], entry: Mapping[str, Any], parts: Pattern) -> Lock:
    reason = entry.get("reason")
    return Lock(
        Level(entry["level"]),
        _limits(data, entry, parts),
        entry["path"],
        reason if isinstance(reason, dict) else {},
    )


def _limits(data: Mapping[str, Any], entry: Mapping[str, Any], parts: Pattern) -> Limits:
    least, most = _number(entry.get("min")), _number(entry.get("max"))
    options = entry.get("options")
    if isinstance(entry.get("from"), str):
        where = entry.get("where")
        asked = where if isinstance(where, dict) else {}
        source = bound(entry["from"], entry["path"], parts)
        return Limits(
            least, most, choices_of(data, source, asked), source, tuple(sorted(asked.items()))
        )
    return Limits(least, most, tuple(options) if isinstance(options, list) else ())


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _indicator_levels(data: Mapping[str, Any]) -> list[tuple[Pattern, Level]]:
    """What indicators say of themselves with `lock`; a target given stays open all the same."""
    listed = data.get("indicators")
    return [
        (("indicators", str(identity_of(indicator))), Level(indicator["lock"]))
        for indicator in (listed if isinstance(listed, list) else ())
        if isinstance(indicator, dict) and level_named(indicator.get("lock"))
    ]
