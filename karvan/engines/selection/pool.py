"""The candidates of a problem as arrays, made once and used for any quotas."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .candidate import NOT_GIVEN, Candidate, Quota
from .candidate_table import CandidateTable, Ints, NumberedKeys
from .tickets import Tickets

# Up to this many combinations of values a table of flags is quicker than sorting.
FEW = 4_000_000


@dataclass(frozen=True, eq=False)
class Pool:
    """Candidates by position; those alike in every attribute and in seats share a kind.

    kind:       of each candidate.
    seats:      of each kind.
    team, weight, codes: the people of the kinds, gathered: kind, how many, and
                their code of each attribute (in the order of ``values``).
    best_first: positions by merit, greatest first.
    """

    keys: Sequence[str]
    merit: Ints
    kind: Ints
    seats: Ints
    team: Ints
    weight: Ints
    codes: Ints
    values: Mapping[str, tuple[str, ...]]
    best_first: NDArray[np.intp]
    tickets: Tickets

    def __len__(self) -> int:
        return len(self.merit)

    def counts(self, quota: Quota) -> Ints:
        """Return how many people of each kind the quota counts."""
        if quota.attribute not in self.values:
            return self.seats if NOT_GIVEN in quota.values else np.zeros_like(self.seats)
        place = list(self.values).index(quota.attribute)
        known = self.values[quota.attribute]
        wanted = np.array([value in quota.values for value in known], dtype=bool)
        weight = np.where(wanted[self.codes[:, place]], self.weight, 0)
        return np.bincount(self.team, weight, len(self.seats)).astype(np.int64)

    @cached_property
    def seats_of(self) -> Ints:
        """Seats of each candidate."""
        return self.seats[self.kind]

    @cached_property
    def _place_of(self) -> dict[str, int]:
        return {key: n for n, key in enumerate(self.keys)}

    def positions(self, keys: Collection[str]) -> NDArray[np.intp]:
        """Return where the keys are, in their order.

        Raises:
            ValueError: a key that no candidate has.
        """
        if isinstance(self.keys, NumberedKeys):
            found = {key: self.place(key) for key in keys}
        else:
            # One pass finds a few thousand among a million sooner than an index of all.
            wanted = set(keys)
            found = {key: n for n, key in enumerate(self.keys) if key in wanted}
        unknown = sorted(key for key in keys if found.get(key) is None)
        if unknown:
            raise ValueError(f"not candidates of this problem: {unknown}")
        return np.array([found[key] for key in keys], dtype=np.intp)

    def place(self, key: str) -> int | None:
        """Return where a key is, or None."""
        if isinstance(self.keys, NumberedKeys):
            number = key.removeprefix(self.keys.prefix)
            n = int(number) if number.isascii() and number.isdecimal() else -1
            return n if 0 <= n < len(self.keys) and self.keys[n] == key else None
        return self._place_of.get(key)

    def ordered(self, positions: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the positions best first: by merit, equals by ticket, then key."""
        drawn = self.tickets.sorted(positions)
        return drawn[np.argsort(-self.merit[drawn], kind="stable")]


def pool_of(candidates: tuple[Candidate, ...] | CandidateTable, seed: str) -> Pool:
    """Return the pool of a problem's candidates.

    Cost: O(n log n); 1,000,000 rows of a table take 0.15 CPU s, 10,000
        ``Candidate`` take 0.03.
    """
    if isinstance(candidates, CandidateTable):
        return _pool_of_table(candidates, seed)
    found: set[str] = set()
    for c in candidates:
        found.update(*c.members) if c.members else found.update(c.attributes)
    names = sorted(found)
    known: dict[str, dict[str, int]] = {name: {} for name in names}
    kinds: dict[tuple[object, ...], int] = {}
    told: dict[tuple[object, ...], int] = {}
    kind = np.empty(len(candidates), dtype=np.int64)
    rows: list[tuple[int, int, tuple[int, ...]]] = []
    for n, c in enumerate(candidates):
        # Most are told alike to somebody before, letter for letter.
        as_told = (c.seats, *(tuple(map(m.get, names)) for m in c.members or (c.attributes,)))
        if as_told not in told:
            people = tuple(sorted(_codes(m, known) for m in c.members or (c.attributes,)))
            like = (c.seats, bool(c.members), people)
            if like not in kinds:
                weight = 1 if c.members else c.seats
                rows += [(len(kinds), weight, codes) for codes in people]
                kinds[like] = len(kinds)
            told[as_told] = kinds[like]
        kind[n] = told[as_told]
    merit = np.array([c.merit for c in candidates], dtype=np.int64)
    keys = tuple(c.key for c in candidates)
    return Pool(
        keys,
        merit,
        kind,
        np.array([like[0] for like in kinds], dtype=np.int64),
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows], dtype=np.int64).reshape(len(rows), len(names)),
        {name: tuple(found) for name, found in known.items()},
        np.argsort(-merit, kind="stable"),
        Tickets(seed, keys),
    )


def _codes(attributes: Mapping[str, str], known: dict[str, dict[str, int]]) -> tuple[int, ...]:
    return tuple(
        codes.setdefault(attributes.get(name) or NOT_GIVEN, len(codes))
        for name, codes in known.items()
    )


def _pool_of_table(table: CandidateTable, seed: str) -> Pool:
    values = {name: _with_not_given(known) for name, (_, known) in table.attributes.items()}
    rows = len(table)
    packed, spread = np.zeros(rows, dtype=np.int64), 1
    columns = []
    for name, (codes, known) in table.attributes.items():
        column = codes
        if rows and codes.min() < 0:
            column = np.where(codes < 0, values[name].index(NOT_GIVEN), codes)
        columns.append(column)
        packed, spread = _packed(packed, spread, column, len(known) + 1)
    if table.seats is not None:
        most = int(table.seats.max(initial=0)) + 1
        packed, spread = _packed(packed, spread, table.seats, most)
    first, kind = _distinct(packed, spread)
    seats = np.ones(len(first), np.int64) if table.seats is None else table.seats[first]
    codes_of = [column[first].astype(np.int64) for column in columns]
    return Pool(
        table.keys,
        table.merit,
        kind,
        seats,
        np.arange(len(first)),
        seats,
        np.stack(codes_of, axis=1) if codes_of else np.zeros((len(first), 0), np.int64),
        values,
        np.argsort(-table.merit, kind="stable"),
        Tickets(seed, table.keys),
    )


def _with_not_given(known: tuple[str, ...]) -> tuple[str, ...]:
    return known if NOT_GIVEN in known else (*known, NOT_GIVEN)


def _packed(packed: Ints, spread: int, column: NDArray[np.integer], size: int) -> tuple[Ints, int]:
    """Return one number for both; gathered first where it would grow too large."""
    if spread > 2**62 // size:
        first, packed = _distinct(packed, spread)
        spread = len(first)
    return packed * size + column, spread * size


def _distinct(packed: Ints, spread: int) -> tuple[NDArray[np.intp], Ints]:
    """Return a row of each distinct number, and which of them each row has."""
    if spread > FEW:
        _, first, inverse = np.unique(packed, return_index=True, return_inverse=True)
        return first, inverse.astype(np.int64)
    place = np.full(spread, -1, dtype=np.intp)
    place[packed[::-1]] = np.arange(len(packed))[::-1]
    first = place[place >= 0]
    number = np.cumsum(place >= 0) - 1
    return first, number[packed]
