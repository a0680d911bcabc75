"""The rows of one activity that the engine must know, read once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _

from karvan.engines import timetabling as engine
from karvan.foundation.places.queries import first_day_of_week
from karvan.stages.editions.models import Activity, Room
from karvan.stages.editions.queries import activity_document

from ..models import Disruption, Group, Placement, Session, Timetable, Trainer
from ..queries import disruptions_in_force, rooms_of
from .days import OpenDays, open_days, touches
from .periods import Span, joined

CHOICE = "+"  # begins the key of those who choose one session among others held at that time
EVERYBODY = "*"  # the one group of a cohort that is not divided
USUAL_TRAVEL = 60  # minutes between two cities of which nobody said how far they are
MIDNIGHT = 24 * 60

Busy = Mapping[int, Mapping[int, list[Span]]]  # row → day of the horizon → stretches taken


@dataclass(frozen=True)
class Given:
    """The rows of one activity.

    rooms_busy:    room → stretches in which another activity, or a disruption, takes it.
    trainers_busy: trainer → the same.
    pinned:        sessions that keep time, room and trainers, whatever is built.
    begun:         sessions that have begun, which the engine is not asked about any more.
    since:         the day and minute from which there is something left to decide.
    """

    activity: Activity
    document: Mapping[str, Any]
    sessions: list[Session]
    groups: list[Group]
    rooms: list[Room]
    trainers: list[Trainer]
    open: OpenDays
    zone: ZoneInfo
    is_evening: bool
    disruptions: tuple[Disruption, ...] = ()
    rooms_busy: Busy = field(default_factory=dict)
    trainers_busy: Busy = field(default_factory=dict)
    travel: Mapping[tuple[str, str], int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    week_offset: int = 0
    stands: Mapping[str, engine.Placement] = field(default_factory=dict)
    pinned: Mapping[str, engine.Placement] = field(default_factory=dict)
    begun: frozenset[str] = frozenset()
    since: tuple[int, int] | None = None
    speakers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # session → trainers
    wishes: tuple[tuple[tuple[str, ...], int], ...] = ()  # sessions, people who want them all

    @property
    def group_keys(self) -> tuple[str, ...]:
        return tuple(group.code for group in self.groups) or (EVERYBODY,)

    def groups_of(self, session: Session) -> tuple[str, ...]:
        """The engine's groups that sit in a session; who comes to a choice is a group by itself."""
        if session.is_choice:
            return (f"{CHOICE}{session.code}",)
        return (session.group.code,) if session.group else self.group_keys

    def last_day_asked(self) -> int:
        """The highest day number of the design that a session asks for."""
        return max((s.day_to or 1 for s in self.sessions), default=0)

    @cached_property
    def counts_weeks(self) -> bool:
        """True where the design speaks of weeks, whose days are calendar days."""
        return any(session.slot for session in self.sessions)


def read_rows(
    activity: Activity, *, opened_anyway: Collection[date] = (), base: Timetable | None = None
) -> Given:
    """Read what the engine must know: rows, disruptions in force, what is taken elsewhere.

    With ``base``, a version that is to be improved or repaired, the closed days are those it
    was built on. About 14 queries.

    Raises:
        DatesMissing: the activity has no dates.
    """
    sessions = list(
        activity.sessions.filter(is_cancelled=False).select_related("group").order_by("position")
    )
    disruptions = tuple(disruptions_in_force(activity))
    lengths = {one.session_id: one.minutes for one in disruptions if one.session_id and one.minutes}
    for session in sessions:
        session.minutes = lengths.get(session.pk, session.minutes)
    kept = None if base is None else closed_at_first(base)
    opened = open_days(activity, opened_anyway=opened_anyway, kept=kept, disruptions=disruptions)
    rooms = list(rooms_of(activity.edition))
    trainers = list(activity.trainers.select_related("person").order_by("pk"))
    zone = ZoneInfo(activity.edition.time_zone)
    travel, unknown = _travel(activity, rooms)
    first_weekday = first_day_of_week(activity.edition.country_id)
    return Given(
        activity=activity,
        document=activity_document(activity),
        sessions=sessions,
        groups=list(activity.groups.prefetch_related("shares_with").order_by("code")),
        rooms=rooms,
        trainers=trainers,
        open=opened,
        zone=zone,
        is_evening=activity.format == "course" and any(session.slot for session in sessions),
        disruptions=disruptions,
        rooms_busy=_rooms_busy(activity, opened, zone, rooms, disruptions),
        trainers_busy=_trainers_busy(activity, opened, zone, trainers, disruptions),
        travel=travel,
        notes=(*opened.notes, *unknown),
        week_offset=(opened.days[0].isoweekday() - first_weekday) % 7,
        speakers=_speakers(sessions),
        wishes=_wishes(activity, sessions),
    )


def _speakers(sessions: list[Session]) -> dict[str, tuple[str, ...]]:
    """Session → keys of those who speak in it. A query if there are sessions beside the design."""
    added = [session for session in sessions if not session.blueprint_code]
    prefetch_related_objects(added, "speakers")
    named = {s.code: tuple(str(one.pk) for one in s.speakers.all()) for s in added}
    return {code: keys for code, keys in named.items() if keys}


def _wishes(activity: Activity, sessions: list[Session]) -> tuple[tuple[tuple[str, ...], int], ...]:
    """What people want to attend, two sessions or more. A query if there is a choice."""
    codes = {session.code for session in sessions}
    if not any(session.is_choice for session in sessions):
        return ()
    rows = activity.session_wishes.values_list("sessions", "people")
    kept = [(tuple(sorted(codes.intersection(wanted))), people) for wanted, people in rows]
    return tuple((wanted, people) for wanted, people in kept if len(wanted) > 1)


