"""What people do to sessions, groups, trainers and timetables. One function, one act."""

from .building import build_timetable
from .laying import cancel_session, lay_out_sessions
from .letters import people_to_tell
from .people import add_trainer, change_trainer, make_groups
from .publishing import move_placement, publish_timetable, reasons_against
from .repairs import ask_repair
from .rollouts import agree_rollout, change_rollout, copy_rollout, draft_rollout, order_year

__all__ = [
    "add_trainer",
    "agree_rollout",
    "ask_repair",
    "build_timetable",
    "cancel_session",
    "change_rollout",
    "change_trainer",
    "copy_rollout",
    "draft_rollout",
    "lay_out_sessions",
    "make_groups",
    "move_placement",
    "order_year",
    "people_to_tell",
    "publish_timetable",
    "reasons_against",
]
