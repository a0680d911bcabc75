"""Who may reach which programme and which version of its blueprint."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import (
    READERS,
    STAFF,
    covers,
    holds,
    holds_anywhere,
    require,
    scopes_of,
)
from karvan.foundation.people.models import Party, Person
from karvan.stages.agreements.models import Commitment

from .models import Blueprint, Programme, Revision
from .queries import programmes_listed, versions_listed

# Those who carry a programme read what is published; drafts are for those who run it.
VISITORS = (*READERS, "partner", "trainer")


def programmes_for(person: Person) -> QuerySet[Programme]:
    """The programmes a person may read: those in which he or she holds a role; 404 for nobody's."""
    held = scopes_of(person, VISITORS)
    if not held:
        raise Http404
    if "" in held:
        return programmes_listed()
    return programmes_listed().filter(code__in={scope.split("/")[0] for scope in held})


def programme_for(person: Person, code: str) -> Programme:
    """A programme the person may read, or 404."""
    return get_object_or_404(programmes_for(person), code=code)


def programme_to_run(person: Person, code: str) -> Programme:
    """A programme whose blueprint the person writes: 403 for its other readers."""
    programme = programme_for(person, code)
    require(person, STAFF, programme.scope)
    return programme


def may_run(person: Person, programme: Programme) -> bool:
    """True if the person imports and publishes there."""
    return holds(person, STAFF, programme.scope)


def require_may_create(person: Person) -> None:
    """Let pass who may begin a programme: officers and administrators of everything."""
    require(person, STAFF, "")


def may_create(person: Person) -> bool:
    """True if the person may begin a programme."""
    return holds(person, STAFF, "")


def versions_for(person: Person, programme: Programme) -> QuerySet[Blueprint]:
    """The versions a person may read: published ones, and the draft for those who run or audit."""
    versions = versions_listed(programme)
    if _reads_drafts(person, programme):
        return versions
    return versions.filter(state=Blueprint.State.PUBLISHED)


def blueprint_for(person: Person, code: str, number: int) -> Blueprint:
    """A version with its document, or 404."""
    programme = programme_for(person, code)
    visible = Q() if _reads_drafts(person, programme) else Q(state=Blueprint.State.PUBLISHED)
    return get_object_or_404(
        Blueprint.objects.select_related("programme", "published_by", "imported_by"),
        visible,
        programme=programme,
        number=number,
    )


def blueprint_to_publish(person: Person, code: str, number: int) -> Blueprint:
    """A version of a programme whose blueprint the person writes."""
    programme = programme_to_run(person, code)
    return get_object_or_404(versions_listed(programme), number=number)


def draft_to_edit(person: Person, code: str) -> Blueprint:
    """The draft of a programme whose blueprint the person writes; 404 where there is none."""
    programme = programme_to_run(person, code)
    return get_object_or_404(
        Blueprint.objects.select_related("programme"),
        programme=programme,
        state=Blueprint.State.DRAFT,
    )


def revision_to_read(person: Person, code: str, number: int) -> Revision:
    """A revision of such a draft, or 404."""
    draft = draft_to_edit(person, code)
    return get_object_or_404(
        draft.revisions.select_related("blueprint__programme", "saved_by"), number=number
    )


def drafts_to_edit(person: Person) -> QuerySet[Blueprint]:
    """The drafts of all programmes whose blueprints the person writes; 403 for those who read."""
    held = scopes_of(person, STAFF)
    drafts = Blueprint.objects.filter(state=Blueprint.State.DRAFT).select_related("programme")
    if "" in held:
        return drafts
    if not held:
        raise PermissionDenied
    return drafts.filter(programme__code__in={scope.split("/")[0] for scope in held})


def may_write_some(person: Person) -> bool:
    """True if the person writes the blueprint of some programme."""
    return holds_anywhere(person, STAFF)


def library_for(person: Person) -> QuerySet[Blueprint]:
    """The published versions a person may read, newest first within each programme."""
    return Blueprint.objects.filter(
        state=Blueprint.State.PUBLISHED, programme__in=programmes_for(person).values("pk")
    ).select_related("programme")


def library_version_for(person: Person, code: str, number: int) -> Blueprint:
    """One of these versions, or 404."""
    return get_object_or_404(library_for(person), programme__code=code, number=number)


def blueprint_of_edition(person: Person, slug: str) -> Blueprint:
    """The version an edition was made from, for those who may read it; else 404."""
    return get_object_or_404(
        Blueprint.objects.select_related("programme").defer("source", "data"),
        editions__slug=slug,
        programme__in=programmes_for(person).values("pk"),
    )


def owners_to_choose() -> QuerySet[Party]:
    """All parties: any may own a programme."""
    return Party.objects.all()


def commitments_to_choose() -> QuerySet[Commitment]:
    """All commitments: a programme may answer any."""
    return Commitment.objects.all()


def _reads_drafts(person: Person, programme: Programme) -> bool:
    """Runners and auditors of the programme, or of any of its editions."""
    held = scopes_of(person, READERS)
    return any(covers(one, programme.scope) or covers(programme.scope, one) for one in held)
