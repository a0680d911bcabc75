"""What people do to places. One function, one act, one transaction."""

from .closing import add_closed_period, remove_closed_period
from .hours import remove_working_hours, set_working_hours
from .loading import Loaded, load_places
from .noting import note_holiday
from .weeks import remove_working_week, set_working_week

__all__ = [
    "Loaded",
    "add_closed_period",
    "load_places",
    "note_holiday",
    "remove_closed_period",
    "remove_working_hours",
    "remove_working_week",
    "set_working_hours",
    "set_working_week",
]
