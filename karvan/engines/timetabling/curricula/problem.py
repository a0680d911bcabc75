"""What is to be placed: courses with lectures, rooms, curricula and times nobody can come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Course:
    """A course: its lectures are alike, and no two of them are held at once.

    ``students`` need a seat; ``min_days`` days at least should hold a lecture.
    """

    key: str
    teacher: str
    lectures: int
    min_days: int
    students: int


@dataclass(frozen=True)
class LectureRoom:
    """A room with so many seats; it holds one lecture in a period."""

    key: str
    seats: int


@dataclass(frozen=True)
class Curriculum:
    """Courses that the same students take, so that no two of them may be held at once."""

    key: str
    courses: tuple[str, ...]


@dataclass(frozen=True)
class Slot:
    """Where and when one lecture is held; days and periods of a day count from 0."""

    room: str
    day: int
    period: int


@dataclass(frozen=True)
class CurriculumProblem:
    """One instance; every week is alike, ``days`` days of ``periods_per_day`` periods.

    ``unavailable`` holds (course, day, period) at which the course cannot be held.
    """

    name: str
    days: int
    periods_per_day: int
    courses: tuple[Course, ...]
    rooms: tuple[LectureRoom, ...]
    curricula: tuple[Curriculum, ...]
    unavailable: frozenset[tuple[str, int, int]] = frozenset()

    def __post_init__(self) -> None:
        """Check that the parts fit together.

        Raises:
            ValueError: a count is out of range, a key comes twice or names nothing.
        """
        _check_counts(self)
        for what, keys in (
            ("course", [c.key for c in self.courses]),
            ("room", [r.key for r in self.rooms]),
            ("curriculum", [q.key for q in self.curricula]),
        ):
            if twice := sorted({key for key in keys if keys.count(key) > 1}):
                raise ValueError(f"each {what} must have a key of its own, got {twice[0]} twice")
        _check_names(self)

    @property
    def lectures(self) -> int:
        """How many lectures there are in all."""
        return sum(course.lectures for course in self.courses)


Assignments = Mapping[str, tuple[Slot, ...]]
"""The slots of the lectures of each course, by the key of the course."""


class Goal(StrEnum):
    """What costs something in a timetable that breaks no rule."""

    SEATS = "seats"
    WORKING_DAYS = "working_days"
    ISOLATED = "isolated"
    ROOMS = "rooms"


class Rule(StrEnum):
    """What no timetable may break."""

    LECTURES = "lectures"
    ROOM_TAKEN = "room_taken"
    CONFLICT = "conflict"
    UNAVAILABLE = "unavailable"


WEIGHTS: dict[Goal, int] = {
    Goal.SEATS: 1,
    Goal.WORKING_DAYS: 5,
    Goal.ISOLATED: 2,
    Goal.ROOMS: 1,
}
"""What one missing seat, missing day, isolated lecture or further room costs."""


def _check_counts(problem: CurriculumProblem) -> None:
    if problem.days < 1 or problem.periods_per_day < 1:
        raise ValueError(
            f"there must be a day and a period, got {problem.days} x {problem.periods_per_day}"
        )
    if not problem.rooms:
        raise ValueError("there must be a room")
    for course in problem.courses:
        if course.lectures < 1 or course.min_days < 0 or course.students < 0:
            raise ValueError(f"course {course.key} must have lectures, and no count below 0")
    for room in problem.rooms:
        if room.seats < 0:
            raise ValueError(f"room {room.key} must not have fewer than 0 seats")


def _check_names(problem: CurriculumProblem) -> None:
    known = {course.key for course in problem.courses}
    for curriculum in problem.curricula:
        if strange := sorted(set(curriculum.courses) - known):
            raise ValueError(f"curriculum {curriculum.key} names no course: {strange[0]}")
    for key, day, period in problem.unavailable:
        if key not in known:
            raise ValueError(f"an unavailable time names no course: {key}")
        if not (0 <= day < problem.days and 0 <= period < problem.periods_per_day):
            raise ValueError(f"course {key} is unavailable at no time of the week: {day} {period}")
