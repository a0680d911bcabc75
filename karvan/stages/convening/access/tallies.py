"""Whose votes a person may read, and the tables that wait to be taken."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.access import RUNNERS, holds
from karvan.foundation.people.models import Person

from ..models import Membership, Organ, RollCallImport, StatutorySession, VoteEvent
from ..queries.tallies import votes_in
from .reached import organ_for


def tallied_session(person: Person, organ: str, session: str) -> StatutorySession:
    """A session of an organ the person may read, or 404."""
    body = organ_for(person, organ)
    return get_object_or_404(body.sessions.select_related("organ"), slug=session)


def tallied_member(person: Person, organ: str, code: str) -> Membership:
    """A member of an organ the person may read, or 404."""
    body = organ_for(person, organ)
    return get_object_or_404(body.memberships.select_related("organ", "country"), code=code)


def tallied_vote(person: Person, organ: str, session: str, pk: int) -> VoteEvent:
    """A closed vote of a session whose organ the person may read, or 404."""
    return get_object_or_404(votes_in(tallied_session(person, organ, session)), pk=pk)


def may_import(person: Person, organ: Organ) -> bool:
    """True for those who run the organ."""
    return holds(person, RUNNERS, organ.scope)


def table_of(organ: Organ, pk: int) -> StoredFile:
    """A table kept for the organ, or 404."""
    return get_object_or_404(StoredFile, pk=pk, scope=organ.scope, kind="csv")


def imports_of(organ: Organ) -> QuerySet[RollCallImport]:
    """The large tables that the worker was asked to take over for the organ, the newest first."""
    return organ.roll_call_imports.select_related("organ", "votes", "calls", "asked_by")


def imports_unfinished(person: Person, organ: Organ) -> QuerySet[RollCallImport]:
    """Those of them that are not taken over yet; none for whom they are not."""
    if not may_import(person, organ):
        return RollCallImport.objects.none()
    return imports_of(organ).exclude(state=RollCallImport.State.TAKEN).defer("doubts")


def import_of(organ: Organ, pk: int) -> RollCallImport:
    """One of them, or 404."""
    return get_object_or_404(imports_of(organ), pk=pk)
