"""What the answer to an assignment looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .reading import Pair

UnmetReason = Literal["no_reviewer_with_language", "all_in_conflict", "loads_full"]


@dataclass(frozen=True, slots=True)
class Unmet:
    """An application that lacks reads, how many, and what stands in the way.

    with_language, without_conflict: how many reviewers are left after each rule.
    """

    application: str
    missing: int
    reason: UnmetReason
    with_language: int
    without_conflict: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who reads what.

    pairs:        (application, reviewer), sorted; kept pairs included.
    loads:        reads of every reviewer.
    total:        suitability points of all pairs.
    bound:        no assignment with as many reads has more points than this.
    unmet:        applications that lack reads; empty if all have theirs.
    short_loads:  reviewers below their ``load_low``, and by how many reads.
    total_before: points before the worst-off application was raised and parts joined.
    worst:        points of the worst-off application, its reads added up.
    worst_bound:  no assignment gives the worst-off application more than this.
    parts:        connected parts of the reading graph (reviewers who read, joined
                  by shared applications); marks compare within a part only.
    mixing:       the fewest different co-readers that any reviewer who reads has.
    idle:         reviewers whom languages, conflicts and the list of pairs leave
                  no application, sorted.
    """

    pairs: tuple[Pair, ...]
    loads: Mapping[str, int]
    total: int
    bound: int
    unmet: tuple[Unmet, ...]
    short_loads: Mapping[str, int]
    total_before: int
    worst: int
    worst_bound: int
    parts: int
    mixing: int
    idle: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every read and every load is met."""
        return not self.unmet and not self.short_loads


@dataclass(frozen=True, slots=True)
class Rebalanced:
    """An assignment after reviewers left or came.

    assignment: who reads what now.
    added:      pairs that are new, sorted.
    taken_back: pairs that stood and no longer do, sorted.
    """

    assignment: Assignment
    added: tuple[Pair, ...]
    taken_back: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class ReviewersNeeded:
    """So many more reviewers with these languages would meet ``reads`` missing reads."""

    languages: frozenset[str]
    reviewers: int
    reads: int
