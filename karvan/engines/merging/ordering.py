"""The order of the items of a list that two sides changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

START = ""  # no identity is empty: the place before every item


@dataclass(slots=True)
class _Side:
    """One side's list, seen over the items that all three documents have.

    anchors: the lasting item after which each other item of the list stands.
    runs:    what stands after a lasting item, up to the next, and is in the merged list.
    gaps:    the lasting items after which it, or the base, has what the other side removed.
    is_torn: it added an item after one that it moved and the other side removed.
    """

    anchors: dict[str, str]
    runs: dict[str, list[str]] = field(default_factory=dict)
    gaps: set[str] = field(default_factory=set)
    is_torn: bool = False


def merged_order(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], present: Collection[str]
) -> list[str] | None:
    """Return the names in `present` in their merged order; None where the sides contradict.

    The items that all three have, the lasting ones, are cut into the smallest stretches that
    hold the same items in all three orders; in each, the side that changed the order wins. An
    added item follows the item it follows on its own side. What both add at one place is woven
    by name, see `_woven`.

    The sides contradict where both put one stretch in different orders; where both add an item
    at different places; where both add at a place from which an item was removed, as nobody can
    say on which side of it; and where a side added after an item that it moved and the other
    removed. In all but the first, three sides would else merge to what their grouping decides.

    Cost: O(n log n).
    """
    there = set(present)
    if ours == theirs or base == ours:
        return [name for name in theirs if name in there]
    if base == theirs:
        return [name for name in ours if name in there]
    shared = there & set(ours) & set(theirs)
    lasting = [name for name in base if name in shared]
    rank = {name: at for at, name in enumerate(base)}
    anchors = _anchors(base, set(lasting))
    one, other = (_side(names, rank, anchors, there) for names in (ours, theirs))
    order = _stretches(lasting, ours, theirs)
    if order is None or one.is_torn or other.is_torn or _misplaced(one, other):
        return None
    merged: list[str] = []
    for name in [START, *order]:
        run = _run_after(name, one, other)
        if run is None:
            return None
        merged += [name, *run]
    return merged[1:]


def placed_after(order: Sequence[str], other: Sequence[str]) -> list[str]:
    """The order, with what only the other has put right after what it follows there."""
    known, last = set(order), START
    follow: dict[str, list[str]] = {}
    for name in other:
        if name in known:
            last = name
        else:
            follow.setdefault(last, []).append(name)
    return [one for name in (START, *order) for one in (name, *follow.get(name, ()))][1:]


def _anchors(names: Sequence[str], lasting: Collection[str]) -> dict[str, str]:
    """After which lasting item each other item stands."""
    anchors: dict[str, str] = {}
    last = START
    for name in names:
        if name in lasting:
            last = name
        else:
            anchors[name] = last
    return anchors


def _side(
    names: Sequence[str], rank: Mapping[str, int], before: Mapping[str, str], there: set[str]
) -> _Side:
    """One side's list; `before` has the anchors of the base."""
    lasting = {name for name in rank if name not in before}
    side = _Side(_anchors(names, lasting))
    for name, anchor in side.anchors.items():
        if name in there:
            side.runs.setdefault(anchor, []).append(name)
        else:
            side.gaps |= {anchor, before.get(name, anchor)}
    side.is_torn = _is_torn(names, rank, before, side.anchors, there)
    return side


def _is_torn(
    names: Sequence[str],
    rank: Mapping[str, int],
    before: Mapping[str, str],
    anchors: Mapping[str, str],
    there: set[str],
) -> bool:
    """Whether an item was added after one that is gone and stands elsewhere in the base."""
    gone = START  # the item of the base that is gone and that we are right after
    highest, is_moved = -1, False  # of those gone since the last lasting item
    for name in names:
        if name in rank:
            gone = START
            if name not in anchors:
                highest, is_moved = -1, False
            elif name not in there:
                gone = name
                is_moved |= rank[name] < highest or anchors[name] != before[name]
                highest = max(highest, rank[name])
        elif gone and is_moved:
            return True
    return False


def _stretches(
    lasting: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> list[str] | None:
    """The lasting items, each smallest stretch in the order of the side that changed it."""
    rank = {name: at for at, name in enumerate(lasting)}
    one = [name for name in ours if name in rank]
    other = [name for name in theirs if name in rank]
    order: list[str] = []
    start = furthest = 0
    for at, pair in enumerate(zip(one, other, strict=True)):
        furthest = max(furthest, rank[pair[0]], rank[pair[1]])
        if furthest > at:
            continue
        was, mine, yours = (names[start : at + 1] for names in (lasting, one, other))
        if was != mine and was != yours and mine != yours:
            return None
        order += yours if mine == was else mine
        start = at + 1
    return order


def _misplaced(one: _Side, other: _Side) -> bool:
    """Whether both added an item, at different places."""
    return any(
        name in other.anchors and other.anchors[name] != anchor
        for name, anchor in one.anchors.items()
    )


def _run_after(anchor: str, one: _Side, other: _Side) -> list[str] | None:
    """What both sides have after a lasting item, up to the next; None where unclear."""
    mine, yours = one.runs.get(anchor, []), other.runs.get(anchor, [])
    both = set(mine) & set(yours)
    if [name for name in mine if name in both] != [name for name in yours if name in both]:
        return None
    if both and anchor in one.gaps & other.gaps:
        return None
    if len(both) == len(yours):
        return mine
    if len(both) == len(mine):
        return yours
    return None if anchor in one.gaps | other.gaps else _woven(mine, yours)


def _woven(mine: Sequence[str], yours: Sequence[str]) -> list[str] | None:
    """Two runs in one; None where a name in both has different parents.

    A name's parent is the nearest greater name before it in its run. A run is its tree of
    parents, walked from the top with the children of each parent in the order of their names;
    so is the union of two trees. Hence each run keeps its order in the union, and uniting is
    symmetric, idempotent and associative.
    """
    parents, others = _parents(mine), _parents(yours)
    if any(parents.get(name, parent) != parent for name, parent in others.items()):
        return None
    pairs = sorted((parent, name) for name, parent in {**parents, **others}.items())
    children = {
        parent: [name for _, name in group]
        for parent, group in groupby(pairs, lambda pair: pair[0])
    }
    run: list[str] = []
    waiting = children[START][::-1]
    while waiting:
        run.append(waiting.pop())
        waiting += children.get(run[-1], [])[::-1]
    return run


def _parents(run: Sequence[str]) -> dict[str, str]:
    parents: dict[str, str] = {}
    greater: list[str] = []
    for name in run:
        while greater and greater[-1] < name:
            greater.pop()
        parents[name] = greater[-1] if greater else START
        greater.append(name)
    return parents
