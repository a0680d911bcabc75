"""What the answer to a matching looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

WhyNot = Literal["refused", "full", "supervisor_full"]


@dataclass(frozen=True, slots=True)
class Matching:
    """Who is given which place.

    places:         place of every seeker that has one.
    unmatched:      seekers without a place, sorted.
    profile:        how many seekers have a wish of rank 1, 2, 3 …
    blocking_pairs: seekers and places that would both rather have each other,
                    counted again from the answer; 0 if it is stable.
    """

    places: Mapping[str, str]
    unmatched: tuple[str, ...]
    profile: tuple[int, ...]
    blocking_pairs: int


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A place that a seeker wished for more than the one it has, and why it has it not.

    rank:     rank of the wish, 1 for the best.
    ahead:    seekers that hold the place (or the supervisor's places), sorted.
    is_drawn: whether one of them is ranked alike and was only drawn first.
    """

    place: str
    rank: int
    reason: WhyNot
    ahead: tuple[str, ...]
    is_drawn: bool
