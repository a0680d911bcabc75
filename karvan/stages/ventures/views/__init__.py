"""Read the request, call one service, pick a template."""

from .claims import claim, claim_file, claims, give_back, look, verify
from .juries import close, final, juries, jury, mark
from .outside import follow_up
from .teams import edition, form_team, mentor, mentoring, register, venture

__all__ = [
    "claim",
    "claim_file",
    "claims",
    "close",
    "edition",
    "final",
    "follow_up",
    "form_team",
    "give_back",
    "juries",
    "jury",
    "look",
    "mark",
    "mentor",
    "mentoring",
    "register",
    "venture",
    "verify",
]
