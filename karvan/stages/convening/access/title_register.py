"""The register of titles: public; its import for those who run the series."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.access import RUNNERS, holds
from karvan.foundation.people.models import Person

from ..models import Title, TitleSeries


def registers() -> QuerySet[TitleSeries]:
    """The series that have public titles, with how many; for anybody."""
    return TitleSeries.objects.annotate(
        listed=Count("titles", filter=Q(titles__is_public=True))
    ).order_by("code")


def register_of(code: str) -> TitleSeries:
    """A series' register, for anybody, or 404."""
    return get_object_or_404(TitleSeries, code=code)


def public_title(pk: int) -> Title:
    """A title of the public register, for anybody, or 404."""
    return get_object_or_404(
        Title.objects.select_related(
            "series", "country", "resolution__session__organ", "handed_over_to", "nomination"
        ),
        pk=pk,
        is_public=True,
    )


def uploaded_register(person: Person, series: TitleSeries, pk: int) -> StoredFile:
    """A table that was uploaded to be taken into this register by the person, or 404."""
    if not holds(person, RUNNERS, series.scope):
        raise Http404
    return get_object_or_404(
        StoredFile, pk=pk, scope=series.scope, kind__in=("csv", "xlsx", "ods"), uploaded_by=person
    )
