"""Screens of reading and of those who run it."""

from .measuring import applications, calibration
from .own import conflict, file, queue, reading, save
from .people import add_reviewer, conflicts, reviewers
from .rounds import assign, close, edition, marks, open_reading, prepare, round_record

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
    "prepare",
    "queue",
    "reading",
    "reviewers",
    "round_record",
    "save",
]
