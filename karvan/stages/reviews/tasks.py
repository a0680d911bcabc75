"""What the worker does for the reading when asked."""

from __future__ import annotations

from django_tasks import task

from karvan.foundation.people.models import Person

from .models import ReviewRound
from .services import assign_reads as assign


@task()
def assign_reads(round: int, by: int) -> int:
    """Give out the reads of a large round; returns how many are new. Safe to run again."""
    found = ReviewRound.objects.get(pk=round)
    return assign(found, by=Person.objects.get(pk=by)).given
