"""What a timetabling problem is: open days, sessions, rooms, trainers, groups, shared equipment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from .validate import check_problem, need

MINUTES_A_DAY = 1440


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the horizon and the periods of it that are open.

    key, label: the caller's own name and a name to show, such as a date.
    periods:    (start, end) in minutes after midnight, in order, apart from each other; already
                cut by weekend, holidays, prayer and meals. None at all is a closed day.
    """

    key: str
    label: str
    periods: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        last = 0
        for start, end in self.periods:
            ordered = last <= start < end <= MINUTES_A_DAY
            need(ordered, f"periods of day {self.key!r}", self.periods, "ordered, within 0 to 1440")
            last = end


@dataclass(frozen=True, slots=True)
class Session:
    """One thing to be held once, in one stretch of one open period.

    minutes:         its length.
    groups:          who sits in it; a group sits in one session at a time.
    trainers:        trainers who must be there by name.
    trainer_roles:   role -> how many further trainers with that role must be there.
    room_kind:       kind of room it needs; None when it is held without a room.
    seats:           seats it needs; 0 means as many as its groups have people.
    equipment:       item -> how many; what the room lacks is drawn from the shared pool.
    day_range:       first and last day (indexes into the horizon) it may be held on.
    fixed:           (day index, start minute, room key or None): decided already. The start
                     need not be on the grid.
    after:           (session key, least minutes between that session's end and this one's start).
                     A day of the horizon counts 1,440 minutes, so leave closed days in the
                     horizon, without periods, when a gap is meant in calendar days.
    no_later:        (session key, most minutes between that session's end and this one's start).
    same_day_as, not_same_day_as: session keys.
    preferred:       (first, last) minutes of a day: a start inside any of them is as one would
                     like it. None at all: every start is.
    """

    key: str
    minutes: int
    groups: tuple[str, ...] = ()
    trainers: tuple[str, ...] = ()
    trainer_roles: Mapping[str, int] = field(default_factory=dict)
    room_kind: str | None = None
    seats: int = 0
    equipment: Mapping[str, int] = field(default_factory=dict)
    day_range: tuple[int, int] | None = None
    fixed: tuple[int, int, str | None] | None = None
    after: tuple[tuple[str, int], ...] = ()
    same_day_as: tuple[str, ...] = ()
    not_same_day_as: tuple[str, ...] = ()
    no_later: tuple[tuple[str, int], ...] = ()
    preferred: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        whose = f"of session {self.key!r}"
        need(0 < self.minutes <= MINUTES_A_DAY, f"minutes {whose}", self.minutes, "1 to 1440")
        need(self.seats >= 0, f"seats {whose}", self.seats, "0 or more")
        for what, names in (("groups", self.groups), ("trainers", self.trainers)):
            need(len(set(names)) == len(names), f"{what} {whose}", names, "named once each")
        for name, count in (*self.trainer_roles.items(), *self.equipment.items()):
            need(count > 0, f"count of {name!r} {whose}", count, "1 or more")
        for other, gap in (*self.after, *self.no_later):
            need(gap >= 0, f"gap after {other!r} {whose}", gap, "0 or more")
        for first, last in self.preferred:
            well = 0 <= first <= last <= MINUTES_A_DAY
            need(well, f"preferred start {whose}", (first, last), "first before last")
        others = {key for key, _ in (*self.after, *self.no_later)}
        others |= {*self.same_day_as, *self.not_same_day_as}
        need(self.key not in others, f"relations {whose}", self.key, "to other sessions")


@dataclass(frozen=True, slots=True)
class Room:
    """A room: one session at a time, while it is not closed.

    kinds:     further kinds it may serve as.
    equipment: item -> how many stand in it for good.
    closed:    (day index, start minute, end minute) stretches in which it cannot be used.
    city:      where it is; "" is nowhere in particular, next door to everything.
    """

    key: str
    kind: str
    seats: int
    equipment: Mapping[str, int] = field(default_factory=dict)
    closed: tuple[tuple[int, int, int], ...] = ()
    kinds: frozenset[str] = frozenset()
    city: str = ""

    def __post_init__(self) -> None:
        need(self.seats >= 0, f"seats of room {self.key!r}", self.seats, "0 or more")
        for item, count in self.equipment.items():
            need(count >= 0, f"count of {item!r} in room {self.key!r}", count, "0 or more")
        for day, start, end in self.closed:
            well = 0 <= start < end <= MINUTES_A_DAY
            need(well, f"closure of room {self.key!r}", (day, start, end), "start before end")

    def serves(self, kind: str) -> bool:
        """Whether a session that asks for this kind of room may be held here."""
        return kind == self.kind or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Trainer:
    """A trainer: one session at a time, with time to travel between cities.

    days:                 day indexes on which the trainer is there; None means every day.
    max_minutes_per_day:  most minutes in sessions on one day; None means no limit.
    max_minutes_per_week: the same for a week of the horizon.
    languages:            languages spoken; none at all means that nobody has asked.
    travels:              comes from elsewhere and stays from the first session to the last.
    """

    key: str
    roles: frozenset[str] = frozenset()
    days: frozenset[int] | None = None
    max_minutes_per_day: int | None = None
    max_minutes_per_week: int | None = None
    languages: frozenset[str] = frozenset()
    travels: bool = False

    def __post_init__(self) -> None:
        for what, most in (
            ("daily", self.max_minutes_per_day),
            ("weekly", self.max_minutes_per_week),
        ):
            need(most is None or most >= 0, f"{what} minutes of {self.key!r}", most, "0 or more")

    def there_on(self, day: int) -> bool:
        """Whether the trainer is there on the day with this index."""
        return self.days is None or day in self.days

    def understands(self, group: Group) -> bool:
        """Whether trainer and group share a language, as far as both are known."""
        either_unknown = not self.languages or not group.languages
        return either_unknown or bool(self.languages & group.languages)


