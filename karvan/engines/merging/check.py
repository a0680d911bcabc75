"""A slow, plain recount of a merge, leaf by leaf, sharing nothing with the walk."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations
from typing import Any

from .answer import ABSENT, Change, Merged, Path

_MAPPING, _LIST = ("a mapping",), ("a list of named items",)  # equal to no value of a document
Leaves = dict[Path, Any]


def check_merge(
    base: Any, ours: Any, theirs: Any, merged: Merged, keep: Collection[Path] = ()
) -> tuple[str, ...]:
    """Return what is wrong with a merge, in words; empty if nothing.

    Takes the documents apart to single values and decides each by itself: what only one side
    changed is its, what both changed alike is so, all else must lie in a conflict or be kept,
    and then is ours. Then counts again which item stands before which, whether every change is
    told and whether every conflict is one.

    Cost: O(values x conflicts + items³); 7,000 values: 2 CPU s. For tests.
    """
    documents = (base, ours, theirs, merged.document)
    kinds = _kinds(documents[:3], merged.identities)
    had = [path for path in keep if _has(ours, path, merged.identities)]
    parts = [dict(_leaves(one, (), kinds, merged.identities)) for one in documents]
    return (
        *_wrong_values(parts, merged, keep, had),
        *_untold(parts, merged),
        *_wrong_conflicts(documents, kinds, merged),
        *_wrong_orders(parts, kinds, merged, keep),
    )


def _wrong_values(
    parts: list[Leaves], merged: Merged, keep: Collection[Path], had: Collection[Path]
) -> Iterator[str]:
    for path in dict.fromkeys(path for one in parts for path in one):
        was, mine, yours, got = (one.get(path, ABSENT) for one in parts)
        is_ours = _is_ours(path, merged, keep) or any(_starts(one, path) for one in had)
        if is_ours or _alike(was, yours) or _alike(mine, yours):
            due = mine
        elif _alike(was, mine):
            due = yours
        else:
            yield f"{path}: both changed {was!r}, to {mine!r} and {yours!r}, and no conflict"
            continue
        if not _alike(got, due):
            yield f"{path}: is {got!r} and must be {due!r}"


def _untold(parts: list[Leaves], merged: Merged) -> Iterator[str]:
    ours, theirs = (*merged.ours, *merged.both), (*merged.theirs, *merged.both, *merged.kept)
    for path in dict.fromkeys(path for one in parts for path in one):
        was, mine, yours, _ = (one.get(path, ABSENT) for one in parts)
        if _in_conflict(path, merged):
            continue
        if not _alike(was, mine) and not any(_tells(change, path) for change in ours):
            yield f"{path}: our change to {mine!r} is not told"
        if not _alike(was, yours) and not any(_tells(change, path) for change in theirs):
            yield f"{path}: their change to {yours!r} is not told"


def _tells(change: Change, path: Path) -> bool:
    """Whether the change is of this value, of what holds it, or of something inside it."""
    is_order = _are_names(change.before) and _are_names(change.after)
    is_inside = _starts(change.path, path)
    return is_inside or (_starts(path, change.path) and not is_order)


def _are_names(value: Any) -> bool:
    return type(value) is list and all(type(name) is str for name in value)


def _wrong_conflicts(
    documents: tuple[Any, ...], kinds: dict[Path, str], merged: Merged
) -> Iterator[str]:
    paths = [conflict.path for conflict in merged.conflicts]
    if len(set(paths)) < len(paths):
        yield "two conflicts have one path"
    for change in (*merged.ours, *merged.theirs, *merged.both, *merged.kept):
        if _in_conflict(change.path, merged):
            yield f"{change.path}: a change is told although it is contested"
    for conflict in merged.conflicts:
        said = (conflict.base, conflict.ours, conflict.theirs)
        found = [_part(one, conflict.path, kinds, merged.identities) for one in documents[:3]]
        if conflict.kind == "order":
            found = [list(_items(one, "named", merged.identities)) for one in found]
        if not all(map(_alike, said, found)):
            yield f"{conflict.path}: the conflict's values are not those of the documents"
        alike = [_alike(one, other) for one, other in combinations(found, 2)]
        if any(alike):
            yield f"{conflict.path}: a conflict over what only one side changed"


def _wrong_orders(
    parts: list[Leaves], kinds: dict[Path, str], merged: Merged, keep: Collection[Path]
) -> Iterator[str]:
    contested = {conflict.path for conflict in merged.conflicts if conflict.kind == "order"}
    for path in [path for path, value in parts[3].items() if value is _LIST]:
        names = [_names(path, one) for one in parts]
        is_kept = any(_starts(path, one) for one in (*keep, *(c.path for c in merged.kept)))
        if path in contested or is_kept or _in_conflict(path, merged):
            mine = [name for name in names[1] if name in names[3]]
            if mine != [name for name in names[3] if name in mine]:
                yield f"{path}: the order is contested and not ours"
        else:
            yield from _wrong_order(path, *names)


def _wrong_order(
    path: Path, base: list[str], ours: list[str], theirs: list[str], got: list[str]
) -> Iterator[str]:
    lasting = [name for name in base if name in ours and name in theirs and name in got]
    for one, other in combinations(lasting, 2):
        is_before = [x.index(one) < x.index(other) for x in (base, ours, theirs, got)]
        due = is_before[1] if is_before[1] != is_before[0] else is_before[2]
        if is_before[3] != due:
            yield f"{path}: {one} and {other} stand the wrong way round"
    for side in (ours, theirs):
        added = [name for name in side if name in got and name not in lasting]
        for name in added:
            if _lasting_before(name, side, lasting) != _lasting_before(name, got, lasting):
                yield f"{path}: {name} follows another item than where it was added"
        for one, other in combinations(added, 2):
            anchors = {_lasting_before(name, side, lasting) for name in (one, other)}
            if len(anchors) == 1 and got.index(one) > got.index(other):
                yield f"{path}: {one} and {other}, added in this order, are turned round"


def _lasting_before(name: str, order: list[str], lasting: list[str]) -> str | None:
    before = [one for one in order[: order.index(name)] if one in lasting]
    return before[-1] if before else None


def _is_ours(path: Path, merged: Merged, keep: Collection[Path]) -> bool:
    if _in_conflict(path, merged) or any(_starts(path, kept) for kept in keep):
        return True
    return any(_tells(change, path) for change in merged.kept)


def _has(value: Any, path: Path, identities: tuple[str, ...]) -> bool:
    for name in path:
        kind = "named" if _is_named(value, identities) else "rows"
        value = _items(value, kind, identities).get(name, ABSENT)
    return value is not ABSENT


def _in_conflict(path: Path, merged: Merged) -> bool:
    return any(_starts(path, c.path) for c in merged.conflicts if c.kind != "order")


def _starts(path: Path, beginning: Path) -> bool:
    return path[: len(beginning)] == beginning


def _alike(one: Any, other: Any) -> bool:
    """Equal in value and type at every depth; the text of a value tells 1, 1.0 and True apart."""
    if type(one) is dict and type(other) is dict:
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    if type(one) is list and type(other) is list:
        return len(one) == len(other) and all(map(_alike, one, other))
    return repr(one) == repr(other)


def _kinds(documents: tuple[Any, ...], identities: tuple[str, ...]) -> dict[Path, str]:
    """How each list is taken apart: by identity ("named"), by position ("rows"), or not."""
    kinds: dict[Path, str] = {}
    waiting: list[Path] = [()]
    while waiting:
        path = waiting.pop()
        found = [_part(one, path, kinds, identities) for one in documents]
        there = [one for one in found if one is not ABSENT]
        if any(type(one) is list for one in there):
            base, *_ = found
            if all(_is_named(one, identities) for one in there):
                kinds[path] = "named"
            elif _is_named(base, identities) or not _are_rows(there) or type(base) is not list:
                kinds[path] = "whole"
            else:
                kinds[path] = "rows"
        names = [name for one in there for name in _items(one, kinds.get(path, ""), identities)]
        waiting += [(*path, name) for name in dict.fromkeys(names)]
    return kinds


def _is_named(value: Any, identities: tuple[str, ...]) -> bool:
    return type(value) is list and all(_name(item, identities) for item in value)


def _are_rows(values: list[Any]) -> bool:
    lists = [one for one in values if type(one) is list]
    rows = all(type(row) is dict for one in lists for row in one)
    return lists == values and rows and len({len(one) for one in lists}) == 1


def _name(item: Any, identities: tuple[str, ...]) -> str:
    texts = [item[key] for key in identities if type(item) is dict and key in item]
    return next((text for text in texts if type(text) is str and text), "")


def _items(value: Any, kind: str, identities: tuple[str, ...]) -> dict[str, Any]:
    """The parts directly inside."""
    if type(value) is dict:
        return dict(value)
    if type(value) is list and kind == "named":
        return {_name(item, identities): item for item in value}
    if type(value) is list and kind == "rows":
        return {str(at): row for at, row in enumerate(value)}
    return {}


def _part(value: Any, path: Path, kinds: dict[Path, str], identities: tuple[str, ...]) -> Any:
    for depth, name in enumerate(path):
        value = _items(value, kinds.get(path[:depth], ""), identities).get(name, ABSENT)
    return value


def _leaves(
    value: Any, path: Path, kinds: dict[Path, str], identities: tuple[str, ...]
) -> Iterator[tuple[Path, Any]]:
    """Every single value with its path, in the order of the document, and what holds them."""
    kind = kinds.get(path, "")
    is_list = type(value) is list and kind in ("named", "rows")
    if type(value) is dict or is_list:
        yield path, _LIST if is_list and kind == "named" else _MAPPING
        for name, below in _items(value, kind, identities).items():
            yield from _leaves(below, (*path, name), kinds, identities)
    else:
        yield path, value


def _names(path: Path, leaves: Leaves) -> list[str]:
    deeper = len(path) + 1
    return [one[-1] for one in leaves if len(one) == deeper and _starts(one, path)]
