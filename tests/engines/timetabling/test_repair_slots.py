"""A first repair by times: it keeps every rule and what is held, and never beats the least there is."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.courses import hidden_course
from karvan.engines.timetabling import (
    NoTimetable,
    Timetable,
    build_timetable,
    check_timetable,
    costs_of,
    repair_timetable,
)
from karvan.engines.timetabling.check import faults
from karvan.engines.timetabling.repair_damage import Damage
from karvan.engines.timetabling.repair_slots import near_times
from karvan.engines.timetabling.search import Work
from tests.engines.timetabling.small import every_timetable, problems
from tests.engines.timetabling.test_repair_least import counted


def damage_of(problem, before, held=frozenset()):
    damage = Damage(problem, before, dict(before), held)
    damage.look()
    return damage


def without_day(problem, day):
    days = [replace(one, periods=()) if n == day else one for n, one in enumerate(problem.days)]
    return replace(problem, days=tuple(days))


@given(problems(max_sessions=4), st.integers(0, 1))
@settings(derandomize=True, max_examples=200)
def test_times_near_those_that_were_are_one_of_all_timetables(problem, lost):
    before = build_timetable(problem)
    if isinstance(before, NoTimetable) or not problem.sessions:
        return
    changed = without_day(problem, lost)
    possible = list(every_timetable(changed))

    found = near_times(damage_of(changed, before.placements), 1, Work(5))

    if found is not None:
        assert faults(changed, found) == ()
        least = min(counted(changed, before.placements, one)[:2] for one in possible)
        assert counted(changed, before.placements, found)[:2] >= least


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_lost_day_of_a_course_moves_few_sessions_and_none_that_were_held(seed):
    problem, plan = hidden_course(54, seed)
    taken = sorted({at.day for at in plan.values()})
    lost = random.Random(seed).choice(taken[len(taken) // 2 :])
    changed = without_day(problem, lost)
    held = frozenset(key for key, at in plan.items() if at.day < taken[len(taken) // 4])

    found = near_times(damage_of(changed, plan, held), seed, Work(10))
    best = repair_timetable(
        changed, Timetable(plan, costs_of(problem, plan), 0, False), held, work_limit=20
    )

    assert (found is None) == isinstance(best, NoTimetable)
    if found is not None:
        assert faults(changed, found) == ()
        assert all(found[key] == plan[key] for key in held)
        people, moved, *_ = counted(changed, plan, found)
        assert (people, moved) >= (best.people_bound, best.bound)
        assert moved < len(problem.sessions) / 2


def test_four_hundred_sessions_lose_a_day_and_few_of_them_move():
    problem, plan = hidden_course(400, 1)
    lost = without_day(
        problem, random.Random("day_lost 1 1").choice(sorted({at.day for at in plan.values()}))
    )

    after = repair_timetable(
        lost, Timetable(plan, costs_of(problem, plan), 0, False), work_limit=20
    )

    assert isinstance(after, Timetable)
    assert check_timetable(lost, after) == ()
    assert len(after.moved) < 40


def test_times_off_the_grid_are_left_to_other_searches():
    problem, plan = hidden_course(54, 1)
    finer = replace(problem, step=60)

    assert near_times(damage_of(finer, plan), 1, Work(5)) is None
