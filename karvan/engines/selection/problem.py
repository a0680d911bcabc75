"""What a cohort is chosen from, and under which quotas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .requirements import require_count, require_key, require_seed, require_unique

NOT_GIVEN = "not given"


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
        require_key(self.key, "candidate")
        require_count(self.merit, f"merit of {self.key!r}")
        if self.merit > 1_000_000:
            raise ValueError(f"merit of {self.key!r} must be at most 1000000, got {self.merit}")
        require_count(self.seats, f"seats of {self.key!r}")
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
        require_key(self.key, "quota")
        if not self.values or isinstance(self.values, str):
            raise ValueError(f"quota {self.key!r} needs a set of values, got {self.values!r}")
        for name, limit in (("floor", self.floor), ("ceiling", self.ceiling)):
            if limit is not None:
                require_count(limit, f"{name} of quota {self.key!r}")
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
        require_count(self.places, "places")
        require_seed(self.seed)
        require_unique((c.key for c in self.candidates), "candidate keys")
        require_unique((q.key for q in self.quotas), "quota keys")


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
    require_count(places, "places")
    if not 0 <= percent <= 100:
        raise ValueError(f"percent must be 0 to 100, got {percent}")
    if kind not in ("floor", "ceiling"):
        raise ValueError(f"kind must be 'floor' or 'ceiling', got {kind!r}")
    return -(-percent * places // 100) if kind == "floor" else percent * places // 100
