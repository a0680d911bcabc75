"""Teams, what they start, who helps them, what they prove, and what becomes of it."""

from .mentoring import (
    MOST_VENTURES,
    MOST_WISHES,
    MentorChoice,
    MentoringSession,
    MentorMatching,
    MentorOffer,
    Mentorship,
    MentorWish,
)
from .ventures import (
    Final,
    FinalEntry,
    FollowUp,
    Jury,
    JuryMark,
    Membership,
    Milestone,
    Team,
    Venture,
)

__all__ = [
    "MOST_VENTURES",
    "MOST_WISHES",
    "Final",
    "FinalEntry",
    "FollowUp",
    "Jury",
    "JuryMark",
    "Membership",
    "MentorChoice",
    "MentorMatching",
    "MentorOffer",
    "MentorWish",
    "MentoringSession",
    "Mentorship",
    "Milestone",
    "Team",
    "Venture",
]
