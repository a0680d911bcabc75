"""Named reads of the outbox."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from .models import WITHHELD, Message

_State = Message.State


def due(at: datetime) -> QuerySet[Message]:
    """Letters that may go out now, oldest first."""
    return Message.objects.filter(
        Q(send_after__isnull=True) | Q(send_after__lte=at), state=_State.QUEUED
    ).order_by("created_at", "pk")


def broken_off(at: datetime) -> QuerySet[Message]:
    """Letters whose sender died at the last step: its lease ran out."""
    return Message.objects.filter(state=_State.SENDING, leased_until__lt=at)


def found(letters: QuerySet[Message], words: str) -> QuerySet[Message]:
    """The letters whose address, person or subject holds the words; never a withheld one.

    Finding one by its address would say whose it is.
    """
    return letters.exclude(kind__in=WITHHELD).filter(
        Q(to_address__icontains=words)
        | Q(to_person__full_name__icontains=words)
        | Q(subject__icontains=words)
    )
