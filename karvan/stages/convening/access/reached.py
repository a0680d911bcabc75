"""Sessions that a person reads, runs, or sits in as a delegate.

Who reads or runs follows from roles in the session's scope ("organs/gc/gc-12") or above it. A
delegate with an account reads the sessions of its delegation, and acts for that delegation only.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import READERS, RUNNERS, holds, within
from karvan.foundation.people.models import Person

from ..models import Delegation, Organ, StatutorySession


def sessions_for(person: Person) -> QuerySet[StatutorySession]:
    """The sessions whose scope the person reads, and those in whose delegations it is."""
    own = StatutorySession.objects.filter(delegations__delegates__person=person)
    reached = StatutorySession.objects.filter(within(person, READERS) | Q(pk__in=own.values("pk")))
    return reached.select_related("organ", "country", "host")


def session_for(person: Person, organ: str, session: str) -> StatutorySession:
    """A session the person may read, by the organ's and its own address, or 404."""
    return get_object_or_404(sessions_for(person), organ__code=organ, slug=session)


def session_to_run(person: Person, organ: str, session: str) -> StatutorySession:
    """A session the person may run (secretariat); 403 for other readers."""
    found = session_for(person, organ, session)
    if not runs(person, found):
        raise PermissionDenied
    return found


def runs(person: Person, session: StatutorySession) -> bool:
    """True for the secretariat of the session."""
    return holds(person, RUNNERS, session.scope)


def delegations_of(person: Person, session: StatutorySession) -> QuerySet[Delegation]:
    """The delegations of the session in which the person is; mostly one or none."""
    rows = Delegation.objects.filter(session=session, delegates__person=person)
    return rows.select_related("membership").distinct()


def organs_for(person: Person) -> QuerySet[Organ]:
    """The organs whose scope the person reads, and those of whose sessions it is a delegate."""
    sessions = sessions_for(person)
    return Organ.objects.filter(within(person, READERS) | Q(pk__in=sessions.values("organ")))


def organ_for(person: Person, code: str) -> Organ:
    """An organ the person may read, or 404."""
    return get_object_or_404(organs_for(person), code=code)


def organ_to_run(person: Person, code: str) -> Organ:
    """An organ whose members, rules and sessions the person may change; 403 for other readers."""
    found = organ_for(person, code)
    if not holds(person, RUNNERS, found.scope):
        raise PermissionDenied
    return found
