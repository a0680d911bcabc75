"""What the answer to a choice looks like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

StandingCode = Literal[
    "chosen_on_merit",
    "chosen_with_quota",
    "tie_drawn_in",
    "tie_drawn_out",
    "below_cutoff",
    "displaced_by_quota",
    "no_seats_for_team",
    "decided_jointly",
]
ReplacementReason = Literal[
    "best_allowed", "no_free_seat", "nobody_waiting", "quota_cannot_be_kept"
]
Side = Literal["floor", "ceiling", "places"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Why one candidate is in or out, for a machine to put into words.

    quotas: keys of the quotas that decided, where quotas did.
    points: hundredths of merit missing to the cut-off of its own group
            (``below_cutoff``); else 0.
    cutoff: the merit at which its own group is cut, in hundredths, rounded up.
    seats:  places a team would have needed (``no_seats_for_team``); else 0.
    """

    code: StandingCode
    cutoff: int
    quotas: tuple[str, ...] = ()
    points: int = 0
    seats: int = 0


@dataclass(frozen=True, slots=True)
class Prices:
    """A certificate anybody can recompute without a solver.

    A place costs ``place``, a person counted by a quota costs that quota's
    price besides (negative for a floor that pulls people in). All in
    1/``unit`` of a hundredth of merit.
    """

    unit: int
    place: int
    quotas: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Swaps:
    """What quotas changed against pure merit order; ``merit_lost`` in hundredths."""

    came_in: tuple[str, ...]
    went_out: tuple[str, ...]
    merit_lost: int


# What a cohort works out only when somebody asks for it.
Later = Literal["waiting", "swaps"]


@dataclass(frozen=True)
class Cohort:
    """An answer: who is in, best first, who waits, best first, and each one's standing.

    value:    total merit in hundredths, a team's merit once for each seat.
    bound:    no cohort within the quotas has more.
    proof:    ``"prices"`` if the certificate alone shows it, ``"search"`` if the
              integer programme was searched to its end, ``"none"`` if it was not.
    tickets, standing: of every candidate by key, worked out when asked for; so
              are ``waiting`` and ``swaps`` of a cohort that comes from the engine.
    """

    chosen: tuple[str, ...]
    waiting: tuple[str, ...]
    value: int
    bound: int
    proof: Literal["prices", "search", "none"]
    tickets: Mapping[str, int]
    standing: Mapping[str, Standing]
    swaps: Swaps
    prices: Prices

    @classmethod
    def with_later(cls, later: Mapping[Later, Callable[[], Any]], **known: Any) -> Cohort:
        """Return a cohort whose ``waiting`` and ``swaps`` are worked out when first read."""
        cohort = cls(waiting=(), swaps=Swaps((), (), 0), **known)
        for name in later:
            object.__delattr__(cohort, name)
        object.__setattr__(cohort, "_later", later)
        return cohort

    def __getattr__(self, name: str) -> Any:
        """Work out what is not there yet; Python asks here only for that."""
        later = self.__dict__.get("_later", {})
        if name not in later:
            raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")
        found = later[name]()
        object.__setattr__(self, name, found)
        return found

    @property
    def proved(self) -> bool:
        """Whether no better cohort exists."""
        return self.proof != "none"

    @property
    def gap(self) -> int:
        """Hundredths of merit that a better cohort could at most gain."""
        return self.bound - self.value


@dataclass(frozen=True, slots=True)
class Change:
    """One limit moved: a quota's floor or ceiling, or (``quota`` None) the places."""

    quota: str | None
    side: Side
    before: int
    after: int

    @property
    def people(self) -> int:
        """By how many people it moves."""
        return abs(self.after - self.before)


@dataclass(frozen=True, slots=True)
class Infeasible:
    """An answer: no cohort keeps these quotas.

    clash:       quotas that cannot be met together within the places and the
                 candidates there are; without any one of them they can.
    relaxations: sets of changes that each make a cohort possible, those that
                 move fewest people first.
    """

    clash: tuple[str, ...]
    relaxations: tuple[tuple[Change, ...], ...]


@dataclass(frozen=True, slots=True)
class QuotaPrice:
    """What one quota costs: merit lost in hundredths, who came in and went out for it."""

    quota: str
    merit_lost: int
    came_in: tuple[str, ...]
    went_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """Who comes in next, best first, and why.

    passed: waiting people with more merit than the least of ``keys``, passed
            over because a quota or the free seats did not allow them.
    quotas: those that nobody waiting can restore (``quota_cannot_be_kept``).
    """

    keys: tuple[str, ...]
    reason: ReplacementReason
    passed: tuple[str, ...] = ()
    quotas: tuple[str, ...] = ()

    @property
    def key(self) -> str | None:
        """The first who comes in, or None."""
        return self.keys[0] if self.keys else None
