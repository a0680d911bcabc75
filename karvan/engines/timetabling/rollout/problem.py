"""What a year of one travelling team is: stops with their windows, travel, quarters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from karvan.engines.timetabling.validate import need

HOME = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one stop's country, both ends included, which may lie outside the horizon.

    price: what each day that the team is there costs more; None where it may not be there.
    """

    name: str
    first: int
    last: int
    price: int | None = None

    def __post_init__(self) -> None:
        span = (self.first, self.last)
        need(self.first <= self.last, f"days of {self.name!r}", span, "first before last")
        well = self.price is None or self.price >= 0
        need(well, f"price of {self.name!r}", self.price, "0 or more")

    def days_of(self, start: int, days: int) -> int:
        """How many of these days a stay of so many days from ``start`` takes in."""
        return max(0, min(self.last, start + days - 1) - max(self.first, start) + 1)


@dataclass(frozen=True, slots=True)
class Stop:
    """One edition: how long the team is there, and when it may be.

    days:       calendar days there, from the first to the last.
    ready_from: the country is ready on this day; the visa is asked for then.
    visa_days:  days a visa takes, so the stop begins no sooner than ``ready_from + visa_days``.
    done_by:    last day it may take; None where only the horizon ends it.
    stretches:  holidays, examinations, elections, Ramadan.
    amount:     what is spent, on the first day.
    weight:     cost of each day that it begins later.
    fixed:      the day it begins on, decided already.
    """

    key: str
    days: int
    ready_from: int = 0
    visa_days: int = 0
    done_by: int | None = None
    stretches: tuple[Stretch, ...] = ()
    amount: int = 0
    weight: int = 1
    fixed: int | None = None

    def __post_init__(self) -> None:
        whose = f"of stop {self.key!r}"
        need(self.key != HOME, f"key {whose}", self.key, "a name")
        need(self.days > 0, f"days {whose}", self.days, "1 or more")
        for what in ("visa_days", "amount", "weight"):
            count = getattr(self, what)
            need(count >= 0, f"{what} {whose}", count, "0 or more")
        names = [one.name for one in self.stretches if one.price is None]
        need(len(set(names)) == len(names), f"closed stretches {whose}", names, "named once each")

    def dear(self, start: int) -> int:
        """What the days of a price cost if it begins on this day."""
        priced = (one for one in self.stretches if one.price)
        return sum((one.price or 0) * one.days_of(start, self.days) for one in priced)


@dataclass(frozen=True, slots=True)
class Trip:
    """The way from one stop to another: whole days on the road, and what it costs."""

    days: int = 0
    cost: int = 0

    def __post_init__(self) -> None:
        need(min(self.days, self.cost) >= 0, "trip", (self.days, self.cost), "0 or more")


@dataclass(frozen=True, slots=True)
class Quarter:
    """Days, both ends included, and the most that may be spent by stops that begin in them."""

    key: str
    first: int
    last: int
    most: int

    def __post_init__(self) -> None:
        span = (self.first, self.last)
        need(self.first <= self.last, f"days of {self.key!r}", span, "first before last")
        need(self.most >= 0, f"most of {self.key!r}", self.most, "0 or more")

    def holds(self, day: int) -> bool:
        """Whether the day is one of it."""
        return self.first <= day <= self.last


NO_TRIP = Trip()


@dataclass(frozen=True, slots=True)
class RolloutProblem:
    """Everything the engine is told. Checks itself.

    The team leaves home, goes from stop to stop without coming home between, and comes home,
    all on the days 0 to ``horizon - 1``.

    handover: days between the end of one stop and the way to the next.
    trips:    (key, key) -> the way, or the way back where only that is known; ``HOME`` is home.
              A way not named takes no day and costs nothing.
    """

    horizon: int
    stops: tuple[Stop, ...]
    handover: int = 0
    trips: Mapping[tuple[str, str], Trip] = field(default_factory=dict)
    quarters: tuple[Quarter, ...] = ()

    def __post_init__(self) -> None:
        need(self.horizon > 0, "horizon", self.horizon, "1 or more")
        need(self.handover >= 0, "handover", self.handover, "0 or more")
        keys = [stop.key for stop in self.stops]
        need(len(set(keys)) == len(keys), "keys of stops", keys, "named once each")
        quarters = [one.key for one in self.quarters]
        need(len(set(quarters)) == len(quarters), "keys of quarters", quarters, "named once each")
        known = {HOME, *keys}
        for early, late in pairwise(self.quarters):
            need(early.last < late.first, "quarters", (early.key, late.key), "in order and apart")
        unknown = sorted({key for pair in self.trips for key in pair} - known)
        need(not unknown, "ends of trips", unknown, "stops or home")
        for stop in self.stops:
            inside = stop.fixed is None or 0 <= stop.fixed < self.horizon
            need(inside, f"fixed day of stop {stop.key!r}", stop.fixed, "inside the horizon")

    def stop(self, key: str) -> Stop:
        """The stop with this key; ``ValueError`` when there is none."""
        for stop in self.stops:
            if stop.key == key:
                return stop
        raise ValueError(f"no stop has the key {key!r}")

    def trip(self, start: str, end: str) -> Trip:
        """The way between two stops or from or to ``HOME``."""
        return self.trips.get((start, end)) or self.trips.get((end, start)) or NO_TRIP
