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
from .matching import propose_mentors, take_matching
from .mentoring import assign_mentor, note_mentoring
from .milestones import claim_milestone, expire_milestone, return_milestone, verify_milestone
from .teaming import propose_teams, take_teams
from .teams import form_team, leave_team, register_venture
from .wishing import state_offer, state_wishes

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
    "propose_mentors",
    "propose_teams",
    "rank_final",
    "ranking",
    "register_venture",
    "return_milestone",
    "seat_jury",
    "state_offer",
    "state_wishes",
    "take_matching",
    "take_teams",
    "verify_milestone",
]
