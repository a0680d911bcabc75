"""Why each candidate is in or out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .answer import Prices, Standing
from .columns import Columns, Limits


class Standings(Mapping[str, Standing]):
    """The standing of every candidate, by key; each is worked out when asked for.

    is_chosen: of each position, whether it is in.
    pure:      gives, of each position, whether it would be in without quotas.
    tied:      gives the columns that are in only in some cohorts of equal value.
    prices:    the certificate, from which cut-offs follow.

    Cost: who is tied and who would be in without quotas is found at the first
        question; after it 2 microseconds each.
    """

    def __init__(
        self,
        columns: Columns,
        limits: Limits,
        is_chosen: NDArray[np.bool_],
        pure: Callable[[], NDArray[np.bool_]],
        tied: Callable[[], NDArray[np.int64]],
        prices: Prices,
    ) -> None:
        self.columns, self.limits, self.prices = columns, limits, prices
        self.is_chosen, self.pure, self.tied = is_chosen, pure, tied

    def __getitem__(self, key: str) -> Standing:
        place = self.columns.pool.place(key)
        if place is None:
            raise KeyError(key)
        return self._at(place)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.columns.pool.keys))

    def __len__(self) -> int:
        return len(self.columns.pool)

    def __repr__(self) -> str:
        return f"<the standings of {len(self)} candidates>"

    def _at(self, place: int) -> Standing:
        group = self._groups[self._group[place]]
        is_in = bool(self.is_chosen[place])
        if self._is_tied[place]:
            return Standing("tie_drawn_in" if is_in else "tie_drawn_out", group.cutoff)
        in_pure = bool(self._in_pure[place])
        if is_in and in_pure:
            return Standing("chosen_on_merit", group.cutoff)
        if is_in:
            return Standing("chosen_with_quota", group.cutoff, group.lifted_by)
        if in_pure:
            return Standing("displaced_by_quota", group.cutoff, group.held_down_by)
        merit = int(self.columns.pool.merit[place])
        if merit < group.cutoff:
            return Standing("below_cutoff", group.cutoff, points=group.cutoff - merit)
        if group.seats > max(1, self._free):
            return Standing("no_seats_for_team", group.cutoff, seats=group.seats)
        return Standing("decided_jointly", group.cutoff)

    @cached_property
    def _group(self) -> NDArray[np.int64]:
        found = np.empty(len(self.columns.pool), dtype=np.int64)
        found[self.columns.order] = np.repeat(self.columns.group, self.columns.size)
        return found

    @cached_property
    def _is_tied(self) -> NDArray[np.bool_]:
        found = np.zeros(len(self.columns.pool), dtype=bool)
        for column in self.tied().tolist():
            found[self.columns.held(column)] = True
        return found

    @cached_property
    def _in_pure(self) -> NDArray[np.bool_]:
        return self.pure()

    @cached_property
    def _free(self) -> int:
        return self.limits.places - int(self.columns.pool.seats_of[self.is_chosen].sum())

    @cached_property
    def _groups(self) -> list[_GroupCut]:
        return [_cut_of(row, self.limits, self.prices) for row in self.columns.rows.tolist()]


@dataclass(frozen=True, slots=True)
class _GroupCut:
    """What holds for all who are alike to every quota.

    cutoff: the least merit, in hundredths, that reaches the cut: the price of
            the seats and of the quotas that count them. With no gap between
            value and price bound, nobody below it is in and nobody above is out.
    """

    seats: int
    cutoff: int
    lifted_by: tuple[str, ...]
    held_down_by: tuple[str, ...]


def _cut_of(row: list[int], limits: Limits, prices: Prices) -> _GroupCut:
    seats, *counts = row
    price = seats * (prices.place - prices.unit // (limits.places + 1))
    priced = [(key, n, prices.quotas[key]) for key, n in zip(limits.quotas, counts, strict=True)]
    price += sum(n * own for _, n, own in priced)
    # Its own floor lifts a group; without one, the ceilings on others made room.
    floors_on_it = tuple(key for key, n, own in priced if own < 0 and n)
    ceilings_elsewhere = tuple(key for key, n, own in priced if own > 0 and not n)
    ceilings_on_it = tuple(key for key, n, own in priced if own > 0 and n)
    floors_elsewhere = tuple(key for key, n, own in priced if own < 0 and not n)
    return _GroupCut(
        seats,
        max(0, -(-price // (prices.unit * seats))),
        # Without prices the quotas decide only together.
        floors_on_it or ceilings_elsewhere or limits.quotas,
        ceilings_on_it or floors_elsewhere or limits.quotas,
    )
