"""Screens of timetables: read the request, call one service, choose the template."""

from .grid import build, edition, lay_out, mine, publish, timetable
from .people import add_trainer, groups, trainer, trainers
from .rollouts import agree_rollout, copy_rollout, new_rollout, rollout, rollouts
from .sessions import cancel, move, session

__all__ = [
    "add_trainer",
    "agree_rollout",
    "build",
    "cancel",
    "copy_rollout",
    "edition",
    "groups",
    "lay_out",
    "mine",
    "move",
    "new_rollout",
    "publish",
    "rollout",
    "rollouts",
    "session",
    "timetable",
    "trainer",
    "trainers",
]
