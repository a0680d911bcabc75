"""A matching problem as arrays: one entry for each wish that the place accepts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .matched import Matching
from .preferences import MatchProblem, Place, Seeker, Supervisor
from .tickets import drawn_order, ticket

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Wishes:
    """Entries in each seeker's order, seekers in the order of their tickets.

    seekers, places: keys; a number below is a position in these.
    first:    first entry of each seeker; one more at the end.
    seeker, place, rank: of each entry.
    standing: order at the place, smaller is better: its rank there times the
              number of seekers, plus the seeker's own number.
    capacity: of each place.
    holder:   supervisor of each place (-1: none), and their capacities.
    """

    seekers: list[str]
    places: list[str]
    first: Whole
    seeker: Whole
    place: Whole
    rank: Whole
    standing: Whole
    capacity: Whole
    holder: Whole
    holder_capacity: Whole


def laid_out(problem: MatchProblem) -> Wishes:
    """Return the problem's wishes as arrays, the same for any order of the input.

    Seekers ranked alike stand in the order of their tickets, the same at all
    places: one lottery for all serves seekers better than one a place.

    Cost: O(wishes); most of it is one ticket a seeker.
    """
    seekers, places = problem.seekers, sorted(problem.places, key=lambda p: p.key)
    supervisors = sorted(problem.supervisors, key=lambda s: s.key)
    rules = _rules(places, supervisors)
    wished = [_in_order(problem.seed, s) for s in seekers]
    # Plain loops run over the rows as they came: rows made one after another lie so in memory.
    number = {p.key: n for n, p in enumerate(places)}
    named = [number[wish] for wishes in wished for wish in wishes]
    lengths = np.fromiter(map(len, wished), np.int64, len(wished))
    order = drawn_order(problem.seed, [s.key for s in seekers])
    first = np.concatenate([[0], np.cumsum(lengths[order])])
    seeker = np.repeat(np.arange(len(seekers)), lengths[order])
    came = np.repeat((np.cumsum(lengths) - lengths)[order] - first[:-1], lengths[order])
    came += np.arange(len(seeker))
    place = np.array(named, dtype=np.int64)[came]
    keys = [seekers[n].key for n in order.tolist()]
    priority = np.zeros(len(seeker), dtype=np.int64)
    if any(r.priorities for r in rules):
        ask = {p.key: r.priorities.get for p, r in zip(places, rules, strict=True)}
        priority += np.array(
            [
                ask[wish](s.key, 0)
                for s, wishes in zip(seekers, wished, strict=True)
                for wish in wishes
            ],
            dtype=np.int64,
        )[came]
    accepted = _accepted(places, rules, keys, seeker, place, priority)
    last = np.array([max(r.priorities.values(), default=-1) + 1 for r in rules], dtype=np.int64)
    priority = np.where(priority > 0, priority, last[place])[accepted]
    rank = _ranks(seekers, order, first, seeker)[accepted]
    seeker, place = seeker[accepted], place[accepted]
    return Wishes(
        seekers=keys,
        places=[p.key for p in places],
        first=np.searchsorted(seeker, np.arange(len(seekers) + 1)),
        seeker=seeker,
        place=place,
        rank=rank,
        standing=priority * len(seekers) + seeker,
        capacity=np.array([p.capacity for p in places], dtype=np.int64),
        holder=_holders(places, [s.key for s in supervisors]),
        holder_capacity=np.array([s.capacity for s in supervisors], dtype=np.int64),
    )


def to_matching(wishes: Wishes, matched: Whole) -> Matching:
    """Return the answer whose ``matched`` entry is given for each seeker (-1: none)."""
    has = matched >= 0
    given = matched[has]
    keys, names = wishes.seekers, wishes.places
    profile = np.bincount(wishes.rank[given])[1:] if len(given) else np.zeros(0, dtype=np.int64)
    having = [keys[s] for s in np.flatnonzero(has).tolist()]
    return Matching(
        places=dict(zip(having, [names[p] for p in wishes.place[given].tolist()], strict=True)),
        unmatched=tuple(sorted(keys[s] for s in np.flatnonzero(~has).tolist())),
        profile=tuple(profile.tolist()),
        blocking_pairs=int(blocking(wishes, matched).sum()),
    )


def blocking(wishes: Wishes, matched: Whole) -> NDArray[np.bool_]:
    """Return for each entry whether seeker and place would rather have each other.

    A place under a supervisor wants a seeker if it has room and so has the
    supervisor, or one that the supervisor has already or ranks above the last
    one taken; or if it is full and the seeker ranks above its last [1].

    Cost: O(entries).

    [1] D. J. Abraham, R. W. Irving, D. F. Manlove (2007). Two algorithms for the
        student-project allocation problem. Journal of Discrete Algorithms 5,
        73-90. doi:10.1016/j.jda.2006.03.006
    """
    entry = np.arange(len(wishes.seeker))
    own = np.where(matched >= 0, matched, len(entry))
    better = entry < own[wishes.seeker]
    given = matched[matched >= 0]
    has_room, before_last = _room(
        wishes.place, wishes.standing, wishes.capacity, wishes.place[given], wishes.standing[given]
    )
    under = wishes.holder[wishes.place] >= 0
    holder = np.where(under, wishes.holder[wishes.place], 0)
    if not len(wishes.holder_capacity):
        return better & (has_room | before_last)
    mine = given[under[given]]
    roomy, above_last = _room(
        holder, wishes.standing, wishes.holder_capacity, holder[mine], wishes.standing[mine]
    )
    now = np.full(len(wishes.seekers) + 1, -1)
    now[wishes.seeker[mine]] = holder[mine]
    welcome = ~under | roomy | above_last | (now[wishes.seeker] == holder)
    return better & np.where(has_room, welcome, before_last)


def _room(
    where: Whole, standing: Whole, capacity: Whole, held_where: Whole, held_standing: Whole
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return for each entry whether there is room, and whether it stands before the last held."""
    held = np.bincount(held_where, minlength=len(capacity))
    last = np.full(len(capacity), -1, dtype=np.int64)
    np.maximum.at(last, held_where, held_standing)
    return (held < capacity)[where], standing < last[where]


