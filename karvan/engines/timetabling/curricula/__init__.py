"""Course timetables by curricula, the third track of ITC-2007: read, solve, count again."""

from .bound import least_cost
from .check import costs_of, violations_of
from .problem import (
    Assignments,
    Course,
    Curriculum,
    CurriculumProblem,
    Goal,
    LectureRoom,
    Rule,
    Slot,
)
from .reading import read_ctt, read_solution, write_solution
from .solve import CurriculumAnswer, solve_curricula

__all__ = [
    "Assignments",
    "Course",
    "Curriculum",
    "CurriculumAnswer",
    "CurriculumProblem",
    "Goal",
    "LectureRoom",
    "Rule",
    "Slot",
    "costs_of",
    "least_cost",
    "read_ctt",
    "read_solution",
    "solve_curricula",
    "violations_of",
    "write_solution",
]
