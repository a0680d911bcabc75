"""Screens of timetables: read the request, call one service, choose the template."""

from .grid import build, edition, lay_out, mine, publish, timetable
from .people import add_trainer, groups, trainer, trainers
from .sessions import cancel, move, session

__all__ = [
    "add_trainer",
    "build",
    "cancel",
    "edition",
    "groups",
    "lay_out",
    "mine",
    "move",
    "publish",
    "session",
    "timetable",
    "trainer",
    "trainers",
]
