"""What an answer looks like: a timetable, or the reasons why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum


class ClashKind(StrEnum):
    """What stands in the way. The comment says what the keys of such a clash are.

    In an answer of ``why_not_here`` or of the check, the keys end with the sessions met. In the
    reasons of ``NoTimetable`` a rule is named alone, and the sessions it binds are named each by
    a clash of their own, of kind ``SESSION``. Reasons found before any search name the sessions
    too: ``NO_LATER`` then lists those that must come between after its two, and ``FIXED``,
    ``CLOSED_TIME`` and the rules of two sessions are about places that are fixed.
    """

    # Rules of a session.
    SESSION = "session"  # session: is to be held at all
    DAY_RANGE = "day_range"  # session: only on its days
    FIXED = "fixed"  # session: decided already
    HELD = "held"  # session: held in place during a repair
    ORDER = "order"  # earlier session, later session
    NO_LATER = "no_later"  # earlier session, later session: too long after it
    SAME_DAY = "same_day"  # two sessions
    OTHER_DAY = "other_day"  # two sessions
    ROOM = "room"  # session: needs a suitable room
    ROLE = "role"  # session, role: needs trainers with it
    # Rules of what sessions share.
    GROUP_BUSY = "group_busy"  # group: one session at a time
    TRAINER_BUSY = "trainer_busy"  # trainer: one session at a time
    TRAINER_AWAY = "trainer_away"  # trainer: only on the days when there
    TRAINER_LOAD = "trainer_load"  # trainer: most minutes a day
    TRAINER_WEEK = "trainer_week"  # trainer: most minutes a week
    LANGUAGE = "language"  # trainer, group: no language in common
    GROUPS_SHARE = "groups_share"  # two groups with people in common: not at once
    TRAVEL = "travel"  # trainer or group: time between two cities
    ROOM_BUSY = "room_busy"  # room: one session at a time
    ROOM_CLOSED = "room_closed"  # room: not while closed
    EQUIPMENT = "equipment"  # item: no more than there is
    # One place looked at.
    CLOSED_TIME = "closed_time"  # session: not inside one open period
    ROOM_KIND = "room_kind"  # room, session
    ROOM_SEATS = "room_seats"  # room, session
    # Found before any search.
    NO_ROOM_OF_KIND = "no_room_of_kind"  # session, kind
    TOO_FEW_SEATS = "too_few_seats"  # session, kind
    ROLE_MISSING = "role_missing"  # session, role
    EQUIPMENT_SHORT = "equipment_short"  # session, item
    NO_OPEN_TIME = "no_open_time"  # session, then the trainers it needs who are not there
    GROUP_OVERFULL = "group_overfull"  # group, then sessions: more minutes than are open
    TRAINER_OVERFULL = "trainer_overfull"  # trainer, then sessions: more than open or allowed
    ROLE_OVERFULL = "role_overfull"  # role, then sessions: more than all trainers with it may give
    ROOMS_OVERFULL = "rooms_overfull"  # kind, then sessions: more than all rooms for them are open
    EQUIPMENT_OVERFULL = "equipment_overfull"  # item, then sessions: more in use than there is
    TOO_LONG = "too_long"  # session: longer than every open period of the horizon
    NO_SHARED_LANGUAGE = "no_shared_language"  # session, role or trainer, group
    FIXED_TOGETHER = "fixed_together"  # two fixed sessions, then the group, trainer or room of
    # both, or the two groups that share people
    ORDER_CYCLE = "order_cycle"  # sessions, each after the one before, the first after the last
    NO_TIME_IN_ORDER = "no_time_in_order"  # sessions, each after the one before: too little time
    # from the first start of the first to the last start of the last
    NO_TIMES = "no_times"  # sessions: nowhere are there times for all of them
    # The search was stopped.
    WORK_LIMIT = "work_limit"  # no keys: stopped before it could tell


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """One rule that stands in the way, and the keys of what it is about."""

    kind: ClashKind
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a session is put.

    day, start: index of the day; minutes after midnight.
    room:       room key, or None when it is held without a room.
    roles:      role -> trainers who fill it, sorted. Those named by the session are not repeated.
    """

    day: int
    start: int
    room: str | None = None
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def role_trainers(self) -> tuple[str, ...]:
        """Every trainer who fills a role here, sorted."""
        return tuple(sorted(key for keys in self.roles.values() for key in keys))


