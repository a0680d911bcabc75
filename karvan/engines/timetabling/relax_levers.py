"""Which single changes could free a clash, and by how much each can be turned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .answer import Clash, ClashKind, Remedy, RemedyKind
from .problem import Session, TimetableProblem, Trainer
from .relax import longest_hours

MOST_ROOMS_OR_TRAINERS = 4
FIVE_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Lever:
    """One change with the amounts it may have, least first; more of it never frees less.

    choices: for ``MORE_DAYS``: keys of the days to choose from.
    """

    kind: RemedyKind
    keys: tuple[str, ...]
    amounts: Sequence[int] = (0,)
    choices: tuple[str, ...] = ()

    def remedy(self, amount: int) -> Remedy:
        """The change by this amount."""
        return Remedy(self.kind, self.keys, amount)


def levers_of(problem: TimetableProblem, clashes: Iterable[Clash]) -> list[Lever]:
    """Return every single change that could free this clash, the least kinds first.

    A change that frees a whole problem frees each of its clashes, so it is among these, as far
    as changes of these kinds go.

    Args:
        clashes: rules that cannot all be kept, as ``NoTimetable`` names them.
    """
    named = _Named(problem, tuple(clashes))
    found = [*named.of_sessions(), *named.of_ties(), *named.of_trainers()]
    found += [*named.of_rooms(), *named.of_pools(), *named.of_days()]
    rank = {kind: n for n, kind in enumerate(RemedyKind)}
    unique = {(lever.kind, lever.keys): lever for lever in found if lever.amounts}
    return sorted(unique.values(), key=lambda lever: (rank[lever.kind], lever.keys))


def sessions_in(problem: TimetableProblem, clashes: Iterable[Clash]) -> frozenset[str]:
    """Keys of the sessions a set of clashes is about."""
    known = {s.key for s in problem.sessions}
    listed = tuple(clashes)
    held = {c.keys[0] for c in listed if c.kind == ClashKind.SESSION}
    return frozenset(held or {key for c in listed for key in c.keys if key in known})


class _Named:
    """A clash and what it names."""

    def __init__(self, problem: TimetableProblem, clashes: tuple[Clash, ...]) -> None:
        self.problem, self.clashes = problem, clashes
        self.kinds = {clash.kind for clash in clashes}
        keys = sessions_in(problem, clashes)
        self.sessions = [s for s in problem.sessions if s.key in keys]
        self.keys = {key for clash in clashes for key in clash.keys}
        self.minutes = sum(s.minutes for s in self.sessions)

    def of_sessions(self) -> Iterator[Lever]:
        last = len(self.problem.days) - 1
        held = {c.keys[0] for c in self.clashes if c.kind == ClashKind.HELD}
        for session in self.sessions:
            key = (session.key,)
            if session.key in held:
                yield Lever(RemedyKind.RELEASED, key)
            if session.fixed is not None:
                yield Lever(RemedyKind.UNFIXED, key)
            elif session.day_range is not None and session.day_range != (0, last):
                most = max(session.day_range[0], last - session.day_range[1])
                yield Lever(RemedyKind.DAYS_WIDENED, key, range(1, most + 1))
            yield Lever(RemedyKind.SHORTER, key, _minutes(session.minutes - 1))
            yield Lever(RemedyKind.SESSION_DROPPED, key)

    def of_ties(self) -> Iterator[Lever]:
        inside = {s.key for s in self.sessions}
        for session in self.sessions:
            for kind, others in (
                (RemedyKind.ORDER_DROPPED, [key for key, _ in session.after]),
                (RemedyKind.NO_LATER_DROPPED, [key for key, _ in session.no_later]),
            ):
                for key in sorted(inside.intersection(others)):
                    yield Lever(kind, (key, session.key))
            for kind, others in (
                (RemedyKind.SAME_DAY_DROPPED, list(session.same_day_as)),
                (RemedyKind.OTHER_DAY_DROPPED, list(session.not_same_day_as)),
            ):
                for key in sorted(inside.intersection(others)):
                    yield Lever(kind, (min(key, session.key), max(key, session.key)))

    def of_trainers(self) -> Iterator[Lever]:
        roles = {role for s in self.sessions for role in s.trainer_roles}
        for trainer in self.problem.trainers:
            able = not roles.isdisjoint(trainer.roles)
            if able or any(trainer.key in s.trainers for s in self.sessions):
                yield from self._of_one(trainer)
        for role in sorted(roles):
            yield Lever(RemedyKind.MORE_TRAINERS, (role,), range(1, MOST_ROOMS_OR_TRAINERS + 1))

    def _of_one(self, trainer: Trainer) -> Iterator[Lever]:
        away = [
            day.key
            for n, day in enumerate(self.problem.days)
            if day.periods and not trainer.there_on(n) and any(_in(s, n) for s in self.sessions)
        ]
        if away:
            yield Lever(RemedyKind.MORE_DAYS, (trainer.key,), (len(away),), tuple(away))
        amounts = _minutes(self.minutes)
        if trainer.max_minutes_per_day is not None:
            yield Lever(RemedyKind.MORE_MINUTES_A_DAY, (trainer.key,), amounts)
        if trainer.max_minutes_per_week is not None:
            yield Lever(RemedyKind.MORE_MINUTES_A_WEEK, (trainer.key,), amounts)
        taught = {key for s in self.sessions for key in s.groups}
        for group in self.problem.groups:
            if group.key in taught and not trainer.understands(group):
                yield Lever(RemedyKind.LANGUAGE_LEARNT, (trainer.key, group.key))

    def of_rooms(self) -> Iterator[Lever]:
        kinds = {s.room_kind for s in self.sessions if s.room_kind is not None}
        for kind in sorted(kinds):
            needed = [self.problem.seats_needed(s) for s in self.sessions if s.room_kind == kind]
            if ClashKind.TOO_FEW_SEATS in self.kinds:
                yield Lever(RemedyKind.MORE_SEATS, (kind,), (max(needed),))
            else:
                most = range(1, MOST_ROOMS_OR_TRAINERS + 1)
                yield Lever(RemedyKind.MORE_ROOMS, (kind,), most)
        for room in self.problem.rooms:
            if any(room.serves(kind) for kind in kinds):
                for day in sorted({day for day, _, _ in room.closed}):
                    if any(_in(s, day) for s in self.sessions):
                        keys = (room.key, self.problem.days[day].key)
                        yield Lever(RemedyKind.ROOM_OPENED, keys)

    def of_pools(self) -> Iterator[Lever]:
        for item in sorted({item for s in self.sessions for item in s.equipment}):
            wanted = sum(s.equipment.get(item, 0) for s in self.sessions)
            yield Lever(RemedyKind.MORE_EQUIPMENT, (item,), range(1, wanted + 1))

    def of_days(self) -> Iterator[Lever]:
        minutes = sum(end - start for start, end in longest_hours(self.problem))
        for n, day in enumerate(self.problem.days):
            if minutes and not day.periods and any(_in(s, n) for s in self.sessions):
                yield Lever(RemedyKind.DAY_OPENED, (day.key,), (minutes,))


def _in(session: Session, day: int) -> bool:
    first, last = session.day_range or (day, day)
    return (
        session.fixed is None
        and first <= day <= last
        or (session.fixed is not None and session.fixed[0] == day)
    )


def _minutes(most: int) -> range:
    """Amounts of minutes to try, in steps of five."""
    return range(FIVE_MINUTES, most + 1, FIVE_MINUTES)
