"""What an answer looks like: a year's order with its days, or the reasons why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ..answer import ByGoal


class RuleKind(StrEnum):
    """What stands in the way. The comment says what the keys of such a rule are."""

    VISIT = "visit"  # stop: is to be held at all, inside the horizon
    READY = "ready"  # stop: not before its country is ready
    VISA = "visa"  # stop: not before the visa is there
    DONE_BY = "done_by"  # stop: over by its last day
    CLOSED = "closed"  # stop, stretch: not on these days
    FIXED = "fixed"  # stop: begins on its day
    HELD = "held"  # stop: stays where it is when the rest is mended
    QUARTER = "quarter"  # quarter: no more is spent than there is
    HANDOVER = "handover"  # no keys: days between two stops
    # Found by the check only, since no plan breaks them.
    HORIZON = "horizon"  # stop: inside the horizon, with the way from and to home
    TOGETHER = "together"  # two stops: one team is not at both, and needs the way between
    WORK_LIMIT = "work_limit"  # no keys: stopped before it could tell


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """One rule, and the keys of what it is about."""

    kind: RuleKind
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remedy:
    """A rule that, giving way by this much and alone, lets every other rule be kept.

    amount: days earlier ready, of visa less, later over, of a stretch worked, beside the fixed
            day, of handover less; money more in the quarter; 0 for a stop left out.
    """

    rule: Rule
    amount: int


@dataclass(frozen=True, slots=True)
class Costs(ByGoal):
    """What a year costs by goal.

    early:  for each stop its weight times the day it begins.
    travel: every way, from home and home again.
    dear:   the days in stretches that have a price.
    """

    early: int = 0
    travel: int = 0
    dear: int = 0


@dataclass(frozen=True, slots=True)
class Rollout:
    """A year that keeps every rule.

    starts: stop -> the day it begins, in the order of the way.
    costs:  recounted by the plain check, not taken from the solver.
    bound:  no year costs less; from ``mend_rollout``: no way to mend it moves fewer stops.
    proved: the bound is reached, so nothing better exists.
    moved:  from ``mend_rollout``: stops that begin on another day than before, sorted.
    """

    starts: Mapping[str, int]
    costs: Costs
    bound: int
    proved: bool
    moved: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """The stops on the way."""
        return tuple(self.starts)


@dataclass(frozen=True, slots=True)
class NoRollout:
    """No year keeps every rule, or none was found.

    reasons:  rules that cannot all be kept. ``WORK_LIMIT`` alone means nobody knows.
    minimal:  dropping any one of the reasons would let the others be kept together.
    remedies: of these rules, those that help when they alone give way; each was tried.
    """

    reasons: tuple[Rule, ...]
    minimal: bool = False
    remedies: tuple[Remedy, ...] = field(default=())
