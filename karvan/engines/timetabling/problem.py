"""What a timetabling problem is: open days, sessions, rooms, trainers, groups, shared equipment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    same_day_as, not_same_day_as: session keys.
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

    def __post_init__(self) -> None:
        whose = f"of session {self.key!r}"
        need(0 < self.minutes <= MINUTES_A_DAY, f"minutes {whose}", self.minutes, "1 to 1440")
        need(self.seats >= 0, f"seats {whose}", self.seats, "0 or more")
        for what, names in (("groups", self.groups), ("trainers", self.trainers)):
            need(len(set(names)) == len(names), f"{what} {whose}", names, "named once each")
        for name, count in (*self.trainer_roles.items(), *self.equipment.items()):
            need(count > 0, f"count of {name!r} {whose}", count, "1 or more")
        for other, gap in self.after:
            need(gap >= 0, f"gap after {other!r} {whose}", gap, "0 or more")
        others = {key for key, _ in self.after} | {*self.same_day_as, *self.not_same_day_as}
        need(self.key not in others, f"relations {whose}", self.key, "to other sessions")


@dataclass(frozen=True, slots=True)
class Room:
    """A room: one session at a time, while it is not closed.

    kinds:     further kinds it may serve as.
    equipment: item -> how many stand in it for good.
    closed:    (day index, start minute, end minute) stretches in which it cannot be used.
    """

    key: str
    kind: str
    seats: int
    equipment: Mapping[str, int] = field(default_factory=dict)
    closed: tuple[tuple[int, int, int], ...] = ()
    kinds: frozenset[str] = frozenset()

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
    """A trainer: one session at a time.

    days:                day indexes on which the trainer is there; None means every day.
    max_minutes_per_day: most minutes in sessions on one day; None means no limit.
    """

    key: str
    roles: frozenset[str] = frozenset()
    days: frozenset[int] | None = None
    max_minutes_per_day: int | None = None

    def __post_init__(self) -> None:
        most = self.max_minutes_per_day
        need(most is None or most >= 0, f"daily minutes of {self.key!r}", most, "0 or more")

    def there_on(self, day: int) -> bool:
        """Whether the trainer is there on the day with this index."""
        return self.days is None or day in self.days


@dataclass(frozen=True, slots=True)
class Group:
    """People who take their sessions together; ``size`` is how many seats they fill."""

    key: str
    size: int = 0

    def __post_init__(self) -> None:
        need(self.size >= 0, f"size of group {self.key!r}", self.size, "0 or more")


@dataclass(frozen=True, slots=True)
class Equipment:
    """A shared pool: ``count`` of one item that can be carried to any session."""

    item: str
    count: int

    def __post_init__(self) -> None:
        need(self.count >= 0, f"count of {self.item!r}", self.count, "0 or more")


@dataclass(frozen=True, slots=True)
class Weights:
    """What an imperfect timetable costs; whole numbers, to be read as minutes of annoyance.

    gap:         for each open minute a group waits between two sessions of a day.
    group_day:   for each day a group has to come at all.
    room_change: for each room beyond the first that a group uses on a day.
    late:        for each open minute between ``late_from`` and the end of a group's day.
    late_from:   minute of the day from which it is late.
    """

    gap: int = 1
    group_day: int = 60
    room_change: int = 10
    late: int = 1
    late_from: int = 17 * 60

    def __post_init__(self) -> None:
        weights = (self.gap, self.group_day, self.room_change, self.late, self.late_from)
        need(min(weights) >= 0, "weights", weights, "0 or more")


@dataclass(frozen=True, slots=True)
class TimetableProblem:
    """Everything the engine is told. Checks itself: names are known and unique, days exist.

    step: minutes between two starts the engine tries, counted from each period's start. It says
          how finely to look; it is no rule, and a person may fix a session off the grid.
    """

    days: tuple[Day, ...]
    sessions: tuple[Session, ...]
    rooms: tuple[Room, ...] = ()
    trainers: tuple[Trainer, ...] = ()
    groups: tuple[Group, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    weights: Weights = field(default_factory=Weights)
    step: int = 15

    def __post_init__(self) -> None:
        check_problem(self)

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