def _in_order(seed: str, seeker: Seeker) -> tuple[str, ...]:
    """The wishes; those liked alike in the order of a ticket of seeker and place together."""
    if not seeker.ranks:
        return seeker.wishes
    drawn = (
        (rank, ticket(seed, f"{seeker.key}\n{wish}"), wish)
        for rank, wish in zip(seeker.ranks, seeker.wishes, strict=True)
    )
    return tuple(wish for *_, wish in sorted(drawn))


def _ranks(seekers: Sequence[Seeker], order: Whole, first: Whole, seeker: Whole) -> Whole:
    rank = np.arange(len(seeker)) - first[:-1][seeker] + 1
    stated = np.array([bool(s.ranks) for s in seekers], dtype=bool)
    for n in np.flatnonzero(stated[order]).tolist():
        rank[first[n] : first[n + 1]] = seekers[order[n]].ranks
    return rank


def _rules(places: Sequence[Place], supervisors: Sequence[Supervisor]) -> list[Place | Supervisor]:
    """Whose priorities count at each place."""
    by_key = {s.key: s for s in supervisors}
    return [by_key.get(p.supervisor, p) for p in places]


def _accepted(
    places: Sequence[Place],
    rules: Sequence[Place | Supervisor],
    keys: Sequence[str],
    seeker: Whole,
    place: Whole,
    priority: Whole,
) -> NDArray[np.bool_]:
    """Whether each wish's place takes its seeker at all; ``priority`` is 0 where it gives none."""
    only = np.array([r.only_named for r in rules], dtype=bool)
    refuses = np.array([bool(p.refuses) for p in places], dtype=bool)
    accepted: NDArray[np.bool_] = (priority > 0) | ~only[place]
    for e in np.flatnonzero(refuses[place]).tolist():
        accepted[e] &= keys[seeker[e]] not in places[place[e]].refuses
    return accepted


def _holders(places: list[Place], supervisors: list[str]) -> Whole:
    number = {key: n for n, key in enumerate(supervisors)}
    return np.array([number.get(p.supervisor, -1) for p in places], dtype=np.int64)
