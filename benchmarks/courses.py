"""Courses as programmes really hold them, with a plan inside that shows they can be held.

``course(120, seed=1)`` has four parallel groups, 29 calendar days, 6 rooms and 12 trainers;
``course(400, seed=1)`` eight groups, 46 days, 20 rooms and 40 trainers; ``course(54, seed=1)`` two
groups, 28 days, 4 rooms and 8 trainers. The same seed gives the same course on any machine.

What they hold:

- a day has four slots of 90 minutes, two before and two after the meal (later on Fridays, for
  the prayer); weekends and national holidays stay in the horizon as days without periods;
- every group goes through every module, in a window of two weeks: lecture, exercise with a kit,
  laboratory on a later day, a whole day of workshop in two halves with a kit, a seminar on a
  later day again and a review on another day than the lecture; the order holds, plenaries of
  all groups open the module; sessions take one or two slots;
- laboratories, workshops, seminar rooms and a hall with seats for everyone; a room is let to
  others for stretches of half days and days;
- two kits for four groups, four for eight, carried from session to session;
- two trainers in five come from elsewhere and are there for one stretch of days, and each
  laboratory needs one of them; the others are at home and miss a few days; all have a most
  for a day and for a week.

A plan is laid first, session by session, and the rules are then drawn around it. The plan is
thrown away.
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

STEP = 90
FULL = ((540, 720), (780, 960))
FRIDAY = ((540, 720), (840, 1020))
ROOM_USE = 0.5
# What a module is made of, in order: name, minutes, room, items, role, whether on a later day.
MODULE: tuple[tuple[str, int, str, dict[str, int], str, bool], ...] = (
    ("lecture", 90, "SEM", {}, "T", False),
    ("exercise", 90, "SEM", {"kit": 1}, "TECH", False),
    ("lab", 180, "LAB", {}, "E", True),
    ("workshop", 180, "FAB", {"kit": 1}, "TECH", False),
    ("workshop 2", 180, "FAB", {"kit": 1}, "TECH", False),
    ("seminar", 90, "SEM", {}, "T", True),
    ("review", 90, "SEM", {}, "MENTOR", False),
)


@dataclass(frozen=True, slots=True)
class _Size:
    groups: int
    calendar_days: int
    holidays: tuple[int, ...]
    modules: int
    kits: int
    experts: int
    helpers: tuple[int, int]
    rooms: dict[str, int]


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
        self.lengths: dict[str, int] = {}
        whole = 25 * self.size.groups
        self.rooms = [
            Room(f"{kind.lower()} {n}", kind, whole if kind == "HALL" else 30, kinds=_also(kind))
            for kind, count in self.size.rooms.items()
            for n in range(1, count + 1)
        ]
        self.trainers = self._people()

    def make(self) -> tuple[TimetableProblem, dict[str, Placement]] | None:
        for session in self._wanted():
            if not self._lay(session):
                return None
        problem = TimetableProblem(
            days=self.days,
            sessions=tuple(self.sessions),
            rooms=tuple(self._let_out(room) for room in self.rooms),
            trainers=tuple(self._hire(trainer) for trainer in self.trainers),
            groups=tuple(Group(key, self.rng.choice((18, 20, 22))) for key in self.groups),
            equipment=(Equipment("kit", self.size.kits),),
            weights=Weights(),
            step=STEP,
        )
        return problem, self.hidden.placed

    # People: experts come from elsewhere, lecturers and those who help are mostly at home.

    def _people(self) -> list[Trainer]:
        people = []
        techs, mentors = self.size.helpers
        for topic in range(self.size.modules):
            both = frozenset({f"T{topic}", f"E{topic}"})
            for n in range(self.size.experts):
                people.append(Trainer(f"expert {topic} {n}", both, travels=True))
            for n in range(self.size.experts):
                travels = (n == 1 and topic < 2) or (self.size.experts == 1 and topic == 3)
                key = f"lecturer {topic} {n}"
                roles = {f"T{topic}"} if travels else {f"T{topic}", "TECH"}
                people.append(Trainer(key, frozenset(roles), travels=travels))
        people += [Trainer(f"tech {n}", frozenset({"TECH", "MENTOR"})) for n in range(techs)]
        people += [Trainer(f"mentor {n}", frozenset({"TECH", "MENTOR"})) for n in range(mentors)]
        return people

    # Sessions, in the order in which the plan takes them up.

    def _wanted(self) -> list[Session]:
        wanted: list[Session] = []
        own = len(MODULE) * self.size.modules * self.size.groups
        left = max(self.size.modules, self.count - own)
        plenaries = min(2 * self.size.modules, left)
        windows = [self._window(module) for module in range(self.size.modules)]
        opening = [self._plenaries(m, window, plenaries) for m, window in enumerate(windows)]
        wanted += [session for plenaries_of in opening for session in plenaries_of]
        for module, window in enumerate(windows):
            rows = [self._module(module, group, window, opening[module]) for group in self.groups]
            self.rng.shuffle(rows)
            wanted += [s for row in rows for s in row]
        short = self.count - len(wanted)
        return wanted + [
            self._tutorial(n // len(self.groups), self.groups[n % len(self.groups)])
            for n in range(max(0, short))
        ]

    def _window(self, module: int) -> tuple[int, int]:
        weeks = len(self.days) // 7
        first = module * weeks // self.size.modules
        last = len(self.days) if first + 2 >= weeks else 7 * (first + 2)
        return 7 * first, last - 1

    def _plenaries(self, module: int, window: tuple[int, int], most: int) -> list[Session]:
        count = most * (module + 1) // self.size.modules - most * module // self.size.modules
        found: list[Session] = []
        for n in range(count):
            found.append(
                Session(
                    f"m{module} plenary {n}",
                    90,
                    tuple(self.groups),
                    trainer_roles={f"T{module}": 1},
                    room_kind="HALL",
                    day_range=(window[0], window[0] + 6),
                    after=((found[-1].key, 0),) if found else (),
                )
            )
        return found

    def _module(
        self, module: int, group: str, window: tuple[int, int], plenaries: list[Session]
    ) -> list[Session]:
        row: list[Session] = []
        for n, (name, minutes, kind, items, role, later) in enumerate(MODULE):
            before = row[-1].key if row else plenaries[0].key if plenaries else ""
            session = Session(
                f"m{module} {group} {n} {name}",
                minutes,
                (group,),
                trainer_roles={role if len(role) > 1 else f"{role}{module}": 1},
                room_kind=kind,
                equipment=items,
                day_range=window,
                after=((before, 720 if later else 0),) if before else (),
                same_day_as=(before,) if name == "workshop 2" else (),
                not_same_day_as=(row[0].key,) if name == "review" else (),
            )
            row.append(session)
        return row

    def _tutorial(self, n: int, group: str) -> Session:
        need = {"MENTOR": 1}
        return Session(f"tutorial {group} {n}", 90, (group,), trainer_roles=need, room_kind="SEM")

    # The plan.

    def _lay(self, session: Session) -> bool:
        best: tuple[float, int, int, Room, str] | None = None
        first, last = session.day_range or (0, len(self.days) - 1)
        for day in (d for d in self.open if first <= d <= last):
            for start, end in self._starts(session, day):
                place = self._place(session, day, start, end)
                if place is None or not self._leaves_room(session, day, start):
                    continue
                fresh = sum((group, day) not in self.hidden.minutes for group in session.groups)
                early = 60 * day + 0.2 * start if session.day_range else 0.2 * start
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
        self.lengths[session.key] = session.minutes
        return True

    def _leaves_room(self, session: Session, day: int, start: int) -> bool:
        """Whether a first half of a workshop leaves the afternoon to the second."""
        if not session.key.endswith(" workshop"):
            return True
        _, (opens, shuts) = self.days[day].periods
        return start < opens and self._place(session, day, opens, shuts) is not None

    def _starts(self, session: Session, day: int) -> list[tuple[int, int]]:
        minutes = session.minutes
        return [
            (start, start + minutes)
            for opens, shuts in self.days[day].periods
            for start in range(opens, shuts - minutes + 1, STEP)
            if self._in_order(session, day, start)
        ]

    def _in_order(self, session: Session, day: int, start: int) -> bool:
        placed, lengths = self.hidden.placed, self.lengths
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
            and hidden.minutes.get((t.key, day), 0) + session.minutes <= 360
        ]
        if not free or not able:
            return None
        return free[-1], min(able, key=lambda key: (hidden.load(key), key))

    def _item(self, item: str, day: int, start: int, end: int) -> str | None:
        names = [f"{item} {n}" for n in range(self.size.kits)]
        return next((key for key in names if self.hidden.free([key], day, start, end)), None)

    # The rules drawn around the plan.

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
        if trainer.travels and taught:
            first = max(0, min(taught) - self.rng.randint(2, 5))
            days = frozenset(range(first, max(taught) + self.rng.randint(3, 6)))
            days = frozenset(d for d in days | set(taught) if d < len(self.days))
        else:
            spare = [d for d in self.open if d not in taught]
            away = self.rng.sample(spare, min(len(spare), len(self.open) // 6))
            days = frozenset(self.open) - set(away)
        weeks: dict[int, int] = {}
        for day, minutes in taught.items():
            weeks[day // 7] = weeks.get(day // 7, 0) + minutes
        return replace(
            trainer,
            days=days,
            max_minutes_per_day=max(360 if trainer.travels else 270, *taught.values(), 0),
            max_minutes_per_week=max(1080, *weeks.values(), 0),
        )


def _size(sessions: int) -> _Size:
    if sessions <= 80:
        return _Size(2, 28, (9,), 3, 1, 1, (1, 1), {"HALL": 1, "SEM": 1, "LAB": 1, "FAB": 1})
    if sessions <= 200:
        return _Size(4, 29, (9,), 4, 2, 1, (2, 2), {"HALL": 1, "SEM": 2, "LAB": 1, "FAB": 2})
    rooms = {"HALL": 1, "SEM": 9, "LAB": 5, "FAB": 5}
    return _Size(8, 46, (16, 31), 7, 4, 2, (7, 5), rooms)


def _also(kind: str) -> frozenset[str]:
    """Further kinds a room serves as: a hall and a laboratory hold a seminar too."""
    return frozenset({"SEM"}) if kind in ("HALL", "LAB") else frozenset()


def _calendar(size: _Size) -> tuple[Day, ...]:
    """Monday to Friday, with a prayer on Friday."""
    days = []
    for n in range(size.calendar_days):
        periods = FRIDAY if n % 7 == 4 else FULL
        if n % 7 > 4 or n in size.holidays:
            periods = ()
        days.append(Day(f"day {n:02}", f"Week {n // 7 + 1}, day {n % 7 + 1}", periods))
    return tuple(days)
