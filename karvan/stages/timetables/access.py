"""Who may reach which timetable, session, trainer or feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import READERS, RUNNERS, STAFF, covers, holds, scopes_of
from karvan.foundation.people.models import Person, Role
from karvan.foundation.places.models import Country
from karvan.stages.blueprints.access import programme_for
from karvan.stages.blueprints.models import Programme
from karvan.stages.editions.models import Activity, Edition, Room

from . import feeds
from .models import Disruption, Group, Placement, Rollout, Search, Session, Timetable, Trainer
from .queries import (
    disruptions_listed,
    ever_placed,
    ever_placed_for,
    placements_of,
    published_timetable,
    searches_listed,
    timetables_listed,
)

# Those who are in the room read its timetable; reviewers have no business there.
VIEWERS = (*READERS, "partner", "trainer", "mentor", "participant")
EVERY_KIND = tuple(Role.Kind.values)


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar somebody subscribed to."""

    name: str
    language: str
    placements: QuerySet[Placement]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A programme that an app loads: what the version in force holds, nothing while there is none."""

    activity: Activity
    version: Timetable | None
    language: str
    placements: QuerySet[Placement]


def edition_for(person: Person, slug: str) -> Edition:
    """An edition in which the person sees some activity's timetable."""
    edition = get_object_or_404(
        Edition.objects.select_related("programme", "country", "blueprint"), slug=slug
    )
    _let_in(person, edition.scope)
    return edition


def activity_for(person: Person, slug: str, code: str) -> Activity:
    """An activity whose timetable the person may read; 404 where no role reaches it."""
    activity = get_object_or_404(
        Activity.objects.select_related("edition__country", "edition__blueprint"),
        edition__slug=slug,
        code=code,
    )
    _let_in(person, activity.scope)
    return activity


def activity_to_run(person: Person, slug: str, code: str) -> Activity:
    """An activity whose timetable the person makes: its coordinator, an officer, an administrator."""
    activity = activity_for(person, slug, code)
    if not may_run(person, activity):
        raise PermissionDenied
    return activity


def may_run(person: Person, activity: Activity) -> bool:
    """True if the person makes the timetable."""
    return holds(person, RUNNERS, activity.scope)


def may_see_drafts(person: Person, activity: Activity) -> bool:
    """Drafts are for those who read the whole activity; others see what is in force."""
    return holds(person, READERS, activity.scope)


def sees_activities(person: Person, edition: Edition) -> Q:
    """A filter for the activities of an edition that the person may open."""
    held = scopes_of(person, VIEWERS)
    if any(covers(one, edition.scope) for one in held):
        return Q()
    return Q(scope__in=held)


def timetable_for(person: Person, activity: Activity, number: int | None) -> Timetable | None:
    """The version asked for, or the one in force, or for those who see drafts the newest.

    404 for a number that is not there or not for this person.
    """
    listed = timetables_listed(activity)
    if not may_see_drafts(person, activity):
        listed = listed.filter(state=Timetable.State.PUBLISHED)
    if number is not None:
        return get_object_or_404(listed, number=number)
    in_force = listed.filter(state=Timetable.State.PUBLISHED).first()
    return in_force or listed.first()


def draft_to_run(person: Person, slug: str, code: str, number: int) -> Timetable:
    """A version the person may publish or change."""
    activity = activity_to_run(person, slug, code)
    return get_object_or_404(
        Timetable.objects.select_related("activity__edition"), activity=activity, number=number
    )


def session_for(person: Person, slug: str, code: str, pk: int) -> Session:
    """A session of an activity whose timetable the person may read."""
    activity = activity_for(person, slug, code)
    return get_object_or_404(
        Session.objects.select_related("group", "activity__edition__country"),
        pk=pk,
        activity=activity,
    )


def session_to_run(person: Person, slug: str, code: str, pk: int) -> Session:
    """A session the person may move or cancel."""
    session = session_for(person, slug, code, pk)
    if not may_run(person, session.activity):
        raise PermissionDenied
    return session


def placement_to_move(person: Person, session: Session, number: int | None = None) -> Placement:
    """The session's place in the draft of this number, or in the newest draft, or 404."""
    drafts = Placement.objects.filter(session=session, timetable__state=Timetable.State.DRAFT)
    if number is not None:
        drafts = drafts.filter(timetable__number=number)
    newest = (
        drafts.select_related(
            "session__group", "session__activity__edition", "timetable__activity__edition", "room"
        )
        .prefetch_related("trainers")
        .order_by("-timetable__number")
        .first()
    )
    if newest is None:
        raise Http404
    return newest


def placements_named(timetable: Timetable, sessions: list[str], day: str) -> QuerySet[Placement]:
    """Those placements of a version whose sessions are named, or all of a day there."""
    if day:
        try:
            on = date.fromisoformat(day)
        except ValueError as wrong:
            raise Http404 from wrong
        begins = datetime.combine(on, time(), ZoneInfo(timetable.activity.edition.time_zone))
        ends = begins + timedelta(days=1)
        return timetable.placements.filter(starts_at__gte=begins, starts_at__lt=ends)
    keys = [int(key) for key in sessions if key.isascii() and key.isdecimal() and len(key) < 12]
    return timetable.placements.filter(session__in=keys)


