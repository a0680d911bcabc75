"""Dates around a country's week and feasts: proposals with reasons, and what a span runs into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from karvan.foundation.places.calendars import Calendar
from karvan.foundation.places.hijri import eid_days, hijri, ramadan_spans
from karvan.foundation.places.spans import BusySpan, Proposal, propose_span
from karvan.foundation.ui.formats import date_in_words

from .models import Activity

LEAD_DAYS = 90  # a call, its reviews and the offers before the first day
REST_DAYS = 7  # from one activity's end to the next one's earliest beginning
SHORT_DAYS = 14  # within this, a weekend inside is worth a word


def first_proposed_day(today: date) -> date:
    """The day from which dates are proposed: far enough ahead for a call."""
    return today + timedelta(days=LEAD_DAYS)


@dataclass(frozen=True, slots=True)
class ActivityDates:
    """One activity's dates with all that is to be known about them.

    ``met`` lists what the present span runs into; ``calendar`` its first and last day
    in the Islamic calendar, calculated.
    """

    activity: Activity
    working_days: int
    proposal: Proposal | None
    met: tuple[str, ...]
    calendar: tuple[str, str] | None

    @property
    def is_planned(self) -> bool:
        return self.activity.planned_starts_on is not None


def dates_of(
    activities: list[Activity],
    document: Mapping[str, Any],
    calendar: Calendar,
    earliest: date,
    busy: Mapping[str, Sequence[BusySpan]] | None = None,
) -> list[ActivityDates]:
    """Each activity's dates; those not frozen with a proposal, one after the other.

    ``busy`` are days to keep clear of, by the activity's code: those on which its trainers
    teach elsewhere.

    Raises:
        NoWorkingWeek: the country has no week written down.
    Cost: no reads; some ten milliseconds an activity.
    """
    parts = {one["code"]: one for one in document["activities"]}
    shown: list[ActivityDates] = []
    for activity in activities:
        count = working_days_of(parts.get(activity.code, {}), calendar, earliest)
        proposal = None
        if activity.plan_frozen_at is None and activity.actual_starts_on is None:
            in_one_week = "days" in parts.get(activity.code, {}).get("duration", {})
            taken = (busy or {}).get(activity.code, ())
            proposal = propose_span(calendar, earliest, count, contiguous=in_one_week, busy=taken)
        first, last = span_of(activity)
        end = last or (proposal.end if proposal else None)
        if end:
            earliest = max(earliest, end + timedelta(days=REST_DAYS))
        shown.append(
            ActivityDates(
                activity,
                count,
                proposal,
                met(calendar, first, last, (busy or {}).get(activity.code, ())),
                _hijri(first, last),
            )
        )
    return shown


def span_of(activity: Activity) -> tuple[date | None, date | None]:
    """The activity's first and last day: the actual ones, else the planned."""
    return (
        activity.actual_starts_on or activity.planned_starts_on,
        activity.actual_ends_on or activity.planned_ends_on,
    )


def working_days_of(part: Mapping[str, Any], calendar: Calendar, on: date) -> int:
    """How many working days an activity takes; a week counts the country's own working days."""
    duration = part.get("duration", {})
    if "weeks" in duration:
        return int(duration["weeks"]) * len(calendar.week(on).workdays)
    return max(1, int(duration.get("days", 1)))


def met(
    calendar: Calendar, first: date | None, last: date | None, busy: Sequence[BusySpan] = ()
) -> tuple[str, ...]:
    """What a span runs into: holidays, weekends, Ramadan, feasts, half days, trainers elsewhere."""
    if first is None or last is None:
        return ()
    taken = (one.why for one in busy if one.start <= last and first <= one.end)
    return (*_met(calendar, first, last), *taken)


def _met(calendar: Calendar, first: date, last: date) -> Iterator[str]:
    is_short = (last - first).days < SHORT_DAYS
    holidays = {one.on: one for one in calendar.holidays(first, last)}
    for on, why in calendar.closed_days(first, last).items():
        holiday = holidays.get(on)
        if holiday is None and not (is_short or on in (first, last)):
            continue
        words = {"day": date_in_words(on), "why": why}
        if holiday and holiday.estimated:
            yield _("%(day)s: %(why)s, estimated") % words
        else:
            yield _("%(day)s: %(why)s") % words
    for span in ramadan_spans(first, last):
        yield _("Ramadan %(year)s, %(first)s to %(last)s, calculated") % {
            "year": span.year,
            "first": date_in_words(span.start),
            "last": date_in_words(span.end),
        }
    for span in eid_days(first, last):
        name = _("Eid al-Fitr") if span.kind == "eid_al_fitr" else _("Eid al-Adha")
        yield _("%(feast)s from %(first)s, calculated") % {
            "feast": name,
            "first": date_in_words(span.start),
        }
    if is_short:
        for on in calendar.half_days(first, last):
            yield _("%(day)s: half day") % {"day": date_in_words(on)}


def _hijri(first: date | None, last: date | None) -> tuple[str, str] | None:
    if first is None or last is None:
        return None
    language = get_language() or "en"
    return hijri(first).text(language, marked=False), hijri(last).text(language, marked=False)
