"""What a computation gives: a value, its two halves, its groups, and the rows behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

#: The group of those of whom it is not known; never left out and never counted elsewhere.
UNKNOWN = "unknown"
#: Several founders of one venture who differ.
SEVERAL = "several"

Words = str | Promise
Groups = Mapping[str, Mapping[str, "Part"]]


@dataclass(frozen=True, slots=True)
class Span:
    """What is counted: a scope path ("" is everything), as of a moment, in which groups."""

    scope: str
    as_of: datetime
    groups: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        return self.as_of.date()

    def inside(self, field: str) -> Q:
        """Rows whose scope ``field`` is this one or below it."""
        if not self.scope:
            return Q()
        return Q(**{field: self.scope}) | Q(**{f"{field}__startswith": f"{self.scope}/"})

    def editions(self, field: str) -> Q:
        """Rows that belong to an edition in the scope; ``field`` is the edition's path."""
        return self.inside(f"{field}__scope" if field else "scope")


@dataclass(frozen=True, slots=True)
class Part:
    """One group's figure; ``value`` is None where it is not known."""

    value: float | None
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """Some of the rows behind a figure: a word, which rows, how many the figure says they are."""

    key: str
    title: Words
    where: Q
    count: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure as computed.

    value:  None where it is not known, never 0 in its place. A share is a share of 1.
    rows:   what was counted, None where nothing could be; ``slices`` the parts of it that
            the figure is made of, the numerator first.
    suffix: tells the figures of one indicator apart: "6" and "12" months.
    sums:   the rows' field whose sum is the value, "" where rows are counted.
    """

    value: float | None
    numerator: int | None = None
    denominator: int | None = None
    by: Groups = field(default_factory=dict)
    note: str = ""
    rows: QuerySet[Any] | None = None
    slices: tuple[Slice, ...] = ()
    suffix: str = ""
    sums: str = ""
    is_collected: bool = True


def share(numerator: int, denominator: int) -> float | None:
    """A share of 1; None of nothing."""
    return numerator / denominator if denominator else None


def group_of(attributes: Mapping[str, Any], dimension: str) -> str:
    """The group one person belongs to, "unknown" where it was not said."""
    value = attributes.get(dimension)
    return UNKNOWN if value in (None, "", []) else str(value)


def together(founders: Sequence[Mapping[str, Any]], dimension: str) -> str:
    """The group of several persons: their common one, "several", or unknown if of any it is."""
    found = {group_of(one, dimension) for one in founders}
    if not found or UNKNOWN in found:
        return UNKNOWN
    return found.pop() if len(found) == 1 else SEVERAL


def counts(groups: Iterable[str]) -> dict[str, Part]:
    """How many are in each group, the unknown ones last."""
    counted = Counter(groups)
    return {key: Part(counted[key], counted[key]) for key in ordered(counted)}


def shares(groups: Iterable[tuple[str, bool]]) -> dict[str, Part]:
    """For each group, the share of its members that count."""
    listed = list(groups)
    every = Counter(group for group, _is_in in listed)
    inside = Counter(group for group, is_in in listed if is_in)
    return {
        key: Part(share(inside[key], every[key]), inside[key], every[key]) for key in ordered(every)
    }


def ordered(groups: Iterable[str]) -> list[str]:
    """Groups by name, "several" and "unknown" last."""
    return sorted(groups, key=lambda key: (key == UNKNOWN, key == SEVERAL, key))
