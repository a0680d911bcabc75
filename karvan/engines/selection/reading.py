"""What has to be read, and by whom it may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from .requirements import require_count, require_key, require_seed, require_unique

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Application:
    """One application to be read.

    key:       unique and stable.
    languages: a reviewer must know every one of them.
    fields:    what it is about; decides suitability where none is stated.
    """

    key: str
    languages: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        require_key(self.key, "application")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One reviewer; reads at least ``load_low`` and at most ``load_high`` applications."""

    key: str
    languages: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    load_low: int = 0
    load_high: int = 10

    def __post_init__(self) -> None:
        require_key(self.key, "reviewer")
        require_count(self.load_low, f"load_low of reviewer {self.key!r}")
        require_count(self.load_high, f"load_high of reviewer {self.key!r}")
        if self.load_low > self.load_high:
            raise ValueError(
                f"reviewer {self.key!r} has load_low {self.load_low} above "
                f"load_high {self.load_high}"
            )


@dataclass(frozen=True, slots=True)
class AssignmentProblem:
    """Who may read what, and how many reads each application needs.

    conflicts:   (application, reviewer) pairs that must never meet.
    kept:        pairs already under way, which stay.
    suitability: points (0 or more, at most 1,000,000) of a pair; a pair not
                 named gets the percentage of the application's fields that the
                 reviewer knows.
    seed:        settles ties between equally suitable assignments.
    """

    applications: tuple[Application, ...]
    reviewers: tuple[Reviewer, ...]
    reads_each: int
    conflicts: frozenset[Pair] = frozenset()
    kept: frozenset[Pair] = frozenset()
    suitability: Mapping[Pair, int] = field(default_factory=dict)
    seed: str = "reviews"

    def __post_init__(self) -> None:
        require_count(self.reads_each, "reads_each")
        require_seed(self.seed)
        require_unique((a.key for a in self.applications), "application keys")
        require_unique((r.key for r in self.reviewers), "reviewer keys")
        self._require_known_pairs()
        for pair, points in self.suitability.items():
            require_count(points, f"suitability of {pair!r}")
            if points > 1_000_000:
                raise ValueError(f"suitability of {pair!r} must be at most 1000000, got {points}")
        self._require_possible_kept()

    def suits(self, application: Application, reviewer: Reviewer) -> int:
        """Return the points of one pair, stated or from the fields they share."""
        stated = self.suitability.get((application.key, reviewer.key))
        if stated is not None:
            return stated
        if not application.fields:
            return 0
        return 100 * len(application.fields & reviewer.fields) // len(application.fields)

    def may_read(self, application: Application, reviewer: Reviewer) -> bool:
        """Return whether language and conflicts allow the pair."""
        return (
            application.languages <= reviewer.languages
            and (application.key, reviewer.key) not in self.conflicts
        )

    def _require_known_pairs(self) -> None:
        applications = {a.key for a in self.applications}
        reviewers = {r.key for r in self.reviewers}
        named = (
            ("conflicts", self.conflicts),
            ("kept", self.kept),
            ("suitability", self.suitability),
        )
        for name, pairs in named:
            for application, reviewer in pairs:
                if application not in applications or reviewer not in reviewers:
                    raise ValueError(f"{name} names an unknown pair {(application, reviewer)!r}")

    def _require_possible_kept(self) -> None:
        applications = {a.key: a for a in self.applications}
        reviewers = {r.key: r for r in self.reviewers}
        for a, r in sorted(self.kept):
            if not self.may_read(applications[a], reviewers[r]):
                raise ValueError(f"kept pair {(a, r)!r} breaks a conflict or a language")
        for key, reads in Counter(a for a, _ in self.kept).items():
            if reads > self.reads_each:
                raise ValueError(f"application {key!r} keeps {reads} reads of {self.reads_each}")
        for key, load in Counter(r for _, r in self.kept).items():
            if load > reviewers[key].load_high:
                raise ValueError(
                    f"reviewer {key!r} keeps {load} reads, above load_high "
                    f"{reviewers[key].load_high}"
                )
