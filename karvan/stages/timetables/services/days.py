"""The open days of an activity: the country's week, its holidays, prayer, Ramadan and clocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from karvan.foundation.places.calendars import Calendar, days
from karvan.foundation.places.hours import working_hours
from karvan.foundation.places.prayers import keeps_friday_prayer, prayer_times, proposed_method
from karvan.foundation.places.queries import calendar_of
from karvan.foundation.places.zones import ZoneChange, zone_changes
from karvan.foundation.texts import languages
from karvan.foundation.ui import formats
from karvan.stages.editions.models import Activity, Edition

from ..errors import DatesMissing
from ..models import Disruption
from .periods import NOON, OPENS, STEP, Span

FRIDAY = 5
FRIDAY_PRAYER = (12 * 60 + 30, 14 * 60 + 30)  # where no place of a venue is known
PRAYER_MINUTES = 120  # from noon by the sun: the prayer with its sermon, and a meal
MIDNIGHT = 24 * 60

Texts = dict[str, str]


@dataclass(frozen=True)
class OpenDays:
    """The days from an activity's first to its last, with what is known of each.

    days:    every date, closed ones included.
    opened:  the positions in ``days`` on which something may be held.
    closed:  date → why, in the languages of the interface.
    planned: the positions by which the design's days are counted; more than ``opened`` where a
             day was lost after the timetable was made.
    hours:   position → from when to when, on half days and in Ramadan.
    prayers: position → the hours of the common prayer.
    cuts:    position → stretches in which nothing may be held, each with its reason.
    notes:   what a person should know of these days, in sentences.
    unknown_years: years for which no holiday at all is on file.
    """

    days: tuple[date, ...]
    opened: tuple[int, ...]
    closed: dict[date, Texts]
    planned: tuple[int, ...] = ()
    hours: Mapping[int, Span] = field(default_factory=dict)
    prayers: Mapping[int, Span] = field(default_factory=dict)
    cuts: Mapping[int, tuple[tuple[Span, str], ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    unknown_years: tuple[int, ...] = ()

    def why_shut(self, day: int, start: int, end: int) -> str:
        """Why nothing may be held in a stretch of a day, in a sentence; "" where nothing is known."""
        on = formats.date_in_words(self.days[day])
        if day in self.prayers and start < self.prayers[day][1] and self.prayers[day][0] < end:
            first, last = map(clock_words, self.prayers[day])
            return _("%(day)s: the Friday prayer is kept free from %(first)s to %(last)s.") % {
                "day": on,
                "first": first,
                "last": last,
            }
        for (first_cut, last_cut), why in self.cuts.get(day, ()):
            if start < last_cut and first_cut < end:
                return why
        if day in self.hours and not (self.hours[day][0] <= start and end <= self.hours[day][1]):
            first, last = map(clock_words, self.hours[day])
            return _("%(day)s: sessions are held from %(first)s to %(last)s.") % {
                "day": on,
                "first": first,
                "last": last,
            }
        return ""


def open_days(
    activity: Activity,
    *,
    opened_anyway: Collection[date] = (),
    kept: Mapping[date, Texts] | None = None,
    disruptions: Iterable[Disruption] = (),
) -> OpenDays:
    """The activity's days by the calendar of its country; ``opened_anyway`` overrule it.

    ``kept`` are the closed days a version was built on: given, they stand and the calendar is
    not asked again, and a day lost since still counts among the design's days. Of the
    ``disruptions`` those that take a day, or hours of it, are heeded. Five reads.

    Raises:
        DatesMissing: the activity has no first or no last day.
    """
    first, last = activity.starts_on, activity.ends_on
    if not isinstance(first, date) or not isinstance(last, date):
        raise DatesMissing(_("Plan the dates of the activity first; then it can have a timetable."))
    edition = activity.edition
    calendar = calendar_of(edition.country_id, scope=edition.scope)
    every = tuple(days(first, last))
    if kept is None:
        by_calendar = _closed(calendar, first, last)
        shut = {on: texts for on, texts in by_calendar.items() if on not in opened_anyway}
    else:
        shut = dict(kept)
    lost = {on: why for on, why in _lost(disruptions, every).items() if on not in shut}
    closed = {**shut, **lost}
    opened = tuple(n for n, on in enumerate(every) if on not in closed)
    planned = opened if kept is None else tuple(n for n, on in enumerate(every) if on not in shut)
    cuts, notes = _cuts(edition, every, opened, disruptions)
    hours, more = _hours(calendar, edition, every, opened)
    return OpenDays(
        every,
        opened,
        dict(sorted(closed.items())),
        planned,
        hours,
        _prayers(edition, every, opened),
        cuts,
        (*more, *notes),
        calendar.years_without_holidays(first, last),
    )


def clock_words(minute: int) -> str:
    """A minute of the day as a clock shows it."""
    return formats.time_in_words(time(minute // 60 % 24, minute % 60))


def _closed(calendar: Calendar, first: date, last: date) -> dict[date, Texts]:
    """Each day off with its reason in every language of the interface."""
    found: dict[date, Texts] = {}
    for language in languages():
        with override(language):
            named = replace(calendar, language=language).closed_days(first, last)
        for on, why in named.items():
            found.setdefault(on, {})[language] = str(why)
    return found


def _lost(disruptions: Iterable[Disruption], every: tuple[date, ...]) -> dict[date, Texts]:
    """The whole days lost, each with the reason somebody gave."""
    return {
        on: dict.fromkeys(languages(), one.reason)
        for one in disruptions
        if one.kind == Disruption.Kind.DAY_LOST and one.minute_from is None
        for on in every
        if touches(one, on)
    }


def touches(one: Disruption, on: date) -> bool:
    """Whether a disruption holds on a date; one without dates always does."""
    first, last = one.day_from, one.day_to or one.day_from
    return (first is None or first <= on) and (last is None or on <= last)


def _cuts(
    edition: Edition,
    every: tuple[date, ...],
    opened: tuple[int, ...],
    disruptions: Iterable[Disruption],
) -> tuple[dict[int, tuple[tuple[Span, str], ...]], list[str]]:
    """Stretches that are cut out of open days, and the sentences that say so."""
    cuts: dict[int, list[tuple[Span, str]]] = {}
    notes = []
    for change in zone_changes(edition.time_zone, every[0], every[-1]):
        for on, span, why in _unreal(change):
            if on in every and (day := every.index(on)) in opened:
                cuts.setdefault(day, []).append((span, why))
                notes.append(why)
    for one in disruptions:
        if one.kind == Disruption.Kind.DAY_LOST and one.minute_from is not None:
            span = (one.minute_from, one.minute_to or MIDNIGHT)
            for day in opened:
                if touches(one, every[day]):
                    cuts.setdefault(day, []).append((span, one.reason))
    return {day: tuple(found) for day, found in cuts.items()}, notes


def _unreal(change: ZoneChange) -> Iterable[tuple[date, Span, str]]:
    """The local minutes that a change of the clocks leaves out or brings twice, by date."""
    first = min(change.clock_before, change.clock_after)
    last = max(change.clock_before, change.clock_after)
    text = _("Clocks go back on %(day)s: nothing is placed from %(first)s to %(last)s, which come twice.")  # fmt: skip
    if change.is_forward:
        text = _("Clocks go forward on %(day)s: nothing is placed from %(first)s to %(last)s, which do not exist.")  # fmt: skip
    why = text % {
        "day": formats.date_in_words(first.date()),
        "first": formats.time_in_words(first),
        "last": formats.time_in_words(last),
    }
    for on in days(first.date(), (last - timedelta(minutes=1)).date()):
        start = max(first, datetime.combine(on, time()))
        end = min(last, datetime.combine(on + timedelta(days=1), time()))
        midnight = datetime.combine(on, time())
        span = (int((start - midnight).seconds / 60), int((end - midnight).total_seconds() / 60))
        yield on, span, why


def _hours(
    calendar: Calendar, edition: Edition, every: tuple[date, ...], opened: tuple[int, ...]
) -> tuple[dict[int, Span], list[str]]:
    """The hours of half days and of Ramadan, and what is not known of them."""
    found: dict[int, Span] = {}
    in_ramadan, unknown = [], False
    for day in opened:
        known = working_hours(calendar, every[day])
        if known.in_ramadan and known.starts and known.ends:
            found[day] = (_minute(known.starts), _minute(known.ends))
            in_ramadan.append(day)
        elif known.is_half_day:
            ends = _minute(known.ends) if known.ends and not known.in_ramadan else NOON
            found[day] = (OPENS, ends)
        unknown |= known.in_ramadan and not known.closed and not known.starts
    notes = []
    if in_ramadan:
        first, last = map(clock_words, found[in_ramadan[0]])
        words = {"first": first, "last": last}
        notes.append(
            _("In Ramadan, as calculated, sessions are held from %(first)s to %(last)s.") % words
        )
    if unknown and keeps_friday_prayer(edition.country):
        text = _("The hours in Ramadan are not on record for %(country)s; the usual ones were taken.")  # fmt: skip
        notes.append(text % {"country": edition.country})
    return found, notes


def _prayers(edition: Edition, every: tuple[date, ...], opened: tuple[int, ...]) -> dict[int, Span]:
    """The hours of the common prayer on open Fridays, by the sun at the edition's venue."""
    fridays = [day for day in opened if every[day].isoweekday() == FRIDAY]
    if not fridays or not keeps_friday_prayer(edition.country):
        return {}
    venue = edition.venues.exclude(latitude=None).exclude(longitude=None).order_by("pk").first()
    if venue is None:
        return dict.fromkeys(fridays, FRIDAY_PRAYER)
    method = proposed_method(edition.country_id)
    found = {}
    for day in fridays:
        times = prayer_times(
            float(venue.latitude or 0),
            float(venue.longitude or 0),
            every[day],
            edition.time_zone,
            method.method,
            method.asr,
        )
        starts = (times.dhuhr.hour * 60 + times.dhuhr.minute) // STEP * STEP
        found[day] = (starts, starts + PRAYER_MINUTES)
    return found


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
