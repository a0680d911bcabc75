"""Screens of timetables: read the request, call one service, choose the template."""

from .drafts import copy, lock, throw_away
from .exports import paper, schedule
from .grid import build, edition, lay_out, publish, timetable
from .letters import letters
from .mine import manifest, mine
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
    "letters",
    "manifest",
    "mine",
    "move",
    "paper",
    "lock",
    "mine",
    "move",
    "places",
    "publish",
    "schedule",
    "session",
    "teaching",
    "throw_away",
    "timetable",
    "trainer",
    "trainers",
]
