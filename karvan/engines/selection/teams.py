"""Who is to be put into teams, what should be alike in all of them, and what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .requirements import require_count, require_seed, require_unique

Pair = tuple[str, str]

# Squares of more people than this could outgrow 64 bits.
MOST_PEOPLE = 2_000


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One person to be put into a team.

    key:        unique and stable.
    attributes: what the person is, by attribute: sex, discipline, country …
    skills:     how much of each skill, whole numbers of any scale.
    """

    key: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    skills: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TeamWish:
    """Two people who should be in one team (``together``) or in two; a must if ``is_must``."""

    one: str
    other: str
    together: bool
    is_must: bool = False


@dataclass(frozen=True, slots=True)
class TeamProblem:
    """People to be divided into balanced teams.

    smallest, largest: members of a team.
    teams:     how many; None for as few as ``largest`` allows.
    different: how many different values of an attribute every team needs at
               least; a value not given counts for none.
    weights:   how much an attribute or a skill counts in the balance, 0 to
               100; 1 where nothing is said.
    seed:      settles everything left to chance.
    """

    people: tuple[TeamMember, ...]
    smallest: int
    largest: int
    seed: str
    teams: int | None = None
    different: Mapping[str, int] = field(default_factory=dict)
    wishes: tuple[TeamWish, ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require_seed(self.seed)
        for row, person in enumerate(self.people, start=1):
            if not isinstance(person.key, str) or not person.key:
                raise ValueError(f"key of row {row} must be a non-empty text, got {person.key!r}")
            for skill, level in person.skills.items():
                if isinstance(level, bool) or not isinstance(level, int):
                    raise ValueError(
                        f"skill {skill!r} of {person.key!r} must be a whole number, got {level!r}"
                    )
        if len(self.people) > MOST_PEOPLE:
            raise ValueError(f"at most {MOST_PEOPLE} people can be divided, got {len(self.people)}")
        require_unique((p.key for p in self.people), "keys of people")
        for name, number in (*self.different.items(), *self.weights.items()):
            require_count(number, name)
        if heavy := {n: w for n, w in self.weights.items() if w > 100}:
            raise ValueError(f"weights must be at most 100, got {heavy}")
        self._require_sizes()
        self._require_wishes()

    @property
    def sizes(self) -> tuple[int, ...]:
        """Members of each team: as equal as whole numbers allow, larger ones first."""
        if not self.people:
            return ()
        teams = self.teams or -(-len(self.people) // self.largest)
        each, more = divmod(len(self.people), teams)
        return tuple(each + (n < more) for n in range(teams))

    def _require_sizes(self) -> None:
        require_count(self.smallest, "smallest")
        require_count(self.largest, "largest")
        if self.teams is not None:
            require_count(self.teams, "teams")
        if not 1 <= self.smallest <= self.largest or self.teams == 0:
            raise ValueError(
                f"teams of {self.smallest} to {self.largest} people cannot be formed, "
                f"in number {self.teams}"
            )
        sizes = self.sizes
        if sizes and not self.smallest <= sizes[-1] <= sizes[0] <= self.largest:
            raise ValueError(
                f"{len(self.people)} people cannot be {len(sizes)} teams "
                f"of {self.smallest} to {self.largest}"
            )

    def _require_wishes(self) -> None:
        people = {p.key for p in self.people}
        said: set[Pair] = set()
        for row, wish in enumerate(self.wishes, start=1):
            pair = (min(wish.one, wish.other), max(wish.one, wish.other))
            if unknown := sorted({wish.one, wish.other} - people):
                raise ValueError(f"wish in row {row} names unknown people {unknown}")
            if wish.one == wish.other:
                raise ValueError(f"wish in row {row} joins {wish.one!r} with the same person")
            if pair in said:
                raise ValueError(f"wish in row {row} speaks of {pair} again")
            said.add(pair)


@dataclass(frozen=True, slots=True)
class Teams:
    """The teams and how well they are balanced.

    teams:     keys of each team, sorted; larger teams first.
    short:     different values missing in teams, all together (see ``different``).
    musts:     must wishes that are not met, sorted.
    unmet:     other wishes that are not met, sorted.
    deviation: sum over teams and features of the weighted square of what a
               team has less its share, in points of 100 times people, squared.
    bound:     no teams of these sizes deviate less, whatever else they meet.
    proved:    whether no other teams are better (short and musts, then wishes,
               then deviation).
    """

    teams: tuple[tuple[str, ...], ...]
    short: int
    musts: tuple[Pair, ...]
    unmet: tuple[Pair, ...]
    deviation: int
    bound: int
    proved: bool
