"""Documents of mappings, lists and plain values: their items' names, equality and copies."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import isfinite
from typing import Any

from .answer import ABSENT, Path

DEEPEST = 100
_PLAIN = frozenset({str, int, float, bool, type(None)})
_SHOWN_LENGTH = 60


def identity_of(item: Any, identities: tuple[str, ...]) -> str | None:
    """The first of the identities that the item has as a text that is not empty."""
    if type(item) is dict:
        for key in identities:
            name = item.get(key)
            if type(name) is str and name:
                return name
    return None


def named(value: Any, identities: tuple[str, ...]) -> dict[str, Any] | None:
    """The items of a list by their identity, in order; None unless every item has one."""
    if type(value) is not list:
        return None
    items: dict[str, Any] = {}
    for item in value:
        name = identity_of(item, identities)
        if name is None:
            return None
        items[name] = item
    return items


def are_rows(*lists: Any) -> bool:
    """Whether these are lists of mappings, all equally long."""
    return all(
        type(one) is list and len(one) == len(lists[0]) and all(type(row) is dict for row in one)
        for one in lists
    )


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal at every depth, in type too: 1, 1.0 and True all differ."""
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is dict:
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if kind is list:
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def copied(value: Any) -> Any:
    """A copy that shares no mapping or list with the value."""
    kind = type(value)
    if kind is dict:
        return {key: copied(below) for key, below in value.items()}
    if kind is list:
        return [copied(below) for below in value]
    return value


def shown(value: Any) -> str:
    """A value as an error quotes it, cut short."""
    text = repr(value)
    return text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"


def spoken(path: Path) -> str:
    """A path as an error quotes it."""
    return ".".join(path) or "the document"


def require_identities(identities: Collection[str]) -> tuple[str, ...]:
    """The identities as a tuple.

    Raises:
        ValueError: they are a bare text, or not all texts.
    """
    if isinstance(identities, str) or not all(type(name) is str for name in identities):
        raise ValueError(f"identities must be several keys, got {identities!r}")
    return tuple(identities)


def require_document(value: Any, identities: tuple[str, ...], name: str) -> None:
    """Refuse what is not a document.

    Raises:
        ValueError: a value is none that JSON has, a key is no text, two items of a list have
            one identity, or it is more than 100 levels deep; quotes the value and its path.

    Cost: linear in the size.
    """
    _require(value, identities, name, [])


def _require(value: Any, identities: tuple[str, ...], name: str, above: list[str]) -> None:
    if len(above) > DEEPEST:
        raise ValueError(f"{name}: {shown(value)} lies more than {DEEPEST} levels deep")
    kind = type(value)
    if kind is dict:
        for key, below in value.items():
            if type(key) is not str:
                raise ValueError(f"{name}: key {shown(key)} at {spoken(tuple(above))} is no text")
            if type(below) is not str:
                above.append(key)
                _require(below, identities, name, above)
                above.pop()
    elif kind is list:
        _require_list(value, identities, name, above)
    elif kind not in _PLAIN or (kind is float and not isfinite(value)):
        raise ValueError(f"{name}: {shown(value)} at {spoken(tuple(above))} is no JSON value")


def _require_list(
    value: list[Any], identities: tuple[str, ...], name: str, above: list[str]
) -> None:
    names = [identity_of(item, identities) for item in value]
    if None not in names and len(set(names)) < len(names):
        twice = next(one for one in names if names.count(one) > 1)
        raise ValueError(f"{name}: two items of {spoken(tuple(above))} are named {shown(twice)}")
    for at, below in enumerate(value):
        if type(below) is not str:
            above.append(names[at] or str(at))
            _require(below, identities, name, above)
            above.pop()


def items_of(value: Any, identities: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The parts directly inside a mapping or list with their names; none in a plain value."""
    if type(value) is dict:
        yield from value.items()
    elif type(value) is list:
        names = named(value, identities)
        yield from (
            names.items()
            if names is not None
            else ((str(at), item) for at, item in enumerate(value))
        )


def part_at(value: Any, path: Path, identities: tuple[str, ...]) -> Any:
    """What stands at a path, `ABSENT` where nothing does."""
    for name in path:
        value = dict(items_of(value, identities)).get(name, ABSENT)
    return value
