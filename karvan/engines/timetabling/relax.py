"""What one remedy changes in a problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from .answer import Remedy, RemedyKind
from .problem import Equipment, Room, Session, TimetableProblem, Trainer


def with_remedy(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    """Return the problem with this one change, so that anyone can verify what a remedy does.

    A session that is ``RELEASED`` is no part of the problem: leave it out of what is held.

    Raises:
        ValueError: the remedy names something the problem does not hold.
    """
    change = _CHANGES.get(remedy.kind)
    return problem if change is None else change(problem, remedy)


def _with_session(
    problem: TimetableProblem, key: str, change: Callable[[Session], Session]
) -> TimetableProblem:
    problem.session(key)
    sessions = tuple(change(s) if s.key == key else s for s in problem.sessions)
    return replace(problem, sessions=sessions)


def _with_trainer(
    problem: TimetableProblem, key: str, change: Callable[[Trainer], Trainer]
) -> TimetableProblem:
    if key not in {trainer.key for trainer in problem.trainers}:
        raise ValueError(f"no trainer has the key {key!r}")
    trainers = tuple(change(t) if t.key == key else t for t in problem.trainers)
    return replace(problem, trainers=trainers)


def _day(problem: TimetableProblem, key: str) -> int:
    for index, day in enumerate(problem.days):
        if day.key == key:
            return index
    raise ValueError(f"no day has the key {key!r}")


def _days_widened(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    last = len(problem.days) - 1

    def wider(session: Session) -> Session:
        begin, end = session.day_range or (0, last)
        days = (max(0, begin - remedy.amount), min(last, end + remedy.amount))
        return replace(session, day_range=days)

    return _with_session(problem, remedy.keys[0], wider)


def _shorter(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    return _with_session(
        problem, remedy.keys[0], lambda s: replace(s, minutes=s.minutes - remedy.amount)
    )


def _unfixed(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    return _with_session(problem, remedy.keys[0], lambda s: replace(s, fixed=None))


def _more_days(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    days = frozenset(_day(problem, key) for key in remedy.keys[1:])

    def there(trainer: Trainer) -> Trainer:
        return trainer if trainer.days is None else replace(trainer, days=trainer.days | days)

    return _with_trainer(problem, remedy.keys[0], there)


def _more_minutes_a_day(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    return _with_trainer(
        problem,
        remedy.keys[0],
        lambda t: replace(t, max_minutes_per_day=(t.max_minutes_per_day or 0) + remedy.amount),
    )


def _more_minutes_a_week(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    return _with_trainer(
        problem,
        remedy.keys[0],
        lambda t: replace(t, max_minutes_per_week=(t.max_minutes_per_week or 0) + remedy.amount),
    )


def _language_learnt(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    spoken = {group.key: group.languages for group in problem.groups}[remedy.keys[1]]
    return _with_trainer(
        problem, remedy.keys[0], lambda t: replace(t, languages=t.languages | {min(spoken)})
    )


def _more_equipment(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    item = remedy.keys[0]
    pool = Equipment(item, problem.pool(item) + remedy.amount)
    others = tuple(other for other in problem.equipment if other.item != item)
    return replace(problem, equipment=(*others, pool))


def _room_opened(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    problem.room(remedy.keys[0])
    day = _day(problem, remedy.keys[1])
    rooms = tuple(
        replace(room, closed=tuple(shut for shut in room.closed if shut[0] != day))
        if room.key == remedy.keys[0]
        else room
        for room in problem.rooms
    )
    return replace(problem, rooms=rooms)


def _new_keys(taken: set[str], what: str, count: int) -> list[str]:
    free = (f"new {what} {n}" for n in range(len(taken) + count))
    return [key for key in free if key not in taken][:count]


def _more_rooms(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    kind = remedy.keys[0]
    needed = [problem.seats_needed(s) for s in problem.sessions if s.room_kind == kind]
    count, seats = remedy.amount, max(needed, default=0)
    if remedy.kind == RemedyKind.MORE_SEATS:
        count, seats = 1, remedy.amount
    keys = _new_keys({room.key for room in problem.rooms}, kind, count)
    return replace(problem, rooms=(*problem.rooms, *(Room(key, kind, seats) for key in keys)))


def _more_trainers(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    role = remedy.keys[0]
    keys = _new_keys({trainer.key for trainer in problem.trainers}, role, remedy.amount)
    new = (Trainer(key, frozenset({role})) for key in keys)
    return replace(problem, trainers=(*problem.trainers, *new))


def _day_opened(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    opened = _day(problem, remedy.keys[0])
    periods = longest_hours(problem)
    days = tuple(
        replace(day, periods=periods) if n == opened else day for n, day in enumerate(problem.days)
    )
    return replace(problem, days=days)


def longest_hours(problem: TimetableProblem) -> tuple[tuple[int, int], ...]:
    """The open periods of the day with most open minutes, the first of those."""
    every = [day.periods for day in problem.days]
    return max(every, key=lambda periods: sum(end - start for start, end in periods), default=())


def _dropped(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    """The problem without one tie between two sessions."""
    early, late = remedy.keys

    def untied(session: Session) -> Session:
        return _without_tie(session, remedy.kind, early, late)

    return replace(problem, sessions=tuple(untied(session) for session in problem.sessions))


def _without_tie(session: Session, kind: RemedyKind, early: str, late: str) -> Session:
    other = {early: late, late: early}.get(session.key)
    if kind == RemedyKind.SAME_DAY_DROPPED:
        return replace(session, same_day_as=tuple(k for k in session.same_day_as if k != other))
    if kind == RemedyKind.OTHER_DAY_DROPPED:
        left = tuple(key for key in session.not_same_day_as if key != other)
        return replace(session, not_same_day_as=left)
    if session.key != late:
        return session
    if kind == RemedyKind.ORDER_DROPPED:
        return replace(session, after=tuple(pair for pair in session.after if pair[0] != early))
    return replace(session, no_later=tuple(pair for pair in session.no_later if pair[0] != early))


def only_sessions(problem: TimetableProblem, keys: frozenset[str]) -> TimetableProblem:
    """The problem with these sessions alone, tied to each other only and with no wishes."""
    sessions = []
    for session in problem.sessions:
        if session.key in keys:
            sessions.append(
                replace(
                    session,
                    after=tuple(pair for pair in session.after if pair[0] in keys),
                    no_later=tuple(pair for pair in session.no_later if pair[0] in keys),
                    same_day_as=tuple(key for key in session.same_day_as if key in keys),
                    not_same_day_as=tuple(k for k in session.not_same_day_as if k in keys),
                )
            )
    return replace(problem, sessions=tuple(sessions), wishes=())


def _session_dropped(problem: TimetableProblem, remedy: Remedy) -> TimetableProblem:
    problem.session(remedy.keys[0])
    return only_sessions(problem, frozenset(s.key for s in problem.sessions) - set(remedy.keys))


_CHANGES: Mapping[RemedyKind, Callable[[TimetableProblem, Remedy], TimetableProblem]] = {
    RemedyKind.DAYS_WIDENED: _days_widened,
    RemedyKind.MORE_DAYS: _more_days,
    RemedyKind.SHORTER: _shorter,
    RemedyKind.MORE_EQUIPMENT: _more_equipment,
    RemedyKind.ROOM_OPENED: _room_opened,
    RemedyKind.UNFIXED: _unfixed,
    RemedyKind.NO_LATER_DROPPED: _dropped,
    RemedyKind.OTHER_DAY_DROPPED: _dropped,
    RemedyKind.SAME_DAY_DROPPED: _dropped,
    RemedyKind.ORDER_DROPPED: _dropped,
    RemedyKind.MORE_MINUTES_A_DAY: _more_minutes_a_day,
    RemedyKind.MORE_MINUTES_A_WEEK: _more_minutes_a_week,
    RemedyKind.LANGUAGE_LEARNT: _language_learnt,
    RemedyKind.MORE_SEATS: _more_rooms,
    RemedyKind.MORE_ROOMS: _more_rooms,
    RemedyKind.MORE_TRAINERS: _more_trainers,
    RemedyKind.DAY_OPENED: _day_opened,
    RemedyKind.SESSION_DROPPED: _session_dropped,
}
