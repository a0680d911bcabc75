"""Join the parts of the reading graph, so that all reviewers can be compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .reading_graph import parts_of
from .table import Flags, PairTable, Whole

# So many of the cheapest changes are tried for one part.
TRIED = 8


@dataclass(frozen=True, slots=True)
class _Moves:
    """Changes of one read: the pair given up, the pair taken up, points gained."""

    given: Whole
    taken: Whole
    gained: Whole


def join_parts(table: PairTable, read: Flags, most_loss: int, rate: int) -> Flags:
    """Return the reads with as many parts joined as single changes can join.

    A part is joined to the rest by handing one of its applications to a
    reviewer outside, or the other way round: alone where loads have room, else
    in exchange. The smallest part comes first, the cheapest change first; all
    loads stay within their bounds. The worst-off application loses nothing if
    that can be, and else no more than the rate, or a hundredth if that is less.

    Args:
        table: pairs.
        read: those read.
        most_loss: points that all changes together may cost.
        rate: what the worst-off may lose, in parts of ten thousand.

    Cost: O(pairs) for each part beyond the first; nothing if there is one.
    """
    worst = int(table.worth(read).min()) if len(table.applications) else 0
    floors = sorted({worst, worst - worst * min(rate, 100) // 10_000}, reverse=True)
    least = int(table.points[read].sum()) - most_loss
    parts, part = _parts(table, read)
    refused: set[int] = set()
    for _ in range(2 * parts):
        sizes = np.bincount(part[part >= 0], minlength=parts)
        order = [p for p in np.argsort(sizes, kind="stable").tolist() if p not in refused]
        if parts < 2 or not order:
            break
        tried = (_joined(table, read, part, order[0], floor, least) for floor in floors)
        found = next((one for one in tried if one is not None), None)
        if found is None:
            refused.add(order[0])
            continue
        read = found
        parts, part = _parts(table, read)
        refused.clear()
    return read


def _parts(table: PairTable, read: Flags) -> tuple[int, Whole]:
    parts, part = parts_of(
        np.concatenate([table.kept[0], table.application[read]]),
        np.concatenate([table.kept[1], table.reviewer[read]]),
    )
    return parts, np.append(part, np.full(len(table.reviewers) - len(part), -1))


def _joined(
    table: PairTable, read: Flags, part: Whole, small: int, floor: int, least: int
) -> Flags | None:
    """Return the reads with one part joined to another by the cheapest change, if any can."""
    parts = int(part.max()) + 1
    moves = _moves(table, read, part, small, floor)
    total = int(table.points[read].sum())
    for given, taken in _cheapest(table, read, moves, least - total):
        found = read.copy()
        found[given], found[taken] = False, True
        if _parts(table, found)[0] < parts:
            return found
    return None


def _moves(table: PairTable, read: Flags, part: Whole, small: int, floor: int) -> _Moves:
    """Return every change of one read between the small part and the others."""
    mine = np.flatnonzero(read)
    first = np.searchsorted(table.application[mine], np.arange(len(table.applications)))
    many = np.bincount(table.application[mine], minlength=len(table.applications))
    # All readers of an application are in one part; without readers it joins nothing.
    home = np.full(len(table.applications), -1, dtype=np.int64)
    home[table.application[mine]] = part[table.reviewer[mine]]
    crosses = (home[table.application] == small) != (part[table.reviewer] == small)
    known = (home[table.application] >= 0) & (part[table.reviewer] >= 0)
    taken = np.flatnonzero(crosses & known & ~read)
    repeats = many[table.application[taken]]
    taken = np.repeat(taken, repeats)
    step = np.arange(len(taken)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    given = mine[first[table.application[taken]] + step]
    gained = table.points[taken] - table.points[given]
    fine = table.worth(read)[table.application[taken]] + gained >= floor
    return _Moves(given[fine], taken[fine], gained[fine])


def _cheapest(
    table: PairTable, read: Flags, moves: _Moves, least: int
) -> list[tuple[list[int], list[int]]]:
    """Return pairs given up and taken up by single changes and exchanges, cheapest first."""
    load = np.bincount(table.reviewer[read], minlength=len(table.reviewers))
    source, target = table.reviewer[moves.given], table.reviewer[moves.taken]
    wide = len(table.reviewers)
    order = np.lexsort((table.draw[moves.taken], -moves.gained, source * wide + target))
    code = (source * wide + target)[order]
    best = order[np.append(True, code[1:] != code[:-1])] if len(order) else order
    code = (source * wide + target)[best]
    alone = (load[source[best]] > table.low[source[best]]) & (
        load[target[best]] < table.high[target[best]]
    )
    back = np.searchsorted(code, target[best] * wide + source[best])
    there = back < len(code)
    there[there] = code[back[there]] == (target[best] * wide + source[best])[there]
    changes = [(int(moves.gained[n]), [n]) for n in best[alone].tolist()]
    ahead = there & (source[best] < target[best])
    for n, m in zip(best[ahead].tolist(), best[back[ahead]].tolist(), strict=True):
        changes.append((int(moves.gained[n] + moves.gained[m]), [n, m]))
    possible = sorted((-gained, some) for gained, some in changes if gained >= least)
    return [
        ([int(moves.given[n]) for n in some], [int(moves.taken[n]) for n in some])
        for _, some in possible[:TRIED]
    ]
