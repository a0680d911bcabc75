"""What of an answer of a model of flows is set free, while the rest is held, to make it cheaper."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Protocol

from .flow_model import FlowModel

# How many days a stretch has at first, and how it grows and shrinks.
DAYS_AT_FIRST, GROWS, SHRINKS = 7.0, 1.05, 0.9


class Neighbourhoods(Protocol):
    """Sets of variables to be set free, none twice while the answer stays as cheap."""

    def held(self) -> list[int] | None:
        """Indexes of the variables to hold in the next try; None where no more is worth one."""

    def tried(self, *, through: bool, cheaper: bool) -> None:
        """Hear whether the last try was looked through to its end, and whether it helped."""

    def is_all(self) -> bool:
        """Whether nothing at all was held in the last try."""


class Stretches:
    """Some days in a row; more where such a stretch is looked through to its end, else fewer.

    Between two days that are held a network is small.
    """

    def __init__(self, model: FlowModel, seed: int) -> None:
        self.days = sorted({day for _, day in model.open.cells})
        self.by_day = model.by_day()
        self.rng = random.Random(seed)  # noqa: S311 -- no secret depends on it
        self.width = min(DAYS_AT_FIRST, len(self.days))
        self.seen: set[tuple[int, int]] = set()
        self.last = (0, 0)

    def held(self) -> list[int] | None:
        """All that is said of the days outside."""
        while True:
            count = int(self.width)
            self.last = (self.rng.randrange(len(self.days) - count + 1), count)
            if self.last not in self.seen:
                break
            if self.is_all():
                return None
            self.width = min(len(self.days), self.width * GROWS)
        self.seen.add(self.last)
        free = set(self.days[self.last[0] : sum(self.last)])
        return [i for day, indexes in self.by_day.items() if day not in free for i in indexes]

    def tried(self, *, through: bool, cheaper: bool) -> None:
        """Wider or narrower the next time."""
        factor = GROWS if through else SHRINKS
        self.width = min(len(self.days), max(2, self.width * factor))
        if cheaper:
            self.seen = {self.last} if through else set()

    def is_all(self) -> bool:
        """Whether all days were free."""
        return self.last[1] == len(self.days)


class Stays:
    """The stays of no traveller, then of each, then of each two: on all days, groups go freely.

    Where all stays are held, little is left to decide: a course of 120 sessions is looked through
    to its end in a second or two. Larger sets come when the smaller ones have nothing cheaper.
    """

    def __init__(self, stays: Iterable[Sequence[int]], seed: int) -> None:
        self.stays = [list(indexes) for indexes in stays]
        self.rng = random.Random(seed)  # noqa: S311 -- no secret depends on it
        self.seen: set[tuple[int, ...]] = set()
        self.size, self.wide = 0, False
        self.last: tuple[int, ...] = ()

    def held(self) -> list[int] | None:
        """The stays of all the others."""
        left = self._left()
        while not left:
            if self.wide or self.size >= len(self.stays):
                return None
            self.size += 1
            left = self._left()
        self.last = self.rng.choice(left)
        self.seen.add(self.last)
        return [i for n, stay in enumerate(self.stays) if n not in self.last for i in stay]

    def _left(self) -> list[tuple[int, ...]]:
        sets = combinations(range(len(self.stays)), self.size)
        return [one for one in sets if one not in self.seen]

    def tried(self, *, through: bool, cheaper: bool) -> None:
        """Begin anew with single stays where it helped; grow no more where it took too long."""
        if cheaper:
            self.seen = {self.last} if through else set()
            self.size, self.wide = min(self.size, 1), False
        elif not through:
            self.wide = True

    def is_all(self) -> bool:
        """Whether all stays were free."""
        return len(self.last) == len(self.stays)
