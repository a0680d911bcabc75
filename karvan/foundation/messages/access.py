"""Who may see which letters."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import RUNNERS, holds_anywhere, within
from karvan.foundation.people.models import Person

from .models import WITHHELD, Message

PRIVATE = "account/"  # kinds that hold a code or a link to sign in with: nobody reads them


def letters_of(person: Person) -> QuerySet[Message]:
    """The letters of the programmes and editions that the person runs.

    ``shown_to`` is the address where the outbox may show it, else "".

    Raises:
        PermissionDenied: the person runs none.
    """
    if not holds_anywhere(person, RUNNERS):
        raise PermissionDenied
    return (
        Message.objects.filter(within(person, RUNNERS))
        .exclude(kind__startswith=PRIVATE)
        .select_related("to_person")
        .annotate(
            shown_to=Case(
                When(kind__in=WITHHELD, then=Value("")),
                default=F("to_address"),
                output_field=CharField(),
            )
        )
    )


def letter(person: Person, pk: int) -> Message:
    """One of those letters, or 404."""
    return get_object_or_404(letters_of(person), pk=pk)
