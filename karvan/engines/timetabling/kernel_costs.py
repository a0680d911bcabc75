"""What one cell, one trainer and one session break and cost: the compiled count of the search.

Broken rules are counted in minutes, so that a search sees whether it comes nearer; 0 is none.
"""

from __future__ import annotations

from .kernel_compiled import compiled_part
from .kernel_tables import (
    AMOUNT,
    CITY,
    CLOSED_COUNT,
    DAY_LIMIT,
    FILLED,
    KIND,
    MINUTES,
    OTHER,
    POOL,
    PREFERRED,
    RELATION_FIRST,
    ROOM,
    SIZES,
    START,
    START_COUNT,
    STARTS,
    THERE,
    TRAVEL,
    TRAVELS,
    WEEK_LIMIT,
    WEIGHTS,
    State,
    Tables,
)
from .problem import MINUTES_A_DAY
from .state import (
    AFTER,
    APART,
    BEFORE,
    NO_EARLIER,
    NO_LATER,
    OTHER_DAY,
    SAME_DAY,
    WISHED,
)

A_CLASH = 30
LONG = 480
NOBODY_ASKED = 1 << 40


@compiled_part
def cell_hard(course: Tables, state: State, holder: int, day: int) -> int:
    """Minutes of broken rules among the sessions of a holder on a day."""
    groups, trainers, rooms = course.of[SIZES, 0], course.of[SIZES, 1], course.of[SIZES, 2]
    if state.days[FILLED, holder, day] == 0:
        return 0
    if holder >= groups + trainers + rooms:
        return _shortage(course, state, holder, day)
    found = _overlaps(course, state, holder, day, holder < groups + trainers)
    if holder >= groups + trainers:
        return found + _closures(course, state, holder, day)
    if holder >= groups:
        return found + _away(course, state, holder, day)
    return found


@compiled_part
def _overlaps(course: Tables, state: State, holder: int, day: int, moves: bool) -> int:
    found = 0
    first_room = course.of[SIZES, 0] + course.of[SIZES, 1]
    for i in range(state.days[FILLED, holder, day]):
        one = state.cells[holder, day, i]
        begin = state.at[START, one]
        end = begin + course.of[MINUTES, one]
        for j in range(i):
            other = state.cells[holder, day, j]
            start = state.at[START, other]
            stop = start + course.of[MINUTES, other]
            between = max(start - end, begin - stop)
            needed = 0
            if moves and state.at[ROOM, one] >= 0 and state.at[ROOM, other] >= 0:
                here = course.of[CITY, state.at[ROOM, one] - first_room]
                there = course.of[CITY, state.at[ROOM, other] - first_room]
                needed = course.lists[TRAVEL, here, there]
            if between < needed:
                found += A_CLASH + needed - between
    return found


@compiled_part
def _closures(course: Tables, state: State, holder: int, day: int) -> int:
    found = 0
    room = holder - course.of[SIZES, 0] - course.of[SIZES, 1]
    for k in range(course.of[CLOSED_COUNT, room]):
        if course.closed[room, k, 0] == day:
            for i in range(state.days[FILLED, holder, day]):
                one = state.cells[holder, day, i]
                begin = state.at[START, one] - day * MINUTES_A_DAY
                end = min(begin + course.of[MINUTES, one], course.closed[room, k, 2])
                shared = end - max(begin, course.closed[room, k, 1])
                if shared > 0:
                    found += A_CLASH + shared
    return found


@compiled_part
def _away(course: Tables, state: State, holder: int, day: int) -> int:
    trainer = holder - course.of[SIZES, 0]
    taught = 0
    for i in range(state.days[FILLED, holder, day]):
        taught += course.of[MINUTES, state.cells[holder, day, i]]
    found: int = max(0, taught - course.of[DAY_LIMIT, trainer])
    if not course.lists[THERE, trainer, day]:
        found += A_CLASH * state.days[FILLED, holder, day] + taught
    return found


@compiled_part
def _shortage(course: Tables, state: State, holder: int, day: int) -> int:
    found = 0
    first_room = course.of[SIZES, 0] + course.of[SIZES, 1]
    item = holder - first_room - course.of[SIZES, 2]
    for i in range(state.days[FILLED, holder, day]):
        one = state.cells[holder, day, i]
        begin = state.at[START, one]
        needed = 0
        for j in range(state.days[FILLED, holder, day]):
            other = state.cells[holder, day, j]
            start = state.at[START, other]
            if start <= begin < start + course.of[MINUTES, other]:
                room = max(-1, state.at[ROOM, other] - first_room)
                needed += course.drawn[other, item, room + 1]
        if needed > course.of[POOL, item]:
            found += 2 * A_CLASH * (needed - course.of[POOL, item])
    return found


