"""Who belongs to an organ on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from ..models import Membership, Organ


def memberships_on(organ: Organ, day: date) -> QuerySet[Membership]:
    """The memberships, in any status, that have begun and not ended on that day."""
    return organ.memberships.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=day),
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
    )
