"""Stretches of days that hold more minutes of sessions than people, rooms and pools can give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .answer import Clash, ClashKind
from .precheck_times import Times
from .problem import Room, Session, TimetableProblem, Trainer

Needs = list[tuple[Session, int]]


def overfull(problem: TimetableProblem, times: Times, left_out: frozenset[str]) -> Iterator[Clash]:
    """Return groups, trainers, roles, kinds of room and items that some days ask too much of.

    For each, the shortest stretch of days inside which the sessions that must be held there have
    more minutes than can be given [1]. Sessions of one set of rooms are those that fit into no
    other room, for the rooms of each session and for every two such sets that meet. Sessions
    left out, which cannot be held anyway, are not counted.

    [1] P. Hall (1935). On representatives of subsets. J. London Math. Soc. 10, 26-30.
        doi:10.1112/jlms/s1-10.37.26
    """
    looked_at = _Loads(problem, times, left_out)
    yield from looked_at.people()
    yield from looked_at.roles()
    yield from looked_at.rooms()
    yield from looked_at.equipment()


class _Loads:
    def __init__(self, problem: TimetableProblem, times: Times, left_out: frozenset[str]) -> None:
        self.problem, self.times = problem, times
        self.every = {
            key: (days[0], days[-1])
            for key, days in times.days.items()
            if days and key not in left_out
        }

    def people(self) -> Iterator[Clash]:
        for group in self.problem.groups:
            taken = [(s, s.minutes) for s in self.problem.sessions if group.key in s.groups]
            yield from self._too_much(ClashKind.GROUP_OVERFULL, group.key, taken, self._open)
        for trainer in self.problem.trainers:
            given = [(s, s.minutes) for s in self.problem.sessions if trainer.key in s.trainers]
            if given:
                yield from self._too_much(
                    ClashKind.TRAINER_OVERFULL, trainer.key, given, self._may_give([trainer])
                )

    def roles(self) -> Iterator[Clash]:
        roles = {role for s in self.problem.sessions for role in s.trainer_roles}
        for role in sorted(roles):
            able = [t for t in self.problem.trainers if role in t.roles]
            needs = [
                (s, s.minutes * s.trainer_roles[role])
                for s in self.problem.sessions
                if role in s.trainer_roles
            ]
            yield from self._too_much(ClashKind.ROLE_OVERFULL, role, needs, self._may_give(able))

    def rooms(self) -> Iterator[Clash]:
        fits: dict[str, frozenset[str]] = {}
        known: dict[tuple[str, int], frozenset[str]] = {}
        for session in self.problem.sessions:
            kind = session.room_kind
            if kind is not None:
                seats = self.problem.seats_needed(session)
                if (kind, seats) not in known:
                    known[kind, seats] = frozenset(
                        r.key for r in self.problem.rooms if r.serves(kind) and r.seats >= seats
                    )
                fits[session.key] = known[kind, seats]
        sets = {rooms for rooms in fits.values() if rooms}
        sets |= {one | other for one in sets for other in sets if one & other}
        for rooms in sorted(sets, key=lambda keys: (len(keys), sorted(keys))):
            bound = [s for s in self.problem.sessions if fits.get(s.key) and fits[s.key] <= rooms]
            inside = [room for room in self.problem.rooms if room.key in rooms]
            yield from self._too_much(
                ClashKind.ROOMS_OVERFULL,
                min(s.room_kind or "" for s in bound),
                [(s, s.minutes) for s in bound],
                self._rooms_open(inside),
            )

    def equipment(self) -> Iterator[Clash]:
        for item in sorted({item for s in self.problem.sessions for item in s.equipment}):
            needs = []
            for session in self.problem.sessions:
                kind = session.room_kind
                rooms = [r for r in self.problem.rooms if kind is not None and r.serves(kind)]
                standing = max((r.equipment.get(item, 0) for r in rooms), default=0)
                drawn = session.equipment.get(item, 0) - standing
                if drawn > 0:
                    needs.append((session, session.minutes * drawn))
            there = [self.problem.pool(item) * open_on for open_on in self.times.open_on]
            yield from self._too_much(ClashKind.EQUIPMENT_OVERFULL, item, needs, _running(there))

    def _open(self, first: int, last: int) -> int:
        return sum(self.times.open_on[first : last + 1])

    def _may_give(self, trainers: Sequence[Trainer]) -> Callable[[int, int], int]:
        """Minutes that trainers may give between two days, by their days, days' and weeks' most."""
        weekless = [t for t in trainers if t.max_minutes_per_week is None]
        a_day = _running([sum(self._on(t, day) for t in weekless) for day in self._days()])

        def most(first: int, last: int) -> int:
            return a_day(first, last) + sum(
                self._in_weeks(t, first, last)
                for t in trainers
                if t.max_minutes_per_week is not None
            )

        return most

    def _days(self) -> range:
        return range(len(self.problem.days))

    def _on(self, trainer: Trainer, day: int) -> int:
        most = trainer.max_minutes_per_day
        open_on = self.times.open_on[day] if trainer.there_on(day) else 0
        return open_on if most is None else min(most, open_on)

    def _in_weeks(self, trainer: Trainer, first: int, last: int) -> int:
        weeks: dict[int, int] = {}
        for day in range(first, last + 1):
            week = self.problem.week_of(day)
            weeks[week] = weeks.get(week, 0) + self._on(trainer, day)
        most = trainer.max_minutes_per_week or 0
        return sum(min(most, minutes) for minutes in weeks.values())

    def _rooms_open(self, rooms: list[Room]) -> Callable[[int, int], int]:
        minutes = [len(rooms) * open_on for open_on in self.times.open_on]
        for room in rooms:
            for day in {day for day, _, _ in room.closed}:
                shut = [(start, end) for on, start, end in room.closed if on == day]
                minutes[day] -= sum(
                    _covered(shut, start, end) for start, end in self.problem.days[day].periods
                )
        return _running(minutes)

    def _too_much(
        self, kind: ClashKind, key: str, needs: Needs, given: Callable[[int, int], int]
    ) -> Iterator[Clash]:
        """The shortest stretch of days that holds more minutes of sessions than are given."""
        needs = [(s, minutes) for s, minutes in needs if s.key in self.every]
        ranges = {self.every[s.key] for s, _ in needs}
        firsts, lasts = {a for a, _ in ranges}, {b for _, b in ranges}
        stretches = [(a, b) for a in firsts for b in lasts if a <= b]
        for first, last in sorted(stretches, key=lambda of: (of[1] - of[0], of)):
            inside = [
                (s, minutes)
                for s, minutes in needs
                if first <= self.every[s.key][0] and self.every[s.key][1] <= last
            ]
            if sum(minutes for _, minutes in inside) > given(first, last):
                yield Clash(kind, (key, *sorted(s.key for s, _ in inside)))
                return


def _running(minutes: Sequence[int]) -> Callable[[int, int], int]:
    """The sum of minutes between two days, both included."""
    sums = [0]
    for on_day in minutes:
        sums.append(sums[-1] + on_day)
    return lambda first, last: sums[last + 1] - sums[first]


def _covered(shut: list[tuple[int, int]], start: int, end: int) -> int:
    """Minutes of a period in which a room is closed, overlapping closures counted once."""
    covered, reached = 0, start
    for begins, ends in sorted(shut):
        begins = max(begins, reached)
        if min(ends, end) > begins:
            covered += min(ends, end) - begins
            reached = min(ends, end)
    return covered
