"""Screens of timetables: read the request, call one service, choose the template."""

from .drafts import copy, lock, throw_away
from .grid import build, edition, lay_out, mine, publish, timetable
from .people import add_trainer, groups, trainer, trainers
from .sessions import cancel, move, places, session, teaching

__all__ = [
    "add_trainer",
    "build",
    "cancel",
    "copy",
    "edition",
    "groups",
    "lay_out",
    "lock",
    "mine",
    "move",
    "places",
    "publish",
    "session",
    "teaching",
    "throw_away",
    "timetable",
    "trainer",
    "trainers",
]
