"""What an edition becomes when it takes a newer version of its blueprint.

The three documents are merged by key: the version it stands on, its own design (that version
with the departures put in), and the newer version. What had been held stays as it was. The
country's departures that still stand are written anew against the newer version.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from karvan.engines import merging
from karvan.stages.blueprints.document import (
    REMOVED,
    Level,
    UnknownPath,
    allowed,
    changes,
    differences,
    human_title,
    lock_of,
    value_at,
    with_value,
)
from karvan.stages.blueprints.document.paths import join, split

from .. import queries
from ..errors import HeldSessionDropped, Locked
from ..models import Departure
from .standing import apart

# These say how a design may be changed; they are the version's own and never a country's.
_MACHINERY = ("karvan", "code", "locks", "default_lock")


class Fate(StrEnum):
    """What becomes of one thing that the newer version changes."""

    TAKEN = "taken"  # the edition takes it
    SAME = "same"  # the edition had it already: its departure ends
    CLASH = "clash"  # the edition departs here: one of the two stands
    HELD = "held"  # it has happened already and stays as it was
    LEFT = "left"  # the coordinator leaves it: it becomes a departure


@dataclass(frozen=True, slots=True)
class Held:
    """A part that the newer version does not change here, and why, in words."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class NewPart:
    """One thing that the newer version changes: ``ours`` is what stands in the edition.

    ``group`` is the part it is taken or left with, such as ``activities.BC3.sessions``.
    Values are ``REMOVED`` where the part is absent.
    """

    path: str
    group: str
    words: str
    before: Any
    after: Any
    ours: Any
    fate: Fate
    why: str = ""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A departure of the country that the newer version's lock no longer allows."""

    path: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A departure as it stands against the newer version; ``origin`` is the row it comes from."""

    path: str
    before: Any
    after: Any
    level: str
    cause: str
    reason: str
    origin: Departure | None


@dataclass(frozen=True, slots=True)
class Carried:
    """The edition's design after taking the version, and how it differs from that version."""

    document: Mapping[str, Any]
    parts: tuple[NewPart, ...]
    departures: tuple[Standing, ...]
    given_up: tuple[GivenUp, ...]

    @property
    def clashes(self) -> tuple[NewPart, ...]:
        return tuple(one for one in self.parts if one.fate is Fate.CLASH)


@dataclass(frozen=True, slots=True)
class _Sources:
    """The three documents and what explains each difference."""

    base: Mapping[str, Any]
    ours: Mapping[str, Any]
    new: Mapping[str, Any]
    standing: Sequence[Departure]
    held: Sequence[Held]
    reason: str


def carry(
    base: Mapping[str, Any],
    new: Mapping[str, Any],
    standing: Sequence[Departure],
    *,
    held: Sequence[Held] = (),
    left: Collection[str] = (),
    settled: Mapping[str, str] | None = None,
    reason: str = "",
) -> Carried:
    """The edition's design against ``new``, with every departure that then stands.

    Args:
        base, new: the documents of the version it stands on and of the newer one.
        standing: the edition's departures in force, in their order.
        held: what stays as it was, because it has happened.
        left: the groups (``NewPart.group``) that the coordinator does not take.
        settled: for each clash "ours" or "theirs"; one that is missing stays ours.
        reason: why groups are left; it becomes the reason of their departures.

    Raises:
        Locked: something that would be left is fixed in the newer version.
        HeldSessionDropped: a choice would drop what has been held.

    Cost: some 0.1 s for the library's programmes, most of it locks and words.
    """
    ours = queries.with_departures(base, standing)
    sources = _Sources(base, ours, new, standing, held, reason)
    changed = merging.changes_between(base, new)
    in_left = [one.path for one in changed if group_of(join(one.path)) in left]
    keep = [split(one.path) for one in held] + in_left
    merged = merging.merge(base, ours, new, keep=keep)
    choices = {
        one.path: one.theirs
        for one in merged.conflicts
        if (settled or {}).get(join(one.path)) == "theirs"
    }
    document = dict(merging.resolved(merged, choices))
    for key in _MACHINERY:
        document.pop(key, None)
    document = {**{key: new[key] for key in _MACHINERY if key in new}, **document}
    _refuse_dropped(sources, document, settled or {})
    document, given_up = _given_up(sources, document)
    return Carried(
        document, _parts(sources, merged, left), tuple(_standing(sources, document)), given_up
    )


def group_of(path: str) -> str:
    """The part with which a change is taken or left: "activities.BC3.sessions", "indicators.REACH"."""
    parts = split(path)
    if parts[0] == "activities" and len(parts) > 2:
        deep = parts[2] in ("selection", "form", "cohort") and len(parts) > 3
        return join(parts[: 4 if deep else 3])
    return join(parts[: 2 if parts[0] in ("activities", "indicators", "budget_lines") else 1])


def _refuse_dropped(
    sources: _Sources, document: Mapping[str, Any], settled: Mapping[str, str]
) -> None:
    """What has been held is neither lost nor put up for choice."""
    for one in sources.held:
        before = _value(sources.ours, one.path)
        given_away = any(
            choice == "theirs" and (_reaches(one.path, path) or _reaches(path, one.path))
            for path, choice in settled.items()
        )
        if before is not REMOVED and (given_away or _value(document, one.path) is REMOVED):
            raise HeldSessionDropped(one.why, human_title(sources.ours, one.path))


