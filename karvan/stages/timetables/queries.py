"""Named reads of sessions, timetables and placements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from karvan.foundation.people.models import Person
from karvan.foundation.records.models import Record
from karvan.stages.blueprints.models import Programme
from karvan.stages.editions.models import Activity, Edition, Room

from .models import (
    Disruption,
    Group,
    Placement,
    RepairRequest,
    Rollout,
    RolloutStop,
    Search,
    Session,
    Timetable,
    Trainer,
    TravelTime,
)


def published_timetable(activity: Activity) -> Timetable | None:
    """The version in force, or None while there is none."""
    return activity.timetables.filter(state=Timetable.State.PUBLISHED).first()


def newest_timetable(activity: Activity) -> Timetable | None:
    """The version made last, whatever its state."""
    return activity.timetables.order_by("-number").first()


def timetables_listed(activity: Activity) -> QuerySet[Timetable]:
    """All versions, newest first, with how many sessions each has placed."""
    return (
        activity.timetables.select_related("made_by", "based_on")
        .annotate(placed=Count("placements"))
        .order_by("-number")
    )


def with_trainers() -> Prefetch[str]:
    """The trainers of placements together with their persons, read at once."""
    return Prefetch("trainers", Trainer.objects.select_related("person"))


def placements_listed() -> QuerySet[Placement]:
    """Placements by time with session, group, room and trainers. Two queries."""
    return (
        Placement.objects.select_related(
            "session__group", "session__activity__edition", "room__venue", "timetable"
        )
        .prefetch_related(with_trainers())
        .order_by("starts_at", "session__position", "pk")
    )


def placements_of(timetable: Timetable) -> QuerySet[Placement]:
    """Where everything is in one version."""
    return placements_listed().filter(timetable=timetable)


def placements_for(person: Person) -> QuerySet[Placement]:
    """What a person teaches or takes part in, in the timetables in force, by time."""
    return placements_listed().filter(
        pk__in=Placement.objects.filter(timetable__state=Timetable.State.PUBLISHED)
        .filter(_taught_by(person) | _attended_by(person))
        .values("pk")
    )


def ever_placed() -> QuerySet[Placement]:
    """Placements of every version that was ever published, the newest version first.

    Calendar feeds need those of older versions for sessions that were cancelled later.
    """
    return placements_listed().exclude(timetable__state=Timetable.State.DRAFT)


def ever_placed_for(person: Person) -> QuerySet[Placement]:
    """The same, for the sessions a person taught or took part in."""
    return ever_placed().filter(
        pk__in=Placement.objects.filter(_taught_by(person) | _attended_by(person)).values("pk")
    )


def when_called_off(placements: Iterable[Placement]) -> dict[int, datetime]:
    """Session → when it was cancelled, or when a version without it was published. Two queries.

    ``placements`` are the last ones of their sessions. A session nobody cancelled and no later
    version leaves out is missing in the answer.
    """
    listed = list(placements)
    if not listed:
        return {}
    acts = Record.objects.filter(
        subject_kind=Session._meta.label_lower,
        subject_id__in=[str(one.session_id) for one in listed],
        act="cancelled",
    )
    cancelled = {
        int(key): at for key, at in acts.order_by("number").values_list("subject_id", "at")
    }
    later: dict[int, list[tuple[int, datetime]]] = {}
    published = Timetable.objects.filter(
        activity__in={one.timetable.activity_id for one in listed}, published_at__isnull=False
    ).order_by("number")
    for activity, number, at in published.values_list("activity_id", "number", "published_at"):
        if at is not None:
            later.setdefault(activity, []).append((number, at))
    found: dict[int, datetime] = {}
    for one in listed:
        after = [at for n, at in later[one.timetable.activity_id] if n > one.timetable.number]
        at = cancelled.get(one.session_id) or next(iter(after), None)
        if at:
            found[one.session_id] = at
    return found


def versions_before(placements: Iterable[Placement]) -> tuple[dict[int, Placement], set[int]]:
    """Where the version before the one in force had these sessions. Three queries.

    Returns session → placement, and the activities that have such a version.
    """
    listed = list(placements)
    superseded = Timetable.objects.filter(
        activity__in={one.timetable.activity_id for one in listed},
        state=Timetable.State.SUPERSEDED,
    ).order_by("number")
    last = {version.activity_id: version.pk for version in superseded}
    earlier = (
        Placement.objects.filter(
            timetable__in=last.values(), session__in={one.session_id for one in listed}
        ).prefetch_related("trainers")
        if last
        else ()
    )
    return {one.session_id: one for one in earlier}, set(last)


def _taught_by(person: Person) -> Q:
    return Q(trainers__person=person)


def _attended_by(person: Person) -> Q:
    """Sessions for all, and those of the person's own group."""
    enrolled = Q(
        session__activity__enrolments__person=person,
        session__activity__enrolments__state__in=["enrolled", "completed"],
    )
    own = person.enrolments.filter(group__isnull=False).values("group_id")
    return enrolled & (Q(session__group__isnull=True) | Q(session__group__in=own))


