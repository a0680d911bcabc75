"""Screens of delivery: read the request, call one service, choose the template."""

from .coursework import coursework, give_back, hand_in_file, mark, piece, plan
from .participants import edition, enrol, leave, participant, participants, result
from .sessions import add_material, feedback, material, roll, session, sessions, sheet

__all__ = [
    "add_material",
    "coursework",
    "edition",
    "enrol",
    "feedback",
    "give_back",
    "hand_in_file",
    "leave",
    "mark",
    "material",
    "participant",
    "participants",
    "piece",
    "plan",
    "result",
    "roll",
    "session",
    "sessions",
    "sheet",
]
