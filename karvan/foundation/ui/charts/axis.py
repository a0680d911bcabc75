"""A line of days as a share of a picture's width: where a day stands, how long a stretch is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS_DRAWN = 800  # days up to which single months are told apart


@dataclass(frozen=True, slots=True)
class Stretch:
    """From where to where in per cent of the width, counted from the left edge."""

    left: float
    width: float

    @property
    def right(self) -> float:
        return self.left + self.width


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from ``first`` to ``last``, both included; mirrored, they run from right to left."""

    first: date
    last: date
    mirrored: bool = False

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"an axis from {self.first} back to {self.last}")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def has_months(self) -> bool:
        """True if it is short enough for months."""
        return self.days <= MONTHS_DRAWN

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def at(self, day: date) -> float:
        """Where a day begins, in per cent; beyond 0 to 100 for a day outside."""
        share = 100 * (day - self.first).days / self.days
        return 100 - share if self.mirrored else share

    def middle(self, day: date) -> float:
        """The middle of a day, where a line for it stands."""
        half = 50 / self.days
        return self.at(day) + (-half if self.mirrored else half)

    def stretch(self, first: date, last: date) -> Stretch | None:
        """The days from first to last, both included, as far as they lie on the axis."""
        if last < self.first or first > self.last or last < first:
            return None
        start, end = max(first, self.first), min(last, self.last)
        width = 100 * ((end - start).days + 1) / self.days
        left = self.at(start)
        return Stretch(left - width if self.mirrored else left, width)

    def months(self) -> Iterator[date]:
        """The first day of each month on it, its own first day if that is one."""
        year, month = self.first.year, self.first.month
        while (day := date(year, month, 1)) <= self.last:
            if day >= self.first:
                yield day
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)

    def years(self) -> Iterator[date]:
        """The first of January of each year on it, and its own first day."""
        if (self.first.month, self.first.day) != (1, 1):
            yield self.first
        yield from (day for day in self.months() if day.month == 1)
