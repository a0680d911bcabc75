"""Who sets up bodies, and which of their members a person may reach."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from karvan.foundation import clock
from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.access import (
    READERS,
    RUNNERS,
    STAFF,
    holds,
    holds_anywhere,
    parties_of,
    scopes_of,
)
from karvan.foundation.people.models import Person

from ..models import Membership, Organ, StatutorySession
from .papers import sessions_to_read
from .reached import organs_for


def organs_listed(person: Person) -> QuerySet[Organ]:
    """The organs a person reads, with the counts a list shows; 403 for who has no business here."""
    own = Organ.objects.filter(memberships__party__in=parties_of(person)).values("pk")
    reached = organs_for(person).values("pk")
    rows = Organ.objects.filter(pk__in=own) | Organ.objects.filter(pk__in=reached)
    if not holds_anywhere(person, (*READERS, "partner")) and not rows.exists():
        raise PermissionDenied
    return rows.annotate(
        member_count=Count("memberships", distinct=True),
        session_count=Count("sessions", distinct=True),
    )


def organ_to_read(person: Person, code: str) -> Organ:
    """An organ the person reads, or 404."""
    return get_object_or_404(organs_listed(person).select_related("party"), code=code)


def may_set_up(person: Person) -> bool:
    """True for officers and administrators of everything or of the organs."""
    return any(scope in ("", "organs") for scope in scopes_of(person, STAFF))


def require_may_set_up(person: Person) -> None:
    """Let those pass who may set up a body; 403 for others."""
    if not may_set_up(person):
        raise PermissionDenied


def may_run(person: Person, organ: Organ) -> bool:
    """True for those who may change the organ's members, rules and sessions."""
    return holds(person, RUNNERS, organ.scope)


def member_for(person: Person, organ: str, pk: int) -> Membership:
    """A member of an organ the person reads, or 404."""
    found = organ_to_read(person, organ)
    rows = found.memberships.select_related("party", "country", "succeeded_by")
    member = get_object_or_404(rows, pk=pk)
    member.organ = found
    return member


def member_to_run(person: Person, organ: str, pk: int) -> Membership:
    """A member that the person may change; 403 for other readers."""
    found = member_for(person, organ, pk)
    if not may_run(person, found.organ):
        raise PermissionDenied
    return found


def members_file(person: Person, organ: Organ, pk: int) -> StoredFile:
    """A table that the person brought to be taken over, or 404."""
    return get_object_or_404(StoredFile, pk=pk, scope=organ.scope, uploaded_by=person)


def sessions_coming(person: Person) -> QuerySet[StatutorySession]:
    """The sessions the person reads that sit or are ahead, the nearest first."""
    rows = sessions_to_read(person).exclude(state="closed").filter(ends_on__gte=clock.today())
    return rows.order_by("starts_on", "slug")


def sessions_of(person: Person, organ: Organ) -> QuerySet[StatutorySession]:
    """The organ's sessions that the person may read."""
    return sessions_to_read(person).filter(organ=organ)
