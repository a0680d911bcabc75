"""The board as a Gantt chart: its editions in time, with what is to be said beside each bar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from karvan.foundation.ui import formats
from karvan.foundation.ui.charts.axis import Axis
from karvan.foundation.ui.charts.gantt import Gantt, Lane, Part, Span, bars_of
from karvan.stages.editions.models import Activity, Edition

from .findings import rollout_finding
from .queries.board import BoardRow
from .queries.rollout import ENDED, first_day, is_lost, is_overdue, phase_of, short_title

PERIODS = ("all", "year", "next")


def gantt_of(rows: Sequence[BoardRow], period: str, today: date) -> tuple[Gantt, list[BoardRow]]:
    """The chart of one period, and the editions that have nothing in it."""
    axis = axis_of(rows, period, today)
    ordered = sorted(rows, key=lambda row: (first_known(row) or date.max, row.edition.scope))
    lanes = [(row, lane_of(row, today)) for row in ordered]
    drawn = [lane for _row, lane in lanes if _reaches(lane, axis, today)]
    chart = Gantt(
        name="gantt",
        title=_("Editions by the days they take"),
        finding=rollout_finding(rows, today),
        axis=axis,
        today=today,
        today_word=_("today"),
        lanes=tuple(drawn),
    )
    return chart, [row for row, lane in lanes if lane not in drawn]


def axis_of(rows: Sequence[BoardRow], period: str, today: date) -> Axis:
    """All years of the editions, this year, or twelve months from the first of this one."""
    mirrored = get_language_bidi()
    if period == "next":
        starts = today.replace(day=1)
        ends = starts.replace(year=starts.year + 1) - timedelta(days=1)
        return Axis(starts, ends, mirrored)
    years = {today.year}
    if period == "all":
        years |= {day.year for row in rows for day in _days(row)}
    return Axis(date(min(years), 1, 1), date(max(years), 12, 31), mirrored)


def lane_of(row: BoardRow, today: date) -> Lane:
    """One edition with its activities, as a strip."""
    edition, phase = row.edition, phase_of(row, today)
    parts = tuple(part_of(one, row, today) for one in row.activities)
    has_days = any(part.planned or part.actual or part.call for part in parts)
    unknown, detail = ("", "") if has_days else (no_days_words(edition), _between_words(edition))
    said = [_said(part) for part in parts] if has_days else filter(None, [unknown, detail])
    return Lane(
        name=str(edition.country),
        code=edition.scope,
        url=reverse("editions:edition", args=[edition.slug]),
        state=phase.state,
        word=str(phase.word),
        words="; ".join(said),
        parts=parts,
        between=None if has_days else _between(edition, today),
        between_words=unknown,
        between_detail=detail,
    )


def part_of(activity: Activity, row: BoardRow, today: date) -> Part:
    """One activity with the words beside it."""
    edition = row.edition
    planned = _span(activity.planned_starts_on, activity.planned_ends_on)
    actual = _span(activity.actual_starts_on, activity.actual_ends_on)
    return Part(
        title=short_title(activity, row),
        planned=planned,
        actual=actual,
        call=_call(activity, edition),
        call_word=_("call"),
        dates=actual_words(activity) or planned_words(activity) or no_days_words(edition),
        note=note_of(activity, edition, today),
        is_late=is_overdue(activity, edition, today),
        is_lost=is_lost(activity, edition),
    )


def planned_words(activity: Activity) -> str:
    """Its planned days; "" without."""
    days = _days_words(activity.planned_starts_on, activity.planned_ends_on)
    return _("planned %(days)s") % {"days": days} if days else ""


def actual_words(activity: Activity) -> str:
    """When it was held, or since when it is under way; "" without."""
    first, last = activity.actual_starts_on, activity.actual_ends_on
    if first and last is None:
        return _("since %(day)s") % {"day": formats.days_in_words(first, first)}
    days = _days_words(first, last)
    return _("held %(days)s") % {"days": days} if days else ""


def no_days_words(edition: Edition) -> str:
    """What is said where no day is written down."""
    return _("dates not known") if edition.state in ENDED else _("no dates yet")


def note_of(activity: Activity, edition: Edition, today: date) -> str:
    """By how much it is late or began on other days than planned; what is not known of it."""
    planned, actual = activity.planned_starts_on, activity.actual_starts_on
    if planned and is_overdue(activity, edition, today):
        days = (today - planned).days
        return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": formats.number(days)}
    if is_lost(activity, edition) and (planned or actual):
        return _("its end is not known") if actual else _("what became of it is not known")
    if not planned or not actual or planned == actual:
        return ""
    days = abs((actual - planned).days)
    if actual > planned:
        words = ngettext("%(n)s day later than planned", "%(n)s days later than planned", days)
    else:
        words = ngettext("%(n)s day earlier than planned", "%(n)s days earlier than planned", days)
    return words % {"n": formats.number(days)}


def first_known(row: BoardRow) -> date | None:
    """Its first day, or the day of its adoption where that is all there is."""
    adopted = row.edition.adopted_at
    return first_day(row) or (adopted.date() if adopted else None)


def _span(first: date | None, last: date | None) -> Span | None:
    return Span(first, last) if first else None


def _days_words(first: date | None, last: date | None) -> str:
    return formats.days_in_words(first, last or first) if first else ""


def _call(activity: Activity, edition: Edition) -> Span | None:
    """From the opening of its published call to the deadline, by the edition's own calendar."""
    call = getattr(activity, "call", None)
    if call is None or call.state != "published":
        return None
    zone = ZoneInfo(edition.time_zone)
    return Span(call.opens_at.astimezone(zone).date(), call.closes_at.astimezone(zone).date())


