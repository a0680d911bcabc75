"""Where an edition is as a whole: held, under way, planned, late, unknown; and who must act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karvan.stages.blueprints.document import FORMATS
from karvan.stages.editions.models import Activity, Edition, Venue

from .board import BoardRow, StageState


@dataclass(frozen=True, slots=True)
class Phase:
    """A state of the house with the word that suits an edition."""

    state: str
    word: str | Promise


HELD = Phase("done", _("held"))
UNDER_WAY = Phase("in_progress", _("under way"))
PLANNED = Phase("open", _("planned"))
LATE = Phase("late", _("late"))
NO_DATES = Phase("draft", _("no dates yet"))
NO_RECORD = Phase("unknown", _("no record of it"))
CANCELLED = Phase("dropped", _("cancelled"))
ENDED = (Edition.State.CLOSED, Edition.State.CANCELLED)


def phase_of(row: BoardRow, today: date) -> Phase:
    """Judged by its days: what was held is held though its reports are still to come.

    A closed edition of which no day was written down is not taken for held.
    """
    edition, activities = row.edition, row.activities
    if edition.state == Edition.State.CANCELLED:
        return CANCELLED
    if any(one.actual_starts_on and one.actual_starts_on <= today for one in activities):
        is_over = all(_is_over(one, today) for one in activities)
        return HELD if is_over or edition.state == Edition.State.CLOSED else UNDER_WAY
    if edition.state == Edition.State.CLOSED:
        return NO_RECORD
    if any(is_overdue(one, edition, today) for one in activities):
        return LATE
    return PLANNED if first_day(row) else NO_DATES


def first_day(row: BoardRow) -> date | None:
    """The day it began, or else is planned to begin; None where neither is known."""
    began = [one.actual_starts_on for one in row.activities if one.actual_starts_on]
    planned = [one.planned_starts_on for one in row.activities if one.planned_starts_on]
    return min(began or planned, default=None)


def short_title(activity: Activity, row: BoardRow) -> str:
    """Its format in a word, "Boot camp"; with its code where the edition has two of the format."""
    word = str(FORMATS.get(activity.format, activity))
    is_alone = sum(one.format == activity.format for one in row.activities) < 2
    return word if is_alone else f"{word} {activity.code}"


def is_overdue(activity: Activity, edition: Edition, today: date) -> bool:
    """True if its planned days have passed, nobody wrote down a first day, and somebody still should."""
    if edition.state in ENDED or activity.actual_starts_on:
        return False
    last = activity.planned_ends_on or activity.planned_starts_on
    return last is not None and last < today


def is_lost(activity: Activity, edition: Edition) -> bool:
    """True if its end was never written down and, the edition being closed, will not be."""
    return edition.state in ENDED and activity.actual_ends_on is None


def late_stages(row: BoardRow) -> list[StageState]:
    """The stages that are late, in their order."""
    return [cell for cell in row.cells if cell and cell.state == "late"]


def acting(row: BoardRow) -> dict[str, list[StageState]]:
    """Who must act, each with the stages that wait for them."""
    found: dict[str, list[StageState]] = {}
    for cell in row.cells:
        if cell and cell.who:
            found.setdefault(cell.who, []).append(cell)
    return found


def venue_points(rows: Iterable[BoardRow]) -> dict[int, tuple[float, float]]:
    """Longitude and latitude of a venue of each edition that has one so placed. One query."""
    found: Any = Venue.objects.filter(
        editions__in=[row.edition.pk for row in rows],
        latitude__isnull=False,
        longitude__isnull=False,
    ).values_list("editions", "longitude", "latitude")
    return {
        edition: (float(longitude), float(latitude))
        for edition, longitude, latitude in found.order_by("-pk")
    }


def _is_over(activity: Activity, today: date) -> bool:
    return activity.actual_ends_on is not None and activity.actual_ends_on <= today
