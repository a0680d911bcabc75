"""Whether a vote is carried: plain counting on whole numbers, without rows and without words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SHARES = {"simple": (1, 2), "two_thirds": (2, 3), "three_quarters": (3, 4)}
REQUIREMENTS = ("consensus", *SHARES, "absolute", "unanimous")


@dataclass(frozen=True, slots=True)
class Count:
    """What was voted. ``base`` is what an absolute majority is more than half of.

    ``no`` counts the objections where a consensus is asked for.
    """

    yes: int
    no: int
    abstain: int = 0
    base: int = 0

    def __post_init__(self) -> None:
        wrong = {n: v for n in ("yes", "no", "abstain", "base") if (v := getattr(self, n)) < 0}
        if wrong:
            raise ValueError(f"counts must be 0 or more, got {wrong}")


@dataclass(frozen=True, slots=True)
class Judgement:
    """``needed`` is the fewest votes in favour that would have carried it, out of ``out_of``."""

    is_carried: bool
    needed: int
    out_of: int


@dataclass(frozen=True, slots=True)
class Election:
    """Who is elected, "" for nobody; ``goes_on`` are the names of the next round."""

    elected: str
    needed: int
    out_of: int
    goes_on: tuple[str, ...]


def judge(requirement: str, count: Count, *, abstention_is_voting: bool = False) -> Judgement:
    """Whether the count carries the question.

    Simple is more than half of those present and voting; two thirds and three quarters are at
    least that share of them; absolute is more than half of the base; unanimous is all of them;
    consensus is that nobody objects. Where nobody is present and voting nothing is carried,
    but for a consensus.

    Raises:
        ValueError: the requirement is not known.

    Cost: a few whole numbers.
    """
    voting = count.yes + count.no + (count.abstain if abstention_is_voting else 0)
    if requirement == "consensus":
        return Judgement(count.no == 0, 0, 0)
    needed, out_of = _needed(requirement, voting, count.base)
    return Judgement(count.yes >= needed, needed, out_of)


def elect(requirement: str, counts: Mapping[str, int], *, base: int = 0) -> Election:
    """Who is elected to one seat by the votes for each name; blank papers are left out before.

    Nobody is elected without the majority asked for. The next round is then between those
    with the most votes and those with the most after them; all who share a place stay.

    Raises:
        ValueError: the requirement is not known, or is a consensus.
    """
    valid = sum(counts.values())
    needed, out_of = _needed(requirement, valid, base)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    if ranked and counts[ranked[0]] >= needed:
        return Election(ranked[0], needed, out_of, ())
    return Election("", needed, out_of, _next_round(ranked, counts))


def _needed(requirement: str, voting: int, base: int) -> tuple[int, int]:
    """The fewest votes that carry, never 0, and what they are counted on."""
    if requirement == "unanimous":
        return max(1, voting), voting
    if requirement == "absolute":
        return base // 2 + 1, base
    if requirement not in SHARES:
        raise ValueError(f"requirement must be one of {REQUIREMENTS}, got {requirement!r}")
    part, whole = SHARES[requirement]
    if requirement == "simple":
        return voting * part // whole + 1, voting
    return max(1, -(-voting * part // whole)), voting


def _next_round(ranked: list[str], counts: Mapping[str, int]) -> tuple[str, ...]:
    """The two first, and whoever shares the second place; never fewer than two names."""
    if len(ranked) <= 2:
        return tuple(ranked)
    least = counts[ranked[1]]
    return tuple(name for name in ranked if counts[name] >= least)
