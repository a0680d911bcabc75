"""The instance and a state of the search as arrays, and back."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from .kernel_state import (
    BEST,
    CLASHES,
    COST,
    FLOOR,
    LEAST_WEIGHT,
    THRESHOLDS,
    WEIGHT,
    Given,
    Ints,
    State,
)
from .problem import WEIGHTS, CurriculumProblem, Goal, Slot

NO_BEST = 1 << 40


def given_of(problem: CurriculumProblem) -> Given:
    """Return the instance as arrays; curricula of the same courses are joined into one."""
    number = {course.key: n for n, course in enumerate(problem.courses)}
    plans = Counter(tuple(sorted({number[k] for k in q.courses})) for q in problem.curricula)
    members = sorted(plan for plan in plans if plan)
    size = len(problem.courses)
    joined = np.eye(size, dtype=np.uint8)
    holds = np.zeros((len(members), size), dtype=np.uint8)
    for row, plan in enumerate(members):
        holds[row, list(plan)] = 1
        joined[np.ix_(plan, plan)] = 1
    teachers = np.array([course.teacher for course in problem.courses])
    joined |= (teachers[:, None] == teachers[None, :]).astype(np.uint8)
    students = np.array([course.students for course in problem.courses])
    seats = np.array([room.seats for room in problem.rooms])
    near_from, near = _lists(joined)
    plan_from, plan_list = _lists(holds.T)
    lectures = [n for n, course in enumerate(problem.courses) for _ in range(course.lectures)]
    return Given(
        problem.periods_per_day,
        _ints(lectures),
        _ints(np.maximum(0, students[:, None] - seats[None, :])),
        _ints([course.min_days for course in problem.courses]),
        near_from,
        near,
        joined,
        plan_from,
        plan_list,
        holds,
        _ints([plans[plan] for plan in members]),
        _lonely(problem.periods_per_day),
        -np.log((np.arange(THRESHOLDS) + 0.5) / THRESHOLDS),
    )


def state_of(problem: CurriculumProblem, given: Given, slots: Ints, seed: int) -> State:
    """Return the state in which each lecture has its slot (period x rooms + room)."""
    rooms, periods = len(problem.rooms), problem.days * problem.periods_per_day
    courses, plans = len(problem.courses), len(given.copies)
    period, room = slots // rooms, slots % rooms
    at = np.full((periods, rooms), -1, dtype=np.int32)
    at[period, room] = np.arange(len(slots))
    held = np.zeros((courses, periods), dtype=np.int32)
    in_room = np.zeros((courses, rooms), dtype=np.int32)
    np.add.at(held, (given.course, period), 1)
    np.add.at(in_room, (given.course, room), 1)
    on_day = held.reshape(courses, problem.days, given.per_day).sum(axis=2)
    in_plan = given.holds.astype(np.int32) @ held
    in_day = (in_plan > 0).reshape(plans, problem.days, given.per_day)
    bits = (in_day << np.arange(problem.periods_per_day)).sum(axis=2)
    barred = _barred(problem)
    clashes = given.joined.astype(np.int32) @ held + barred
    days = (on_day > 0).sum(axis=1)
    cost = (
        int(given.seats_missing[given.course, room].sum())
        + WEIGHTS[Goal.WORKING_DAYS] * int(np.maximum(0, given.min_days - days).sum())
        + int((given.lonely[bits] * given.copies[:, None]).sum())
        + int(((in_room > 0).sum(axis=1) - 1).sum())
    )
    pairs = (held * (given.joined.astype(np.int32) @ held)).sum() - len(slots)
    broken = int(pairs) // 2 + int((held * barred).sum())
    figures = np.zeros(9, dtype=np.int64)
    figures[COST], figures[CLASHES], figures[WEIGHT] = cost, broken, LEAST_WEIGHT
    figures[FLOOR] = LEAST_WEIGHT
    figures[BEST] = cost if not broken else NO_BEST
    return State(
        _ints(period),
        _ints(room),
        at,
        _ints(clashes),
        in_room,
        _ints(on_day),
        _ints(days),
        _ints(in_plan),
        _ints(bits),
        _ints(slots).copy(),
        np.zeros(len(slots), dtype=np.int32),
        np.zeros(len(slots), dtype=np.int32),
        np.zeros(len(slots), dtype=np.uint8),
        np.array([scrambled(seed)], dtype=np.uint64),
        figures,
    )


def scrambled(seed: int) -> int:
    """Return a start for the random numbers, never 0, that differs in all bits from seed to seed.

    Source: G. Steele, D. Lea, C. Flood. Fast splittable pseudorandom number generators
        (the finisher of SplitMix64). doi:10.1145/2660193.2660195
    """
    mask = (1 << 64) - 1
    z = (seed + 1) * 0x9E3779B97F4A7C15 & mask
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & mask
    z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
    return (z ^ z >> 31) or 1


def first_slots(problem: CurriculumProblem, given: Given, seed: int) -> Ints:
    """Return a start that gives each lecture a slot of its own by lot; it may clash."""
    slots = problem.days * problem.periods_per_day * len(problem.rooms)
    drawn = np.random.default_rng(seed).permutation(slots)
    return _ints(drawn[: len(given.course)])


def slots_by_course(problem: CurriculumProblem, slots: Ints) -> dict[str, tuple[Slot, ...]]:
    """Return the slots of each course, earliest first."""
    found: dict[str, tuple[Slot, ...]] = {}
    rooms, at = len(problem.rooms), 0
    for course in problem.courses:
        mine = sorted(int(slot) for slot in slots[at : at + course.lectures])
        at += course.lectures
        found[course.key] = tuple(
            Slot(problem.rooms[slot % rooms].key, *divmod(slot // rooms, problem.periods_per_day))
            for slot in mine
        )
    return found


def _ints(values: object) -> Ints:
    return np.ascontiguousarray(values, dtype=np.int32)


def _lists(table: NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """The columns that are not 0, row after row, and where each row begins."""
    rows, columns = np.nonzero(table)
    return _ints(np.searchsorted(rows, np.arange(len(table) + 1))), _ints(columns)


def _lonely(per_day: int) -> Ints:
    """The cost of the lectures without a neighbour, by the bits of a day's periods."""
    alone = [bin(bits & ~(bits << 1) & ~(bits >> 1)).count("1") for bits in range(1 << per_day)]
    return _ints(alone) * np.int32(WEIGHTS[Goal.ISOLATED])


def _barred(problem: CurriculumProblem) -> Ints:
    number = {course.key: n for n, course in enumerate(problem.courses)}
    barred = np.zeros((len(number), problem.days * problem.periods_per_day), dtype=np.int32)
    for key, day, period in problem.unavailable:
        barred[number[key], day * problem.periods_per_day + period] = 1
    return barred


def cooling(hot: float, cold: float, steps: int) -> NDArray[np.float64]:
    """Return temperatures that fall evenly in their logarithm from hot to cold."""
    spread = max(1, steps - 1)
    return np.array([hot * math.pow(cold / hot, n / spread) for n in range(steps)])
