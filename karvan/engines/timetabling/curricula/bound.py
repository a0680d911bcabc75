"""A cost below which no timetable can be: cheap, and often far from the best."""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import linprog

from .problem import WEIGHTS, CurriculumProblem, Goal


def least_cost(problem: CurriculumProblem) -> int:
    """Return a cost below which no timetable without a violation can be.

    The sum of three bounds on goals that share nothing: seats missing when only the number of
    periods of each room limits it (a transportation problem); days that a course lacks since
    it has too few lectures or is free on too few days; lectures of curricula with just one.

    Cost: milliseconds.
    """
    return _seats(problem) + _days(problem) + _isolated(problem)


def _seats(problem: CurriculumProblem) -> int:
    lectures = np.array([course.lectures for course in problem.courses])
    students = np.array([course.students for course in problem.courses])
    seats = np.array([room.seats for room in problem.rooms])
    missing = np.maximum(0, students[:, None] - seats[None, :])
    if not missing.any():
        return 0
    courses, rooms = missing.shape
    placed = np.kron(np.eye(courses), np.ones(rooms))
    used = np.kron(np.ones(courses), np.eye(rooms))
    periods = np.full(rooms, problem.days * problem.periods_per_day)
    found = linprog(missing.ravel(), A_ub=used, b_ub=periods, A_eq=placed, b_eq=lectures)
    return 0 if found.fun is None else max(0, math.ceil(found.fun - 1e-6))


def _days(problem: CurriculumProblem) -> int:
    barred: dict[tuple[str, int], int] = {}
    for key, day, _ in problem.unavailable:
        barred[key, day] = barred.get((key, day), 0) + 1
    lacking = 0
    for course in problem.courses:
        free = sum(
            barred.get((course.key, day), 0) < problem.periods_per_day
            for day in range(problem.days)
        )
        lacking += max(0, course.min_days - min(course.lectures, free))
    return WEIGHTS[Goal.WORKING_DAYS] * lacking


def _isolated(problem: CurriculumProblem) -> int:
    lectures = {course.key: course.lectures for course in problem.courses}
    totals = [sum(lectures[key] for key in q.courses) for q in problem.curricula]
    alone = sum(total for total in totals if total == 1 or problem.periods_per_day == 1)
    return WEIGHTS[Goal.ISOLATED] * alone
