"""What is done to rounds, reviewers and reviews. One function, one act, one transaction."""

from .assigning import AssignedReads, assign_reads, reviewers_missing
from .calibrating import calibrated, calibration_of, corrected_marks
from .reading import finish_review, save_review
from .reviewers import add_reviewer, declare_conflict, find_institution_conflicts, invite_reviewer
from .rounds import close_round, open_round, prepare_round

__all__ = [
    "AssignedReads",
    "add_reviewer",
    "assign_reads",
    "calibrated",
    "calibration_of",
    "close_round",
    "corrected_marks",
    "declare_conflict",
    "find_institution_conflicts",
    "finish_review",
    "invite_reviewer",
    "open_round",
    "prepare_round",
    "reviewers_missing",
    "save_review",
]
