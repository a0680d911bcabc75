"""Who may reach whose attendance, coursework and results: participants only their own."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.access import READERS, RUNNERS, covers, holds, scopes_of
from karvan.foundation.people.models import Person, Role
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.timetables.models import Session

from .models import Coursework, Enrolment, HandIn, Material

TEACHERS = (*RUNNERS, "trainer")
OVERSEERS = (*READERS, "trainer")
VIEWERS = (*OVERSEERS, "participant")
EVERY_KIND = tuple(Role.Kind.values)


def edition_for(person: Person, slug: str) -> Edition:
    """An edition in which the person teaches, takes part, or reads."""
    edition = get_object_or_404(Edition.objects.select_related("programme", "country"), slug=slug)
    _let_in(person, edition.scope)
    return edition


def sees_activities(person: Person, edition: Edition) -> Q:
    """A filter for the activities of an edition that the person may open."""
    held = scopes_of(person, VIEWERS)
    if any(covers(one, edition.scope) for one in held):
        return Q()
    return Q(scope__in=held)


def activity_for(person: Person, slug: str, code: str) -> Activity:
    """An activity the person teaches in, takes part in, or reads; 404 where no role reaches it."""
    activity = get_object_or_404(
        Activity.objects.select_related("edition__country", "edition__blueprint"),
        edition__slug=slug,
        code=code,
    )
    _let_in(person, activity.scope)
    return activity


def activity_to_oversee(person: Person, slug: str, code: str) -> Activity:
    """An activity of which the person sees every participant; 403 for participants."""
    activity = activity_for(person, slug, code)
    if not oversees(person, activity):
        raise PermissionDenied
    return activity


def activity_to_run(person: Person, slug: str, code: str) -> Activity:
    """An activity the person runs."""
    activity = activity_for(person, slug, code)
    if not runs(person, activity):
        raise PermissionDenied
    return activity


def runs(person: Person, activity: Activity) -> bool:
    """True for coordinator, officer and administrator."""
    return holds(person, RUNNERS, activity.scope)


def teaches(person: Person, activity: Activity) -> bool:
    """True for the activity's trainers and those who run it."""
    return holds(person, TEACHERS, activity.scope)


def oversees(person: Person, activity: Activity) -> bool:
    """True for whoever sees every participant: trainers, those who run it, auditors."""
    return holds(person, OVERSEERS, activity.scope)


def own_enrolment(person: Person, activity: Activity) -> Enrolment | None:
    """The person's own place in an activity, unless he or she has left it."""
    return (
        Enrolment.objects.filter(activity=activity, person=person)
        .exclude(state=Enrolment.State.LEFT)
        .select_related("person", "activity", "group")
        .first()
    )


def enrolment_for(person: Person, slug: str, code: str, pk: int) -> Enrolment:
    """A participant: the person's own place, or any for whoever oversees the activity; else 404."""
    activity = activity_for(person, slug, code)
    enrolment = get_object_or_404(
        Enrolment.objects.select_related("person", "group", "activity__edition__blueprint"),
        pk=pk,
        activity=activity,
    )
    if enrolment.person_id != person.pk and not oversees(person, activity):
        raise Http404
    return enrolment


def enrolment_to_run(person: Person, slug: str, code: str, pk: int) -> Enrolment:
    """A participant whom the person may let leave."""
    activity_to_run(person, slug, code)
    return enrolment_for(person, slug, code, pk)


def enrolment_to_judge(person: Person, slug: str, code: str, pk: int) -> Enrolment:
    """A participant to whom the person may give results."""
    enrolment = enrolment_for(person, slug, code, pk)
    if not teaches(person, enrolment.activity):
        raise PermissionDenied
    return enrolment


def session_for(person: Person, slug: str, code: str, pk: int) -> Session:
    """A session the person teaches, takes part in (of his or her group), or reads."""
    activity = activity_for(person, slug, code)
    session = get_object_or_404(
        Session.objects.select_related("group", "activity__edition"), pk=pk, activity=activity
    )
    if not oversees(person, activity):
        own = own_enrolment(person, activity)
        if own is None or session.group_id not in (None, own.group_id):
            raise Http404
    return session


def session_to_teach(person: Person, slug: str, code: str, pk: int) -> Session:
    """A session whose roll the person may call."""
    session = session_for(person, slug, code, pk)
    if not teaches(person, session.activity):
        raise PermissionDenied
    return session


def place_in(person: Person, activity: Activity) -> Enrolment:
    """The person's own place in an activity; 403 for those who take no part."""
    own = own_enrolment(person, activity)
    if own is None:
        raise PermissionDenied
    return own


def material_for(person: Person, slug: str, code: str, pk: int) -> StoredFile:
    """The file of a material of a session the person may open."""
    material = get_object_or_404(
        Material.objects.select_related("file"),
        pk=pk,
        session__activity__edition__slug=slug,
        session__activity__code=code,
    )
    session_for(person, slug, code, material.session_id)
    return material.file


def coursework_for(person: Person, slug: str, code: str, piece: str) -> Coursework:
    """A piece of coursework of an activity the person may open."""
    activity = activity_for(person, slug, code)
    return get_object_or_404(
        Coursework.objects.select_related("activity__edition"), activity=activity, code=piece
    )


def hand_in_to_mark(person: Person, slug: str, code: str, pk: int) -> HandIn:
    """A hand-in the person may mark."""
    activity = activity_for(person, slug, code)
    if not teaches(person, activity):
        raise PermissionDenied
    return get_object_or_404(
        HandIn.objects.select_related(
            "coursework__activity__edition__blueprint", "enrolment__person", "file", "marked_by"
        ),
        pk=pk,
        coursework__activity=activity,
    )


def file_of_hand_in(person: Person, slug: str, code: str, pk: int) -> StoredFile:
    """The file of a hand-in: the person's own, or any for whoever oversees; else 404."""
    activity = activity_for(person, slug, code)
    found = get_object_or_404(
        HandIn.objects.select_related("file", "enrolment"),
        pk=pk,
        coursework__activity=activity,
        file__isnull=False,
    )
    if found.enrolment.person_id != person.pk and not oversees(person, activity):
        raise Http404
    assert found.file is not None
    return found.file


def _let_in(person: Person, scope: str) -> None:
    if any(_touches(held, scope) for held in scopes_of(person, VIEWERS)):
        return
    if any(_touches(held, scope) for held in scopes_of(person, EVERY_KIND)):
        raise PermissionDenied
    raise Http404


def _touches(held: str, scope: str) -> bool:
    return covers(held, scope) or covers(scope, held)
