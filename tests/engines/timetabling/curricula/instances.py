"""Small instances by hand and by lot."""

from __future__ import annotations

import random

from karvan.engines.timetabling.curricula import (
    Course,
    Curriculum,
    CurriculumProblem,
    LectureRoom,
)

TOY = """\
Name: Toy
Courses: 3
Rooms: 2
Days: 2
Periods_per_day: 3
Curricula: 2
Constraints: 2

COURSES:
maths ada 2 2 30
physics ada 2 1 12
history ibn 1 1 25

ROOMS:
large 30
small 10

CURRICULA:
first 2 maths physics
second 2 maths history

UNAVAILABILITY_CONSTRAINTS:
history 0 0
history 0 1

END.
"""


def by_lot(seed: int, *, courses: int = 6, days: int = 3, periods: int = 4) -> CurriculumProblem:
    """Courses of 1 to 3 lectures; every room and rule is used somewhere."""
    draw = random.Random(seed)
    made = tuple(
        Course(
            f"c{n}", f"t{n * 3 // 4}", draw.randint(1, 3), draw.randint(1, 3), draw.randint(5, 40)
        )
        for n in range(courses)
    )
    keys = [course.key for course in made]
    plans = tuple(
        Curriculum(f"q{n}", tuple(draw.sample(keys, min(3, courses)))) for n in range(courses // 2)
    )
    barred = frozenset(
        (draw.choice(keys), draw.randrange(days), draw.randrange(periods)) for _ in range(courses)
    )
    rooms = tuple(LectureRoom(f"r{n}", seats) for n, seats in enumerate((40, 20, 10)))
    return CurriculumProblem(f"lot {seed}", days, periods, made, rooms, plans, barred)
