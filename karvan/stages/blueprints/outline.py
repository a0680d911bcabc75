"""A draft laid out for editing: its tree of parts, and what stands directly in one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language

from .document import Lock, UnknownPath, human_title, identity_of, value_at
from .document.labels import ITEMS, field_label
from .document.languages import is_words
from .document.locks import Locks, declared_locks
from .document.paths import IDENTITIES, is_named_list
from .document.shapes import item_shape, keys_at, required_at

Data = Mapping[str, Any]

# The keys of the whole document that stand as facts on its first page.
GENERAL = ("code", "title", "summary", "languages", "default_lock")
_TOP = ("indicators", "budget_lines", "locks")


@dataclass(frozen=True, slots=True)
class Node:
    """A part in the tree; ``below`` is filled on the way to the part in hand."""

    path: str
    title: str
    count: int | None
    is_present: bool
    below: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A part that stands directly in the one in hand.

    ``name`` is its code where it is an item of a list, ``about`` what helps to know it.
    """

    path: str
    title: str
    value: Any
    lock: Lock
    is_group: bool
    count: int = 0
    name: str = ""
    about: str = ""
    is_first: bool = False
    is_last: bool = False

    @property
    def is_inherited(self) -> bool:
        """True where the lock was declared further above."""
        return self.lock.declared_at != self.path


@dataclass(frozen=True, slots=True)
class Span:
    """The sessions of a day or week."""

    title: str
    rows: tuple[Row, ...]
    minutes: int


def tree(data: Data, present: str) -> tuple[Node, ...]:
    """The highest parts, and those on the way to the part in hand, in the document's order."""
    nodes = [_node(data, "", _("The programme"), present == "")]
    activities = data.get("activities")
    for activity in activities if isinstance(activities, list) else ():
        code = identity_of(activity)
        if code is None:
            continue
        path = f"activities.{code}"
        on_the_way = present == path or present.startswith(f"{path}.")
        below = tuple(_parts_of(data, path, present)) if on_the_way else ()
        nodes.append(_node(data, path, human_title(data, path), present == path, below))
    for key in _TOP:
        nodes.append(_node(data, key, field_label(key), _is_in(present, key)))
    return tuple(nodes)


def rows(data: Data, path: str) -> tuple[Row, ...]:
    """What stands directly in a part, single values and groups, in the document's order."""
    locks = Locks(data)
    held = at(data, path)
    if path == "":
        names = [key for key in GENERAL if key in data]
        return tuple(_row(locks, key, data[key], field_label(key)) for key in names)
    return tuple(_inside(locks, path, held))


def spans(data: Data, path: str) -> tuple[Span, ...]:
    """The sessions in a list of them, by day or week in the order written."""
    listed = rows(data, path)
    found = []
    for number, group in groupby(listed, _day):
        inside = tuple(group)
        minutes = sum(_minutes(one.value) for one in inside)
        found.append(Span(_day_title(inside[0].value, number), inside, minutes))
    return tuple(found)


def missing(data: Data, path: str) -> tuple[Node, ...]:
    """The parts that the format knows here and the draft does not have yet."""
    held = at(data, path) if path else data
    if not isinstance(held, dict) or is_words(held):
        return ()
    parent = path.rpartition(".")[2]
    hidden = ("karvan", "activities", *_TOP) if path == "" else ()
    return tuple(
        Node(f"{path}.{key}" if path else key, field_label(key, parent), None, False)
        for key in keys_at(path)
        if key not in held and key not in hidden
    )


def lock_rows(data: Data) -> list[tuple[str, str, Lock]]:
    """The declared locks: the address of each in the draft, on which part, and the lock."""
    listed = data.get("locks")
    known = [id(entry) for entry in declared_locks(data)]
    locks = Locks(data)
    return [
        (f"locks.{place}", human_title(data, entry["path"]), locks.at(entry["path"]))
        for place, entry in enumerate(listed if isinstance(listed, list) else ())
        if id(entry) in known
    ]