def _between(edition: Edition, today: date) -> Span:
    """Where no day is known: from the adoption to the close, or from today on."""
    if edition.adopted_at and edition.closed_at:
        first, last = sorted((edition.adopted_at.date(), edition.closed_at.date()))
        return Span(first, last)
    return Span(today, None)


def _between_words(edition: Edition) -> str:
    """Of a closed edition without days, all that is known."""
    if edition.state not in ENDED or not edition.adopted_at or not edition.closed_at:
        return ""
    return _("adopted %(adopted)s, closed %(closed)s") % {
        "adopted": formats.month_in_words(edition.adopted_at),
        "closed": formats.month_in_words(edition.closed_at),
    }


def _said(part: Part) -> str:
    """All of a part, for those who listen."""
    pieces = [part.dates]
    if part.actual and part.planned:
        days = formats.days_in_words(part.planned.first, part.planned.last or part.planned.first)
        pieces.append(_("planned %(days)s") % {"days": days})
    if part.note:
        pieces.append(part.note)
    if part.call and part.call.last:
        days = formats.days_in_words(part.call.first, part.call.last)
        pieces.append(_("call %(days)s") % {"days": days})
    return _("%(title)s: %(facts)s") % {"title": part.title, "facts": ", ".join(pieces)}


def _reaches(lane: Lane, axis: Axis, today: date) -> bool:
    """True if something of it lies on the axis."""
    if lane.between:
        return axis.stretch(lane.between.first, lane.between.last or date.max) is not None
    return any(bars_of(part, axis, today) for part in lane.parts)


def _days(row: BoardRow) -> list[date]:
    """All days that a chart of everything must reach."""
    edition = row.edition
    found = [
        day
        for one in row.activities
        for day in (
            one.planned_starts_on,
            one.planned_ends_on,
            one.actual_starts_on,
            one.actual_ends_on,
        )
    ]
    calls = [_call(one, edition) for one in row.activities]
    found += [day for span in calls if span for day in (span.first, span.last)]
    if not first_day(row) and edition.adopted_at and edition.closed_at:
        found += [edition.adopted_at.date(), edition.closed_at.date()]
    return [day for day in found if day]
