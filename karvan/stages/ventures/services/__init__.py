"""What people do to teams, ventures and what they prove. One function, one act, one transaction."""

from .finals import enter_best, enter_final, plan_final, rank_final
from .followups import (
    answer_follow_up,
    ask_due_follow_ups,
    ask_follow_up,
    plan_edition,
    plan_follow_ups,
)
from .juries import close_jury, mark_pitch, ranking, seat_jury
from .mentoring import assign_mentor, note_mentoring
from .milestones import claim_milestone, expire_milestone, return_milestone, verify_milestone
from .teams import form_team, leave_team, register_venture

__all__ = [
    "answer_follow_up",
    "ask_due_follow_ups",
    "ask_follow_up",
    "assign_mentor",
    "claim_milestone",
    "close_jury",
    "enter_best",
    "enter_final",
    "expire_milestone",
    "form_team",
    "leave_team",
    "mark_pitch",
    "note_mentoring",
    "plan_edition",
    "plan_final",
    "plan_follow_ups",
    "rank_final",
    "ranking",
    "register_venture",
    "return_milestone",
    "seat_jury",
    "verify_milestone",
]