def closed_at_first(timetable: Timetable) -> dict[date, dict[str, str]]:
    """The closed days by which the design's days were counted when a version was first built."""
    first = timetable
    while first.based_on is not None:
        first = first.based_on
    return {date.fromisoformat(on): why for on, why in first.closed_days.items()}


def moment_of(given: Given, day: int, minute: int) -> datetime:
    """The moment of a minute of a day of the horizon, in the edition's time zone."""
    return datetime.combine(given.open.days[day], time(), given.zone) + timedelta(minutes=minute)


def place_of(given: Given, at: datetime) -> tuple[int, int] | None:
    """A moment as day of the horizon and minute of it; None outside the activity's days."""
    local = at.astimezone(given.zone)
    if local.date() not in given.open.days:
        return None
    return given.open.days.index(local.date()), local.hour * 60 + local.minute


def _travel(
    activity: Activity, rooms: list[Room]
) -> tuple[dict[tuple[str, str], int], tuple[str, ...]]:
    """Minutes between the cities of the rooms, and what is not known of them."""
    cities = sorted({room.venue.city for room in rooms if room.venue.city})
    if len(cities) < 2:
        return {}, ()
    known: dict[tuple[str, str], int] = {}
    for row in activity.edition.travel_times.all():
        known[min(row.origin, row.destination), max(row.origin, row.destination)] = row.minutes
    pairs = [(one, other) for n, one in enumerate(cities) for other in cities[n + 1 :]]
    missing = ["–".join(pair) for pair in pairs if pair not in known]
    travel = {pair: known.get(pair, USUAL_TRAVEL) for pair in pairs}
    if not missing:
        return travel, ()
    text = _("No travel time is on file for %(pairs)s; %(minutes)s minutes were taken.")
    return travel, (text % {"pairs": ", ".join(missing), "minutes": USUAL_TRAVEL},)


def _rooms_busy(
    activity: Activity,
    opened: OpenDays,
    zone: ZoneInfo,
    rooms: list[Room],
    disruptions: Iterable[Disruption],
) -> Busy:
    busy: dict[int, dict[int, list[Span]]] = {}
    for placement in _elsewhere(activity, opened, zone).filter(room__in=rooms):
        assert placement.room_id is not None
        for day, span in _stretches(opened, zone, placement):
            busy.setdefault(placement.room_id, {}).setdefault(day, []).append(span)
    for one in disruptions:
        if one.kind == Disruption.Kind.ROOM_LOST and one.room_id is not None:
            for day, span in _hit(opened, one):
                busy.setdefault(one.room_id, {}).setdefault(day, []).append(span)
    return _tidy(busy)


def _trainers_busy(
    activity: Activity,
    opened: OpenDays,
    zone: ZoneInfo,
    trainers: list[Trainer],
    disruptions: Iterable[Disruption],
) -> Busy:
    busy: dict[int, dict[int, list[Span]]] = {}
    by_person = {trainer.person_id: trainer.pk for trainer in trainers}
    elsewhere = _elsewhere(activity, opened, zone).filter(trainers__person__in=by_person)
    for placement in elsewhere.prefetch_related("trainers"):
        for other in placement.trainers.all():
            if other.person_id in by_person:
                mine = busy.setdefault(by_person[other.person_id], {})
                for day, span in _stretches(opened, zone, placement):
                    mine.setdefault(day, []).append(span)
    for one in disruptions:
        if one.kind == Disruption.Kind.TRAINER_AWAY and one.trainer_id is not None:
            for day, span in _hit(opened, one):
                busy.setdefault(one.trainer_id, {}).setdefault(day, []).append(span)
    return _tidy(busy)


def _tidy(busy: dict[int, dict[int, list[Span]]]) -> Busy:
    return {
        key: {day: joined(spans) for day, spans in sorted(by_day.items())}
        for key, by_day in busy.items()
    }


def _hit(opened: OpenDays, one: Disruption) -> Iterator[tuple[int, Span]]:
    """The stretches of the horizon's days that a disruption takes."""
    first, last = one.minute_from or 0, one.minute_to or MIDNIGHT
    for day, on in enumerate(opened.days):
        if touches(one, on):
            yield day, (first, last)


def _elsewhere(activity: Activity, opened: OpenDays, zone: ZoneInfo) -> Any:
    """Placements in force of other activities within these days."""
    first = datetime.combine(opened.days[0], time(), zone)
    last = datetime.combine(opened.days[-1], time(), zone) + timedelta(days=1)
    return (
        Placement.objects.filter(
            Q(starts_at__lt=last, ends_at__gt=first),
            timetable__state=Timetable.State.PUBLISHED,
            session__is_cancelled=False,
        )
        .exclude(timetable__activity=activity)
        .distinct()
    )


def _stretches(
    opened: OpenDays, zone: ZoneInfo, placement: Placement
) -> Iterator[tuple[int, Span]]:
    """A placement as (day of the horizon, stretch of that day), cut at midnight."""
    start, end = placement.starts_at.astimezone(zone), placement.ends_at.astimezone(zone)
    for number, on in enumerate(opened.days):
        if start.date() <= on <= end.date():
            first = start.hour * 60 + start.minute if start.date() == on else 0
            last = end.hour * 60 + end.minute if end.date() == on else MIDNIGHT
            if first < last:
                yield number, (first, last)
