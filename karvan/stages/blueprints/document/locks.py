"""What a country may change: locks, how they are inherited, and what a departure may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language

from .changes import Change, changes, leaves
from .labels import human_title
from .paths import REMOVED, UnknownPath, identity_of, split, value_at, with_value


class Level(StrEnum):
    """How far a part may be changed where a programme is adopted."""

    FIXED = "fixed"
    BOUNDED = "bounded"
    FREE = "free"
    TO_SUPPLY = "to_supply"


@dataclass(frozen=True)
class Limits:
    """The bounds of a bounded part; all None or empty for the other levels."""

    min: float | None = None
    max: float | None = None
    options: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Lock:
    """The lock in force at a path, and the path where it was declared ("" is the document)."""

    level: Level
    limits: Limits
    declared_at: str
    reason: Mapping[str, str]

    @property
    def is_editable(self) -> bool:
        return self.level is not Level.FIXED


@dataclass(frozen=True)
class Refusal:
    """Why a departure is not allowed, in words; `path` is the part that refuses it."""

    path: str
    message: str

    def __str__(self) -> str:
        return self.message


# What is fixed in every blueprint unless the document says otherwise at the same path or below.
_ALWAYS: tuple[tuple[tuple[str, ...], Level], ...] = (
    (("activities", "*", "selection", "rubric", "*", "weight"), Level.FIXED),
    (("activities", "*", "award"), Level.FIXED),
    (("indicators", "*", "baseline"), Level.TO_SUPPLY),
    (("indicators", "*", "target"), Level.TO_SUPPLY),
    (("indicators",), Level.FIXED),
)
_NAMES = frozenset({"karvan", "code", "id", "key"})


def lock_of(data: Mapping[str, Any], path: str) -> Lock:
    """The lock in force at a path: the one declared nearest above it.

    Order when several reach it: the longer path; at one path the document's own word before the
    rule for all blueprints. Codes, ids and keys are fixed always, as they name parts.
    """
    parts = split(path)
    if parts and parts[-1] in _NAMES:
        return Lock(Level.FIXED, Limits(), path, {})
    default = Lock(Level(data.get("default_lock", Level.FREE)), Limits(), "", {})
    best, found = -1, default
    for pattern, level in (*_ALWAYS, *_indicator_levels(data)):
        if len(pattern) > best and _reaches(pattern, parts):
            best, found = len(pattern), Lock(level, Limits(), ".".join(parts[: len(pattern)]), {})
    for entry in data.get("locks", ()):
        pattern = split(entry["path"])
        if len(pattern) >= best and _reaches(pattern, parts):
            best, found = len(pattern), _declared(entry)
    return found


def allowed(data: Mapping[str, Any], path: str, value: Any) -> Refusal | None:
    """None when a country may put this value here, else what refuses it.

    A whole part may be given: each change inside it is held against its own lock. `REMOVED`
    takes the part away. The document as a whole is not checked again here; `check` does that.
    """
    try:
        before = value_at(data, path)
    except UnknownPath:
        before = REMOVED
    try:
        after = with_value(data, path, value)
    except ValueError as error:
        return Refusal(path, str(error))
    if before is not REMOVED and before == value:
        return None
    for change in changes(data, after):
        refusal = _refusal(data, change)
        if refusal is not None:
            return refusal
    return None


def _refusal(data: Mapping[str, Any], change: Change) -> Refusal | None:
    lock = lock_of(data, change.path)
    title = human_title(data, change.path)
    if lock.level is Level.FIXED:
        return Refusal(change.path, _fixed(title, lock))
    if change.after is REMOVED:
        locked = _locked_inside(data, change.path, change.before)
        return locked or _not_emptied(change, lock, title)
    if change.before is REMOVED and isinstance(change.after, dict):
        return _locked_inside(data, change.path, change.after)
    # What a country supplies may be of another kind: a target goes from "unknown" to a number.
    same_kind = lock.level is Level.TO_SUPPLY or _kind(change.before) is _kind(change.after)
    if change.before is not REMOVED and not same_kind:
        message = _("%(part)s: “%(value)s” is not of the kind that stands here (“%(before)s”).")
        detail = {"part": title, "value": change.after, "before": change.before}
        return Refusal(change.path, message % detail)
    return _outside(change, lock, title)


def _locked_inside(data: Mapping[str, Any], path: str, part: Any) -> Refusal | None:
    """A part may not come or go when something fixed in it would come or go with it."""
    for below, _value in leaves(part, path):
        lock = lock_of(data, below)
        if lock.level is Level.FIXED and split(below)[-1] not in _NAMES:
            return Refusal(below, _fixed(human_title(data, below), lock))
    return None


def _not_emptied(change: Change, lock: Lock, title: str) -> Refusal | None:
    if lock.level is Level.FREE:
        return None
    return Refusal(change.path, _("“%(part)s” cannot be left out.") % {"part": title})


def _outside(change: Change, lock: Lock, title: str) -> Refusal | None:
    value, limits = change.after, lock.limits
    detail = {"part": title, "value": value, "min": limits.min, "max": limits.max}
    if limits.options and value not in limits.options:
        known = ", ".join(map(str, limits.options))
        message = _("%(part)s: “%(value)s” is not among the options: %(options)s.")
        return Refusal(change.path, message % {**detail, "options": known} + _because(lock))
    too_small = limits.min is not None and _number(value) < limits.min
    too_large = limits.max is not None and _number(value) > limits.max
    if not (too_small or too_large):
        return None
    if limits.min is None:
        message = _("%(part)s: %(value)s is more than the most, %(max)s.")
    elif limits.max is None:
        message = _("%(part)s: %(value)s is less than the least, %(min)s.")
    else:
        message = _("%(part)s: %(value)s lies outside %(min)s to %(max)s.")
    return Refusal(change.path, message % detail + _because(lock))


def _fixed(title: str, lock: Lock) -> str:
    return _("“%(part)s” is the same in every country.") % {"part": title} + _because(lock)


def _because(lock: Lock) -> str:
    reason = in_language(lock.reason)
    return " " + _("Reason: %(reason)s") % {"reason": reason} if reason else ""


def _declared(entry: Mapping[str, Any]) -> Lock:
    limits = Limits(entry.get("min"), entry.get("max"), tuple(entry.get("options", ())))
    return Lock(Level(entry["level"]), limits, entry["path"], entry.get("reason", {}))


def _indicator_levels(data: Mapping[str, Any]) -> list[tuple[tuple[str, ...], Level]]:
    """What indicators say of themselves with `lock`; a target given stays open all the same."""
    return [
        (("indicators", str(identity_of(indicator))), Level(indicator["lock"]))
        for indicator in data.get("indicators", ())
        if "lock" in indicator
    ]


def _reaches(pattern: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    if len(pattern) > len(parts):
        return False
    return all(one in ("*", part) for one, part in zip(pattern, parts, strict=False))


def _kind(value: Any) -> type:
    return float if isinstance(value, int) and not isinstance(value, bool) else type(value)


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")
