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
from .check import bound_by_prices, check_cohort
from .check_match import blocking_pairs, check_matching
from .check_reading import check_assignment
from .check_teams import check_teams
from .choose import choose_cohort
from .clash import is_possible, relaxed
from .form_teams import form_teams
from .match import explain_match, match_stable
from .match_ranks import match_by_rank
from .matched import Matching, PassedOver
from .preferences import MatchProblem, Place, Seeker, Supervisor
from .price import quota_prices
from .problem import NOT_GIVEN, Candidate, ChoiceProblem, Quota, share_to_people
from .reading import Application, AssignmentProblem, Reviewer
from .record import canonical_document, document_hash, read_problem, replay
from .replace import next_from_waiting
from .teams import TeamMember, TeamProblem, Teams, TeamWish
from .tickets import ticket

__all__ = [
    "NOT_GIVEN",
    "Application",
    "Assignment",
    "AssignmentProblem",
    "Candidate",
    "Change",
    "ChoiceProblem",
    "Cohort",
    "Infeasible",
    "MatchProblem",
    "Matching",
    "PassedOver",
    "Place",
    "Prices",
    "Quota",
    "QuotaPrice",
    "Replacement",
    "Reviewer",
    "ReviewersNeeded",
    "Seeker",
    "Standing",
    "Supervisor",
    "Swaps",
    "TeamMember",
    "TeamProblem",
    "TeamWish",
    "Teams",
    "Unmet",
    "assign_reviews",
    "blocking_pairs",
    "bound_by_prices",
    "canonical_document",
    "check_assignment",
    "check_cohort",
    "check_matching",
    "check_teams",
    "choose_cohort",
    "document_hash",
    "explain_match",
    "form_teams",
    "is_possible",
    "match_by_rank",
    "match_stable",
    "next_from_waiting",
    "quota_prices",
    "read_problem",
    "relaxed",
    "replay",
    "reviewers_needed",
    "share_to_people",
    "ticket",
]
