"""Symposia that a person runs, reads or attends, and what everybody may read of them.

Roles in the activity's scope or above it read and run. Those enrolled say what they want to hear.
The published programme is for everybody; an author reaches the own paper by its secret address.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import READERS, RUNNERS, holds, within
from karvan.foundation.people.models import Person
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.timetables.models import Timetable

from ..models import Paper, ProgrammeSession, Symposium, Track
from ..queries.symposium_chairs import papers_to_chair


def edition_for(person: Person, edition: str) -> Edition:
    """An edition whose symposia the person may read, or 404."""
    rows = Edition.objects.filter(within(person, READERS)).select_related("country")
    return get_object_or_404(rows, slug=edition)


def activities_in(person: Person, edition: Edition) -> QuerySet[Activity]:
    """The edition's activities of this format that the person may read."""
    rows = Activity.objects.filter(within(person, READERS), edition=edition, format="symposium")
    return rows.select_related("edition", "symposium").order_by("position", "pk")


def activity_to_open(person: Person, edition: str, activity: str) -> Activity:
    """An activity whose symposium the person may begin; 403 for other readers."""
    found = get_object_or_404(
        Activity.objects.filter(within(person, READERS)).select_related("edition"),
        edition__slug=edition,
        code=activity,
        format="symposium",
    )
    if not holds(person, RUNNERS, found.scope):
        raise PermissionDenied
    return found


def symposia() -> QuerySet[Symposium]:
    """Symposia with activity, edition, country and call."""
    return Symposium.objects.select_related("activity__edition__country", "activity__call")


def symposium_for(person: Person, edition: str, activity: str) -> Symposium:
    """A symposium the person may read, or 404."""
    rows = symposia().filter(within(person, READERS, "activity__scope"))
    return get_object_or_404(rows, activity__edition__slug=edition, activity__code=activity)


def symposium_to_run(person: Person, edition: str, activity: str) -> Symposium:
    """A symposium the person may decide about and arrange; 403 for other readers."""
    found = symposium_for(person, edition, activity)
    if not runs(person, found):
        raise PermissionDenied
    return found


def runs(person: Person | None, symposium: Symposium) -> bool:
    """True for the programme committee: those who run the activity."""
    return holds(person, RUNNERS, symposium.scope)


def paper_in(symposium: Symposium, number: int) -> Paper:
    """A paper of a symposium that was reached already, or 404."""
    rows = symposium.papers.select_related(
        "track", "session", "application__call", "decided_by", "proposal__proposed_by"
    )
    return get_object_or_404(rows.prefetch_related("authors__country"), number=number)


def track_in(symposium: Symposium, code: str) -> Track:
    """A track of a symposium that was reached already, or 404."""
    return get_object_or_404(symposium.tracks.select_related("chair"), code=code)


def track_to_chair(
    person: Person, edition: str, activity: str, code: str, *, may_write: bool = False
) -> Track:
    """A track for its chair and for those who read the symposium, or 404.

    With ``may_write`` for its chair alone; 403 for other readers, who decide themselves.
    """
    rows = Track.objects.select_related(
        "symposium__activity__edition", "symposium__activity__call__review_round", "chair"
    ).filter(
        Q(chair=person) | within(person, READERS, "symposium__activity__scope"),
        symposium__activity__edition__slug=edition,
        symposium__activity__code=activity,
    )
    found = get_object_or_404(rows, code=code)
    if may_write and found.chair_id != person.pk:
        raise PermissionDenied
    return found


def paper_to_chair(person: Person, track: Track, number: int) -> Paper:
    """A paper of a track that was reached already, or 404; never one's own."""
    return get_object_or_404(papers_to_chair(track, person), number=number)


def session_in(symposium: Symposium, code: str) -> ProgrammeSession:
    """A session of a programme that was reached already, or 404."""
    rows = symposium.sessions.select_related("symposium__activity__edition", "track", "chair")
    return get_object_or_404(rows, code=code)


def session_to_chair(
    person: Person, edition: str, activity: str, code: str, *, may_write: bool = False
) -> ProgrammeSession:
    """A session for whoever presides over it and for those who read the symposium, or 404.

    With ``may_write`` for whoever presides and those who run it; 403 for other readers.
    """
    rows = ProgrammeSession.objects.select_related(
        "symposium__activity__edition", "track", "chair", "timetabled"
    ).filter(
        Q(chair=person) | within(person, READERS, "symposium__activity__scope"),
        symposium__activity__edition__slug=edition,
        symposium__activity__code=activity,
    )
    found = get_object_or_404(rows, code=code)
    if may_write and found.chair_id != person.pk and not runs(person, found.symposium):
        raise PermissionDenied
    return found


def own_enrolment(person: Person, edition: str, activity: str) -> Enrolment:
    """The person's own place at a symposium, or 404."""
    rows = Enrolment.objects.select_related("activity__edition", "activity__symposium", "person")
    return get_object_or_404(
        rows.exclude(state=Enrolment.State.LEFT),
        person=person,
        activity__edition__slug=edition,
        activity__code=activity,
        activity__symposium__isnull=False,
    )


def symposium_of(enrolment: Enrolment) -> Symposium:
    """The symposium somebody attends, whose place was reached already."""
    return symposia().get(activity=enrolment.activity_id)


def published(edition: str, activity: str) -> tuple[Symposium, Timetable]:
    """A symposium whose programme is public, with the version in force, or 404."""
    found = get_object_or_404(symposia(), activity__edition__slug=edition, activity__code=activity)
    version = found.activity.timetables.filter(state=Timetable.State.PUBLISHED).first()
    if version is None:
        raise Http404
    return found, version


def paper_by_token(token: str) -> Paper:
    """The paper of whoever holds the secret address of its application, or 404."""
    rows = Paper.objects.select_related(
        "symposium__activity__edition", "application__call", "track", "session"
    ).prefetch_related("authors__country")
    return get_object_or_404(rows, application__token=token)


def public_paper(symposium: Symposium, number: int) -> Paper:
    """A paper that stands in the programme, or 404."""
    rows = symposium.papers.filter(session__isnull=False, state__in=["talk", "poster", "withdrawn"])
    rows = rows.select_related("track", "session", "symposium__activity__edition")
    return get_object_or_404(rows.prefetch_related("authors__country"), number=number)


def attends(person: Person | AnonymousUser, symposium: Symposium) -> bool:
    """True for somebody enrolled who has not left."""
    if not person.is_authenticated:
        return False
    held = Enrolment.objects.filter(person=person, activity=symposium.activity)
    return held.exclude(state=Enrolment.State.LEFT).exists()
