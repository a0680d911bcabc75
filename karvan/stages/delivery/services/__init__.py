"""What people do while an activity is held. One function, one act, one transaction."""

from .coursework import hand_in, mark_hand_in, plan_coursework, return_hand_in, rubric_percent
from .enrolling import change_group, complete_enrolment, enrol, enrol_accepted, mark_left
from .results import add_material, give_feedback, record_assessment
from .rolls import call_roll

__all__ = [
    "add_material",
    "call_roll",
    "change_group",
    "complete_enrolment",
    "enrol",
    "enrol_accepted",
    "give_feedback",
    "hand_in",
    "mark_hand_in",
    "mark_left",
    "plan_coursework",
    "record_assessment",
    "return_hand_in",
    "rubric_percent",
]