def new_item(data: Data, path: str) -> dict[str, Any]:
    """A first form of a new item of a list: the keys it must have, with texts to fill in."""
    languages = [one for one in data.get("languages", ()) if isinstance(one, str)] or ["en"]
    shape = item_shape(path)
    wanted: list[str] = [key for key in IDENTITIES if key in shape]
    wanted += [key for key in required_at(path) if key not in wanted]
    return {key: _blank(key, shape.get(key, ""), languages) for key in wanted}


def at(data: Data, path: str) -> Any:
    """What stands at a path, None where nothing does."""
    try:
        return value_at(data, path)
    except UnknownPath:
        return None


def is_group(value: Any) -> bool:
    """True for what holds parts of its own: a mapping that is no text, a list of mappings."""
    if isinstance(value, dict):
        return not is_words(value)
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _is_in(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above}.")


def _node(
    data: Data, path: str, title: str, is_present: bool, below: tuple[Node, ...] = ()
) -> Node:
    held = at(data, path) if path else None
    count = len(held) if isinstance(held, list) else None
    return Node(path, title, count, is_present, below)


def _parts_of(data: Data, path: str, present: str) -> Iterator[Node]:
    held = at(data, path)
    for key, below in held.items() if isinstance(held, dict) else ():
        here = f"{path}.{key}"
        if is_group(below) or isinstance(below, list):
            inside = tuple(_parts_of(data, here, present)) if key == "selection" else ()
            title = field_label(key, path.rpartition(".")[2])
            yield _node(data, here, title, _present_here(present, here, inside), inside)


def _present_here(present: str, here: str, inside: tuple[Node, ...]) -> bool:
    return _is_in(present, here) and not any(one.is_present for one in inside)


def _inside(locks: Locks, path: str, held: Any) -> Iterator[Row]:
    parent = path.rpartition(".")[2]
    if isinstance(held, dict) and not is_words(held):
        for key, below in held.items():
            yield _row(locks, f"{path}.{key}", below, field_label(key, parent))
    elif isinstance(held, list) and is_group(held):
        named = is_named_list(held)
        for place, item in enumerate(held):
            name = str(identity_of(item)) if named else str(place)
            row = _row(locks, f"{path}.{name}", item, _item_title(item) or _item_name(parent, name))
            yield Row(
                row.path, row.title, item, row.lock, is_group(item), row.count, name,
                _about(item), place == 0, place == len(held) - 1,
            )  # fmt: skip


def _row(locks: Locks, path: str, value: Any, title: str) -> Row:
    count = len(value) if isinstance(value, list | dict) else 0
    return Row(path, title, value, locks.at(path), is_group(value), count)


def _item_title(item: Any) -> str:
    if not isinstance(item, dict):
        return ""
    for key in ("title", "label", "text", "item", "theme", "path"):
        words = item.get(key)
        if isinstance(words, dict | str) and words:
            return str(in_language(words))
    return ""


def _item_name(collection: str, name: str) -> str:
    noun = ITEMS.get(collection)
    return f"{noun} {name}" if noun else name


def _about(item: Any) -> str:
    """The single values of an item that tell it from the others, in one line."""
    if not isinstance(item, dict):
        return ""
    told = [
        f"{field_label(key)} {value}"
        for key, value in item.items()
        if key
        in ("weight", "seats", "type", "unit", "qty", "floor_percent", "cap_percent", "basis")
        and isinstance(value, str | int | float)
    ]
    return " · ".join(told)


def _day(row: Row) -> Any:
    held = row.value if isinstance(row.value, dict) else {}
    return held.get("week") if "week" in held else held.get("day")


def _day_title(session: Any, number: Any) -> str:
    if number is None:
        return _("Without a day")
    by_week = isinstance(session, dict) and "week" in session
    return (_("Week %(number)s") if by_week else _("Day %(number)s")) % {"number": number}


def _minutes(session: Any) -> int:
    minutes = session.get("minutes") if isinstance(session, dict) else None
    return minutes if isinstance(minutes, int) else 0


def _blank(key: str, kind: str, languages: list[str]) -> Any:
    if kind == "object":
        return dict.fromkeys(languages, "…")
    if kind == "integer" or kind == "number":
        return 1
    return [] if kind == "array" else "…"
