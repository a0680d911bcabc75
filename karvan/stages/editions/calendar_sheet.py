"""What the screen of an edition's calendar shows besides its months: week, hours, feasts, prayers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation import clock
from karvan.foundation.places.calendars import Calendar, Holiday
from karvan.foundation.places.errors import NoWorkingWeek
from karvan.foundation.places.hijri import eid_days, ramadan_spans
from karvan.foundation.places.hours import hours_on_record
from karvan.foundation.places.models import ClosedPeriod, WorkingHours, WorkingWeek
from karvan.foundation.places.prayers import (
    PrayerTimes,
    ProposedMethod,
    prayer_times,
    proposed_method,
)
from karvan.foundation.places.public_holidays import SOURCE
from karvan.foundation.places.queries import calendar_of, first_day_of_week
from karvan.foundation.places.spans import feast_name
from karvan.foundation.places.zones import zone_changes
from karvan.foundation.ui import formats

from .calendar_forms import PlaceForm, PrayerForm, SpanForm, WithdrawForm
from .calendar_page import (
    KINDS,
    Month,
    change_in_words,
    last_day,
    month_after,
    months_shown,
    weekday_heads,
    weekdays_in_words,
)
from .models import Activity, Edition, Venue
from .schedule import span_of

PRAYERS = (
    ("fajr", gettext_lazy("Fajr")),
    ("sunrise", gettext_lazy("Sunrise")),
    ("dhuhr", gettext_lazy("Dhuhr")),
    ("asr", gettext_lazy("Asr")),
    ("maghrib", gettext_lazy("Maghrib")),
    ("isha", gettext_lazy("Isha")),
)


@dataclass(frozen=True, slots=True)
class Withdrawable:
    """A row with the form that takes it away, and its facts in words."""

    row: Any
    words: str
    form: Form | None


@dataclass(frozen=True, slots=True)
class Feast:
    """Ramadan or an Eid in the months shown."""

    name: str
    year: int
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the screen shows. ``missing`` says what is not on record and what needs it."""

    first: date
    last: date
    count: int
    asked_day: date
    months: list[Month]
    heads: list[tuple[str, str]]
    kinds: Mapping[str, Any]
    missing: str
    weeks: list[Withdrawable]
    hours: list[tuple[Any, Withdrawable | None]]
    library: str
    holidays: list[Holiday]
    feasts: list[Feast]
    periods: list[Withdrawable]
    zone: str
    changes: list[tuple[datetime, str]]
    prayer_form: PrayerForm | None
    prayers: list[tuple[Any, str]] | None
    times: PrayerTimes | None
    proposed: ProposedMethod
    unplaced: list[tuple[Venue, Form]]


def sheet_of(
    edition: Edition,
    activities: list[Activity],
    venues: QuerySet[Venue],
    asked: Mapping[str, Any],
    refused: Mapping[str, Any],
) -> Sheet:
    """The screen's facts for the months that ``asked`` names, else those of the next activity.

    ``refused`` may hold forms to be shown again as they were typed: ``wrong_place`` and
    ``wrong_withdrawal``, each with the row it belongs to. Six reads.
    """
    calendar = calendar_of(edition.country, scope=edition.scope)
    first, count = _span(asked, activities)
    last = last_day(first, count)
    weekday = first_day_of_week(edition.country)
    wrong_row, wrong_form = refused.get("wrong_withdrawal", (None, None))

    def withdrawable(row: Any, words: str) -> Withdrawable:
        form = wrong_form if row == wrong_row else None
        prefix = f"{row._meta.model_name}{row.pk}_%s"
        return Withdrawable(row, words, form or WithdrawForm(auto_id=prefix))

    asked_day = _day_asked(asked, activities, first, last)
    prayer_form, times = _prayers(edition, venues, asked, asked_day)
    return Sheet(
        first=first,
        last=last,
        count=count,
        asked_day=asked_day,
        months=months_shown(
            calendar, activities, edition.time_zone, first, count, weekday, clock.today()
        ),
        heads=weekday_heads(weekday),
        kinds=KINDS,
        missing=_missing(calendar, first, last),
        weeks=[withdrawable(one, week_in_words(one, weekday)) for one in _weeks(calendar, last)],
        hours=_hours(calendar, first, withdrawable),
        library=SOURCE,
        holidays=list(calendar.holidays(first, last)),
        feasts=_feasts(first, last),
        periods=[withdrawable(one, one.name) for one in _coming(calendar, first)],
        zone=formats.zone_in_words(edition.time_zone),
        changes=[
            (one.clock_before, change_in_words(one))
            for one in zone_changes(edition.time_zone, first, last)
        ],
        prayer_form=prayer_form,
        prayers=_named(times) if times else None,
        times=times,
        proposed=proposed_method(edition.country_id),
        unplaced=_unplaced(venues, refused.get("wrong_place", (None, None))),
    )


