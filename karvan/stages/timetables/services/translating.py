"""From rows to the engine's problem: days, sessions in their order, rooms, trainers, groups."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from karvan.engines import timetabling as engine
from karvan.stages.editions.models import Activity, Room
from karvan.stages.editions.queries import activity_document

from ..cohorts import cohort_of
from ..models import Group, Placement, Session, Timetable, Trainer
from ..queries import rooms_of
from .days import EVENING, STEP, OpenDays, Periods, day_periods, evening_periods, open_days

EVERYBODY = "*"  # the one group of a cohort that is not divided


@dataclass(frozen=True)
class Given:
    """The rows of one activity, read once."""

    activity: Activity
    document: Mapping[str, Any]
    sessions: list[Session]
    groups: list[Group]
    rooms: list[Room]
    trainers: list[Trainer]
    open: OpenDays
    zone: ZoneInfo
    is_evening: bool

    @property
    def group_keys(self) -> tuple[str, ...]:
        return tuple(group.code for group in self.groups) or (EVERYBODY,)

    def groups_of(self, session: Session) -> tuple[str, ...]:
        """The engine's groups that sit in a session."""
        return (session.group.code,) if session.group else self.group_keys

    def last_day_asked(self) -> int:
        """The highest day number of the design that a session asks for."""
        return max((s.day_to or 1 for s in self.sessions), default=0)

    @property
    def counts_weeks(self) -> bool:
        """True where the design speaks of weeks, whose days are calendar days."""
        return any(session.slot for session in self.sessions)


def read_rows(activity: Activity, *, opened_anyway: Collection[date] = ()) -> Given:
    """Read what the engine must know. Seven queries.

    Raises:
        DatesMissing: the activity has no dates.
    """
    sessions = list(
        activity.sessions.filter(is_cancelled=False).select_related("group").order_by("position")
    )
    return Given(
        activity=activity,
        document=activity_document(activity),
        sessions=sessions,
        groups=list(activity.groups.order_by("code")),
        rooms=list(rooms_of(activity.edition)),
        trainers=list(activity.trainers.select_related("person").order_by("pk")),
        open=open_days(activity, opened_anyway=opened_anyway),
        zone=ZoneInfo(activity.edition.time_zone),
        is_evening=activity.format == "course" and any(session.slot for session in sessions),
    )


def problem_of(given: Given, *, in_order: bool) -> engine.TimetableProblem:
    """The engine's problem. ``in_order`` keeps the design's order within each day or week;
    without it only what opens, gates and assessments need."""
    long_days = _long_days(given)
    after = _order(given, in_order=in_order)
    late_from = EVENING[1] if given.is_evening else 17 * 60
    return engine.TimetableProblem(
        days=tuple(_days(given, long_days)),
        sessions=tuple(_session(given, s, after, long_days) for s in given.sessions),
        rooms=tuple(_rooms(given)),
        trainers=tuple(_trainers(given)),
        groups=tuple(_groups(given)),
        weights=engine.Weights(late_from=late_from),
        step=STEP,
    )


def moment_of(given: Given, day: int, minute: int) -> datetime:
    """The moment of a minute of a day of the horizon, in the edition's time zone."""
    on = given.open.days[day]
    return datetime.combine(on, time(), given.zone) + timedelta(minutes=minute)


def unknown_items(given: Given) -> list[str]:
    """Items that sessions need and of which no room says how many there are."""
    known = {item for room in given.rooms for item in room.equipment}
    needed = {item for session in given.sessions for item in session.equipment}
    return sorted(needed - known)


def _days(given: Given, long_days: Mapping[str, int]) -> Iterator[engine.Day]:
    lengths = {day: _minutes(given, code) for code, day in long_days.items()}
    for number, on in enumerate(given.open.days):
        periods: Periods = ()
        if number in given.open.opened and given.is_evening:
            periods = evening_periods(lengths.get(number, 0))
        elif number in given.open.opened:
            chains = _chains(given, number)
            periods = day_periods(on, chains, is_half=number in given.open.half)
        yield engine.Day(on.isoformat(), on.isoformat(), periods)


def _chains(given: Given, day: int) -> list[list[int]]:
    """For each group, the minutes of what it must do on just this day, in order."""
    mine = [s for s in given.sessions if _range(given, s) == (day, day)]
    return [
        [session.minutes for session in mine if key in given.groups_of(session)]
        for key in given.group_keys
    ]


def _range(given: Given, session: Session) -> tuple[int, int]:
    """First and last day of the horizon a session may be held on.

    Days of the design are counted in open days, weeks in calendar days.
    """
    end = len(given.open.days) - 1
    if session.day_from is None or session.day_to is None:
        return (0, end)
    if given.counts_weeks:
        return (min(session.day_from - 1, end), min(session.day_to - 1, end))
    opened = given.open.opened
    last = len(opened) - 1
    return (opened[min(session.day_from - 1, last)], opened[min(session.day_to - 1, last)])


def _long_days(given: Given) -> dict[str, int]:
    """For each session longer than an evening, the day that is opened for it: its last one."""
    found: dict[str, int] = {}
    if not given.is_evening:
        return found
    for session in given.sessions:
        if session.minutes > EVENING[1] - EVENING[0]:
            first, last = _range(given, session)
            fitting = [day for day in given.open.opened if first <= day <= last]
            if fitting:
                found[session.code] = fitting[-1]
    return found


def _minutes(given: Given, code: str) -> int:
    return next(session.minutes for session in given.sessions if session.code == code)


