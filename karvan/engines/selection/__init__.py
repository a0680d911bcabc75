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
from .check import bound_by_prices, broken_limits, check_cohort
from .check_reading import check_assignment
from .choose import choose_cohort
from .clash import is_possible, relaxed
from .prepared import PreparedChoice, prepare_choice
from .price import quota_prices
from .problem import NOT_GIVEN, Candidate, ChoiceProblem, Quota, share_to_people
from .reading import Application, AssignmentProblem, Reviewer
from .record import canonical_document, document_hash, read_problem, replay
from .replace import next_from_waiting
from .table import CandidateTable, NumberedKeys
from .tickets import ticket

__all__ = [
    "NOT_GIVEN",
    "Application",
    "Assignment",
    "AssignmentProblem",
    "Candidate",
    "CandidateTable",
    "Change",
    "ChoiceProblem",
    "Cohort",
    "Infeasible",
    "NumberedKeys",
    "PreparedChoice",
    "Prices",
    "Quota",
    "QuotaPrice",
    "Replacement",
    "Reviewer",
    "ReviewersNeeded",
    "Standing",
    "Swaps",
    "Unmet",
    "assign_reviews",
    "bound_by_prices",
    "broken_limits",
    "canonical_document",
    "check_assignment",
    "check_cohort",
    "choose_cohort",
    "document_hash",
    "is_possible",
    "next_from_waiting",
    "prepare_choice",
    "quota_prices",
    "read_problem",
    "relaxed",
    "replay",
    "reviewers_needed",
    "share_to_people",
    "ticket",
]
