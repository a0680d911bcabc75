"""A promise of one activity in one country: was it held, when, and as long as promised?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.stages.agreements.models import Commitment
from karvan.stages.editions.models import Activity, Departure, Edition

from .happenings import Happenings
from .lines import Change, Fact, Outcome
from .words_promised import compare_words, delivered_marks, evidence_until, fact_of

DAYS_A_WEEK = 7


def compare_activity(commitment: Commitment, seen: Happenings, day: date) -> Outcome:
    """Kept, changed or late by the activity's actual dates and its departures.

    The editions that fulfil the commitment count; where none is linked, those of the same
    programme and country, from the promise on. The first one held decides. Where the
    register holds no such activity, evidence may still show the thing was done.
    """
    activities = _candidates(commitment, seen)
    news = tuple(map(fact_of, evidence_until(commitment, day)))
    held = [(on, one) for one in activities if (on := held_on(one)) and on <= day]
    if held:
        on, activity = min(held, key=lambda pair: (pair[0], pair[1].pk))
        return _judged(commitment, activity, on, seen, news)
    waiting = tuple(_planned_fact(one, day) for one in activities)
    by_evidence = compare_words(commitment, day, known=(*waiting, *_cancelled(commitment, seen)))
    if by_evidence.is_delivered or not activities:
        return by_evidence
    return _with_departures(by_evidence, commitment, activities[0])


def held_on(activity: Activity) -> date | None:
    """The day on which it was over: its last one, or its first one in a closed edition."""
    if activity.actual_ends_on:
        return activity.actual_ends_on
    is_over = activity.edition.state == Edition.State.CLOSED
    return activity.actual_starts_on if is_over else None


def _candidates(commitment: Commitment, seen: Happenings) -> list[Activity]:
    """Activities of the promised format, the earliest first."""
    terms = commitment.terms
    linked = seen.linked_to(commitment)
    editions = linked or seen.of_programme(terms["programme"], terms.get("country"))
    found = [
        (_date_of(activity), activity)
        for edition in editions
        for activity in edition.activities.all()
        if terms.get("format") in (None, "", activity.format)
    ]
    return [
        activity
        for on, activity in sorted(found, key=lambda pair: (pair[0], pair[1].pk))
        if linked or on >= commitment.promised_on
    ]


def _judged(
    commitment: Commitment,
    activity: Activity,
    on: date,
    seen: Happenings,
    news: tuple[Fact, ...],
) -> Outcome:
    days = seen.days_held(activity)
    changes = _changes(commitment, activity, {"days": days, "weeks": _weeks(activity)})
    marks, late = delivered_marks(commitment, on, "changed" if changes else "kept")
    reasons = [change.reason for change in changes]
    if late or changes:
        reasons.append(activity.change_reason)
    shown = _departures(activity) or changes
    return Outcome(
        marks,
        on,
        late,
        (_held_fact(activity, days), *news),
        " ".join(dict.fromkeys(reason for reason in reasons if reason)),
        tuple(shown),
    )


def _changes(
    commitment: Commitment, activity: Activity, found: dict[str, int | None]
) -> list[Change]:
    """Promised against found, part by part, with the reason of the departure that explains it."""
    reasons = {part: departure.reason for part, _after, departure in _departed(activity)}
    return [
        Change(_part(part), promised, value, reasons.get(part, activity.change_reason))
        for part, value in found.items()
        if isinstance(promised := commitment.terms.get(part), int)
        and value is not None
        and value != promised
    ]


def _with_departures(outcome: Outcome, commitment: Commitment, activity: Activity) -> Outcome:
    """Not held yet, but already known to become otherwise than promised."""
    planned = {part: after for part, after, _departure in _departed(activity)}
    numbers = {part: planned.get(part) for part in ("days", "weeks")}
    changes = _changes(commitment, activity, numbers)
    if not changes:
        return outcome
    return replace(
        outcome,
        marks=("changed", *outcome.marks),
        departures=tuple(_departures(activity)),
        reason=" ".join(dict.fromkeys(change.reason for change in changes if change.reason)),
    )


def _departed(activity: Activity) -> list[tuple[str, Any, Departure]]:
    """What of its duration stood otherwise than in the blueprint when it was held, or stands now.

    Part, new value, departure. A departure may replace the whole duration; each of its parts is
    then one line. One that ended later, because a newer version says the same, explains what
    was held before.
    """
    durations: list[Departure] = activity.edition.durations  # type: ignore[attr-defined]
    whole = f"activities.{activity.code}.duration"
    on = held_on(activity)
    found: list[tuple[str, Any, Departure]] = []
    for one in durations:
        if not _stood(one, on):
            continue
        if one.path == whole and isinstance(one.after, dict):
            before = one.before if isinstance(one.before, dict) else {}
            found += [(key, new, one) for key, new in one.after.items() if before.get(key) != new]
        elif one.path.startswith(f"{whole}."):
            found.append((one.path.removeprefix(f"{whole}."), one.after, one))
    return found


def _stood(departure: Departure, on: date | None) -> bool:
    """Whether it was in force on a day; today's, where there is none.

    One made after the day explains it too: reasons are often written down afterwards.
    """
    if departure.superseded_at is not None:
        return on is not None and departure.superseded_at.date() > on
    origin = departure.carried_from
    if origin is None or origin.superseded_at is None or on is None:
        return True
    return origin.superseded_at.date() <= on  # before that, its origin explains it


def _departures(activity: Activity) -> list[Change]:
    return [
        Change(_part(part), _before(one, part), after, one.reason, one.made_at.date())
        for part, after, one in _departed(activity)
    ]


def _before(departure: Departure, part: str) -> Any:
    before = departure.before
    return before.get(part) if isinstance(before, dict) else before


def _part(key: str) -> str:
    known = {
        "days": _("days"),
        "weeks": _("weeks"),
        "contact_minutes": _("minutes of teaching"),
    }
    return known.get(key, key.replace("_", " "))


def _weeks(activity: Activity) -> int | None:
    """The weeks from the first to the last day, to the nearest whole one."""
    first, last = activity.actual_starts_on, activity.actual_ends_on
    if first is None or last is None:
        return None
    return max(1, round(((last - first).days + 1) / DAYS_A_WEEK))


def _date_of(activity: Activity) -> date:
    return (
        activity.actual_ends_on
        or activity.actual_starts_on
        or activity.planned_ends_on
        or activity.planned_starts_on
        or date.max
    )


def _held_fact(activity: Activity, days: int | None) -> Fact:
    first, last = activity.actual_starts_on, activity.actual_ends_on
    values = {"activity": activity, "country": activity.edition.country, "days": days}
    if days is None:
        words = _("%(activity)s held in %(country)s") % values
    else:
        words = (
            ngettext(
                "%(activity)s held in %(country)s on %(days)s day",
                "%(activity)s held in %(country)s on %(days)s days",
                days,
            )
            % values
        )
    return Fact(words, last or first, activity.edition.code, activity, first=first)


def _planned_fact(activity: Activity, day: date) -> Fact:
    values = {"activity": activity, "country": activity.edition.country}
    if activity.actual_starts_on and activity.actual_starts_on <= day:
        words = _("%(activity)s in %(country)s is under way") % values
        return Fact(words, activity.actual_starts_on, activity.edition.code, activity)
    words = _("%(activity)s is planned in %(country)s") % values
    on = activity.actual_starts_on or activity.planned_starts_on
    return Fact(words, on, activity.edition.code, activity)


def _cancelled(commitment: Commitment, seen: Happenings) -> list[Fact]:
    terms = commitment.terms
    return [
        Fact(_("%(edition)s was cancelled") % {"edition": edition}, None, edition.code, edition)
        for edition in seen.cancelled_of(terms["programme"], terms.get("country"))
    ]
