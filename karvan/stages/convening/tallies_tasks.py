"""What the worker does for roll calls when asked."""

from __future__ import annotations

from django.utils.translation import override
from django_tasks import task

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Person

from .models import Organ
from .services import tallies


@task()
def take_tables(organ: int, votes: int, calls: int, typed: dict[str, str], by: int) -> int:
    """Take two kept tables over; returns how many votes. Safe to run again: none is taken twice."""
    body, person = Organ.objects.get(pk=organ), Person.objects.get(pk=by)
    first = StoredFile.objects.get(pk=votes)
    second = StoredFile.objects.get(pk=calls) if calls else None
    with override(person.language):
        reading = tallies.read_tables(first, second)
        done = tallies.take_roll_calls(body, reading, source=first.name, by=person, **typed)
    return done.votes
