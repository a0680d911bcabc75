"""Courses as programmes really hold them, with a plan inside that shows they can be held.

``course(120, seed=1)`` is four parallel groups over four weeks, ``course(400, seed=1)`` eight
groups over 46 calendar days, ``course(54, seed=1)`` two groups over four weeks. Weekends and
national holidays stay in the horizon as days without periods. The same seed gives the same
course on any machine.

A plan is laid first, session by session, and the rules are then drawn around it: trainers are
there on the days they teach and some more, rooms are let to others when the plan leaves them
empty, until rooms are used at 50 to 70 % and trainers at 50 to 80 %. The plan is thrown away.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from karvan.engines.timetabling import (  # noqa: E402 -- runs from a bare checkout
    Day,
    Equipment,
    Group,
    Placement,
    Room,
    Session,
    TimetableProblem,
    Trainer,
    Weights,
)

STEP = 15
FULL = ((540, 750), (810, 1050))
FRIDAY = ((540, 720), (840, 1020))
SHORT = ((540, 780),)
ROOM_USE, TRAINER_USE = 0.55, 0.6
# What a module is made of, in order: name, minutes, room, items, days after the one before.
MODULE: tuple[tuple[str, int, str, dict[str, int], int], ...] = (
    ("lecture", 90, "SEM", {}, 0),
    ("exercise", 105, "SEM", {"kit": 1}, 0),
    ("lab", 150, "LAB", {}, 1),
    ("workshop", 180, "FAB", {"kit": 1}, 0),
    ("seminar", 75, "SEM", {"camera": 1}, 1),
    ("clinic", 60, "SEM", {}, 0),
    ("review", 105, "SEM", {}, 0),
)
ROLES = {"exercise": "TECH", "lab": "TECH", "workshop": "TECH", "clinic": "MENTOR"}
# What goes on all the time and belongs to no week.
LOOSE: tuple[tuple[str, int, str, dict[str, int]], ...] = (
    ("tutorial", 45, "SEM", {}),
    ("mentoring", 60, "SEM", {}),
    ("visit", 135, "FAB", {}),
    ("language", 90, "SEM", {"camera": 1}),
)


@dataclass(frozen=True, slots=True)
class _Size:
    groups: int
    calendar_days: int
    holidays: tuple[int, ...]
    plenaries: int
    modules: int
    rooms: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Hidden:
    """The plan being laid: who and what is busy, minute by minute."""

    days: tuple[Day, ...]
    busy: set[tuple[str, int, int]] = field(default_factory=set)
    placed: dict[str, Placement] = field(default_factory=dict)
    minutes: dict[tuple[str, int], int] = field(default_factory=dict)

    def free(self, who: list[str], day: int, start: int, end: int) -> bool:
        """Whether all of them are free on the quarters of an hour from start to end."""
        return not any((key, day, q) in self.busy for key in who for q in range(start, end, STEP))

    def take(self, who: list[str], day: int, start: int, end: int) -> None:
        """Keep them busy from start to end."""
        for key in who:
            self.busy.update((key, day, quarter) for quarter in range(start, end, STEP))
            self.minutes[key, day] = self.minutes.get((key, day), 0) + end - start

    def load(self, key: str) -> int:
        """Minutes taken in all."""
        return sum(minutes for (who, _), minutes in self.minutes.items() if who == key)


def course(sessions: int, seed: int) -> TimetableProblem:
    """Return a course with about this many sessions (54, 120 and 400 exactly), always feasible."""
    return hidden_course(sessions, seed)[0]


def hidden_course(sessions: int, seed: int) -> tuple[TimetableProblem, dict[str, Placement]]:
    """The course with the plan it was drawn around."""
    for attempt in range(200):
        rng = random.Random(1000 * seed + attempt)
        made = _Course(sessions, rng).make()
        if made is not None:
            return made
    raise ValueError(f"no plan was found for {sessions} sessions and seed {seed}")


class _Course:
    def __init__(self, sessions: int, rng: random.Random) -> None:
        self.rng, self.count = rng, sessions
        self.size = _size(sessions)
        self.groups = [f"g{n}" for n in range(self.size.groups)]
        self.days = _calendar(self.size)
        self.open = [n for n, day in enumerate(self.days) if day.periods]
        self.hidden = _Hidden(self.days)
        self.sessions: list[Session] = []
        self.rooms = [Room(key, kind, 30, kinds=_also(kind)) for key, kind in self.size.rooms]
        self.rooms[0] = replace(self.rooms[0], seats=25 * self.size.groups)
        self.trainers = self._people()

    def make(self) -> tuple[TimetableProblem, dict[str, Placement]] | None:
        for session in self._wanted():
            if not self._lay(session):
                return None
        problem = TimetableProblem(
            days=self.days,
            sessions=tuple(self._prefer(s) for s in self.sessions),
            rooms=tuple(self._let_out(room) for room in self.rooms),
            trainers=tuple(self._hire(trainer) for trainer in self.trainers),
            groups=tuple(Group(key, self.rng.choice((18, 20, 22))) for key in self.groups),
            equipment=(Equipment("kit", 1 + self.size.groups // 4), Equipment("camera", 1)),
            weights=Weights(spread=1, full_day=420),
            step=STEP,
        )
        return problem, self.hidden.placed

    # People: every topic has its own lecturer, two in three of them from abroad.

    def _people(self) -> list[Trainer]:
        people = []
        for topic in range(self.size.modules):
            travels = topic % 3 != 0
            people.append(Trainer(f"topic {topic}", frozenset({f"T{topic}"}), travels=travels))
            if self.size.groups > 4:
                second = Trainer(f"second {topic}", frozenset({f"T{topic}"}), travels=not travels)
                people.append(second if topic % 2 else replace(second, travels=False))
        many = max(2, self.size.groups // 2)
        people += [Trainer(f"tech {n}", frozenset({"TECH"})) for n in range(many)]
        mentor = Trainer("mentor", frozenset({"MENTOR"}))
        return people + [
            replace(mentor, key=f"mentor {n}", travels=n % 2 == 1) for n in range(many)
        ]

    # Sessions, in the order in which the plan takes them up.

    def _wanted(self) -> list[Session]:
        wanted: list[Session] = []
        each = (self.count - self.size.plenaries) // self.size.groups
        loose = each - len(MODULE) * self.size.modules
        windows = [self._window(module) for module in range(self.size.modules)]
        opening = [self._plenaries(module, window) for module, window in enumerate(windows)]
        wanted += [session for plenaries in opening for session in plenaries]
        for module, window in enumerate(windows):
            rows = [self._module(module, group, window, opening[module]) for group in self.groups]
            self.rng.shuffle(rows)
            wanted += [row[n] for n in range(len(MODULE)) for row in rows if n < len(row)]
        for n in range(max(0, loose)):
            wanted += [self._loose(n, group) for group in self.groups]
        short = self.count - len(wanted)
        return wanted + [self._loose(100 + n, self.groups[n]) for n in range(max(0, short))]

    def _window(self, module: int) -> tuple[int, int]:
        weeks = -(-len(self.days) // 7)
        first = module * weeks // self.size.modules
        last = first + (2 if first + 1 < weeks else 1)
        return 7 * first, min(7 * last, len(self.days)) - 1

    def _plenaries(self, module: int, window: tuple[int, int]) -> list[Session]:
        share = self.size.plenaries * (module + 1) // self.size.modules
        before = self.size.plenaries * module // self.size.modules
        found: list[Session] = []
        first_week = (window[0], min(window[0] + 6, window[1]))
        for n in range(share - before):
            after = ((found[-1].key, 0),) if found else ()
            need = {f"T{module}": 1}
            minutes = self.rng.choice((45, 60, 90))
            found.append(
                Session(
                    f"m{module} plenary {n}",
                    minutes,
                    tuple(self.groups),
                    trainer_roles=need,
                    room_kind="HALL",
                    day_range=first_week,
                    after=after,
                )
            )
        return found

    def _module(
        self, module: int, group: str, window: tuple[int, int], plenaries: list[Session]
    ) -> list[Session]:
        row: list[Session] = []
        for n, (name, minutes, kind, items, later) in enumerate(MODULE):
            role = ROLES.get(name, f"T{module}")
            before = row[-1].key if row else plenaries[0].key if plenaries else ""
            gap = 720 if later else 0
            waits = ((before, gap),) if before and name != "clinic" else ()
            session = Session(
                f"m{module} {group} {n} {name}",
                minutes,
                (group,),
                trainer_roles={role: 1},
                room_kind=kind,
                equipment=items,
                day_range=window,
                after=waits,
                same_day_as=(before,) if name == "clinic" else (),
                not_same_day_as=(row[0].key,) if name == "review" else (),
            )
            row.append(session)
        return row

    def _loose(self, n: int, group: str) -> Session:
        name, minutes, kind, items = LOOSE[n % len(LOOSE)]
        key = f"{name} {group} {n}"
        need = {"MENTOR": 1}
        return Session(key, minutes, (group,), trainer_roles=need, room_kind=kind, equipment=items)

    # The plan.

    def _lay(self, session: Session) -> bool:
        best: tuple[float, int, int, Room, str] | None = None
        first, last = session.day_range or (0, len(self.days) - 1)
        for day in (d for d in self.open if first <= d <= last):
            for start, end in self._starts(session, day):
                place = self._place(session, day, start, end)
                if place is None:
                    continue
                fresh = sum((group, day) not in self.hidden.minutes for group in session.groups)
                early = 150 * day + 0.2 * start if session.day_range else 0.2 * start
                worth = early + 100 * fresh + 60 * self.rng.random()
                if best is None or worth < best[0]:
                    best = (worth, day, start, *place)
        if best is None:
            return False
        _, day, start, room, trainer = best
        end = start + session.minutes
        items = [self._item(item, day, start, end) or "" for item in session.equipment]
        self.hidden.take([*session.groups, room.key, trainer, *items], day, start, end)
        role = next(iter(session.trainer_roles))
        self.hidden.placed[session.key] = Placement(day, start, room.key, {role: (trainer,)})
        self.sessions.append(session)
        return True

    def _starts(self, session: Session, day: int) -> list[tuple[int, int]]:
        minutes = session.minutes
        return [
            (start, start + minutes)
            for opens, shuts in self.days[day].periods
            for start in range(opens, shuts - minutes + 1, STEP)
            if self._in_order(session, day, start)
        ]

    def _in_order(self, session: Session, day: int, start: int) -> bool:
        placed, lengths = self.hidden.placed, {s.key: s.minutes for s in self.sessions}
        for key, gap in session.after:
            at = placed[key]
            if 1440 * day + start < 1440 * at.day + at.start + lengths[key] + gap:
                return False
        same = all(placed[key].day == day for key in session.same_day_as)
        return same and all(placed[key].day != day for key in session.not_same_day_as)

    def _place(self, session: Session, day: int, start: int, end: int) -> tuple[Room, str] | None:
        hidden, kind = self.hidden, session.room_kind or ""
        if not hidden.free(list(session.groups), day, start, end):
            return None
        if any(self._item(item, day, start, end) is None for item in session.equipment):
            return None
        seats = 22 * len(session.groups)
        rooms = [r for r in self.rooms if r.serves(kind) and r.seats >= seats]
        free = [r for r in rooms if hidden.free([r.key], day, start, end)]
        role = next(iter(session.trainer_roles))
        able = [
            t.key
            for t in self.trainers
            if role in t.roles
            and hidden.free([t.key], day, start, end)
            and hidden.minutes.get((t.key, day), 0) + session.minutes <= 330
        ]
        if not free or not able:
            return None
        return free[-1], min(able, key=lambda key: (hidden.load(key), key))

    def _item(self, item: str, day: int, start: int, end: int) -> str | None:
        count = 1 + self.size.groups // 4 if item == "kit" else 1
        names = [f"{item} {n}" for n in range(count)]
        return next((key for key in names if self.hidden.free([key], day, start, end)), None)

    # The rules drawn around the plan.

    def _prefer(self, session: Session) -> Session:
        if self.rng.random() > 0.12:
            return session
        start = self.hidden.placed[session.key].start
        whole = (540, 750) if start < 780 else (810, 1050)
        return replace(session, preferred=(whole,))

    def _let_out(self, room: Room) -> Room:
        """Let the room to others when the plan leaves it empty, until it is used enough."""
        used = self.hidden.load(room.key)
        whole = sum(b - a for d in self.open for a, b in self.days[d].periods)
        empty = [stretch for d in self.open for stretch in self._empty(room, d)]
        self.rng.shuffle(empty)
        closed = []
        while empty and used < ROOM_USE * whole:
            half = empty.pop()
            closed.append(half)
            whole -= half[2] - half[1]
        return replace(room, closed=tuple(sorted(closed)))

    def _empty(self, room: Room, day: int) -> list[tuple[int, int, int]]:
        """The half days that the plan leaves the room empty on the day."""
        return [
            (day, start, end)
            for start, end in self.days[day].periods
            if self.hidden.free([room.key], day, start, end)
        ]

    def _hire(self, trainer: Trainer) -> Trainer:
        """Days, and most minutes a day and a week, that leave some room around the plan."""
        taught = {d: m for (key, d), m in self.hidden.minutes.items() if key == trainer.key}
        most = max(180, *taught.values()) if taught else 180
        days = set(taught)
        if trainer.travels and taught:
            days |= {d for d in self.open if min(taught) <= d <= max(taught)}
        others = [d for d in self.open if d not in days]
        near = sorted(others, key=lambda d: min((abs(d - t) for t in taught), default=0))
        pick = near if trainer.travels else self.rng.sample(others, len(others))
        used = sum(taught.values())
        while pick and used > TRAINER_USE * most * len(days):
            days.add(pick.pop(0))
        weeks: dict[int, int] = {}
        for day, minutes in taught.items():
            weeks[day // 7] = weeks.get(day // 7, 0) + minutes
        week = max(weeks.values(), default=0)
        return replace(
            trainer,
            days=frozenset(days),
            max_minutes_per_day=most,
            max_minutes_per_week=-(-max(week, 600) // 60) * 60,
        )


def _size(sessions: int) -> _Size:
    rooms: tuple[tuple[str, str], ...]
    if sessions <= 80:
        rooms = (("hall", "HALL"), ("room 1", "SEM"), ("lab", "LAB"), ("fab", "FAB"))
        return _Size(2, 28, (9,), sessions - 2 * ((sessions - 4) // 2), 3, rooms)
    if sessions <= 200:
        rooms = (("hall", "HALL"), ("room 1", "SEM"), ("lab 1", "LAB"), ("fab", "FAB"))
        return _Size(4, 28, (9,), sessions - 4 * ((sessions - 8) // 4), 3, rooms)
    rooms = (
        ("hall", "HALL"),
        *((f"room {n}", "SEM") for n in range(1, 4)),
        *((f"lab {n}", "LAB") for n in range(1, 4)),
        *((f"fab {n}", "FAB") for n in range(1, 4)),
    )
    return _Size(8, 46, (16, 31), sessions - 8 * ((sessions - 16) // 8), 6, rooms)


def _also(kind: str) -> frozenset[str]:
    """Further kinds a room serves as: a hall and a laboratory hold a seminar too."""
    return frozenset({"SEM"}) if kind in ("HALL", "LAB") else frozenset()


def _calendar(size: _Size) -> tuple[Day, ...]:
    """Monday to Friday, with a prayer on Friday, a short Wednesday in every second week."""
    days = []
    for n in range(size.calendar_days):
        periods: tuple[tuple[int, int], ...] = FULL
        if n % 7 > 4 or n in size.holidays:
            periods = ()
        elif n % 7 == 4:
            periods = FRIDAY
        elif n % 14 == 2:
            periods = SHORT
        days.append(Day(f"day {n:02}", f"Week {n // 7 + 1}, day {n % 7 + 1}", periods))
    return tuple(days)
