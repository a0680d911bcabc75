"""What people do to sessions, groups, trainers and timetables. One function, one act."""

from .building import build_timetable
from .drafts import Difference, copy_as_draft, differences, lock_placements, throw_away
from .laying import cancel_session, lay_out_sessions
from .letters import people_to_tell
from .moving import change_trainers, move_placement, reasons_against, trainers_for
from .people import add_trainer, change_trainer, make_groups
from .places import Place, Setting, where_it_may_go
from .publishing import publish_timetable
from .repairs import ask_repair

__all__ = [
    "Difference",
    "Place",
    "Setting",
    "add_trainer",
    "ask_repair",
    "build_timetable",
    "cancel_session",
    "change_trainer",
    "change_trainers",
    "copy_as_draft",
    "differences",
    "lay_out_sessions",
    "lock_placements",
    "make_groups",
    "move_placement",
    "people_to_tell",
    "publish_timetable",
    "reasons_against",
    "throw_away",
    "trainers_for",
    "where_it_may_go",
]
