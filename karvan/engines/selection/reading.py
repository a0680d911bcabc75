"""What has to be read, and by whom it may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .pair_points import MOST_POINTS, PairPoints
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
                 reviewer knows. ``PairPoints`` holds millions of pairs, and
                 may say that no other pair can be read.
    seed:        settles ties between equally suitable assignments.
    languages:   those that are known; any other is refused. Empty: any is known.
    """

    applications: tuple[Application, ...]
    reviewers: tuple[Reviewer, ...]
    reads_each: int
    conflicts: frozenset[Pair] = frozenset()
    kept: frozenset[Pair] = frozenset()
    suitability: Mapping[Pair, int] | PairPoints = field(default_factory=dict)
    seed: str = "reviews"
    languages: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        require_count(self.reads_each, "reads_each")
        require_seed(self.seed)
        require_unique((a.key for a in self.applications), "application keys")
        require_unique((r.key for r in self.reviewers), "reviewer keys")
        require_languages(self.languages, "application", self.applications)
        require_languages(self.languages, "reviewer", self.reviewers)
        self._require_known_pairs()
        self._require_points()
        self._require_possible_kept()

    def suits(self, application: Application, reviewer: Reviewer) -> int:
        """Return the points of one pair, stated or from the fields they share."""
        stated = self._stated(application, reviewer)
        return shared_fields(application.fields, reviewer.fields) if stated is None else stated

    def may_read(self, application: Application, reviewer: Reviewer) -> bool:
        """Return whether language, conflicts and a closed list of pairs allow the pair."""
        return (
            application.languages <= reviewer.languages
            and (application.key, reviewer.key) not in self.conflicts
            and not (self.is_closed_list and self._stated(application, reviewer) is None)
        )

    @property
    def is_closed_list(self) -> bool:
        """Whether only pairs that are listed with points may be read."""
        return isinstance(self.suitability, PairPoints) and self.suitability.only_listed

    def _stated(self, application: Application, reviewer: Reviewer) -> int | None:
        if isinstance(self.suitability, PairPoints):
            places = [a.key for a in self.applications], [r.key for r in self.reviewers]
            return self.suitability.of(
                places[0].index(application.key), places[1].index(reviewer.key)
            )
        return self.suitability.get((application.key, reviewer.key))

    def _unlisted(self, pairs: Iterable[Pair]) -> frozenset[Pair]:
        """Return those of many pairs that a closed list leaves out, in one pass over the list."""
        if not isinstance(self.suitability, PairPoints) or not self.suitability.only_listed:
            return frozenset()
        here = {a.key: n for n, a in enumerate(self.applications)}
        there = {r.key: n for n, r in enumerate(self.reviewers)}
        asked = sorted(pairs)
        listed = self.suitability.lists([here[a] for a, _ in asked], [there[r] for _, r in asked])
        return frozenset(pair for pair, known in zip(asked, listed, strict=True) if not known)

    def _require_points(self) -> None:
        if isinstance(self.suitability, PairPoints):
            self.suitability.require_positions(len(self.applications), len(self.reviewers))
            repeated = self.suitability.first_repeated()
            if repeated:
                named = self.applications[repeated[0]].key, self.reviewers[repeated[1]].key
                raise ValueError(f"pair points list {named!r} more than once")
            return
        for pair, points in self.suitability.items():
            require_count(points, f"suitability of {pair!r}")
            if points > MOST_POINTS:
                raise ValueError(f"suitability of {pair!r} must be at most 1000000, got {points}")

    def _require_known_pairs(self) -> None:
        applications = {a.key for a in self.applications}
        reviewers = {r.key for r in self.reviewers}
        named: list[tuple[str, Iterable[Pair]]] = [
            ("conflicts", self.conflicts),
            ("kept", self.kept),
        ]
        if not isinstance(self.suitability, PairPoints):
            named.append(("suitability", self.suitability))
        for name, pairs in named:
            for application, reviewer in pairs:
                if application not in applications or reviewer not in reviewers:
                    raise ValueError(f"{name} names an unknown pair {(application, reviewer)!r}")

    def _require_possible_kept(self) -> None:
        applications = {a.key: a for a in self.applications}
        reviewers = {r.key: r for r in self.reviewers}
        unlisted = self._unlisted(self.kept)
        for a, r in sorted(self.kept):
            speaks = applications[a].languages <= reviewers[r].languages
            if not speaks or (a, r) in self.conflicts or (a, r) in unlisted:
                raise ValueError(
                    f"kept pair {(a, r)!r} breaks a conflict or a language, or is not listed"
                )
        for key, reads in Counter(a for a, _ in self.kept).items():
            if reads > self.reads_each:
                raise ValueError(f"application {key!r} keeps {reads} reads of {self.reads_each}")
        for key, load in Counter(r for _, r in self.kept).items():
            if load > reviewers[key].load_high:
                raise ValueError(
                    f"reviewer {key!r} keeps {load} reads, above load_high "
                    f"{reviewers[key].load_high}"
                )


def shared_fields(wanted: frozenset[str], known: frozenset[str]) -> int:
    """Return the percentage, rounded down, of the wanted fields that are known."""
    return 100 * len(wanted & known) // len(wanted) if wanted else 0


def require_languages(
    known: frozenset[str], noun: str, rows: Sequence[Application] | Sequence[Reviewer]
) -> None:
    """Refuse a language that is not known, and name whose it is; an empty set knows any."""
    if not known:
        return
    for row in rows:
        unknown = sorted(row.languages - known)
        if unknown:
            raise ValueError(
                f"{noun} {row.key!r} has the unknown language {unknown[0]!r}; "
                f"known are {sorted(known)}"
            )
