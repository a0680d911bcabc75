"""Restorations that a person reads, runs, or works on; and what anybody may see of them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.access import holds, holds_anywhere
from karvan.foundation.people.models import Person

from ..models import Permit, Phase, RestorationProject, SitePhoto, Viewpoint, WorkItem
from .reached import LEARNERS, keeps, project_for, project_to_run, projects_for


def require_reader(person: Person) -> None:
    """Let those pass who read, teach or learn anywhere, or raise PermissionDenied."""
    if not holds_anywhere(person, LEARNERS):
        raise PermissionDenied


def works_on(person: Person, project: RestorationProject) -> bool:
    """True for who runs the project, and for trainers of the course that learns on it."""
    if keeps(person, project.scope):
        return True
    activity = project.activity
    return activity is not None and holds(person, ("trainer",), activity.scope)


def project_to_work(person: Person, code: str) -> RestorationProject:
    """A project whose works and pictures the person may write; 403 for other readers."""
    found = project_for(person, code)
    if not works_on(person, found):
        raise PermissionDenied
    return found


def phase_to_run(person: Person, code: str, kind: str) -> Phase:
    """A phase of a project the person runs, or 404."""
    project = project_to_run(person, code)
    return get_object_or_404(project.phases.select_related("project__monument"), kind=kind)


def permit_file(person: Person, code: str, pk: int) -> StoredFile:
    """The paper of a permit, or 404."""
    permit = get_object_or_404(Permit, pk=pk, project=project_for(person, code))
    if permit.file is None:
        raise Http404
    return permit.file


def work_to_do(person: Person, code: str, pk: int) -> WorkItem:
    """A work item of a project the person works on, or 404."""
    project = project_to_work(person, code)
    return get_object_or_404(
        WorkItem.objects.select_related("phase__project"), pk=pk, phase__project=project
    )


def viewpoint_for(person: Person, code: str, viewpoint: str) -> Viewpoint:
    """A viewpoint of a project the person reads, or 404."""
    return get_object_or_404(
        Viewpoint.objects.select_related("project__monument", "element"),
        project=project_for(person, code),
        code=viewpoint,
    )


def viewpoint_to_work(person: Person, code: str, viewpoint: str) -> Viewpoint:
    """A viewpoint of a project the person works on, or 404."""
    project_to_work(person, code)
    return viewpoint_for(person, code, viewpoint)


def site_photo(person: Person, code: str, pk: int, *, small: bool) -> StoredFile:
    """A picture of a project the person reads, or its small copy; or 404."""
    return _file_of(project_for(person, code), pk, small)


def public_project(code: str) -> RestorationProject:
    """A restoration whose page is open to everybody, or 404."""
    return get_object_or_404(
        RestorationProject.objects.select_related(
            "monument__register", "monument__country", "client", "designer", "contractor"
        ),
        code=code,
        is_public=True,
    )


def public_photo(code: str, pk: int, *, small: bool) -> StoredFile:
    """A picture of a restoration that is open, or its small copy; or 404."""
    return _file_of(public_project(code), pk, small)


def _file_of(project: RestorationProject, pk: int, small: bool) -> StoredFile:
    found = get_object_or_404(
        SitePhoto.objects.select_related("file", "thumb"), Q(viewpoint__project=project), pk=pk
    )
    return (found.thumb or found.file) if small else found.file


__all__ = [
    "permit_file",
    "phase_to_run",
    "project_for",
    "project_to_run",
    "project_to_work",
    "projects_for",
    "public_photo",
    "public_project",
    "require_reader",
    "site_photo",
    "viewpoint_for",
    "viewpoint_to_work",
    "work_to_do",
    "works_on",
]
