"""Refuse a problem that names what it does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .problem import Session, TimetableProblem


def need(holds: bool, what: str, value: object, rule: str) -> None:
    """Raise ``ValueError`` that quotes the value unless the rule holds."""
    if not holds:
        raise ValueError(f"{what} must be {rule}, got {value!r}")


def check_problem(problem: TimetableProblem) -> None:
    """Raise ``ValueError`` for a repeated key, an unknown name or a day outside the horizon."""
    need(problem.step > 0, "step", problem.step, "1 or more minutes")
    _once("days", (day.key for day in problem.days))
    _once("sessions", (session.key for session in problem.sessions))
    _once("rooms", (room.key for room in problem.rooms))
    _once("trainers", (trainer.key for trainer in problem.trainers))
    _once("groups", (group.key for group in problem.groups))
    _once("equipment", (pool.item for pool in problem.equipment))
    need(0 <= problem.week_offset < 7, "week_offset", problem.week_offset, "0 to 6")
    for (city, other), minutes in problem.travel.items():
        need(minutes >= 0, f"travel from {city!r} to {other!r}", minutes, "0 or more")
    cities = sorted({room.city for room in problem.rooms if room.city})
    for one, other in combinations(cities, 2):
        known = (one, other) in problem.travel or (other, one) in problem.travel
        need(known, "travel", (one, other), "given for every two cities of rooms")
    groups = {group.key for group in problem.groups}
    for group in problem.groups:
        strange = sorted(group.shares_with - groups)
        need(not strange, f"groups that share people with {group.key!r}", strange, "in the problem")
    sessions = {session.key for session in problem.sessions}
    for wish in problem.wishes:
        strange = sorted(set(wish.sessions) - sessions)
        need(not strange, "sessions of a wish", strange, "in the problem")
    for room in problem.rooms:
        for day, _, _ in room.closed:
            _in_horizon(problem, day, f"closure of room {room.key!r}")
    for trainer in problem.trainers:
        for day in trainer.days or ():
            _in_horizon(problem, day, f"days of trainer {trainer.key!r}")
    named = (groups, {trainer.key for trainer in problem.trainers}, sessions)
    rooms = {room.key for room in problem.rooms} | {None}
    for session in problem.sessions:
        _check_session(problem, session, named, rooms)


def _once(what: str, keys: Iterable[str]) -> None:
    repeated = sorted(key for key, times in Counter(keys).items() if times > 1)
    need(not repeated, f"keys of {what}", repeated, "unique")


def _in_horizon(problem: TimetableProblem, day: int, what: str) -> None:
    last = len(problem.days) - 1
    need(0 <= day <= last, what, day, f"a day index from 0 to {last}")


def _check_session(
    problem: TimetableProblem,
    session: Session,
    known: tuple[set[str], set[str], set[str]],
    rooms: set[str | None],
) -> None:
    whose = f"of session {session.key!r}"
    groups, trainers, sessions = known
    others = [key for key, _ in (*session.after, *session.no_later)]
    others += [*session.same_day_as, *session.not_same_day_as]
    for what, named, among in (
        ("groups", session.groups, groups),
        ("trainers", session.trainers, trainers),
        ("related sessions", tuple(others), sessions),
    ):
        strange = sorted(set(named) - among)
        need(not strange, f"{what} {whose}", strange, "in the problem")
    if session.day_range is not None:
        first, last = session.day_range
        _in_horizon(problem, first, f"first day {whose}")
        _in_horizon(problem, last, f"last day {whose}")
        need(first <= last, f"day range {whose}", session.day_range, "first before last")
    if session.fixed is not None:
        day, _, room = session.fixed
        _in_horizon(problem, day, f"fixed day {whose}")
        need(room in rooms, f"fixed room {whose}", room, "in the problem")
