"""Screens of timetables: read the request, call one service, choose the template."""

from .disruptions import disruptions, take_back
from .drafts import copy, lock, throw_away
from .exports import paper, schedule
from .grid import edition, lay_out, publish, timetable
from .letters import letters
from .mine import manifest, mine
from .people import add_trainer, group, groups, trainer, trainers, travel
from .rollouts import agree_rollout, copy_rollout, new_rollout, rollout, rollouts
from .searches import build, improve, repair, search, search_again, search_take
from .sessions import cancel, move, places, preferred, session, teaching

__all__ = [
    "add_trainer",
    "agree_rollout",
    "build",
    "cancel",
    "copy",
    "copy_rollout",
    "disruptions",
    "edition",
    "group",
    "groups",
    "improve",
    "lay_out",
    "letters",
    "lock",
    "manifest",
    "mine",
    "move",
    "new_rollout",
    "paper",
    "places",
    "preferred",
    "publish",
    "repair",
    "rollout",
    "rollouts",
    "schedule",
    "search",
    "search_again",
    "search_take",
    "session",
    "take_back",
    "teaching",
    "throw_away",
    "timetable",
    "trainer",
    "trainers",
    "travel",
]
