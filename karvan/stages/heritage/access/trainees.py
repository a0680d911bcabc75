"""Hours that a person may see: one's own, those one supervises, or all of a project one works on."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import READERS, holds
from karvan.foundation.people.models import Person
from karvan.stages.delivery.models import Enrolment

from ..models import RestorationProject, TraineeLog
from ..queries.trainees import own_place
from .projects import project_for, works_on


def project_with_hours(person: Person, code: str) -> RestorationProject:
    """A project with a course in which the person learns, teaches, or that he or she reads."""
    found = project_for(person, code)
    if found.activity is None:
        raise Http404
    return found


def project_with_totals(person: Person, code: str) -> RestorationProject:
    """A project whose participants the person may all see; 404 for a participant."""
    found = project_with_hours(person, code)
    if not sees_all(person, found):
        raise Http404
    return found


def sees_all(person: Person, project: RestorationProject) -> bool:
    """True for who works on the project, and readers of it or its course."""
    if works_on(person, project):
        return True
    activity = project.activity
    return holds(person, READERS, project.scope) or (
        activity is not None and holds(person, READERS, activity.scope)
    )


def project_with_file(person: Person, code: str) -> RestorationProject:
    """A project whose completion file, with everybody's hours, the person may have; else 403."""
    found = project_for(person, code)
    if not sees_all(person, found):
        raise PermissionDenied
    return found


def own_place_in(person: Person, code: str) -> tuple[RestorationProject, Enrolment]:
    """A project and the person's own place in its course, or 404."""
    project = project_with_hours(person, code)
    place = own_place(person, project)
    if place is None:
        raise Http404
    return project, place


def own_log(person: Person, code: str, pk: int) -> TraineeLog:
    """Hours that the person wrote, or 404."""
    _project, place = own_place_in(person, code)
    return get_object_or_404(TraineeLog, pk=pk, enrolment=place)


def project_to_supervise(person: Person, code: str) -> RestorationProject:
    """A project in whose course the person teaches; 404 for others."""
    found = project_with_hours(person, code)
    activity = found.activity
    if activity is None or not (
        holds(person, ("trainer",), activity.scope) or works_on(person, found)
    ):
        raise Http404
    return found
