"""An activity beside its plan: its dates, its length, its places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui import formats

from ..models import Activity, Edition, PlanLine
from .comparison import Comparison


def dates(edition: Edition, activity: Activity, line: PlanLine | None, today: date) -> Comparison:
    """The days planned and the days held. Without a frozen plan it says so."""
    actual = _span(activity.actual_starts_on, activity.actual_ends_on)
    if activity.plan_frozen_at is None:
        shown = actual or _span(activity.planned_starts_on, activity.planned_ends_on)
        return _about(
            activity,
            "dates",
            _("no plan was frozen"),
            shown or _("unknown"),
            "open",
            _("not frozen"),
        )
    first, last = _planned_span(activity, line)
    mark, word, detail = _dates_mark(edition, activity, first, last, today)
    if not actual and mark == "open":
        actual = _("not held yet")
    return _about(
        activity,
        "dates",
        _span(first, last),
        actual or _("unknown"),
        mark,
        word,
        detail,
        activity.change_reason,
    )


def _planned_span(activity: Activity, line: PlanLine | None) -> tuple[date, date]:
    """As frozen; a plan frozen before plans had lines stands in the activity itself."""
    if line is not None:
        return date.fromisoformat(line.planned["from"]), date.fromisoformat(line.planned["until"])
    if activity.planned_starts_on is None or activity.planned_ends_on is None:
        raise ValueError(f"{activity.scope} is frozen without dates")
    return activity.planned_starts_on, activity.planned_ends_on


def _dates_mark(
    edition: Edition, activity: Activity, first: date, last: date, today: date
) -> tuple[str, str, str]:
    began, ended = activity.actual_starts_on, activity.actual_ends_on
    if began is None:
        if edition.state == Edition.State.CANCELLED:
            return "dropped", _("cancelled"), ""
        if first >= today:
            return "open", _("ahead"), ""
        return "unknown", _("nobody has said when it was held"), ""
    late = max(began - first, (ended or (last if last > today else today)) - last)
    if late > timedelta(0):
        return "late", _("late"), _days_later(late.days)
    if ended is None:
        return "in_progress", _("goes on"), "" if began == first else _days_earlier(first - began)
    early = max(first - began, last - ended)
    if early:
        return "changed", _("changed"), _days_earlier(early)
    return "kept", _("as planned"), ""


def _days_later(count: int) -> str:
    return ngettext("%(count)s day later", "%(count)s days later", count) % {
        "count": formats.number(count)
    }


def _days_earlier(by: timedelta) -> str:
    return ngettext("%(count)s day earlier", "%(count)s days earlier", by.days) % {
        "count": formats.number(by.days)
    }


def _span(first: date | None, last: date | None) -> str:
    if first is None:
        return ""
    if last is None:
        return _("from %(first)s") % {"first": formats.date_in_words(first)}
    if first == last:
        return formats.date_in_words(first)
    words = {"first": formats.date_in_words(first), "last": formats.date_in_words(last)}
    return _("%(first)s – %(last)s") % words


def length(
    activity: Activity, line: PlanLine | None, design: Mapping[str, Any], held: int | None
) -> Comparison:
    """How long it was to be; how long the design says now, and how long it was really held."""
    now = length_in_words(design)
    unit = "weeks" if "weeks" in design else "days"
    if held is not None:
        words = {"length": length_in_words({unit: held}), "design": now}
        now = _("held: %(length)s; the design now: %(design)s") % words
    if line is None:
        return _unplanned(activity, "length", now)
    planned = line.planned
    changes = [
        (
            length_in_words({key: planned[key]} if key in planned else {}),
            length_in_words({key: value}),
        )
        for key, value in (*design.items(), *([(unit, held)] if held is not None else []))
        if key in ("days", "weeks", "contact_minutes") and planned.get(key) != value
    ]
    detail = "; ".join(_arrow(*one) for one in dict.fromkeys(changes))
    mark, word = ("changed", _("changed")) if detail else ("kept", _("as planned"))
    return _about(activity, "length", length_in_words(planned), now, mark, word, detail)


def length_in_words(duration: Mapping[str, Any]) -> str:
    """ "3 days, 1,275 minutes of teaching"; "unknown" where nothing is said."""
    said = []
    for key, words in (("days", _days), ("weeks", _weeks), ("contact_minutes", _minutes)):
        if key in duration:
            said.append(words(int(duration[key])))
    return ", ".join(said) or _("unknown")


def _days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": formats.number(count)}


def _weeks(count: int) -> str:
    return ngettext("%(count)s week", "%(count)s weeks", count) % {"count": formats.number(count)}


def _minutes(count: int) -> str:
    return ngettext("%(count)s minute of teaching", "%(count)s minutes of teaching", count) % {
        "count": formats.number(count)
    }


def places(activity: Activity, line: PlanLine | None) -> Comparison:
    """How many places there were to be, and how many there are."""
    now = _count(activity.places)
    if line is None:
        return _unplanned(activity, "places", now)
    planned = None if line.planned == "unknown" else line.planned
    if planned == activity.places:
        return _about(activity, "places", _count(planned), now, "kept", _("as planned"))
    detail = _arrow(_count(planned), now)
    return _about(activity, "places", _count(planned), now, "changed", _("changed"), detail)


def _about(
    activity: Activity,
    kind: str,
    planned: str,
    actual: str,
    mark: str,
    word: str,
    detail: str = "",
    reason: str = "",
) -> Comparison:
    return Comparison(
        kind, str(activity), planned, actual, mark, word, detail, reason, "", activity.code
    )


def _unplanned(activity: Activity, kind: str, actual: str) -> Comparison:
    """Frozen before plans had lines: only the dates were kept then."""
    return _about(activity, kind, _("no plan was frozen"), actual, "open", _("not frozen"))


def _count(value: int | None) -> str:
    return _("unknown") if value is None else formats.number(value)


def _arrow(before: str, after: str) -> str:
    return _("%(before)s → %(after)s") % {"before": before, "after": after}
