"""Who can be chosen, and what quotas count of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .requirements import require_count, require_key

NOT_GIVEN = "not given"
MOST_MERIT = 1_000_000


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
    persons:    who its people are, in any stable text, so that one who applied
                twice is found; left out, nobody is looked for.
    """

    key: str
    merit: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    seats: int = 1
    members: tuple[Mapping[str, str], ...] = ()
    persons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_key(self.key, "candidate")
        require_count(self.merit, f"merit of {self.key!r}")
        if self.merit > MOST_MERIT:
            raise ValueError(
                f"merit of {self.key!r} must be at most {MOST_MERIT}, got {self.merit}"
            )
        require_count(self.seats, f"seats of {self.key!r}")
        if self.seats == 0:
            raise ValueError(f"seats of {self.key!r} must be 1 or more, got 0")
        if self.members and len(self.members) != self.seats:
            raise ValueError(f"{self.key!r} has {len(self.members)} members but {self.seats} seats")
        if self.persons:
            self._check_persons()

    def _check_persons(self) -> None:
        for person in self.persons:
            require_key(person, f"person of {self.key!r}:")
        if len(set(self.persons)) < len(self.persons):
            raise ValueError(f"{self.key!r} names a person twice: {self.persons}")

    def people_counted_by(self, quota: Quota) -> int:
        """Return how many of its people the quota counts."""
        if self.members:
            return sum(quota.counts(member) for member in self.members)
        return self.seats if quota.counts(self.attributes) else 0


@dataclass(frozen=True, slots=True)
class Quota:
    """How many people with some value of an attribute must or may be chosen.

    Reserved seats are a floor on what entitles to them, a limit on a group's
    size is a ceiling for each of the attribute's values.

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
