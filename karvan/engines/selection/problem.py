"""What a selection problem is: reviews to hand out, or a cohort to choose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

NOT_GIVEN = "not given"

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
        _require_key(self.key, "application")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One reviewer; reads at least ``load_low`` and at most ``load_high`` applications."""

    key: str
    languages: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    load_low: int = 0
    load_high: int = 10

    def __post_init__(self) -> None:
        _require_key(self.key, "reviewer")
        _require_count(self.load_low, f"load_low of reviewer {self.key!r}")
        _require_count(self.load_high, f"load_high of reviewer {self.key!r}")
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
        _require_count(self.reads_each, "reads_each")
        _require_seed(self.seed)
        _require_unique((a.key for a in self.applications), "application keys")
        _require_unique((r.key for r in self.reviewers), "reviewer keys")
        self._require_known_pairs()
        for pair, points in self.suitability.items():
            _require_count(points, f"suitability of {pair!r}")
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person, or one team taken whole or not at all.

    merit:      agreed mark in hundredths (0 or more) of each person in it; a
                team of four at 8,000 counts as four people at 8,000.
    attributes: what quotas count; an absent or empty value is the group
                ``"not given"`` and is never guessed.
    seats:      places it takes, 1 or more.
    members:    for a team of unlike people, the attributes of each one; its
                length is then ``seats``. Without it every member has
                ``attributes``.
    """

    key: str
    merit: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    seats: int = 1
    members: tuple[Mapping[str, str], ...] = ()

    def __post_init__(self) -> None:
        _require_key(self.key, "candidate")
        _require_count(self.merit, f"merit of {self.key!r}")
        if self.merit > 1_000_000:
            raise ValueError(f"merit of {self.key!r} must be at most 1000000, got {self.merit}")
        _require_count(self.seats, f"seats of {self.key!r}")
        if self.seats == 0:
            raise ValueError(f"seats of {self.key!r} must be 1 or more, got 0")
        if self.members and len(self.members) != self.seats:
            raise ValueError(f"{self.key!r} has {len(self.members)} members but {self.seats} seats")

    def people_counted_by(self, quota: Quota) -> int:
        """Return how many of its people the quota counts."""
        if self.members:
            return sum(quota.counts(member) for member in self.members)
        return self.seats if quota.counts(self.attributes) else 0


@dataclass(frozen=True, slots=True)
class Quota:
    """How many people with some value of an attribute must or may be chosen.

    floor, ceiling: in people; ``None`` is no limit on that side.
    """

    key: str
    attribute: str
    values: frozenset[str]
    floor: int | None = None
    ceiling: int | None = None

    def __post_init__(self) -> None:
        _require_key(self.key, "quota")
        if not self.values or isinstance(self.values, str):
            raise ValueError(f"quota {self.key!r} needs a set of values, got {self.values!r}")
        for name, limit in (("floor", self.floor), ("ceiling", self.ceiling)):
            if limit is not None:
                _require_count(limit, f"{name} of quota {self.key!r}")
        if self.floor is not None and self.ceiling is not None and self.floor > self.ceiling:
            raise ValueError(
                f"quota {self.key!r} has floor {self.floor} above ceiling {self.ceiling}"
            )

    def counts(self, attributes: Mapping[str, str]) -> bool:
        """Return whether a person with these attributes counts towards it."""
        return (attributes.get(self.attribute) or NOT_GIVEN) in self.values


@dataclass(frozen=True, slots=True)
class ChoiceProblem:
    """Candidates, places and quotas; ``seed`` decides the public lottery among equals."""

    candidates: tuple[Candidate, ...]
    places: int
    quotas: tuple[Quota, ...] = ()
    seed: str = ""

    def __post_init__(self) -> None:
        _require_count(self.places, "places")
        _require_seed(self.seed)
        _require_unique((c.key for c in self.candidates), "candidate keys")
        _require_unique((q.key for q in self.quotas), "quota keys")


def share_to_people(percent: int, places: int, kind: Literal["floor", "ceiling"]) -> int:
    """Return a share of the places as people.

    A floor is rounded up and a ceiling down, so that the count never falls
    short of the promised share nor exceeds the allowed one.

    Args:
        percent: whole per cent, 0 to 100.
        places: people in all.
        kind: ``"floor"`` or ``"ceiling"``.

    Raises:
        ValueError: a share outside 0 to 100, negative places, unknown kind.
    """
    _require_count(places, "places")
    if not 0 <= percent <= 100:
        raise ValueError(f"percent must be 0 to 100, got {percent}")
    if kind not in ("floor", "ceiling"):
        raise ValueError(f"kind must be 'floor' or 'ceiling', got {kind!r}")
    return -(-percent * places // 100) if kind == "floor" else percent * places // 100


def _require_key(key: str, noun: str) -> None:
    if not isinstance(key, str) or not key:
        raise ValueError(f"{noun} key must be a non-empty text, got {key!r}")


def _require_count(value: int, name: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{name} must be a whole number, got {value!r}")
    if value < 0:
        raise ValueError(f"{name} must be 0 or more, got {value}")


def _require_seed(seed: str) -> None:
    if not isinstance(seed, str) or not seed.strip():
        raise ValueError(f"seed must be a non-empty text, got {seed!r}")


def _require_unique(keys: Iterable[str], name: str) -> None:
    repeated = sorted(key for key, n in Counter(keys).items() if n > 1)
    if repeated:
        raise ValueError(f"{name} appear more than once: {repeated}")