def trainer_to_run(person: Person, slug: str, code: str, pk: int) -> Trainer:
    """A trainer of an activity the person runs."""
    activity = activity_to_run(person, slug, code)
    return get_object_or_404(
        Trainer.objects.select_related("person", "activity__edition"), pk=pk, activity=activity
    )


def group_of(activity: Activity, pk: int | None) -> Group | None:
    """A group of the activity, None for any other."""
    return activity.groups.filter(pk=pk).first() if pk else None


def room_of(activity: Activity, pk: int | None) -> Room | None:
    """A room of the edition's venues, None for any other."""
    return Room.objects.filter(pk=pk, venue__editions=activity.edition_id).first() if pk else None


def group_to_run(person: Person, slug: str, code: str, pk: int) -> Group:
    """A group of an activity the person runs."""
    activity = activity_to_run(person, slug, code)
    return get_object_or_404(
        Group.objects.select_related("activity__edition"), pk=pk, activity=activity
    )


def search_to_run(person: Person, slug: str, code: str, pk: int) -> Search:
    """A run of the engine for an activity whose timetable the person makes."""
    return get_object_or_404(searches_listed(activity_to_run(person, slug, code)), pk=pk)


def disruption_to_run(person: Person, slug: str, code: str, pk: int) -> Disruption:
    """What happened to the plan of an activity whose timetable the person makes."""
    return get_object_or_404(disruptions_listed(activity_to_run(person, slug, code)), pk=pk)


def person_to_add(email: str) -> Person | None:
    """Who has this address, if anybody."""
    return Person.objects.filter(email=email.strip().lower()).first()


def feed_for(token: str) -> Feed:
    """The calendar a signed address names; 404 for any other address, or one whose owner is gone."""
    named = feeds.read_token(token)
    if named is None:
        raise Http404
    kind, pk, language = named
    placed = ever_placed()
    if kind == "person":
        person = get_object_or_404(Person, pk=pk, is_active=True, erased_at__isnull=True)
        return Feed(str(person), language, ever_placed_for(person))
    if kind == "room":
        room = get_object_or_404(Room, pk=pk)
        return Feed(str(room), language, placed.filter(room=room))
    if kind == "group":
        group = get_object_or_404(Group.objects.select_related("activity"), pk=pk)
        own = Q(session__group=group) | Q(session__group__isnull=True)
        return Feed(
            f"{group.activity} · {group}",
            language,
            placed.filter(own, session__activity=group.activity),
        )
    activity = get_object_or_404(Activity, pk=pk)
    return Feed(str(activity), language, placed.filter(session__activity=activity))


def programme_with_rollouts(person: Person, code: str) -> Programme:
    """A programme whose years the person may read: who reads it or an edition of it; else 403, 404."""
    programme = programme_for(person, code)
    if not any(_touches(held, programme.scope) for held in scopes_of(person, READERS)):
        raise PermissionDenied
    return programme


def programme_to_order(person: Person, code: str) -> Programme:
    """A programme whose years the person plans: its officers and administrators."""
    programme = programme_with_rollouts(person, code)
    if not may_order(person, programme):
        raise PermissionDenied
    return programme


def may_order(person: Person, programme: Programme) -> bool:
    """True if the person plans the programme's years."""
    return holds(person, STAFF, programme.scope)


def rollout_for(person: Person, code: str, number: int) -> Rollout:
    """A version of a year the person may read, or 404."""
    programme = programme_with_rollouts(person, code)
    return get_object_or_404(
        Rollout.objects.select_related("programme", "home", "made_by"),
        programme=programme,
        number=number,
    )


def rollout_to_order(person: Person, code: str, number: int) -> Rollout:
    """A version of a year the person may change, agree or copy."""
    programme_to_order(person, code)
    return rollout_for(person, code, number)


def homes_to_choose() -> QuerySet[Country]:
    """All countries: a team may live in any."""
    return Country.objects.all()


def schedule_for(token: str) -> Schedule:
    """The programme that the signed address of an activity's feed names; 404 for any other."""
    named = feeds.read_token(token)
    if named is None or named[0] != "activity":
        raise Http404
    _kind, pk, language = named
    activity = get_object_or_404(Activity.objects.select_related("edition"), pk=pk)
    return schedule_of(activity, language)


def schedule_of(activity: Activity, language: str) -> Schedule:
    """The programme of an activity that the reader was let into already."""
    version = published_timetable(activity)
    placements = placements_of(version) if version else Placement.objects.none()
    return Schedule(activity, version, language, placements)


def _let_in(person: Person, scope: str) -> None:
    """Pass whoever sees this scope or a part of it; 403 for other roles there, else 404."""
    if any(_touches(held, scope) for held in scopes_of(person, VIEWERS)):
        return
    if any(_touches(held, scope) for held in scopes_of(person, EVERY_KIND)):
        raise PermissionDenied
    raise Http404


def _touches(held: str, scope: str) -> bool:
    return covers(held, scope) or covers(scope, held)
