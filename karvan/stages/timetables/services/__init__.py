"""What people do to sessions, groups, trainers and timetables. One function, one act."""

from .building import build_timetable
from .disruptions import hit_by, note_disruption, take_back_disruption
from .drafts import Difference, copy_as_draft, differences, lock_placements, throw_away
from .laying import cancel_session, lay_out_sessions, prefer_starts
from .letters import Letter, languages_of, letters_about, letters_written, people_to_tell
from .moving import change_trainers, move_placement, reasons_against, trainers_for
from .people import add_trainer, change_group, change_trainer, make_groups, say_travel_times
from .places import Place, Setting, where_it_may_go
from .publishing import publish_timetable
from .repairs import ask_repair
from .rollouts import agree_rollout, change_rollout, copy_rollout, draft_rollout, order_year
from .searching import ask_again, ask_search, is_small, is_stuck, run_search, take_answer

__all__ = [
    "Difference",
    "Letter",
    "Place",
    "Setting",
    "add_trainer",
    "agree_rollout",
    "ask_again",
    "ask_repair",
    "ask_search",
    "build_timetable",
    "cancel_session",
    "change_group",
    "change_rollout",
    "change_trainer",
    "change_trainers",
    "copy_as_draft",
    "copy_rollout",
    "differences",
    "draft_rollout",
    "hit_by",
    "is_small",
    "is_stuck",
    "languages_of",
    "lay_out_sessions",
    "letters_about",
    "letters_written",
    "lock_placements",
    "make_groups",
    "move_placement",
    "note_disruption",
    "order_year",
    "people_to_tell",
    "prefer_starts",
    "publish_timetable",
    "reasons_against",
    "run_search",
    "say_travel_times",
    "take_answer",
    "take_back_disruption",
    "throw_away",
    "trainers_for",
    "where_it_may_go",
]