@compiled_part
def cell_soft(course: Tables, state: State, holder: int, day: int) -> int:
    """What a group's day costs; other holders' days cost nothing."""
    count = state.days[FILLED, holder, day]
    if holder >= course.of[SIZES, 0] or count == 0:
        return 0
    weights = course.of[WEIGHTS]
    first, last = NOBODY_ASKED, 0
    taught, rooms = 0, 0
    for i in range(count):
        one = state.cells[holder, day, i]
        begin = state.at[START, one] - day * MINUTES_A_DAY
        first = min(first, begin)
        last = max(last, begin + course.of[MINUTES, one])
        taught += course.of[MINUTES, one]
        fresh = state.at[ROOM, one] >= 0
        for j in range(i):
            if state.at[ROOM, state.cells[holder, day, j]] == state.at[ROOM, one]:
                fresh = False
        if fresh:
            rooms += 1
    opened = course.opened
    last = min(last, MINUTES_A_DAY)
    waits = max(0, opened[day, last] - opened[day, first] - taught)
    dusk = min(weights[4], last)
    late = opened[day, last] - opened[day, dusk]
    cost: int = weights[1] + weights[0] * waits + weights[2] * max(0, rooms - 1)
    cost += weights[3] * late + weights[6] * max(0, taught - weights[5])
    return cost


@compiled_part
def week_hard(course: Tables, state: State, holder: int) -> int:
    """Minutes a trainer teaches beyond the most of a week."""
    trainer = holder - course.of[SIZES, 0]
    most = course.of[WEEK_LIMIT, trainer]
    found = 0
    if most < NOBODY_ASKED:
        for week in range(state.taught.shape[1]):
            found += max(0, state.taught[trainer, week] - most)
    return found


@compiled_part
def stay_soft(course: Tables, state: State, holder: int) -> int:
    """What the stay of a travelling trainer costs."""
    if not course.of[TRAVELS, holder - course.of[SIZES, 0]]:
        return 0
    first, last = -1, -2
    for day in range(course.of[SIZES, 4]):
        if state.days[FILLED, holder, day] > 0:
            if first < 0:
                first = day
            last = day
    cost: int = course.of[WEIGHTS, 8] * (last - first + 1)
    return cost


@compiled_part
def relations_hard(course: Tables, state: State, one: int) -> int:
    """Minutes by which a session breaks its relations to others."""
    found = 0
    begin = state.at[START, one]
    end = begin + course.of[MINUTES, one]
    for k in range(course.of[RELATION_FIRST, one], course.of[RELATION_FIRST, one + 1]):
        start = state.at[START, course.of[OTHER, k]]
        if start < 0:
            continue
        found += relation_hard(
            course.of[KIND, k],
            course.of[AMOUNT, k],
            begin,
            end,
            start,
            start + course.of[MINUTES, course.of[OTHER, k]],
        )
    return found


@compiled_part
def relation_hard(kind: int, amount: int, begin: int, end: int, start: int, stop: int) -> int:
    """Minutes by which one relation is broken; a long way off counts less and less."""
    over = 0
    if kind == AFTER:
        over = stop + amount - begin
    elif kind == BEFORE:
        over = end + amount - start
    elif kind == NO_LATER:
        over = begin - stop - amount
    elif kind == NO_EARLIER:
        over = start - end - amount
    elif kind == APART:
        over = min(end, stop) - max(begin, start)
    elif kind == SAME_DAY:
        over = 2 * A_CLASH * abs(begin // MINUTES_A_DAY - start // MINUTES_A_DAY)
    elif kind == OTHER_DAY and begin // MINUTES_A_DAY == start // MINUTES_A_DAY:
        over = 2 * A_CLASH
    if over <= 0:
        return 0
    if over > LONG:
        over = LONG + (over - LONG) // 16
    return A_CLASH + over // 4


@compiled_part
def session_soft(course: Tables, state: State, one: int) -> int:
    """What a session costs by itself: an unpreferred start, and wishes it makes clash."""
    begin = state.at[START, one]
    end = begin + course.of[MINUTES, one]
    cost = 0
    at = start_index(course, one, begin)
    if not course.starts[PREFERRED, one, at]:
        cost += course.of[WEIGHTS, 7]
    for k in range(course.of[RELATION_FIRST, one], course.of[RELATION_FIRST, one + 1]):
        start = state.at[START, course.of[OTHER, k]]
        wished = course.of[KIND, k] == WISHED and start >= 0
        if wished and start < end and begin < start + course.of[MINUTES, course.of[OTHER, k]]:
            cost += course.of[WEIGHTS, 9] * course.of[AMOUNT, k]
    return cost


@compiled_part
def start_index(course: Tables, one: int, start: int) -> int:
    """The number of the session's first start that is not before the one asked for."""
    low, high = 0, course.of[START_COUNT, one] - 1
    while low < high:
        middle = (low + high) // 2
        if course.starts[STARTS, one, middle] < start:
            low = middle + 1
        else:
            high = middle
    return low