def _session(
    given: Given,
    session: Session,
    after: Mapping[str, set[str]],
    long_days: Mapping[str, int],
) -> engine.Session:
    known = {item for room in given.rooms for item in room.equipment}
    day = long_days.get(session.code)
    start = EVENING[1] - session.minutes
    return engine.Session(
        key=session.code,
        minutes=session.minutes,
        groups=given.groups_of(session),
        trainer_roles={role: many for role, many in session.trainer_roles.items() if many},
        room_kind=session.room_kind or None,
        # Nobody has counted what no room lists, so it is not known to be too little.
        equipment={item: n for item, n in session.equipment.items() if n and item in known},
        day_range=_range(given, session),
        fixed=None if day is None else (day, start, None),
        after=tuple((code, 0) for code in sorted(after.get(session.code, ()))),
        not_same_day_as=tuple(sorted(_other_evenings(given, session))),
    )


def _other_evenings(given: Given, session: Session) -> set[str]:
    """A week's live evenings and its studio are held on different days."""
    if not given.is_evening or not session.slot:
        return set()
    mine = set(given.groups_of(session))
    return {
        other.code
        for other in given.sessions
        if other.slot
        and other.slot != session.slot
        and other.day_from == session.day_from
        and mine & set(given.groups_of(other))
    }


def _order(given: Given, *, in_order: bool) -> dict[str, set[str]]:
    """Session → those that must be over before it begins, on its own day or in its week."""
    gates = {s["id"] for s in given.document.get("sessions", ()) if s.get("gate")}
    after: dict[str, set[str]] = {}
    for key in given.group_keys:
        stretches: dict[int | None, list[Session]] = {}
        for session in given.sessions:
            if key in given.groups_of(session):
                stretches.setdefault(session.day_from, []).append(session)
        for chain in stretches.values():
            for index, later in enumerate(chain):
                for place, earlier in enumerate(chain[:index]):
                    is_next = place == index - 1
                    if is_next if in_order else _must_wait(earlier, later, place, gates):
                        after.setdefault(later.code, set()).add(earlier.code)
    return after


def _must_wait(earlier: Session, later: Session, place: int, gates: set[str]) -> bool:
    """What keeps its order even where the design's own does not fit into the hours."""
    return (
        place == 0
        or earlier.blueprint_code in gates
        or "assessment" in (earlier.kind, later.kind)
        or (earlier.room_kind == later.room_kind and earlier.group_id == later.group_id)
    )


def _rooms(given: Given) -> Iterator[engine.Room]:
    closed: dict[int, list[tuple[int, int, int]]] = {}
    for placement in _elsewhere(given).filter(room__in=given.rooms):
        assert placement.room_id is not None
        closed.setdefault(placement.room_id, []).extend(_stretches(given, placement))
    for room in given.rooms:
        kinds = list(room.kinds) or [room.code]
        yield engine.Room(
            key=str(room.pk),
            kind=kinds[0],
            seats=room.seats,
            equipment={item: int(count) for item, count in room.equipment.items()},
            closed=tuple(sorted(closed.get(room.pk, ()))),
            kinds=frozenset(kinds[1:]),
        )


def _trainers(given: Given) -> Iterator[engine.Trainer]:
    persons = {trainer.person_id for trainer in given.trainers}
    busy: dict[int, set[int]] = {}
    elsewhere = _elsewhere(given).filter(trainers__person__in=persons)
    for placement in elsewhere.prefetch_related("trainers"):
        for trainer in placement.trainers.all():
            stretches = _stretches(given, placement)
            busy.setdefault(trainer.person_id, set()).update(day for day, _s, _e in stretches)
    for trainer in given.trainers:
        there = {
            n
            for n, on in enumerate(given.open.days)
            if (trainer.present_from is None or trainer.present_from <= on)
            and (trainer.present_to is None or on <= trainer.present_to)
        } - busy.get(trainer.person_id, set())
        yield engine.Trainer(
            key=str(trainer.pk),
            roles=frozenset(trainer.roles),
            days=None if len(there) == len(given.open.days) else frozenset(there),
            max_minutes_per_day=trainer.most_minutes_a_day,
        )


def _groups(given: Given) -> Iterator[engine.Group]:
    if not given.groups:
        yield engine.Group(EVERYBODY, cohort_of(given.activity, given.document, []).people)
    for group in given.groups:
        yield engine.Group(group.code, group.size)


def _elsewhere(given: Given) -> Any:
    """Placements in force of other activities within these days."""
    first = moment_of(given, 0, 0)
    last = moment_of(given, len(given.open.days) - 1, 24 * 60)
    return Placement.objects.filter(
        Q(starts_at__lt=last, ends_at__gt=first),
        timetable__state=Timetable.State.PUBLISHED,
        session__is_cancelled=False,
    ).exclude(timetable__activity=given.activity)


def _stretches(given: Given, placement: Placement) -> list[tuple[int, int, int]]:
    """A placement as (day of the horizon, first minute, last minute), cut at midnight."""
    found = []
    start, end = (
        placement.starts_at.astimezone(given.zone),
        placement.ends_at.astimezone(given.zone),
    )
    for number, on in enumerate(given.open.days):
        if start.date() <= on <= end.date():
            first = start.hour * 60 + start.minute if start.date() == on else 0
            last = end.hour * 60 + end.minute if end.date() == on else 24 * 60
            if first < last:
                found.append((number, first, last))
    return found