@dataclass(frozen=True, slots=True)
class ByGoal:
    """Costs whose fields are the goals, each a whole number already multiplied by its weight."""

    @property
    def total(self) -> int:
        """The cost of all goals together."""
        return sum(self.by_goal().values())

    def by_goal(self) -> dict[str, int]:
        """The cost of each goal by its name, in the order of the fields."""
        return {goal.name: getattr(self, goal.name) for goal in fields(self)}


@dataclass(frozen=True, slots=True)
class Costs(ByGoal):
    """What a timetable costs by goal, each already multiplied by its weight."""

    gaps: int = 0
    group_days: int = 0
    room_changes: int = 0
    late: int = 0
    full_days: int = 0
    unpreferred: int = 0
    stays: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Timetable:
    """A timetable that keeps every rule.

    placements: session key -> where it is put.
    costs:      recounted by the plain check, not taken from the solver.
    bound:      no timetable costs less; from a repair: no repair that affects as few people as
                can be moves fewer sessions.
    proved:     the bound is reached, so nothing better exists; from a repair: no other affects
                fewer people and, among those that affect as few, none moves fewer sessions.
    moved:      from a repair: sessions whose day or start changed, sorted.
    changed:    from a repair: sessions whose day, start, room or roles changed, sorted.
    people:     from a repair: people in changed sessions and trainers who teach or taught one.
    people_bound: from a repair: no repair affects fewer people.
    """

    placements: Mapping[str, Placement]
    costs: Costs
    bound: int
    proved: bool
    moved: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    people: int = 0
    people_bound: int = 0


class RemedyKind(StrEnum):
    """What would free a clash, the least first. The comment says what its keys and amount are."""

    DAYS_WIDENED = "days_widened"  # session; days its range is widened at either end
    MORE_DAYS = "more_days"  # trainer, then the keys of days to be there too; how many days
    SHORTER = "shorter"  # session; minutes it is made shorter
    MORE_EQUIPMENT = "more_equipment"  # item; how many more in the pool
    ROOM_OPENED = "room_opened"  # room, key of a day on which it is not closed then; 0
    UNFIXED = "unfixed"  # session; 0
    RELEASED = "released"  # session that need not stay in place during a repair; 0
    NO_LATER_DROPPED = "no_later_dropped"  # earlier session, later session; 0
    OTHER_DAY_DROPPED = "other_day_dropped"  # two sessions; 0
    SAME_DAY_DROPPED = "same_day_dropped"  # two sessions; 0
    ORDER_DROPPED = "order_dropped"  # earlier session, later session; 0
    MORE_MINUTES_A_DAY = "more_minutes_a_day"  # trainer; minutes more
    MORE_MINUTES_A_WEEK = "more_minutes_a_week"  # trainer; minutes more
    LANGUAGE_LEARNT = "language_learnt"  # trainer, group; 0: or an interpreter is there
    MORE_SEATS = "more_seats"  # kind; seats of one room more
    MORE_ROOMS = "more_rooms"  # kind; how many more, with seats enough and next door
    MORE_TRAINERS = "more_trainers"  # role; how many more, there every day, of any language
    DAY_OPENED = "day_opened"  # key of a closed day, with the hours of the longest; its minutes
    SESSION_DROPPED = "session_dropped"  # session; 0


@dataclass(frozen=True, slots=True, order=True)
class Remedy:
    """One change that frees a clash, verified by solving again with that change alone.

    kind, keys, amount: see ``RemedyKind``; the amount is the smallest found to suffice.
    suffices:           the whole problem has a timetable then. Otherwise only the clash named is
                        freed and another one remains, or the work did not allow to tell.
    """

    kind: RemedyKind
    keys: tuple[str, ...]
    amount: int = 0
    suffices: bool = True


@dataclass(frozen=True, slots=True)
class NoTimetable:
    """No timetable keeps every rule, or none was found.

    reasons:  rules that cannot all be kept. ``WORK_LIMIT`` alone means nobody knows.
    minimal:  dropping any one of the reasons would let the others be kept together.
    remedies: changes each of which, alone, frees the clash; the least first.
    """

    reasons: tuple[Clash, ...]
    minimal: bool = False
    remedies: tuple[Remedy, ...] = ()
