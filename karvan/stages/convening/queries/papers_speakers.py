"""Who speaks for a party, and can be written to."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from karvan.foundation import clock
from karvan.foundation.people.models import Role


def speakers_of(parties: Iterable[int]) -> dict[int, list[int]]:
    """The keys of the persons who speak for each party today and have an address; one query."""
    today = clock.today()
    roles = (
        Role.objects.filter(kind="partner", party__in=set(parties), person__is_active=True)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today), person__email__isnull=False)
        .order_by("person_id")
        .values_list("party_id", "person_id")
        .distinct()
    )
    found: dict[int, list[int]] = {}
    for party, person in roles:
        found.setdefault(party or 0, []).append(person)
    return found