@dataclass(frozen=True, slots=True)
class Group:
    """People who take their sessions together.

    size:        how many seats they fill.
    languages:   any one of them will do to teach the group; none at all: nobody has asked.
    shares_with: groups that have people in common with this one, so both never sit at once.
    """

    key: str
    size: int = 0
    languages: frozenset[str] = frozenset()
    shares_with: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        need(self.size >= 0, f"size of group {self.key!r}", self.size, "0 or more")
        need(self.key not in self.shares_with, f"groups of {self.key!r}", self.key, "others")


@dataclass(frozen=True, slots=True)
class Equipment:
    """A shared pool: ``count`` of one item that can be carried to any session."""

    item: str
    count: int

    def __post_init__(self) -> None:
        need(self.count >= 0, f"count of {self.item!r}", self.count, "0 or more")


@dataclass(frozen=True, slots=True)
class Wish:
    """Sessions that some attendees named as those they want to see; ``people`` is how many."""

    sessions: tuple[str, ...]
    people: int = 1

    def __post_init__(self) -> None:
        need(self.people > 0, "people of a wish", self.people, "1 or more")
        once = len(set(self.sessions)) == len(self.sessions)
        need(once, "sessions of a wish", self.sessions, "named once each")


@dataclass(frozen=True, slots=True)
class Weights:
    """What an imperfect timetable costs; whole numbers, to be read as minutes of annoyance.

    gap:         for each open minute a group waits between two sessions of a day.
    group_day:   for each day a group has to come at all.
    room_change: for each room beyond the first that a group uses on a day.
    late:        for each open minute between ``late_from`` and the end of a group's day.
    late_from:   minute of the day from which it is late.
    full_day:    minutes of sessions a group takes on one day without complaint.
    spread:      for each minute a group has beyond ``full_day`` on a day.
    unpreferred: for each session that starts at none of its preferred times.
    stay:        for each calendar day from a travelling trainer's first session to the last.
    missed:      for each person and each two wished sessions that run at once.
    """

    gap: int = 1
    group_day: int = 60
    room_change: int = 10
    late: int = 1
    late_from: int = 17 * 60
    full_day: int = 6 * 60
    spread: int = 0
    unpreferred: int = 30
    stay: int = 60
    missed: int = 10

    def __post_init__(self) -> None:
        weights = [getattr(self, one.name) for one in fields(self)]
        need(min(weights) >= 0, "weights", weights, "0 or more")


@dataclass(frozen=True, slots=True)
class TimetableProblem:
    """Everything the engine is told. Checks itself: names are known and unique, days exist.

    step: minutes between two starts the engine tries, counted from each period's start. It says
          how finely to look; it is no rule, and a person may fix a session off the grid.
    travel: (city, city) -> minutes from one to the other, either way round. Every two cities of
            rooms must be in it.
    week_offset: days of its week that are over when the horizon begins; weeks are counted with it.
    """

    days: tuple[Day, ...]
    sessions: tuple[Session, ...]
    rooms: tuple[Room, ...] = ()
    trainers: tuple[Trainer, ...] = ()
    groups: tuple[Group, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    weights: Weights = field(default_factory=Weights)
    step: int = 15
    travel: Mapping[tuple[str, str], int] = field(default_factory=dict)
    wishes: tuple[Wish, ...] = ()
    week_offset: int = 0

    def __post_init__(self) -> None:
        check_problem(self)

    def week_of(self, day: int) -> int:
        """The number of the week of the horizon that holds the day, from 0."""
        return (day + self.week_offset) // 7

    def minutes_between(self, city: str, other: str) -> int:
        """Minutes of travel between two cities; 0 inside one, and to nowhere in particular."""
        if city == other or not city or not other:
            return 0
        return self.travel.get((city, other), self.travel.get((other, city), 0))

    def share_people(self, group: str, other: str) -> bool:
        """Whether two different groups have people in common."""
        return any(
            (g.key == group and other in g.shares_with)
            or (g.key == other and group in g.shares_with)
            for g in self.groups
        )

    def session(self, key: str) -> Session:
        """The session with this key; ``ValueError`` when there is none."""
        for session in self.sessions:
            if session.key == key:
                return session
        raise ValueError(f"no session has the key {key!r}")

    def room(self, key: str) -> Room:
        """The room with this key; ``ValueError`` when there is none."""
        for room in self.rooms:
            if room.key == key:
                return room
        raise ValueError(f"no room has the key {key!r}")

    def seats_needed(self, session: Session) -> int:
        """Seats the session needs: its own number, or the sizes of its groups added up."""
        return session.seats or sum(g.size for g in self.groups if g.key in session.groups)

    def pool(self, item: str) -> int:
        """How many of the item are in the shared pool."""
        return sum(pool.count for pool in self.equipment if pool.item == item)
