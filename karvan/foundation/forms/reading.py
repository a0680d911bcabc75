"""Take single things out of loosely typed data, and note what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite
from typing import Any

from .errors import Problem

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
VALUE = re.compile(r"[\w.+-]{1,60}")
LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass
class Notes:
    """The mistakes found so far."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, path: str, message: str) -> None:
        self.problems.append(Problem(path, message))


def get(raw: Any, name: str) -> Any:
    """One thing in a mapping, None where it or the mapping is missing."""
    return raw.get(name) if isinstance(raw, Mapping) else None


def only(raw: Any, allowed: AbstractSet[str], path: str, notes: Notes) -> None:
    """Note that ``raw`` is no mapping, or which words in it mean nothing here."""
    if not isinstance(raw, Mapping):
        notes.add(path, f"a mapping is needed, got {raw!r}")
        return
    for name in raw:
        if name not in allowed:
            notes.add(f"{path}.{name}", "this word means nothing here")


def items(raw: Any, name: str, path: str, notes: Notes, *, needed: bool = False) -> list[Any]:
    """A list; [] with a note where it is none, or empty though needed."""
    value = get(raw, name)
    if value is None and not needed:
        return []
    if not isinstance(value, list) or (needed and not value):
        notes.add(f"{path}.{name}", f"a list with at least one entry is needed, got {value!r}")
        return []
    return value


def key(raw: Any, path: str, notes: Notes) -> str:
    """A key: small Latin letters, digits and _, at most 40, a letter first."""
    value = get(raw, "key")
    if not isinstance(value, str) or not KEY.fullmatch(value):
        notes.add(f"{path}.key", f"small letters, digits and _ are needed, got {value!r}")
        return ""
    return value


def choice_value(raw: Any, path: str, notes: Notes) -> str:
    """What a choice stores. YAML turns a bare yes or no into true or false: that is refused."""
    value = get(raw, "value")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not VALUE.fullmatch(value):
        notes.add(f"{path}.value", f"a word without spaces is needed, in quotes, got {value!r}")
        return ""
    return value


def texts(
    raw: Any, name: str, path: str, notes: Notes, *, needed: bool = False
) -> Mapping[str, str]:
    """A text by language; a plain string counts as English."""
    value = get(raw, name)
    if isinstance(value, str) and value.strip():
        return {"en": value.strip()}
    if value is None and not needed:
        return {}
    sound = isinstance(value, Mapping) and all(
        isinstance(code, str) and LANGUAGE.fullmatch(code) and isinstance(text, str)
        for code, text in value.items()
    )
    found = {code: text.strip() for code, text in value.items() if text.strip()} if sound else {}
    if not found:
        notes.add(f"{path}.{name}", f"a text in at least one language is needed, got {value!r}")
    return found


def flag(raw: Any, name: str, path: str, notes: Notes) -> bool:
    """True or false; false where nothing is said."""
    value = get(raw, name)
    if value is not None and not isinstance(value, bool):
        notes.add(f"{path}.{name}", f"true or false is needed, got {value!r}")
    return value is True


def whole(raw: Any, name: str, path: str, notes: Notes, *, least: int) -> int | None:
    """A whole number of at least ``least``, or None."""
    value = get(raw, name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        notes.add(f"{path}.{name}", f"a whole number from {least} is needed, got {value!r}")
        return None
    return value


def bound(raw: Any, name: str, kind: str, path: str, notes: Notes) -> Any:
    """A limit: a date for a question of type date, otherwise a number."""
    value = get(raw, name)
    if value is None:
        return None
    if kind == "date":
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            notes.add(f"{path}.{name}", f"a date such as 2026-12-07 is needed, got {value!r}")
            return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        notes.add(f"{path}.{name}", f"a number is needed, got {value!r}")
        return None
    return value


def file_kinds(raw: Any, known: Iterable[str], path: str, notes: Notes) -> list[str]:
    """Kinds of file by the names the platform knows."""
    listed = items(raw, "file_kinds", path, notes)
    for kind in listed:
        if not isinstance(kind, str) or kind not in known:
            notes.add(f"{path}.file_kinds", f"{kind!r} is not one of {', '.join(known)}")
    return listed


def one_of(raw: Any, name: str, allowed: Sequence[str], path: str, notes: Notes) -> str:
    """One word of a list."""
    value = get(raw, name)
    if value not in allowed:
        notes.add(f"{path}.{name}", f"{value!r} is not one of {', '.join(allowed)}")
        return ""
    return str(value)


def is_plain(value: Any) -> bool:
    """True for one word, number, date, true or false: what an answer can be compared with."""
    if isinstance(value, float):
        return isfinite(value)
    return isinstance(value, (str, int, date))


def condition_value(value: Any) -> Any:
    """A value to compare with, in the form in which answers are kept."""
    if isinstance(value, list):
        return tuple(condition_value(one) for one in value)
    return value.isoformat() if isinstance(value, date) else value


def circles(waits: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Each circle in a graph met on one depth-first walk, by its members in order."""
    done: set[str] = set()
    found: list[tuple[str, ...]] = []

    def walk(node: str, trail: list[str]) -> None:
        if node in trail:
            found.append(tuple(trail[trail.index(node) :]))
            return
        if node in done:
            return
        for following in waits.get(node, ()):
            walk(following, [*trail, node])
        done.add(node)

    for start in waits:
        walk(start, [])
    return found
