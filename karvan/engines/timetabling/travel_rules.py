"""The rule of travel: nobody is in one city and, too soon after, in another."""

from __future__ import annotations

from itertools import combinations

from .answer import ClashKind
from .model import TimetableModel
from .posted import Literal
from .problem import MINUTES_A_DAY, Session, TimetableProblem

Given = list[tuple[Session, Literal]]
Far = dict[tuple[str, str], int]


def add_travel(model: TimetableModel) -> None:
    """Two sessions of one person in different cities leave the minutes between the cities.

    Where travel takes longer than any day is open, it is enough that nobody is in both cities on
    one day. Otherwise, and over midnight, each two sessions that could come too close get a
    literal for their order. Nothing is added where no two cities of rooms are apart.
    """
    far = _distances(model.problem)
    if not far:
        return
    travel = _Travel(model, far)
    for group in sorted(model.problem.groups, key=lambda g: g.key):
        rule = model.posted.literal(ClashKind.TRAVEL, group.key)
        if rule is not None:
            sits = [(s, model.held[s.key]) for s in model.sessions if group.key in s.groups]
            travel.post(rule, sits)
    for trainer in sorted(model.problem.trainers, key=lambda t: t.key):
        rule = model.posted.literal(ClashKind.TRAVEL, trainer.key)
        if rule is not None:
            travel.post(rule, model.given_by(trainer.key))


def _distances(problem: TimetableProblem) -> Far:
    """Minutes between every two cities of rooms that are apart, either way round."""
    cities = sorted({room.city for room in problem.rooms})
    far = {(one, other): problem.minutes_between(one, other) for one in cities for other in cities}
    return {pair: minutes for pair, minutes in far.items() if minutes}


def days_reached(problem: TimetableProblem, minutes: int) -> int:
    """How many days on a session can still be too soon after one, with this long to travel."""
    opened = [(n, day.periods) for n, day in enumerate(problem.days) if day.periods]
    reached = 0
    for early, before in opened:
        for late, after in opened:
            between = (late - early) * MINUTES_A_DAY + after[0][0] - before[-1][1]
            if late > early and between < minutes:
                reached = max(reached, late - early)
    return reached


class _Travel:
    """Where each session is, and in which order each two that are near each other come."""

    def __init__(self, model: TimetableModel, far: Far) -> None:
        self.model, self.far = model, far
        self.city_of = {room.key: room.city for room in model.problem.rooms}
        spans = [
            day.periods[-1][1] - day.periods[0][0] for day in model.problem.days if day.periods
        ]
        self.longest = max(spans, default=0)
        self.reached = {m: days_reached(model.problem, m) for m in set(far.values())}
        self.where = {s.key: self._cities(s) for s in model.sessions}
        self.order: dict[tuple[str, str], Literal] = {}
        self.posted: set[tuple[str, str, str, str]] = set()

    def _cities(self, session: Session) -> dict[str, Literal]:
        inside: dict[str, list[Literal]] = {}
        rooms = self.model.in_room[session.key]
        for room, literal in rooms.items():
            inside.setdefault(self.city_of[room], []).append(literal)
        cities = {}
        for city, literals in inside.items():
            if len(literals) == len(rooms) and not self.model.posted.guarded:
                cities[city] = self.model.posted.true
            elif len(literals) == 1:
                cities[city] = literals[0]
            else:
                cities[city] = self.model.cp.new_bool_var("")
                self.model.cp.add(sum(literals) == cities[city])
        return cities

    def post(self, rule: Literal, given: Given) -> None:
        """Add the rule for one trainer or group and the sessions they may be in."""
        met = {city for s, _ in given for city in self.where[s.key]}
        if any(pair in self.far for pair in combinations(sorted(met), 2)):
            self._one_city_a_day(rule, given)
            for (one, first), (other, second) in combinations(given, 2):
                self._leave_time(rule, (one, first), (other, second))

    def _one_city_a_day(self, rule: Literal, given: Given) -> None:
        posted, cp = self.model.posted, self.model.cp
        in_city: dict[tuple[int, str], Literal] = {}
        for session, there in given:
            for city, here in self.where[session.key].items():
                for day, on_day in self.model.on_day[session.key].items():
                    if (day, city) not in in_city:
                        in_city[day, city] = cp.new_bool_var("")
                    posted.when(cp.add_bool_or([in_city[day, city]]), rule, there, here, on_day)
        for (one, other), minutes in sorted(self.far.items()):
            for day in sorted({day for day, _ in in_city}):
                both = [in_city[day, city] for city in (one, other) if (day, city) in in_city]
                if one < other and minutes >= self.longest and len(both) == 2:
                    posted.when(cp.add(sum(both) <= 1), rule)

    def _leave_time(
        self, rule: Literal, one: tuple[Session, Literal], other: tuple[Session, Literal]
    ) -> None:
        (early, first), (late, second) = one, other
        for city, here in self.where[early.key].items():
            for town, there in self.where[late.key].items():
                minutes = self.far.get((city, town), 0)
                if not minutes or not self._near(early, late, minutes):
                    continue
                at_all = all(
                    lit.index == self.model.posted.true.index for lit in (rule, first, second)
                )
                if (early.key, late.key, city, town) in self.posted:
                    continue
                if at_all:
                    self.posted.add((early.key, late.key, city, town))
                self._apart(early, late, minutes, (rule, first, second, here, there))

    def _near(self, one: Session, other: Session, minutes: int) -> bool:
        """Whether the two could come too close, other than on one day of a long travel."""
        reached = self.reached[minutes]
        mine, theirs = self.model.on_day[one.key], self.model.on_day[other.key]
        return any(
            day + n in theirs
            for day in mine
            for n in range(-reached, reached + 1)
            if n or minutes < self.longest
        )

    def _apart(self, one: Session, other: Session, minutes: int, when: tuple[Literal, ...]) -> None:
        model = self.model
        key = (one.key, other.key)
        if key not in self.order:
            self.order[key] = model.cp.new_bool_var("")
        before, first, second = self.order[key], model.start[one.key], model.start[other.key]
        after_one = model.cp.add(second >= first + one.minutes + minutes)
        model.posted.when(after_one, *when, before)
        after_other = model.cp.add(first >= second + other.minutes + minutes)
        model.posted.when(after_other, *when, ~before)
