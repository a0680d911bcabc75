"""Screens of timetables: read the request, call one service, choose the template."""

from .exports import paper, schedule
from .grid import build, edition, lay_out, publish, timetable
from .letters import letters
from .mine import manifest, mine
from .people import add_trainer, groups, trainer, trainers
from .sessions import cancel, move, session

__all__ = [
    "add_trainer",
    "build",
    "cancel",
    "edition",
    "groups",
    "lay_out",
    "letters",
    "manifest",
    "mine",
    "move",
    "paper",
    "publish",
    "schedule",
    "session",
    "timetable",
    "trainer",
    "trainers",
]
