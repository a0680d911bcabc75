"""Timetabling: when and where each session is held, with whom, at the least cost, and why not."""

from .answer import (
    Clash,
    ClashKind,
    Costs,
    NoTimetable,
    Placement,
    Remedy,
    RemedyKind,
    Timetable,
)
from .build import build_timetable
from .check import check_timetable, costs_of
from .explain import can_be_kept
from .places import where_may_it_go, why_not_here
from .precheck import quick_reasons
from .problem import (
    Day,
    Equipment,
    Group,
    Room,
    Session,
    TimetableProblem,
    Trainer,
    Weights,
    Wish,
)
from .relax import with_remedy
from .repair import repair_choices, repair_timetable

__all__ = [
    "Clash",
    "ClashKind",
    "Costs",
    "Day",
    "Equipment",
    "Group",
    "NoTimetable",
    "Placement",
    "Remedy",
    "RemedyKind",
    "Room",
    "Session",
    "Timetable",
    "TimetableProblem",
    "Trainer",
    "Weights",
    "Wish",
    "build_timetable",
    "can_be_kept",
    "check_timetable",
    "costs_of",
    "repair_choices",
    "quick_reasons",
    "repair_timetable",
    "where_may_it_go",
    "why_not_here",
    "with_remedy",
]
