"""Count every rule broken and every cost from scratch, slowly and plainly.

It shares nothing with the search, so it would catch a fault there.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from .problem import WEIGHTS, Assignments, CurriculumProblem, Goal, Rule


def violations_of(problem: CurriculumProblem, timetable: Assignments) -> dict[Rule, int]:
    """Return how often each rule is broken; all 0 when the timetable is right.

    A lecture missing or too many, or two lectures of a course at once, counts as
    ``lectures``; each lecture beyond the first in a room and period as ``room_taken``; each
    pair of lectures at once of two courses with the same teacher or a common curriculum as
    ``conflict``; each lecture at a time its course cannot be held as ``unavailable``.

    Raises:
        ValueError: the timetable names a course, room or time the problem does not hold.

    Cost: O(n^2) for n lectures; 434 lectures take about 20 ms.
    """
    _check_known(problem, timetable)
    found = dict.fromkeys(Rule, 0)
    courses = {course.key: course for course in problem.courses}
    held = [(key, slot) for key, slots in timetable.items() for slot in slots]
    together = {frozenset(pair) for q in problem.curricula for pair in combinations(q.courses, 2)}
    for course in problem.courses:
        slots = timetable.get(course.key, ())
        found[Rule.LECTURES] += abs(course.lectures - len(slots))
        found[Rule.LECTURES] += len(slots) - len({(s.day, s.period) for s in slots})
    taken = Counter((slot.room, slot.day, slot.period) for _, slot in held)
    found[Rule.ROOM_TAKEN] = sum(count - 1 for count in taken.values())
    for (one, here), (other, there) in combinations(held, 2):
        if one == other or (here.day, here.period) != (there.day, there.period):
            continue
        same_teacher = courses[one].teacher == courses[other].teacher
        found[Rule.CONFLICT] += same_teacher or frozenset((one, other)) in together
    found[Rule.UNAVAILABLE] = sum(
        (key, slot.day, slot.period) in problem.unavailable for key, slot in held
    )
    return found


def costs_of(problem: CurriculumProblem, timetable: Assignments) -> dict[Goal, int]:
    """Return what each goal costs, with its weight; the cost of the timetable is their sum.

    ``seats``: 1 for each student of a lecture above the seats of its room.
    ``working_days``: 5 for each day by which a course is held on fewer days than it should.
    ``isolated``: 2 for each lecture of each curriculum with no lecture of the same
    curriculum in the period before or after it on the same day.
    ``rooms``: 1 for each room beyond the first that a course uses.

    Raises:
        ValueError: the timetable names a course, room or time the problem does not hold.

    Cost: O(curricula x lectures); milliseconds.

    Source: A. Bonutti, F. De Cesco, L. Di Gaspero, A. Schaerf. Benchmarking
        curriculum-based course timetabling: formulations, data formats, instances,
        validation, visualization, and results. doi:10.1007/s10479-010-0707-0
        (formulation UD2, that of the competition).
    """
    _check_known(problem, timetable)
    seats = {room.key: room.seats for room in problem.rooms}
    missing_seats = missing_days = further_rooms = isolated = 0
    for course in problem.courses:
        slots = timetable.get(course.key, ())
        missing_seats += sum(max(0, course.students - seats[slot.room]) for slot in slots)
        missing_days += max(0, course.min_days - len({slot.day for slot in slots}))
        further_rooms += max(0, len({slot.room for slot in slots}) - 1)
    for curriculum in problem.curricula:
        times = [
            (slot.day, slot.period)
            for key in set(curriculum.courses)
            for slot in timetable.get(key, ())
        ]
        isolated += sum(
            (day, period - 1) not in times and (day, period + 1) not in times
            for day, period in times
        )
    counts = {
        Goal.SEATS: missing_seats,
        Goal.WORKING_DAYS: missing_days,
        Goal.ISOLATED: isolated,
        Goal.ROOMS: further_rooms,
    }
    return {goal: WEIGHTS[goal] * count for goal, count in counts.items()}


def _check_known(problem: CurriculumProblem, timetable: Assignments) -> None:
    courses = {course.key for course in problem.courses}
    rooms = {room.key for room in problem.rooms}
    if strange := sorted(set(timetable) - courses):
        raise ValueError(f"there is no course {strange[0]}")
    for key, slots in timetable.items():
        for slot in slots:
            if slot.room not in rooms:
                raise ValueError(f"course {key}: there is no room {slot.room}")
            if not (0 <= slot.day < problem.days and 0 <= slot.period < problem.periods_per_day):
                raise ValueError(f"course {key}: there is no time {slot.day} {slot.period}")
