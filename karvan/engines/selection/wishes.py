"""A matching problem as arrays: one entry for each wish that the place accepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from .matched import Matching
from .preferences import MatchProblem, Place, Supervisor
from .tickets import ticket

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
    seekers = sorted(problem.seekers, key=lambda s: (ticket(problem.seed, s.key), s.key))
    places = sorted(problem.places, key=lambda p: p.key)
    supervisors = sorted(problem.supervisors, key=lambda s: s.key)
    number = {p.key: n for n, p in enumerate(places)}
    wished = [_ordered(problem.seed, s.key, s.wishes, s.ranks) if s.ranks else s for s in seekers]
    lengths = np.fromiter((len(s.wishes) for s in seekers), np.int64, len(seekers))
    entries = int(lengths.sum())
    seeker = np.repeat(np.arange(len(seekers)), lengths)
    names = chain.from_iterable(s.wishes for s in wished)
    place = np.fromiter(map(number.__getitem__, names), np.int64, entries)
    start = np.cumsum(lengths) - lengths
    rank = np.arange(entries) - np.repeat(start, lengths) + 1
    for n in (n for n, s in enumerate(seekers) if s.ranks):
        rank[start[n] : start[n] + lengths[n]] = seekers[n].ranks
    keys = [s.key for s in seekers]
    priority, accepted = _priorities(places, {s.key: s for s in supervisors}, keys, seeker, place)
    seeker, place, rank = seeker[accepted], place[accepted], rank[accepted]
    return Wishes(
        seekers=keys,
        places=[p.key for p in places],
        first=np.searchsorted(seeker, np.arange(len(seekers) + 1)),
        seeker=seeker,
        place=place,
        rank=rank,
        standing=priority[accepted] * len(seekers) + seeker,
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
    pairs = zip(np.flatnonzero(has).tolist(), wishes.place[given].tolist(), strict=True)
    return Matching(
        places=dict(sorted((keys[s], names[p]) for s, p in pairs)),
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


@dataclass(frozen=True, slots=True)
class _Ordered:
    wishes: tuple[str, ...]


def _ordered(seed: str, key: str, wishes: tuple[str, ...], ranks: tuple[int, ...]) -> _Ordered:
    """Wishes liked alike in the order of a ticket of seeker and place together."""
    drawn = [
        (rank, ticket(seed, f"{key}\n{wish}"), wish)
        for rank, wish in zip(ranks, wishes, strict=True)
    ]
    return _Ordered(tuple(wish for *_, wish in sorted(drawn)))


def _priorities(
    places: list[Place],
    supervisors: Mapping[str, Supervisor],
    keys: list[str],
    seeker: Whole,
    place: Whole,
) -> tuple[Whole, NDArray[np.bool_]]:
    """Return the rank of each entry's seeker at its place, and whether it is taken at all."""
    ruled = [supervisors.get(p.supervisor, p) for p in places]
    unnamed = [max(r.priorities.values(), default=-1) + 1 for r in ruled]
    priority = np.array(unnamed, dtype=np.int64)[place] if places else np.zeros(0, dtype=np.int64)
    accepted = np.ones(len(place), dtype=bool)
    special = [
        bool(r.priorities or r.only_named or p.refuses) for r, p in zip(ruled, places, strict=True)
    ]
    look = np.flatnonzero(np.array(special, dtype=bool)[place]) if places else []
    for e in map(int, look):
        rule, key = ruled[place[e]], keys[seeker[e]]
        rank = rule.priorities.get(key)
        if rank is not None:
            priority[e] = rank
        if key in places[place[e]].refuses or (rank is None and rule.only_named):
            accepted[e] = False
    return priority, accepted


def _holders(places: list[Place], supervisors: list[str]) -> Whole:
    number = {key: n for n, key in enumerate(supervisors)}
    return np.array([number.get(p.supervisor, -1) for p in places], dtype=np.int64)
