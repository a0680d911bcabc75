"""Who can preside or speak at a symposium."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from karvan.foundation.people.models import Person

from ..models import Symposium


def people_near(symposium: Symposium) -> QuerySet[Person]:
    """Those with a role in the edition, and authors of papers that are given, by name."""
    edition = symposium.activity.edition
    accepted = Q(papers__paper__symposium=symposium, papers__paper__state__in=["talk", "poster"])
    there = Q(roles__scope=edition.scope) | Q(roles__scope__startswith=f"{edition.scope}/")
    return Person.objects.filter(accepted | there).distinct().order_by("full_name", "pk")
