"""Addresses of parts: keys joined by dots, list items by their code, id, key or value.

`activities.BC3.duration.days` goes on meaning the same when sessions or activities are reordered.
Items without an identity (a list of anchors) are addressed by their position from 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from .reading import RawPath

IDENTITIES = ("code", "id", "key", "value")


class _Removed:
    def __repr__(self) -> str:
        return "REMOVED"


#: Stands for "take this part away" where a value is expected.
REMOVED = _Removed()


class UnknownPath(ValueError):
    """The document has no such part."""


def identity_of(item: Any) -> str | None:
    """The code, id, key or value that names a list item, or None."""
    if not isinstance(item, dict):
        return None
    for name in IDENTITIES:
        if isinstance(item.get(name), str) and item[name]:
            return str(item[name])
    return None


def name_of(item: Any) -> str | None:
    """What tells a list item from the others: its identity; a lock by the path it holds."""
    name = identity_of(item)
    if name is None and isinstance(item, dict) and isinstance(item.get("path"), str):
        return str(item["path"]) or None
    return name


def are_told_apart(*lists: Any) -> bool:
    """Whether these are lists, not all empty, in each of which every item has a name of its own."""
    return any(lists) and all(
        isinstance(listed, list)
        and None not in (names := [name_of(item) for item in listed])
        and len(set(names)) == len(names)
        for listed in lists
    )


def positioned(data: Any, path: str) -> str:
    """The address with a lock named by the path it holds told by its place: `locks.3.max`."""
    parts = split(path)
    listed = data.get("locks") if parts[:1] == ("locks",) and isinstance(data, dict) else None
    if not isinstance(listed, list) or len(parts) < 2 or parts[1].isdecimal():
        return path
    held = [(split(name_of(item) or ""), place) for place, item in enumerate(listed)]
    found = [(name, place) for name, place in held if name and parts[1 : len(name) + 1] == name]
    if not found:
        return path
    name, place = max(found, key=lambda one: len(one[0]))
    return join(("locks", str(place), *parts[len(name) + 1 :]))


def is_named_list(value: Any) -> bool:
    """Whether this is a list of items that all have an identity."""
    return isinstance(value, list) and all(identity_of(item) is not None for item in value)


def split(path: str) -> tuple[str, ...]:
    return tuple(path.split(".")) if path else ()


def join(parts: Iterable[str]) -> str:
    return ".".join(parts)


def named(data: Any, raw: RawPath) -> str:
    """The dotted address of a raw path of keys and positions."""
    parts: list[str] = []
    held = data
    for step in raw:
        if isinstance(step, int) and isinstance(held, list) and step < len(held):
            held = held[step]
            parts.append(identity_of(held) or str(step))
        else:
            held = held.get(step) if isinstance(held, dict) else None
            parts.append(str(step))
    return join(parts)


def raw_path(data: Any, path: str) -> RawPath:
    """The raw keys and positions of a dotted address.

    Raises:
        UnknownPath: nothing stands at this address.
    """
    raw: list[str | int] = []
    held = data
    for part in split(positioned(data, path)):
        step = _step(held, part)
        if step is None:
            raise _unknown(path)
        raw.append(step)
        held = held[step]
    return tuple(raw)


def value_at(data: Any, path: str) -> Any:
    """What stands at this address.

    Raises:
        UnknownPath: nothing stands at this address.
    """
    for step in raw_path(data, path):
        data = data[step]
    return data


def with_value(data: Any, path: str, value: Any) -> Any:
    """A copy of the data with this value at this address; the given data stay as they were.

    A missing key of an existing mapping is added; a list takes a new item that carries its own
    identity; `REMOVED` takes the part away.

    Raises:
        UnknownPath: there is no part to hold the value.
        ValueError: the value would change the identity that its address names.
    """
    return _put(data, split(positioned(data, path)), value, path)


def _put(held: Any, parts: tuple[str, ...], value: Any, path: str) -> Any:
    if not parts:
        return value
    step = _step(held, parts[0])
    if step is None:
        return _added(held, parts, value, path)
    inside: Any = held
    below = _put(inside[step], parts[1:], value, path)
    if isinstance(held, list) and below is not REMOVED:
        _refuse_other_identity(inside[step], below, path)
    copy: Any = held.copy()
    if below is REMOVED:
        del copy[step]
    else:
        copy[step] = below
    return copy


def _added(held: Any, parts: tuple[str, ...], value: Any, path: str) -> Any:
    if len(parts) > 1 or value is REMOVED:
        raise _unknown(path)
    if isinstance(held, dict):
        return {**held, parts[0]: value}
    if is_named_list(held) and identity_of(value) == parts[0]:
        return [*held, value]
    raise _unknown(path)


def _refuse_other_identity(before: Any, after: Any, path: str) -> None:
    named_now = identity_of(before)
    if named_now is not None and identity_of(after) != named_now:
        message = _("“%(path)s” must keep its code “%(code)s”.")
        raise ValueError(message % {"path": path, "code": named_now})


def _step(held: Any, part: str) -> str | int | None:
    if isinstance(held, dict):
        return part if part in held else None
    if not isinstance(held, list):
        return None
    for at, item in enumerate(held):
        if identity_of(item) == part:
            return at
    if part.isascii() and part.isdecimal() and int(part) < len(held):
        at = int(part)
        return at if identity_of(held[at]) is None else None
    return None


def _unknown(path: str) -> UnknownPath:
    return UnknownPath(_("The blueprint has no part “%(path)s”.") % {"path": path})
