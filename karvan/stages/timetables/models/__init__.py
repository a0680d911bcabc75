"""Sessions and who teaches them, timetables and what happens to them, and a team's year."""

from .changes import Disruption, Search, TravelTime
from .rollouts import Rollout, RolloutStop
from .timetables import (
    Group,
    Placement,
    RepairRequest,
    Session,
    SessionWish,
    Timetable,
    Trainer,
)

__all__ = [
    "Disruption",
    "Group",
    "Placement",
    "RepairRequest",
    "Rollout",
    "RolloutStop",
    "Search",
    "Session",
    "SessionWish",
    "Timetable",
    "Trainer",
    "TravelTime",
]
