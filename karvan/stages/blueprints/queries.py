"""Named reads of programmes and blueprints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from .models import Blueprint, Programme


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


def activity_part(data: Mapping[str, Any], code: str) -> dict[str, Any]:
    """The activity of this code in a document.

    Raises:
        KeyError: there is none.
    """
    for activity in data["activities"]:
        if activity["code"] == code:
            return dict(activity)
    raise KeyError(code)
