"""From when to when people work on a date: the usual hours, or those of Ramadan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from .calendars import Calendar
from .hijri import ramadan_spans
from .models import WorkingHours


@dataclass(frozen=True, slots=True)
class DayHours:
    """The hours of one date. What is not on record is None, and ``missing`` says what it is.

    closed: why nobody works that day; "" on a working day.
    in_ramadan: as calculated, so the first and the last day may be out by one.
    """

    on: date
    starts: time | None = None
    ends: time | None = None
    in_ramadan: bool = False
    is_half_day: bool = False
    closed: str = ""
    missing: str = ""
    source: str = ""
    note: str = ""


def working_hours(calendar: Calendar, on: date) -> DayHours:
    """When people work on a date: an edition's own hours first, half days cut short.

    In Ramadan the usual hours are never taken in place of unknown ones.

    Raises:
        NoWorkingWeek: the country has no week written down for that date.
    """
    in_ramadan = bool(ramadan_spans(on, on))
    closed = calendar.closed_days(on, on).get(on, "")
    if closed:
        return DayHours(on, in_ramadan=in_ramadan, closed=closed)
    is_half = on.isoweekday() in calendar.week(on).half_days
    kind = WorkingHours.Kind.RAMADAN if in_ramadan else WorkingHours.Kind.USUAL
    found = hours_on_record(calendar, kind, on)
    if found is None:
        missing = _("The hours in Ramadan are not on record.")
        if not in_ramadan:
            missing = _("The usual hours are not on record.")
        return DayHours(on, in_ramadan=in_ramadan, is_half_day=is_half, missing=missing)
    missing, ends = "", found.half_day_ends if is_half else found.ends
    if ends is None:
        missing = _("When a half day ends is not on record.")
    return DayHours(
        on, found.starts, ends, in_ramadan, is_half, "", missing, found.source, found.note
    )


def hours_on_record(calendar: Calendar, kind: str, on: date) -> WorkingHours | None:
    """The hours of one kind that hold on a date: the narrowest scope's, then those that began last."""
    valid = [
        one
        for one in calendar.hours
        if one.kind == kind
        and (one.valid_from is None or one.valid_from <= on)
        and (one.valid_to is None or on <= one.valid_to)
    ]
    return max(valid, key=lambda one: (len(one.scope), one.valid_from or date.min), default=None)
