"""What people do to sessions, groups, trainers and timetables. One function, one act."""

from .building import build_timetable
from .laying import cancel_session, lay_out_sessions
from .letters import Letter, languages_of, letters_about, letters_written, people_to_tell
from .people import add_trainer, change_trainer, make_groups
from .publishing import move_placement, publish_timetable, reasons_against
from .repairs import ask_repair

__all__ = [
    "Letter",
    "add_trainer",
    "ask_repair",
    "build_timetable",
    "cancel_session",
    "change_trainer",
    "languages_of",
    "lay_out_sessions",
    "letters_about",
    "letters_written",
    "make_groups",
    "move_placement",
    "people_to_tell",
    "publish_timetable",
    "reasons_against",
]
