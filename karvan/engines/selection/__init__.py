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
from .assigned import Assignment, Rebalanced, ReviewersNeeded, Unmet
from .calibrate import calibrate
from .calibrated import Calibration, CorrectedMark, ReviewerStyle
from .candidate_table import CandidateTable, NumberedKeys
from .check import bound_by_prices, broken_limits, check_cohort
from .check_lottery import chance_bound, check_lottery
from .check_marks import check_calibration
from .check_match import blocking_pairs, check_matching
from .check_reading import check_assignment
from .check_teams import check_teams
from .choose import choose_cohort
from .clash import is_possible, relaxed
from .explain import Explanation, explain_candidate, explain_many
from .form_teams import form_teams
from .leximin import choose_by_lottery
from .lottery import AlikeGroup, ChanceProof, Lottery, Panel, draw_panel, numbered_panel
from .marks import CalibrationProblem, Score, ScoreTable
from .match import explain_match, match_stable
from .match_ranks import match_by_rank
from .matched import Matching, PassedOver
from .pair_points import PairPoints
from .plan import ApplicationGroup, PlanProblem, ReadingPlan, plan_reading
from .preferences import MatchProblem, Place, Seeker, Supervisor
from .prepared import PreparedChoice, prepare_choice
from .price import quota_prices
from .problem import NOT_GIVEN, Candidate, ChoiceProblem, Quota, share_to_people
from .reading import Application, AssignmentProblem, Reviewer
from .rebalance import rebalance_reviews
from .record import canonical_document, document_hash, read_lottery, read_problem, replay
from .relax import RelaxationCost, relaxation_costs
from .replace import next_from_waiting
from .sureness import sureness
from .teams import TeamMember, TeamProblem, Teams, TeamWish
from .tickets import ticket

__all__ = [
    "NOT_GIVEN",
    "AlikeGroup",
    "Application",
    "ApplicationGroup",
    "Assignment",
    "AssignmentProblem",
    "Calibration",
    "CalibrationProblem",
    "Candidate",
    "CandidateTable",
    "ChanceProof",
    "Change",
    "ChoiceProblem",
    "Cohort",
    "CorrectedMark",
    "Explanation",
    "Infeasible",
    "NumberedKeys",
    "PreparedChoice",
    "Lottery",
    "MatchProblem",
    "Matching",
    "Panel",
    "PassedOver",
    "Place",
    "PreparedChoice",
    "Prices",
    "Quota",
    "QuotaPrice",
    "RelaxationCost",
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
    "calibrate",
    "broken_limits",
    "canonical_document",
    "chance_bound",
    "check_assignment",
    "check_calibration",
    "check_cohort",
    "check_lottery",
    "check_matching",
    "check_teams",
    "choose_by_lottery",
    "choose_cohort",
    "document_hash",
    "draw_panel",
    "explain_candidate",
    "explain_many",
    "explain_match",
    "form_teams",
    "is_possible",
    "match_by_rank",
    "match_stable",
    "next_from_waiting",
    "numbered_panel",
    "prepare_choice",
    "quota_prices",
    "read_lottery",
    "read_problem",
    "relaxation_costs",
    "plan_reading",
    "quota_prices",
    "read_problem",
    "rebalance_reviews",
    "relaxed",
    "replay",
    "reviewers_needed",
    "share_to_people",
    "sureness",
    "ticket",
]
