"""Who wishes for which place, whom the places put first, and how many they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .requirements import require_count, require_seed, require_unique


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody who looks for one place: a venture, a participant, a student.

    key:    unique and stable.
    wishes: places, best first; a place not named is never given.
    ranks:  rank of each wish, 1 for the best, never falling; equal ranks are
            wishes liked alike. Left empty the wishes have ranks 1, 2, 3 …
    """

    key: str
    wishes: tuple[str, ...] = ()
    ranks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """What is sought: a mentor, a group, a device, a project.

    key:        unique and stable.
    capacity:   how many seekers it holds, 0 or more.
    priorities: rank of a seeker, 1 for the first; equal ranks are drawn, and
                seekers without one come after all that have one.
    only_named: whether seekers without a rank are refused instead.
    refuses:    seekers it never takes.
    supervisor: who answers for it; the supervisor's priorities then count.
    """

    key: str
    capacity: int
    priorities: Mapping[str, int] = field(default_factory=dict)
    only_named: bool = False
    refuses: frozenset[str] = frozenset()
    supervisor: str = ""


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Who answers for several places and takes at most ``capacity`` seekers in all of them."""

    key: str
    capacity: int
    priorities: Mapping[str, int] = field(default_factory=dict)
    only_named: bool = False


@dataclass(frozen=True, slots=True)
class MatchProblem:
    """Seekers and places; ``seed`` draws the order of those ranked alike."""

    seekers: tuple[Seeker, ...]
    places: tuple[Place, ...]
    seed: str
    supervisors: tuple[Supervisor, ...] = ()

    def __post_init__(self) -> None:
        require_seed(self.seed)
        for rows, noun in (
            (self.seekers, "seeker"),
            (self.places, "place"),
            (self.supervisors, "supervisor"),
        ):
            _require_keys((row.key for row in rows), noun)
        self._require_wishes()
        seekers = {s.key for s in self.seekers}
        supervisors = {s.key: s for s in self.supervisors}
        for supervisor in self.supervisors:
            _require_holder(supervisor, f"supervisor {supervisor.key!r}", seekers)
        for place in self.places:
            name = f"place {place.key!r}"
            _require_holder(place, name, seekers)
            if unknown := sorted(place.refuses - seekers):
                raise ValueError(f"{name} refuses unknown seekers {unknown}")
            if place.supervisor and place.supervisor not in supervisors:
                raise ValueError(f"{name} has an unknown supervisor {place.supervisor!r}")
            if place.supervisor and (place.priorities or place.only_named):
                raise ValueError(
                    f"{name} has priorities beside those of supervisor {place.supervisor!r}"
                )

    def _require_wishes(self) -> None:
        places = {p.key for p in self.places}
        for seeker in self.seekers:
            if not places.issuperset(seeker.wishes):
                unknown = [w for w in seeker.wishes if w not in places]
                raise ValueError(f"seeker {seeker.key!r} wishes for unknown places {unknown}")
            if len(set(seeker.wishes)) < len(seeker.wishes):
                require_unique(seeker.wishes, f"wishes of seeker {seeker.key!r}")
            if seeker.ranks:
                _require_ranks(seeker)


def _require_keys(keys: Iterable[str], noun: str) -> None:
    seen: set[str] = set()
    for row, key in enumerate(keys, start=1):
        if not isinstance(key, str) or not key:
            raise ValueError(f"{noun} key must be a non-empty text, got {key!r} in row {row}")
        if key in seen:
            raise ValueError(f"{noun} key {key!r} appears again in row {row}")
        seen.add(key)


def _require_ranks(seeker: Seeker) -> None:
    name = f"ranks of seeker {seeker.key!r}"
    if len(seeker.ranks) != len(seeker.wishes):
        raise ValueError(f"{name} are {len(seeker.ranks)}, the wishes {len(seeker.wishes)}")
    for rank in seeker.ranks:
        require_count(rank, name)
    if seeker.ranks[0] < 1 or any(
        a > b for a, b in zip(seeker.ranks, seeker.ranks[1:], strict=False)
    ):
        raise ValueError(f"{name} must start at 1 or above and never fall, got {seeker.ranks}")


def _require_holder(holder: Place | Supervisor, name: str, seekers: set[str]) -> None:
    require_count(holder.capacity, f"capacity of {name}")
    for seeker, rank in holder.priorities.items():
        if seeker not in seekers:
            raise ValueError(f"{name} gives a priority to an unknown seeker {seeker!r}")
        require_count(rank, f"priority of {seeker!r} at {name}")
        # The order of ranks and tickets must fit in 64 bits at a million seekers.
        if not 1 <= rank <= 1_000_000:
            raise ValueError(
                f"priority of {seeker!r} at {name} must be from 1 to 1000000, got {rank}"
            )