def _given_up(
    sources: _Sources, document: dict[str, Any]
) -> tuple[dict[str, Any], tuple[GivenUp, ...]]:
    """The document without the departures that the new locks refuse; those left by choice are refused."""
    found: list[GivenUp] = []
    for one in differences(sources.new, document):
        if _held_at(sources, one.path):
            continue
        refusal = allowed(sources.new, one.path, _value(document, one.path))
        if refusal is None:
            continue
        if not _is_own(sources, one.path):
            raise Locked(refusal.message)
        found.append(GivenUp(one.path, one.words, refusal.message))
        document = with_value(document, one.path, _value(sources.new, one.path))
    return document, tuple(found)


def _standing(sources: _Sources, document: Mapping[str, Any]) -> list[Standing]:
    """The departures that lead from the new version to the document, on the smallest parts.

    A text in several languages is one; so is a list whose order would not come out otherwise.
    """
    found: dict[str, Standing] = {}
    for change in apart(tuple(changes(sources.new, document)), document):
        found[change.path] = _explained(sources, change.path, document)
    while True:
        rebuilt: Any = dict(sources.new)
        for one in found.values():
            rebuilt = with_value(rebuilt, one.path, one.after)
        off = next(changes(rebuilt, document), None)
        if off is None:
            return list(found.values())
        whole = _list_around(document, off.path)
        found = {path: one for path, one in found.items() if not _reaches(whole, path)}
        found[whole] = _explained(sources, whole, document)


def _explained(sources: _Sources, path: str, document: Mapping[str, Any]) -> Standing:
    """Why the design differs at a path: the country's departure, a held part, or a part left."""
    before, after = _value(sources.new, path), _value(document, path)
    origin = _origin(sources, path)
    held = _held_at(sources, path)
    lock = lock_of(sources.new, path).level
    level = lock.value if lock is not Level.FIXED else Level.FREE.value
    if origin is not None and not (held and allowed(sources.new, path, after)):
        cause, reason = Departure.Cause.LOCAL, origin.reason
        if origin.cause != Departure.Cause.LOCAL:
            cause = Departure.Cause(origin.cause)
    elif held is not None:
        cause, reason = Departure.Cause.HELD, held.why
    else:
        cause, reason = Departure.Cause.KEPT, sources.reason
    if cause == Departure.Cause.HELD:
        level = "held"
    return Standing(path, before, after, level, cause, reason, origin)


def _parts(sources: _Sources, merged: merging.Merged, left: Collection[str]) -> tuple[NewPart, ...]:
    words = {one.path: one.words for one in differences(sources.base, sources.new)}

    def shown(one: merging.Change, fate: Fate) -> NewPart:
        path = join(one.path)
        held = _held_at(sources, path)
        return NewPart(
            path=path,
            group=group_of(path),
            words=words.get(path) or human_title(sources.new, path),
            before=_plain(one.before),
            after=_plain(one.after),
            ours=_value(sources.ours, path),
            fate=fate,
            why=held.why if held and fate is Fate.HELD else "",
        )

    found = [shown(one, Fate.TAKEN) for one in merged.theirs]
    found += [shown(one, Fate.SAME) for one in merged.both]
    for one in merged.kept:
        is_left = group_of(join(one.path)) in left and not _held_at(sources, join(one.path))
        found.append(shown(one, Fate.LEFT if is_left else Fate.HELD))
    for clash in merged.conflicts:
        change = merging.Change(clash.path, clash.base, clash.theirs)
        found.append(replace(shown(change, Fate.CLASH), ours=_plain(clash.ours)))
    order = {path: at for at, path in enumerate(words)}
    listed = [one for one in found if one.path and split(one.path)[0] not in _MACHINERY]
    return tuple(sorted(listed, key=lambda one: (order.get(one.path, len(order)), one.path)))


def _origin(sources: _Sources, path: str) -> Departure | None:
    """The departure that explains a path: its own, else the nearest around it, else one inside it."""
    if not _is_own(sources, path):
        return None
    around = [one for one in sources.standing if _reaches(one.path, path)]
    if around:
        return max(around, key=lambda one: len(one.path))
    return next((one for one in sources.standing if _reaches(path, one.path)), None)


def _is_own(sources: _Sources, path: str) -> bool:
    """Whether the edition itself had changed the part before the newer version came."""
    return any(
        _reaches(one.path, path) or _reaches(path, one.path) for one in sources.standing
    ) and _differ(_value(sources.base, path), _value(sources.ours, path))


def _held_at(sources: _Sources, path: str) -> Held | None:
    return next(
        (one for one in sources.held if _reaches(one.path, path) or _reaches(path, one.path)), None
    )


def _list_around(document: Mapping[str, Any], path: str) -> str:
    """The list at a path or the nearest one above it."""
    while path:
        if isinstance(_value(document, path), list):
            return path
        path = path.rpartition(".")[0]
    raise ValueError("a difference outside every list could not be written as a departure")


def _reaches(above: str, path: str) -> bool:
    return path == above or path.startswith(f"{above}.")


def _differ(one: Any, other: Any) -> bool:
    if one is REMOVED or other is REMOVED:
        return one is not other
    return next(changes(one, other), None) is not None


def _value(data: Any, path: str) -> Any:
    try:
        return value_at(data, path)
    except UnknownPath:
        return REMOVED


def _plain(value: Any) -> Any:
    return REMOVED if value is merging.ABSENT else value


def paths_of(parts: Iterable[NewPart], fate: Fate) -> list[str]:
    """The paths of the parts with this fate, in order."""
    return [one.path for one in parts if one.fate is fate]