def week_in_words(week: WorkingWeek, weekday: int) -> str:
    """The days worked, and those of them that end early."""
    worked = weekdays_in_words(week.workdays, weekday)
    if not week.half_days:
        return worked
    halves = weekdays_in_words(week.half_days, weekday)
    return _("%(days)s; half days: %(halves)s") % {"days": worked, "halves": halves}


def hours_in_words(hours: WorkingHours) -> str:
    """From when to when, and when a half day ends."""
    words = {
        "starts": formats.time_in_words(hours.starts),
        "ends": formats.time_in_words(hours.ends),
    }
    said = _("%(starts)s to %(ends)s") % words
    if hours.half_day_ends:
        half = {"hours": said, "ends": formats.time_in_words(hours.half_day_ends)}
        return _("%(hours)s, on a half day to %(ends)s") % half
    return said


def _span(asked: Mapping[str, Any], activities: Iterable[Activity]) -> tuple[date, int]:
    """The first month to show and how many: as asked, else from the next activity on."""
    form = SpanForm(asked)
    typed = form.cleaned_data if form.is_valid() else {}
    today = clock.today()
    ahead = (span_of(one) for one in activities)
    starts = sorted(start for start, end in ahead if start and (end or start) >= today)
    return month_after(typed.get("start") or next(iter(starts), today), 0), typed.get("months") or 3


def _day_asked(
    asked: Mapping[str, Any], activities: Iterable[Activity], first: date, last: date
) -> date:
    """The day asked for, else the first of an activity in the months shown, else the first."""
    try:
        return date.fromisoformat(asked.get("on", ""))
    except ValueError:
        starts = (span_of(one)[0] for one in activities)
        return min((on for on in starts if on and first <= on <= last), default=first)


def _missing(calendar: Calendar, first: date, last: date) -> str:
    """Which week is not on record, as the days of the span would have to be asked; "" if none is."""
    for on in (first, last):
        try:
            calendar.week(on)
        except NoWorkingWeek as missing:
            return str(missing)
    return ""


def _weeks(calendar: Calendar, last: date) -> list[WorkingWeek]:
    """The weeks on record that begin before the end, the edition's own first, the newest first."""
    known = [one for one in calendar.weeks if not one.valid_from or one.valid_from <= last]
    return sorted(known, key=lambda one: (len(one.scope), one.valid_from or date.min), reverse=True)


def _hours(
    calendar: Calendar, on: date, withdrawable: Any
) -> list[tuple[Any, Withdrawable | None]]:
    """For each kind of hours its word and what is on record, None where nothing is."""
    found = []
    for kind in WorkingHours.Kind:
        row = hours_on_record(calendar, kind, on)
        found.append((kind.label, withdrawable(row, hours_in_words(row)) if row else None))
    return found


def _feasts(first: date, last: date) -> list[Feast]:
    spans = sorted((*ramadan_spans(first, last), *eid_days(first, last)), key=lambda one: one.start)
    return [Feast(feast_name(one.kind), one.year, one.start, one.end) for one in spans]


def _coming(calendar: Calendar, first: date) -> list[ClosedPeriod]:
    """The closed periods that are not over before the months shown."""
    return [one for one in calendar.closed_periods if one.ends_on >= first]


def _prayers(
    edition: Edition, venues: QuerySet[Venue], asked: Mapping[str, Any], on: date
) -> tuple[PrayerForm | None, PrayerTimes | None]:
    """The form and the times at a venue whose place is known; None without such a venue."""
    placed = venues.filter(latitude__isnull=False, longitude__isnull=False)
    venue = placed.first()
    if venue is None:
        return None, None
    proposed = proposed_method(edition.country_id)
    begun = {
        "venue": venue.pk,
        "on": on.isoformat(),
        "method": proposed.method,
        "asr": proposed.asr,
    }
    form = PrayerForm(
        {**begun, **{key: asked[key] for key in begun if asked.get(key)}},
        venues=placed,
        auto_id="prayer_%s",
    )
    if not form.is_valid():
        return form, None
    chosen = form.cleaned_data
    place = chosen["venue"]
    times = prayer_times(
        float(place.latitude),
        float(place.longitude),
        chosen["on"],
        edition.time_zone,
        chosen["method"],
        chosen["asr"],
    )
    return form, times


def _named(times: PrayerTimes) -> list[tuple[Any, str]]:
    """Each prayer by name with its time by the clock of the place."""
    moments = ((word, getattr(times, name)) for name, word in PRAYERS)
    return [(word, formats.time_in_words(moment.replace(tzinfo=None))) for word, moment in moments]


def _unplaced(
    venues: Iterable[Venue], wrong: tuple[int | None, Form | None]
) -> list[tuple[Venue, Form]]:
    wrong_pk, wrong_form = wrong
    return [
        (
            one,
            wrong_form
            if wrong_form and one.pk == wrong_pk
            else PlaceForm(auto_id=f"place{one.pk}_%s"),
        )
        for one in venues
        if one.latitude is None or one.longitude is None
    ]
