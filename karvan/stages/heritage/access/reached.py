"""Registers, monuments and projects that a person reads or keeps.

Roles in a register's scope ("heritage/az") or above it read and keep it. A trainer or participant
of the course that learns on a project reads that project and its monument, exact place and all.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import READERS, RUNNERS, holds, scopes_of, within
from karvan.foundation.people.models import Person
from karvan.stages.delivery.access import edition_for
from karvan.stages.editions.models import Edition

from ..models import Monument, Register, RestorationProject

LEARNERS = ("trainer", "participant", *READERS)


def registers_for(person: Person) -> QuerySet[Register]:
    """The registers the person reads, and those of monuments that it learns on."""
    learning = RestorationProject.objects.filter(_learned_on(person))
    return Register.objects.filter(
        within(person, READERS) | Q(pk__in=learning.values("monument__register"))
    )


def register_for(person: Person, code: str) -> Register:
    """A register the person reads, or 404."""
    return get_object_or_404(registers_for(person), code=code)


def register_to_keep(person: Person, code: str) -> Register:
    """A register the person may change; 403 for other readers."""
    found = register_for(person, code)
    if not keeps(person, found.scope):
        raise PermissionDenied
    return found


def keeps(person: Person, scope: str) -> bool:
    """True if the person runs things in ``scope`` of a register or a project."""
    return holds(person, RUNNERS, scope)


def monuments_for(person: Person) -> QuerySet[Monument]:
    """The monuments of the registers the person reads, and those it learns on."""
    learning = RestorationProject.objects.filter(_learned_on(person))
    reached = Monument.objects.filter(
        within(person, READERS, "register__scope") | Q(pk__in=learning.values("monument"))
    )
    return reached.select_related("register", "country")


def monument_for(person: Person, register: str, pk: int) -> Monument:
    """A monument the person reads, or 404."""
    return get_object_or_404(monuments_for(person), pk=pk, register__code=register)


def monument_to_keep(person: Person, register: str, pk: int) -> Monument:
    """A monument the person may change; 403 for other readers."""
    found = monument_for(person, register, pk)
    if not keeps(person, found.scope):
        raise PermissionDenied
    return found


def projects_for(person: Person) -> QuerySet[RestorationProject]:
    """The projects in scopes the person reads, and those it teaches or learns on."""
    rows = RestorationProject.objects.filter(within(person, READERS) | _learned_on(person))
    return rows.select_related("monument__register", "activity__edition", "contractor", "client")


def project_for(person: Person, code: str) -> RestorationProject:
    """A project the person reads, or 404."""
    return get_object_or_404(projects_for(person), code=code)


def project_to_run(person: Person, code: str) -> RestorationProject:
    """A project the person may change; 403 for other readers."""
    found = project_for(person, code)
    if not keeps(person, found.scope):
        raise PermissionDenied
    return found


def edition_projects(person: Person, slug: str) -> tuple[Edition, list[RestorationProject]]:
    """An edition in which the person reads, teaches or takes part, with the projects of its
    courses that the person reads; or 404."""
    edition = edition_for(person, slug)
    rows = projects_for(person).filter(activity__edition=edition).order_by("code")
    return edition, list(rows.distinct())


def _learned_on(person: Person) -> Q:
    """Projects whose course the person reads, teaches or takes part in."""
    scopes = scopes_of(person, ("trainer", "participant"))
    return (
        within(person, READERS, "activity__scope")
        | Q(activity__scope__in=scopes)
        | Q(activity__edition__scope__in=scopes)
    )
