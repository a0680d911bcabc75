"""Screens of reading and of those who run it."""

from .giving import assign, rebalance
from .measuring import applications, calibration
from .own import conflict, file, queue, reading, save
from .people import add_reviewer, conflicts, resume, reviewer, reviewers, stop
from .planning import plan
from .rounds import close, edition, marks, open_reading, prepare, round_record

__all__ = [
    "add_reviewer",
    "applications",
    "assign",
    "calibration",
    "close",
    "conflict",
    "conflicts",
    "edition",
    "file",
    "marks",
    "open_reading",
    "plan",
    "prepare",
    "queue",
    "reading",
    "rebalance",
    "resume",
    "reviewer",
    "reviewers",
    "round_record",
    "save",
    "stop",
]
