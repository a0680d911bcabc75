"""What refuses a departure, in words: the part, the lock, who keeps it, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language

from .changes import Change, changes, leaves
from .core_parts import closed_part, core_parts
from .labels import human_title
from .locks import NAMES, Level, Lock, Origin, lock_of
from .paths import REMOVED, UnknownPath, split, value_at, with_value


@dataclass(frozen=True)
class Refusal:
    """Why a departure is not allowed, in words.

    `path` is the part that refuses it, `lock` the lock in force there (None where the part or the
    value makes no sense), `owner` the party that keeps the blueprint, "" when it was not given.
    """

    path: str
    message: str
    lock: Lock | None = None
    owner: str = ""

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class _Keeper:
    """Whose blueprint it is, for the words of a refusal."""

    data: Mapping[str, Any]
    owner: str
    version: int | None

    def named(self, lock: Lock) -> str:
        """The lock as a refusal calls it."""
        if lock.origin is Origin.NAME:
            return _("the rule that names of parts never change")
        if lock.origin is Origin.RULE:
            said = _("the rule of all blueprints for %(path)s") % {"path": lock.declared_at}
        elif lock.origin is Origin.DEFAULT:
            said = _("the lock of the whole blueprint")
        else:
            said = _("the lock %(path)s") % {"path": lock.declared_at}
        detail = {"lock": said, "owner": self.owner, "version": self._version()}
        if self.version is not None and self.owner:
            return _("%(lock)s of %(version)s, which %(owner)s keeps") % detail
        if self.version is not None:
            return _("%(lock)s of %(version)s") % detail
        return _("%(lock)s, which %(owner)s keeps") % detail if self.owner else said

    def refusal(self, path: str, lock: Lock, said: str, **detail: Any) -> Refusal:
        """`said` with its words put in, and the reason the author gave."""
        words = {"part": human_title(self.data, path), "lock": self.named(lock), **detail}
        return Refusal(path, said % words + _because(lock), lock, self.owner)

    def _version(self) -> str:
        detail = {"code": self.data.get("code", ""), "number": self.version}
        return _("%(code)s version %(number)s") % detail


def allowed(
    data: Mapping[str, Any], path: str, value: Any, *, owner: str = "", version: int | None = None
) -> Refusal | None:
    """None when a country may put this value here, else what refuses it.

    A whole part may be given: each change inside it is held against its own lock. `REMOVED`
    takes the part away. The document as a whole is not checked again here; `check` does that.

    Args: owner: the name of the party that keeps the blueprint; version: its number. Both only
        make the refusal say more.
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
    keeper = _Keeper(data, owner, version)
    for change in changes(data, after):
        refusal = _refusal(keeper, change)
        if refusal is not None:
            return refusal
    return _core_refusal(keeper, path)


def _core_refusal(keeper: _Keeper, path: str) -> Refusal | None:
    """A part that is, or holds, what no country may change is not replaced as a whole."""
    closed = closed_part(core_parts(keeper.data), path)
    if closed is None:
        return None
    if closed == path:
        said = _(
            "“%(part)s” is the same in every country as a whole: only the open parts inside it "
            "change, one by one."
        )
        return keeper.refusal(path, lock_of(keeper.data, path), said)
    said = _(
        "“%(whole)s” cannot be replaced as a whole, since “%(part)s” inside it is fixed by "
        "%(lock)s. Change its other parts one by one."
    )
    whole = human_title(keeper.data, path)
    return keeper.refusal(closed, lock_of(keeper.data, closed), said, whole=whole)


