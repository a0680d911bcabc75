"""Named reads of dossiers."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from karvan.stages.editions.models import Activity

from .models import Dossier, Member


def dossiers_in(activity: Activity) -> QuerySet[Dossier]:
    """The dossiers of a workshop with their present members. Three queries."""
    present = Member.objects.filter(left_on__isnull=True).select_related("enrolment__person")
    return (
        Dossier.objects.filter(activity=activity)
        .select_related("device_type", "activity__edition", "unit")
        .prefetch_related(Prefetch("members", queryset=present))
    )


def with_team(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers with their present members fetched along. One query more."""
    present = Member.objects.filter(left_on__isnull=True).select_related("enrolment__person")
    return rows.prefetch_related(Prefetch("members", queryset=present))
