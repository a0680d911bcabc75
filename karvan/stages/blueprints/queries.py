"""Named reads of programmes and blueprints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from .models import Blueprint, Programme, Revision


def programmes_listed() -> QuerySet[Programme]:
    """Programmes by code, with the number of their newest version and of their editions."""
    published = Q(blueprints__state=Blueprint.State.PUBLISHED)
    return Programme.objects.select_related("owner").annotate(
        newest=Max("blueprints__number", filter=published),
        version_count=Count("blueprints", filter=published, distinct=True),
        edition_count=Count("editions", distinct=True),
    )


def versions_listed(programme: Programme) -> QuerySet[Blueprint]:
    """A programme's versions, newest first, without their long texts."""
    return (
        programme.blueprints.defer("source", "data")
        .select_related("programme", "published_by", "imported_by")
        .annotate(edition_count=Count("editions"))
    )


def published_versions(programme: Programme) -> QuerySet[Blueprint]:
    """What a country may adopt, newest first, without the long texts."""
    return versions_listed(programme).filter(state=Blueprint.State.PUBLISHED)


def adoptable_blueprints() -> QuerySet[Blueprint]:
    """The published versions of all programmes, newest first within each."""
    return (
        Blueprint.objects.filter(state=Blueprint.State.PUBLISHED)
        .defer("source", "data")
        .select_related("programme")
    )


def present_revision(draft: Blueprint) -> int:
    """The number of the revision whose text a draft was read with; 0 where it was never edited.

    Told by the text itself, so that what somebody saves between two reads is not taken for seen.
    """
    found = draft.revisions.filter(is_set_aside=False, sha256=draft.sha256)
    return found.aggregate(newest=Max("number"))["newest"] or 0


def versions_between(before: Blueprint, after: Blueprint) -> QuerySet[Blueprint]:
    """The versions after the one up to the other, oldest first, with the notes on their changes."""
    return (
        Blueprint.objects.filter(
            programme_id=after.programme_id, number__gt=before.number, number__lte=after.number
        )
        .defer("source", "data")
        .order_by("number")
        .prefetch_related("change_notes")
    )


def revisions_of(draft: Blueprint) -> QuerySet[Revision]:
    """A draft's revisions, newest first, without their long texts."""
    return draft.revisions.defer("source", "data").select_related("saved_by")


def settled_numbers(draft: Blueprint) -> set[int]:
    """The revisions from which a later one began."""
    numbers = draft.revisions.values_list("began_from", flat=True)
    return {number for number in numbers if number is not None}


def activity_part(data: Mapping[str, Any], code: str) -> dict[str, Any]:
    """The activity of this code in a document.

    Raises:
        KeyError: there is none.
    """
    for activity in data["activities"]:
        if activity["code"] == code:
            return dict(activity)
    raise KeyError(code)


def editions_under_way(programme: Programme) -> int:
    """How many editions a new version will be offered to. One query."""
    return int(programme.editions.exclude(state__in=["closed", "cancelled"]).count())
