"""Read the request, call one service, pick a template."""

from .claims import claim, claim_file, claims, give_back, look, verify
from .finals import enter_best, final, finals, plan_final, rank_final
from .juries import close, juries, jury, mark, seat_jury
from .matching import match_mentors, mentor_offer, take_matching, wishes
from .outside import follow_up
from .teaming import propose_teams, take_teams
from .teams import (
    edition,
    form_team,
    mentor,
    mentoring,
    plan_follow_ups,
    register,
    venture,
)

__all__ = [
    "claim",
    "claim_file",
    "claims",
    "close",
    "edition",
    "enter_best",
    "final",
    "finals",
    "follow_up",
    "form_team",
    "give_back",
    "juries",
    "jury",
    "look",
    "mark",
    "match_mentors",
    "mentor",
    "mentor_offer",
    "mentoring",
    "plan_final",
    "plan_follow_ups",
    "propose_teams",
    "rank_final",
    "register",
    "seat_jury",
    "take_matching",
    "take_teams",
    "venture",
    "verify",
    "wishes",
]
