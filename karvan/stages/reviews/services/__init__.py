"""What is done to rounds, reviewers and reviews. One function, one act, one transaction."""

from .assigning import AssignedReads, assign_reads, reviewers_missing
from .calibrating import LEAST_READS, LEAST_REVIEWERS, calibrated, calibration_of, corrected_marks
from .planning import PlanNumbers, ReadingPlanned, numbers_of, numbers_typed, plan_of
from .reading import finish_review, save_review
from .rebalancing import Move, Rebalancing, rebalance_reads, rebalancing_of
from .reviewers import (
    add_reviewer,
    change_reviewer,
    declare_conflict,
    find_institution_conflicts,
    invite_reviewer,
    resume_reviewer,
    stop_reviewer,
)
from .rounds import close_round, open_round, plan_round, prepare_round, reopen_round

__all__ = [
    "LEAST_READS",
    "LEAST_REVIEWERS",
    "AssignedReads",
    "Move",
    "PlanNumbers",
    "ReadingPlanned",
    "Rebalancing",
    "add_reviewer",
    "assign_reads",
    "calibrated",
    "calibration_of",
    "change_reviewer",
    "close_round",
    "corrected_marks",
    "declare_conflict",
    "find_institution_conflicts",
    "finish_review",
    "invite_reviewer",
    "numbers_of",
    "numbers_typed",
    "open_round",
    "plan_of",
    "plan_round",
    "prepare_round",
    "rebalance_reads",
    "rebalancing_of",
    "reopen_round",
    "resume_reviewer",
    "reviewers_missing",
    "save_review",
    "stop_reviewer",
]
