"""The draw among cohorts of equal value: whoever's ticket comes first is asked first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .candidate_table import Ints
from .columns import Columns
from .face import Face


def draw_lots(columns: Columns, face: Face) -> Ints:
    """Return how many of each open column are drawn in.

    In the order of the tickets each person comes in if some cohort of the
    face takes that person and all drawn before. Within a column the answer
    for one is the answer for all after a refusal, so only the first refusal of
    each column has to be found; and as long as a known cohort takes all who
    are asked, nobody has to be asked. So the draw leaps from refusal to
    refusal, and each refusal closes every column for which its proof holds.

    Cost: some solves of a small linear programme for each refusal that closes
        columns; see docs/engines/selection.md for figures.
    """
    least = np.zeros(len(face.opened), dtype=np.int64)
    most, witness = face.most.copy(), face.witness
    asked = _in_ticket_order(columns, face)
    step = 1
    while np.any(least < witness):
        asked = asked[least[asked] < most[asked]]
        rank = least[asked] + _ranks(asked)
        beyond = np.flatnonzero(rank > witness[asked])
        if not len(beyond):
            least += np.bincount(asked, minlength=len(least))
            break
        sure = int(beyond[0])
        least += np.bincount(asked[:sure], minlength=len(least))
        asked = asked[sure:]
        wanted, more = _leap(least, most, asked, step)
        found = face.find(wanted, most, surely=more == 1)
        if found is not None:
            witness, step = found, 2 * more
        elif more > 1:
            step = max(1, more // 4)
        else:
            most[asked[0]] = least[asked[0]]
            closed = face.closed(wanted, least)
            most[closed] = least[closed]
            step = 1
    return witness


def contested_columns(face: Face) -> NDArray[np.bool_]:
    """Return which open columns the cohorts of the face do not all treat alike.

    A column is settled only if every such cohort takes all of it, or none.
    As many as possible are asked about at once; after a refusal, fewer.
    """
    columns = len(face.opened)
    # First halves: does any take somebody of the column; second: does any leave somebody?
    seen = np.concatenate([face.witness > 0, face.witness < face.most])
    settled, step = np.zeros_like(seen), 2 * columns
    while len(doubts := np.flatnonzero(~seen & ~settled)):
        some = np.bincount(doubts[:step], minlength=2 * columns)
        asked = int(some.sum())
        found = face.find(some[:columns], face.most - some[columns:], surely=asked == 1)
        if found is not None:
            seen |= np.concatenate([found > 0, found < face.most])
            step *= 2
        elif asked == 1:
            settled[doubts[0]] = True
        else:
            step = max(1, asked // 4)
    return np.asarray(seen[:columns] & seen[columns:])


def _leap(least: Ints, most: Ints, asked: Ints, step: int) -> tuple[Ints, int]:
    """Return what the next ``step`` people would make it, the full columns left out."""
    several = asked[:step]
    return least + np.bincount(several, minlength=len(least)), len(several)


def _in_ticket_order(columns: Columns, face: Face) -> Ints:
    """Return the open column of each person in it, first ticket first."""
    held = [columns.held(int(column)) for column in face.opened]
    if not held:
        return np.zeros(0, dtype=np.int64)
    everyone = np.concatenate(held)
    owner = np.zeros(len(columns.pool), dtype=np.int64)
    owner[everyone] = np.repeat(np.arange(len(held)), face.most)
    return owner[columns.pool.tickets.sorted(everyone)]


def _ranks(owners: Ints) -> Ints:
    """Return of each entry how many of the same owner there are up to it."""
    order = np.argsort(owners, kind="stable")
    grouped = owners[order]
    first = np.flatnonzero(np.diff(grouped, prepend=-1))
    sizes = np.diff(first, append=len(grouped))
    ranks = np.empty(len(owners), dtype=np.int64)
    ranks[order] = np.arange(len(owners)) - np.repeat(first, sizes) + 1
    return ranks