def sessions_listed(activity: Activity) -> QuerySet[Session]:
    """An activity's sessions in their order."""
    return activity.sessions.select_related("group", "activity").order_by("position", "pk")


def trainers_listed(activity: Activity) -> QuerySet[Trainer]:
    """Who teaches in an activity, by name, with how many sessions the version in force gives each."""
    in_force = Q(placements__timetable__state=Timetable.State.PUBLISHED)
    return (
        activity.trainers.select_related("person", "activity")
        .annotate(session_count=Count("placements", filter=in_force, distinct=True))
        .order_by("person__full_name", "pk")
    )


def groups_of(activity: Activity) -> QuerySet[Group]:
    """The groups in the order of their codes, with how many people each has."""
    taking_part = Q(enrolments__state__in=["enrolled", "completed"])
    return activity.groups.annotate(
        people=Count("enrolments", filter=taking_part, distinct=True)
    ).order_by("code")


def rooms_of(edition: Edition) -> QuerySet[Room]:
    """The rooms of the venues an edition uses."""
    return (
        Room.objects.filter(venue__editions=edition)
        .select_related("venue")
        .order_by("venue_id", "code")
    )


def activities_with_timetables(edition: Edition) -> QuerySet[Activity]:
    """An edition's activities with how many sessions each has and which version is in force."""
    return (
        edition.activities.select_related("edition")
        .annotate(
            session_count=Count("sessions", filter=Q(sessions__is_cancelled=False), distinct=True),
            trainer_count=Count("trainers", distinct=True),
        )
        .prefetch_related(Prefetch("timetables", Timetable.objects.order_by("-number")))
        .order_by("position", "pk")
    )


def persons_taking_part(activity: Activity) -> QuerySet[Person]:
    """Those enrolled in an activity who have not left it."""
    return Person.objects.filter(
        enrolments__activity=activity, enrolments__state="enrolled"
    ).order_by("pk")


def rollouts_listed(programme: Programme) -> QuerySet[Rollout]:
    """Every version of a programme's years, newest first, with how many stops each has."""
    return (
        programme.rollouts.select_related("made_by", "home")
        .annotate(stop_count=Count("stops"))
        .order_by("-number")
    )


def stops_of(rollout: Rollout) -> QuerySet[RolloutStop]:
    """The stops of a year in the order of the way, those without a place last."""
    return rollout.stops.select_related("edition__country", "edition__blueprint")


def editions_on_the_way(programme: Programme) -> QuerySet[Edition]:
    """The editions of a programme that were not called off, newest last."""
    return (
        programme.editions.select_related("country")
        .exclude(state=Edition.State.CANCELLED)
        .order_by("country_id", "code")
    )


def disruptions_listed(activity: Activity) -> QuerySet[Disruption]:
    """What happened to an activity's plan, newest first."""
    return activity.disruptions.select_related(
        "trainer__person", "room", "session", "made_by", "activity"
    )


def disruptions_in_force(activity: Activity) -> QuerySet[Disruption]:
    """Those that were not taken back, in the order in which they were noted."""
    return disruptions_listed(activity).filter(taken_back_at__isnull=True).order_by("made_at", "pk")


def repair_asked(activity: Activity) -> RepairRequest | None:
    """The open request to mend the timetable because its design changed, if there is one."""
    return activity.repair_requests.filter(settled_at__isnull=True).first()


def searches_listed(activity: Activity) -> QuerySet[Search]:
    """The runs of the engine for an activity, newest first."""
    return activity.searches.select_related("base", "made", "asked_by", "activity__edition")


def travel_times_of(edition: Edition) -> QuerySet[TravelTime]:
    """Minutes between the cities of an edition, by city."""
    return edition.travel_times.order_by("origin", "destination")


def cities_of(edition: Edition) -> list[str]:
    """The cities of an edition's venues, by name."""
    named = edition.venues.exclude(city="").order_by("city").values_list("city", flat=True)
    return list(dict.fromkeys(named))


def named_in(activity: Activity, pks: Mapping[str, Iterable[int]]) -> dict[str, dict[int, str]]:
    """The names of sessions, rooms and trainers by their keys. Three queries."""
    sessions = activity.sessions.filter(pk__in=list(pks["session"]))
    rooms = Room.objects.filter(pk__in=list(pks["room"]))
    trainers = activity.trainers.filter(pk__in=list(pks["trainer"])).select_related("person")
    return {
        "session": {one.pk: str(one) for one in sessions},
        "room": {one.pk: str(one) for one in rooms},
        "trainer": {one.pk: str(one) for one in trainers},
    }
