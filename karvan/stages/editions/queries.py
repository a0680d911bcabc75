"""Named reads of editions: their lists, their design, their dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from karvan.stages.blueprints.document import REMOVED, Problem, check, with_value
from karvan.stages.blueprints.queries import activity_part

from .models import Activity, BudgetLine, Departure, Edition, EditionPartner, Venue


def editions_listed() -> QuerySet[Edition]:
    """Editions with programme, country and version, their first and last day, and how many departures stand."""
    return (
        Edition.objects.select_related("programme", "country", "blueprint")
        .defer("blueprint__source", "blueprint__data")
        .annotate(
            first_day=Min(
                Coalesce("activities__actual_starts_on", "activities__planned_starts_on")
            ),
            last_day=Max(Coalesce("activities__actual_ends_on", "activities__planned_ends_on")),
            departure_count=Count(
                "departures", filter=Q(departures__superseded_at__isnull=True), distinct=True
            ),
        )
    )


def standing_departures(edition: Edition) -> QuerySet[Departure]:
    """The departures in force, in the order in which they were made."""
    return edition.departures.filter(superseded_at__isnull=True).select_related("made_by")


def departures_listed(edition: Edition) -> QuerySet[Departure]:
    """All departures of an edition, superseded ones included."""
    return Departure.objects.filter(edition=edition).select_related("made_by", "edition")


def with_departures(data: Mapping[str, Any], departures: Iterable[Departure]) -> dict[str, Any]:
    """A document with these departures put in, in their order. The given data stay as they were.

    An ``after`` of None takes the part away.
    """
    changed = dict(data)
    for departure in departures:
        value = REMOVED if departure.after is None else departure.after
        changed = with_value(changed, departure.path, value)
    return changed


def document_of(edition: Edition) -> dict[str, Any]:
    """The edition's design: its blueprint's document with the standing departures put in.

    Read it, do not change it: parts may be shared. Cost: one query, two where the
    blueprint was not fetched with the edition.
    """
    return with_departures(edition.blueprint.data, standing_departures(edition))


def activity_document(activity: Activity) -> dict[str, Any]:
    """One activity's part of its edition's design."""
    return activity_part(document_of(activity.edition), activity.code)


def contradictions(edition: Edition) -> tuple[Problem, ...]:
    """What the standing departures have put at odds with the rest of the design.

    Only what the blueprint itself does not already have: departures answer for no more
    than they did. Cost: two checks of the document, about 40 ms each.
    """
    base = edition.blueprint.data
    standing = list(standing_departures(edition))
    if not standing:
        return ()
    known = {(one.path, one.message) for one in check(base)}
    return tuple(
        one
        for one in check(with_departures(base, standing))
        if (one.path, one.message) not in known
    )


def activities_of(edition: Edition) -> QuerySet[Activity]:
    """The edition's activities in their order."""
    return edition.activities.select_related("edition__country")


def partners_of(edition: Edition) -> QuerySet[EditionPartner]:
    """The edition's partners, its hosts first."""
    return edition.partners.select_related("party").order_by("-part", "pk")


def venues_to_choose(edition: Edition) -> QuerySet[Venue]:
    """Venues of the country that the edition does not use yet."""
    return Venue.objects.filter(country_id=edition.country_id).exclude(editions=edition)


def venues_of(edition: Edition) -> QuerySet[Venue]:
    """The venues the edition uses, with their rooms."""
    return edition.venues.select_related("party").prefetch_related("rooms")


def supplied(edition: Edition) -> set[str]:
    """The paths of the standing departures: what the country has said itself."""
    return set(standing_departures(edition).values_list("path", flat=True))


def budget_design(edition: Edition) -> dict[str, Mapping[str, Any]]:
    """The budget lines of the edition's design by their codes."""
    return {one["code"]: one for one in document_of(edition).get("budget_lines", ())}


def share_kinds_of(line: BudgetLine) -> tuple[str, ...]:
    """Which kinds of partner may bear a line by the design; () is anybody, as for own lines."""
    found = {} if line.is_own else budget_design(line.edition).get(line.code, {})
    return tuple(found.get("share_kinds", ()))


def duration_of(document: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    """How long the design says an activity lasts; nothing where it has no such activity."""
    parts = (one for one in document.get("activities", ()) if one["code"] == code)
    return next((one.get("duration", {}) for one in parts), {})
