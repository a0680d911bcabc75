"""A year of one travelling team: which edition comes when, at the least cost, and why not."""

from .answer import Costs, NoRollout, Remedy, Rollout, Rule, RuleKind
from .check import broken, check_rollout, costs_of
from .explain import can_be_kept
from .plan import mend_rollout, plan_rollout
from .problem import HOME, Quarter, RolloutProblem, Stop, Stretch, Trip
from .rules import with_remedy

__all__ = [
    "HOME",
    "Costs",
    "NoRollout",
    "Quarter",
    "Remedy",
    "Rollout",
    "RolloutProblem",
    "Rule",
    "RuleKind",
    "Stop",
    "Stretch",
    "Trip",
    "broken",
    "can_be_kept",
    "check_rollout",
    "costs_of",
    "mend_rollout",
    "plan_rollout",
    "with_remedy",
]
