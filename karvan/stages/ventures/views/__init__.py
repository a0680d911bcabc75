"""Read the request, call one service, pick a template."""

from .claims import claim, claim_file, claims, give_back, look, verify
from .finals import enter_best, final, finals, plan_final, rank_final
from .juries import close, juries, jury, mark, seat_jury
from .outside import follow_up
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
    "mentor",
    "mentoring",
    "plan_final",
    "plan_follow_ups",
    "rank_final",
    "register",
    "seat_jury",
    "venture",
    "verify",
]
