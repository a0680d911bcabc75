"""What surveys are reckoned by: the order of classes, dates that follow, whom to believe."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

# From the best to the worst; unknown has no place in the order.
RANKS = {"good": 0, "fair": 1, "poor": 2, "very_bad": 3, "destroyed": 4}
CERTAINTIES = (
    ("certain", _("certain")),
    ("probable", _("probable")),
    ("possible", _("possible")),
    ("unknown", _("not known")),
)
# Months until somebody looks again, by class; our own proposal, open to change in each survey.
NEXT_IN_MONTHS = {"good": 60, "fair": 36, "poor": 12, "very_bad": 6, "unknown": 12}
DUE_IN_MONTHS = {"6_12_months": 12, "1_2_years": 24, "2_5_years": 60}
DAYS_OF_EMERGENCY = 30


def rises(before: str, after: str) -> bool:
    """True if a class is better than the one before; an unknown class neither rises nor falls."""
    return before in RANKS and after in RANKS and RANKS[after] < RANKS[before]


def months_after(day: date, months: int) -> date:
    """The same day some months on (or back), or the month's last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def due_by(priority: str, on: date) -> date | None:
    """The day by which advice of a priority is due; None for what may wait over five years."""
    if priority == "immediate":
        return on + timedelta(days=DAYS_OF_EMERGENCY)
    months = DUE_IN_MONTHS.get(priority)
    return months_after(on, months) if months else None


def next_look(condition: str, on: date) -> date | None:
    """The day by which a monument of a class is to be looked at again; None where it is gone."""
    months = NEXT_IN_MONTHS.get(condition)
    return months_after(on, months) if months else None
