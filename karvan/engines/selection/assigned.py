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

    pairs:       (application, reviewer), sorted; kept pairs included.
    loads:       reads of every reviewer.
    total:       suitability points of all pairs.
    bound:       no assignment with as many reads has more points than this.
    unmet:       applications that lack reads; empty if all have theirs.
    short_loads: reviewers below their ``load_low``, and by how many reads.
    """

    pairs: tuple[Pair, ...]
    loads: Mapping[str, int]
    total: int
    bound: int
    unmet: tuple[Unmet, ...]
    short_loads: Mapping[str, int]

    @property
    def complete(self) -> bool:
        """Whether every read and every load is met."""
        return not self.unmet and not self.short_loads


@dataclass(frozen=True, slots=True)
class ReviewersNeeded:
    """So many more reviewers with these languages would meet ``reads`` missing reads."""

    languages: frozenset[str]
    reviewers: int
    reads: int
