"""Selection: assign reviews, choose a cohort under quotas, replace who declines, prove it."""

from .answer import (
    Change,
    Cohort,
    Infeasible,
    Prices,
    QuotaPrice,
    Replacement,
    Standing,
    Swaps,
)
from .assign import assign_reviews, reviewers_needed
from .assigned import Assignment, ReviewersNeeded, Unmet
from .calibrate import calibrate
from .calibrated import Calibration, CorrectedMark, ReviewerStyle
from .assigned import Assignment, Rebalanced, ReviewersNeeded, Unmet
from .check import bound_by_prices, check_cohort
from .check_marks import check_calibration
from .check_reading import check_assignment
from .choose import choose_cohort
from .clash import is_possible, relaxed
from .marks import CalibrationProblem, Score, ScoreTable
from .pair_points import PairPoints
from .plan import ApplicationGroup, PlanProblem, ReadingPlan, plan_reading
from .price import quota_prices
from .problem import NOT_GIVEN, Candidate, ChoiceProblem, Quota, share_to_people
from .reading import Application, AssignmentProblem, Reviewer
from .rebalance import rebalance_reviews
from .record import canonical_document, document_hash, read_problem, replay
from .replace import next_from_waiting
from .tickets import ticket

__all__ = [
    "NOT_GIVEN",
    "Application",
    "ApplicationGroup",
    "Assignment",
    "AssignmentProblem",
    "Calibration",
    "CalibrationProblem",
    "Candidate",
    "Change",
    "ChoiceProblem",
    "Cohort",
    "CorrectedMark",
    "Infeasible",
    "PairPoints",
    "PlanProblem",
    "Prices",
    "Quota",
    "QuotaPrice",
    "ReadingPlan",
    "Rebalanced",
    "Replacement",
    "Reviewer",
    "ReviewerStyle",
    "ReviewersNeeded",
    "Score",
    "ScoreTable",
    "Standing",
    "Swaps",
    "Unmet",
    "assign_reviews",
    "bound_by_prices",
    "calibrate",
    "canonical_document",
    "check_assignment",
    "check_calibration",
    "check_cohort",
    "choose_cohort",
    "document_hash",
    "is_possible",
    "next_from_waiting",
    "plan_reading",
    "quota_prices",
    "read_problem",
    "rebalance_reviews",
    "relaxed",
    "replay",
    "reviewers_needed",
    "share_to_people",
    "ticket",
]
