"""What one cell, one trainer and one session break and cost: the compiled count of the search.

Broken rules are counted in minutes, so that a search sees whether it comes nearer; 0 is none.
"""

from __future__ import annotations

from .kernel_compiled import compiled
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
    Course,
    State,
)

A_CLASH = 30
LONG = 480
NOBODY_ASKED = 1 << 40


@compiled
def cell_hard(course: Course, state: State, holder: int, day: int) -> int:
    """Minutes of broken rules among the sessions of a holder on a day."""
    groups, trainers, rooms = course.sizes[0], course.sizes[1], course.sizes[2]
    if state.filled[holder, day] == 0:
        return 0
    if holder >= groups + trainers + rooms:
        return _shortage(course, state, holder, day)
    found = _overlaps(course, state, holder, day, holder < groups + trainers)
    if holder >= groups + trainers:
        return found + _closures(course, state, holder, day)
    if holder >= groups:
        return found + _away(course, state, holder, day)
    return found


@compiled
def _overlaps(course: Course, state: State, holder: int, day: int, moves: bool) -> int:
    found = 0
    first_room = course.sizes[0] + course.sizes[1]
    for i in range(state.filled[holder, day]):
        one = state.cells[holder, day, i]
        begin = state.start[one]
        end = begin + course.minutes[one]
        for j in range(i):
            other = state.cells[holder, day, j]
            start = state.start[other]
            stop = start + course.minutes[other]
            between = max(start - end, begin - stop)
            needed = 0
            if moves and state.room[one] >= 0 and state.room[other] >= 0:
                here = course.city[state.room[one] - first_room]
                there = course.city[state.room[other] - first_room]
                needed = course.travel[here, there]
            if between < needed:
                found += A_CLASH + needed - between
    return found


@compiled
def _closures(course: Course, state: State, holder: int, day: int) -> int:
    found = 0
    room = holder - course.sizes[0] - course.sizes[1]
    for k in range(course.closed_count[room]):
        if course.closed[room, k, 0] == day:
            for i in range(state.filled[holder, day]):
                one = state.cells[holder, day, i]
                begin = state.start[one] - day * MINUTES_A_DAY
                end = min(begin + course.minutes[one], course.closed[room, k, 2])
                shared = end - max(begin, course.closed[room, k, 1])
                if shared > 0:
                    found += A_CLASH + shared
    return found


@compiled
def _away(course: Course, state: State, holder: int, day: int) -> int:
    trainer = holder - course.sizes[0]
    taught = 0
    for i in range(state.filled[holder, day]):
        taught += course.minutes[state.cells[holder, day, i]]
    found: int = max(0, taught - course.day_limit[trainer])
    if not course.there[trainer, day]:
        found += A_CLASH * state.filled[holder, day] + taught
    return found


@compiled
def _shortage(course: Course, state: State, holder: int, day: int) -> int:
    found = 0
    first_room = course.sizes[0] + course.sizes[1]
    item = holder - first_room - course.sizes[2]
    for i in range(state.filled[holder, day]):
        one = state.cells[holder, day, i]
        begin = state.start[one]
        needed = 0
        for j in range(state.filled[holder, day]):
            other = state.cells[holder, day, j]
            start = state.start[other]
            if start <= begin < start + course.minutes[other]:
                room = max(-1, state.room[other] - first_room)
                needed += course.drawn[other, item, room + 1]
        if needed > course.pool[item]:
            found += 2 * A_CLASH * (needed - course.pool[item])
    return found


@compiled
def cell_soft(course: Course, state: State, holder: int, day: int) -> int:
    """What a group's day costs; other holders' days cost nothing."""
    count = state.filled[holder, day]
    if holder >= course.sizes[0] or count == 0:
        return 0
    weights = course.weights
    first, last = NOBODY_ASKED, 0
    taught, rooms = 0, 0
    for i in range(count):
        one = state.cells[holder, day, i]
        begin = state.start[one] - day * MINUTES_A_DAY
        first = min(first, begin)
        last = max(last, begin + course.minutes[one])
        taught += course.minutes[one]
        fresh = state.room[one] >= 0
        for j in range(i):
            if state.room[state.cells[holder, day, j]] == state.room[one]:
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


@compiled
def week_hard(course: Course, state: State, holder: int) -> int:
    """Minutes a trainer teaches beyond the most of a week."""
    trainer = holder - course.sizes[0]
    most = course.week_limit[trainer]
    found = 0
    if most < NOBODY_ASKED:
        for week in range(state.taught.shape[1]):
            found += max(0, state.taught[trainer, week] - most)
    return found


@compiled
def stay_soft(course: Course, state: State, holder: int) -> int:
    """What the stay of a travelling trainer costs."""
    if not course.travels[holder - course.sizes[0]]:
        return 0
    first, last = -1, -2
    for day in range(course.sizes[4]):
        if state.filled[holder, day] > 0:
            if first < 0:
                first = day
            last = day
    cost: int = course.weights[8] * (last - first + 1)
    return cost


@compiled
def relations_hard(course: Course, state: State, one: int) -> int:
    """Minutes by which a session breaks its relations to others."""
    found = 0
    begin = state.start[one]
    end = begin + course.minutes[one]
    for k in range(course.relation_first[one], course.relation_first[one + 1]):
        start = state.start[course.other[k]]
        if start < 0:
            continue
        found += relation_hard(
            course.kind[k],
            course.amount[k],
            begin,
            end,
            start,
            start + course.minutes[course.other[k]],
        )
    return found


@compiled
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


@compiled
def session_soft(course: Course, state: State, one: int) -> int:
    """What a session costs by itself: an unpreferred start, and wishes it makes clash."""
    begin = state.start[one]
    end = begin + course.minutes[one]
    cost = 0
    at = start_index(course, one, begin)
    if not course.preferred[one, at]:
        cost += course.weights[7]
    for k in range(course.relation_first[one], course.relation_first[one + 1]):
        start = state.start[course.other[k]]
        wished = course.kind[k] == WISHED and start >= 0
        if wished and start < end and begin < start + course.minutes[course.other[k]]:
            cost += course.weights[9] * course.amount[k]
    return cost


@compiled
def start_index(course: Course, one: int, start: int) -> int:
    """The number of the session's first start that is not before the one asked for."""
    low, high = 0, course.start_count[one] - 1
    while low < high:
        middle = (low + high) // 2
        if course.starts[one, middle] < start:
            low = middle + 1
        else:
            high = middle
    return low
