"""The numbers of a design that a country sets first: places, teams, quotas, with their limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language
from karvan.stages.blueprints.document import (
    REMOVED,
    Level,
    Lock,
    UnknownPath,
    lock_of,
    value_at,
)
from karvan.stages.blueprints.document.labels import field_label

_COHORT = (
    "min",
    "max",
    "team_size.min",
    "team_size.max",
    "min_teams",
    "max_teams",
    "mentor_ratio_teams",
)
_QUOTA = ("floor_percent", "cap_percent", "per_team_at_least")
_UNKNOWN = ("unknown", "not_collected")


@dataclass(frozen=True, slots=True)
class Number:
    """One number: where it stands, what it is called, its value here and in the blueprint, its lock."""

    path: str
    label: str
    value: int | float
    own: int | float | None
    lock: Lock

    @property
    def limits(self) -> str:
        """How far it may go, in words: "12 to 100"."""
        low, high = self.lock.limits.min, self.lock.limits.max
        if low is None and high is None:
            return _("any number") if self.lock.is_editable else _("the same in every country")
        if low is None:
            return _("at most %(max)g") % {"max": high}
        if high is None:
            return _("at least %(min)g") % {"min": low}
        return _("%(min)g to %(max)g") % {"min": low, "max": high}


@dataclass(frozen=True, slots=True)
class NumbersOfActivity:
    """The numbers of one activity: its places and teams, then its quotas."""

    code: str
    title: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class ToSupply:
    """A part that each country writes itself; ``is_known`` where the blueprint has a value to go on with."""

    path: str
    is_known: bool
    reason: str


def numbers_of(document: Mapping[str, Any], base: Mapping[str, Any]) -> list[NumbersOfActivity]:
    """Places, teams and quotas of every activity of an edition's document; ``base`` is its blueprint's.

    Cost: about 2 ms for the library's programmes.
    """
    return [
        NumbersOfActivity(part["code"], in_language(part["title"]), tuple(found))
        for part in document["activities"]
        if (found := list(_numbers(document, base, part)))
    ]


def to_supply(document: Mapping[str, Any], departed: set[str]) -> list[ToSupply]:
    """The parts each country writes itself and this one has not, in the order of the locks.

    Cost: about 1 ms for the library's programmes.
    """
    named = [
        (entry["path"], in_language(entry.get("reason")))
        for entry in document.get("locks", ())
        if entry["level"] == Level.TO_SUPPLY and "*" not in entry["path"]
    ]
    measures = [
        (f"indicators.{one['code']}.{name}", "")
        for one in document.get("indicators", ())
        for name in ("baseline", "target")
    ]
    return [
        ToSupply(path, value not in (*_UNKNOWN, None), reason)
        for path, reason in (*named, *measures)
        if (value := _value(document, path)) is not REMOVED
        and lock_of(document, path).level is Level.TO_SUPPLY
        and not any(one == path or one.startswith(f"{path}.") for one in departed)
    ]


def _numbers(document: Mapping[str, Any], base: Mapping[str, Any], part: Any) -> Any:
    at = f"activities.{part['code']}"
    for name in _COHORT:
        path = f"{at}.cohort.{name}"
        key, parent = name.rpartition(".")[2], name.rpartition(".")[0] or "cohort"
        yield from _number(document, base, path, field_label(key, parent))
    for quota in part.get("selection", {}).get("quotas", ()):
        title = in_language(quota.get("title")) or quota["key"]
        for name in _QUOTA:
            path = f"{at}.selection.quotas.{quota['key']}.{name}"
            words = {"quota": title, "field": field_label(name)}
            yield from _number(document, base, path, _("%(quota)s: %(field)s") % words)


def _number(document: Mapping[str, Any], base: Mapping[str, Any], path: str, label: str) -> Any:
    value = _value(document, path)
    if isinstance(value, int | float) and not isinstance(value, bool):
        own = _value(base, path)
        yield Number(path, label, value, None if own is REMOVED else own, lock_of(document, path))


def _value(document: Mapping[str, Any], path: str) -> Any:
    try:
        return value_at(document, path)
    except UnknownPath:
        return REMOVED