def _refusal(keeper: _Keeper, change: Change) -> Refusal | None:
    lock = lock_of(keeper.data, change.path)
    if lock.level is Level.FIXED:
        return _fixed(keeper, change.path, lock)
    if change.after is REMOVED:
        return _locked_inside(keeper, change.path, change.before) or _not_emptied(
            keeper, change, lock
        )
    if change.before is REMOVED and isinstance(change.after, dict):
        return _locked_inside(keeper, change.path, change.after) or _bounded_inside(keeper, change)
    # What a country supplies may be of another kind: a target goes from "unknown" to a number.
    same_kind = lock.level is Level.TO_SUPPLY or _kind(change.before) is _kind(change.after)
    if change.before is not REMOVED and not same_kind:
        message = _("%(part)s: “%(value)s” is not of the kind that stands here (“%(before)s”).")
        title = human_title(keeper.data, change.path)
        detail = {"part": title, "value": change.after, "before": change.before}
        return Refusal(change.path, message % detail, lock, keeper.owner)
    return _outside(keeper, change, lock)


def _locked_inside(keeper: _Keeper, path: str, part: Any) -> Refusal | None:
    """A part may not come or go when something fixed in it would come or go with it."""
    for below, _value in leaves(part, path):
        lock = lock_of(keeper.data, below)
        if lock.level is Level.FIXED and split(below)[-1] not in NAMES:
            return _fixed(keeper, below, lock)
    return None


def _bounded_inside(keeper: _Keeper, change: Change) -> Refusal | None:
    """What comes with a new part keeps the bounds that all its kind have."""
    for below, value in leaves(change.after, change.path):
        lock = lock_of(keeper.data, below)
        if lock.level is Level.BOUNDED:
            refusal = _outside(keeper, Change(below, REMOVED, value), lock)
            if refusal is not None:
                return refusal
    return None


def _not_emptied(keeper: _Keeper, change: Change, lock: Lock) -> Refusal | None:
    if lock.level is Level.FREE:
        return None
    said = _("“%(part)s” cannot be left out: it is held by %(lock)s.")
    return keeper.refusal(change.path, lock, said)


def _outside(keeper: _Keeper, change: Change, lock: Lock) -> Refusal | None:
    value, limits = change.after, lock.limits
    if limits.is_choice:
        strange = [one for one in _each(value) if one not in limits.options]
        if strange:
            return _not_an_option(keeper, change.path, lock, strange)
    too_small = limits.min is not None and _number(value) < limits.min
    too_large = limits.max is not None and _number(value) > limits.max
    if not (too_small or too_large):
        return None
    if limits.min is None:
        said = _("“%(part)s” is held at %(max)s or less by %(lock)s; %(value)s is more.")
    elif limits.max is None:
        said = _("“%(part)s” is held at %(min)s or more by %(lock)s; %(value)s is less.")
    else:
        said = _(
            "“%(part)s” is held between %(min)s and %(max)s by %(lock)s; %(value)s lies outside."
        )
    detail = {"min": limits.min, "max": limits.max, "value": value}
    return keeper.refusal(change.path, lock, said, **detail)


def _not_an_option(keeper: _Keeper, path: str, lock: Lock, strange: list[Any]) -> Refusal:
    limits = lock.limits
    detail = {
        "value": ", ".join(map(str, strange)),
        "options": ", ".join(map(str, limits.options)) or _("none"),
    }
    if not limits.source:
        said = _("“%(part)s” is held to %(options)s by %(lock)s; “%(value)s” is not among them.")
        return keeper.refusal(path, lock, said, **detail)
    said = _(
        "“%(part)s” is held to the list “%(list)s” (%(options)s) by %(lock)s; “%(value)s” is not "
        "in it."
    )
    listed = human_title(keeper.data, limits.source)
    if limits.where:
        kept = ", ".join(f"{key}: {wanted}" for key, wanted in limits.where)
        listed = f"{listed}, {kept}"
    return keeper.refusal(path, lock, said, list=listed, **detail)


def _fixed(keeper: _Keeper, path: str, lock: Lock) -> Refusal:
    said = _("“%(part)s” is the same in every country: it is fixed by %(lock)s.")
    return keeper.refusal(path, lock, said)


def _because(lock: Lock) -> str:
    reason = in_language(lock.reason)
    return " " + _("Reason: %(reason)s") % {"reason": reason} if reason else ""


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _kind(value: Any) -> type:
    return float if isinstance(value, int) and not isinstance(value, bool) else type(value)


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")
