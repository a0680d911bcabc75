"""Move one session of the compiled search, count what changed, and take it back."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .kernel_compiled import compiled
from .kernel_costs import (
    cell_hard,
    cell_soft,
    relations_hard,
    session_soft,
    stay_soft,
    week_hard,
)
from .problem import MINUTES_A_DAY
from .state import MOST_IN_A_CELL, Course, Ints, State


class Log(NamedTuple):
    """What one move changed, so that it can be taken back.

    cells:  holder, day, broken rules, cost of the cells before.
    kept:   number of cells, the session (-1: nothing was done), its old start, room.
    fills:  its old role trainers; new: those to come.
    """

    cells: Ints
    kept: Ints
    fills: Ints
    new: Ints


def new_log(course: Course) -> Log:
    """An empty log wide enough for any session."""
    slots = int(course.slot_count.max())
    width = 2 * (course.people.shape[1] + slots + 1 + course.items.shape[1]) + 4
    return Log(
        np.zeros((width, 4), dtype=np.int64),
        np.zeros(4, dtype=np.int64),
        np.zeros(slots + 1, dtype=np.int64),
        np.zeros(slots + 1, dtype=np.int64),
    )


@compiled
def _touch(state: State, log: Log, holder: int, day: int) -> None:
    count = log.kept[0]
    for k in range(count):
        if log.cells[k, 0] == holder and log.cells[k, 1] == day:
            return
    log.cells[count, 0] = holder
    log.cells[count, 1] = day
    log.cells[count, 2] = state.hard[holder, day]
    log.cells[count, 3] = state.soft[holder, day]
    log.kept[0] = count + 1


@compiled
def _touch_all(
    course: Course, state: State, log: Log, one: int, fills: Ints, room: int, day: int
) -> None:
    """Note every cell that a session with these trainers and this room takes on the day."""
    for k in range(course.people_count[one]):
        _touch(state, log, course.people[one, k], day)
    for k in range(course.slot_count[one]):
        _touch(state, log, fills[k], day)
    if room >= 0:
        _touch(state, log, room, day)
    first = course.sizes[0] + course.sizes[1] + course.sizes[2]
    for k in range(course.item_count[one]):
        _touch(state, log, first + course.items[one, k], day)


@compiled
def _put(course: Course, state: State, holder: int, one: int) -> None:
    day = state.start[one] // MINUTES_A_DAY
    count = state.filled[holder, day]
    state.cells[holder, day, count] = one
    state.filled[holder, day] = count + 1
    trainer = holder - course.sizes[0]
    if 0 <= trainer < course.sizes[1]:
        state.taught[trainer, course.week[day]] += course.minutes[one]


@compiled
def _lift(course: Course, state: State, holder: int, one: int) -> None:
    day = state.start[one] // MINUTES_A_DAY
    last = state.filled[holder, day] - 1
    for k in range(last + 1):
        if state.cells[holder, day, k] == one:
            state.cells[holder, day, k] = state.cells[holder, day, last]
            break
    state.filled[holder, day] = last
    trainer = holder - course.sizes[0]
    if 0 <= trainer < course.sizes[1]:
        state.taught[trainer, course.week[day]] -= course.minutes[one]


@compiled
def _each(course: Course, state: State, one: int, put: bool) -> None:
    """Put a session into all its cells, or lift it out of them."""
    first = course.sizes[0] + course.sizes[1] + course.sizes[2]
    slot = course.slot_first[one]
    people, slots = course.people_count[one], course.slot_count[one]
    items = course.item_count[one]
    for k in range(people + slots + items + 1):
        holder = -1
        if k < people:
            holder = course.people[one, k]
        elif k < people + slots:
            holder = state.fills[slot + k - people]
        elif k < people + slots + items:
            holder = first + course.items[one, k - people - slots]
        else:
            holder = state.room[one]
        if holder >= 0 and put:
            _put(course, state, holder, one)
        elif holder >= 0:
            _lift(course, state, holder, one)


@compiled
def _trainers(course: Course, state: State, log: Log) -> tuple[int, int]:
    """Weeks too full and stays of the trainers whose cells were noted, each once."""
    hard, soft = 0, 0
    groups, trainers = course.sizes[0], course.sizes[1]
    for k in range(log.kept[0]):
        holder = log.cells[k, 0]
        if groups <= holder < groups + trainers:
            seen = False
            for j in range(k):
                if log.cells[j, 0] == holder:
                    seen = True
            if not seen:
                hard += week_hard(course, state, holder)
                soft += stay_soft(course, state, holder)
    return hard, soft


@compiled
def move(
    course: Course, state: State, log: Log, one: int, start: int, room: int
) -> tuple[int, int]:
    """Move a session there with the trainers in ``log.new``; what it breaks and costs more.

    Nothing is done, and ``log.kept[1]`` is -1, where a cell has no place left.
    """
    slot, slots = course.slot_first[one], course.slot_count[one]
    log.kept[0] = 0
    placed = state.start[one] >= 0
    for k in range(slots):
        log.fills[k] = state.fills[slot + k]
    log.kept[1], log.kept[2], log.kept[3] = one, state.start[one], state.room[one]
    if placed:
        day = state.start[one] // MINUTES_A_DAY
        _touch_all(course, state, log, one, log.fills, state.room[one], day)
    _touch_all(course, state, log, one, log.new, room, start // MINUTES_A_DAY)
    hard, soft = _trainers(course, state, log)
    for k in range(log.kept[0]):
        hard += log.cells[k, 2]
        soft += log.cells[k, 3]
        if state.filled[log.cells[k, 0], log.cells[k, 1]] >= MOST_IN_A_CELL - 1:
            log.kept[1] = -1
            return 0, 0
    if placed:
        hard += relations_hard(course, state, one)
        soft += session_soft(course, state, one)
        _each(course, state, one, False)
    state.start[one], state.room[one] = start, room
    for k in range(slots):
        state.fills[slot + k] = log.new[k]
    _each(course, state, one, True)
    after_hard, after_soft = _trainers(course, state, log)
    for k in range(log.kept[0]):
        holder, day = log.cells[k, 0], log.cells[k, 1]
        state.hard[holder, day] = cell_hard(course, state, holder, day)
        state.soft[holder, day] = cell_soft(course, state, holder, day)
        after_hard += state.hard[holder, day]
        after_soft += state.soft[holder, day]
    after_hard += relations_hard(course, state, one)
    after_soft += session_soft(course, state, one)
    return after_hard - hard, after_soft - soft


@compiled
def undo(course: Course, state: State, log: Log) -> None:
    """Take the logged move back."""
    one = log.kept[1]
    if one < 0:
        return
    _each(course, state, one, False)
    state.start[one], state.room[one] = log.kept[2], log.kept[3]
    slot = course.slot_first[one]
    for k in range(course.slot_count[one]):
        state.fills[slot + k] = log.fills[k]
    _each(course, state, one, True)
    for k in range(log.kept[0]):
        holder, day = log.cells[k, 0], log.cells[k, 1]
        state.hard[holder, day] = log.cells[k, 2]
        state.soft[holder, day] = log.cells[k, 3]
