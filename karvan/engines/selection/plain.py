"""Problems and answers as plain values that JSON can hold, and problems read back from them.

Every kind is a frozen dataclass of texts, whole numbers, sets, tuples, mappings and other such
dataclasses; how to read one back follows from its type hints, so a new kind needs no code here.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from numpy import ndarray


def plain(value: Any) -> Any:
    """Return the value in lists, dictionaries, texts and whole numbers; sets and rows sorted.

    Rows are dataclasses with a ``key``: problems forget the order of their input. A mapping by
    pairs becomes sorted rows [one, other, value].

    Raises:
        ValueError: a number that is not whole.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.compare}
    if isinstance(value, Mapping):
        if any(isinstance(key, tuple) for key in value):
            return sorted([*key, plain(item)] for key, item in value.items())
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, tuple):
        rows = [plain(item) for item in value]
        return sorted(rows, key=lambda row: str(row["key"])) if _are_rows(value) else rows
    if isinstance(value, ndarray):
        raise ValueError("a record holds rows, not columns of numbers: give the problem as rows")
    if isinstance(value, float):
        raise ValueError(f"a record holds whole numbers, not {value!r}")
    return value


def read(wanted: Any, stored: Any) -> Any:
    """Return the value of a type read back from what ``plain`` made of it.

    Raises:
        ValueError: what is stored does not fit the type.
    """
    origin, inner = get_origin(wanted), get_args(wanted)
    if is_dataclass(wanted):
        return _read_fields(wanted, stored)
    if origin in (Union, types.UnionType):
        return _read_one_of(inner, stored)
    if origin is tuple:
        kind = inner[:1] * len(stored) if inner[1:] == (...,) else inner
        return tuple(read(one, item) for one, item in zip(kind, stored, strict=True))
    if origin is frozenset:
        return frozenset(read(inner[0], item) for item in stored)
    if origin is not None and _is_mapping(origin):
        return _read_mapping(inner, stored)
    if wanted is Any or origin is Literal or isinstance(stored, wanted):
        return stored
    raise ValueError(f"{stored!r} is no {getattr(wanted, '__name__', wanted)}")


def _are_rows(items: tuple[Any, ...]) -> bool:
    return bool(items) and all(is_dataclass(item) and hasattr(item, "key") for item in items)


def _is_mapping(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _read_fields(wanted: Any, stored: Any) -> Any:
    if not isinstance(stored, Mapping):
        raise ValueError(f"{stored!r} is no {wanted.__name__}")
    hints = get_type_hints(wanted)
    known = {f.name for f in fields(wanted)}
    # A field that an older record does not have takes its default.
    return wanted(**{k: read(hints[k], item) for k, item in stored.items() if k in known})


def _read_mapping(inner: tuple[Any, ...], stored: Any) -> dict[Any, Any]:
    if isinstance(stored, Mapping):
        return {key: read(inner[1], item) for key, item in stored.items()}
    return {tuple(row[:-1]): read(inner[1], row[-1]) for row in stored}


def _read_one_of(kinds: tuple[Any, ...], stored: Any) -> Any:
    if stored is None and type(None) in kinds:
        return None
    for kind in kinds:
        if kind is type(None):
            continue
        try:
            return read(kind, stored)
        except (TypeError, ValueError, AttributeError):
            continue
    raise ValueError(f"{stored!r} fits none of {kinds}")
