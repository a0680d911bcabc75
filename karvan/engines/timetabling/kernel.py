"""Simulated annealing over start, room and trainers of every session, compiled."""

# A number out of an array is Any to mypy; the compiler knows it for the whole number it is.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .kernel_compiled import compiled
from .kernel_costs import relations_hard, start_index
from .kernel_moves import Log, move, undo
from .problem import MINUTES_A_DAY
from .state import SAME_DAY, Course, Ints, State

PRIME = 2147483647
DRAWS = 4096
AT_ONCE = 512


def patience() -> NDArray[np.float64]:
    """How many temperatures a worse step may cost, one for each draw: exponential quantiles."""
    return -np.log((np.arange(DRAWS) + 0.5) / DRAWS)


@compiled
def draw(rng: Ints, count: int) -> int:
    """A whole number below ``count`` (Park and Miller's generator, CACM 31, 1988)."""
    rng[0] = rng[0] * 48271 % PRIME
    return (rng[0] >> 3) % count


@compiled
def _new_start(course: Course, state: State, rng: Ints, one: int) -> int:
    """A start for the session: any, or right before or after a session of its group, or near."""
    count, starts = course.start_count[one], course.starts
    pick = draw(rng, 100)
    if pick < 55 and course.mate_count[one] > 0:
        other = course.mates[one, draw(rng, course.mate_count[one])]
        if draw(rng, 2) == 0:
            target = state.start[other] + course.minutes[other]
            return starts[one, start_index(course, one, target)]
        target = state.start[other] - course.minutes[one]
        at = start_index(course, one, target)
        if starts[one, at] > target and at > 0:
            at -= 1
        return starts[one, at]
    if pick < 75:
        at = start_index(course, one, state.start[one]) + draw(rng, 9) - 4
        return starts[one, min(count - 1, max(0, at))]
    return starts[one, draw(rng, count)]


@compiled
def _free(course: Course, state: State, holder: int, one: int, start: int) -> bool:
    """Whether a trainer or a room is there, and in no other session, while this one runs."""
    day, end = start // MINUTES_A_DAY, start + course.minutes[one]
    for k in range(state.filled[holder, day]):
        other = state.cells[holder, day, k]
        begin = state.start[other]
        if other != one and begin < end and start < begin + course.minutes[other]:
            return False
    trainer = holder - course.sizes[0]
    if trainer < course.sizes[1]:
        return course.there[trainer, day] == 1
    room = trainer - course.sizes[1]
    for k in range(course.closed_count[room]):
        begin = course.closed[room, k, 0] * MINUTES_A_DAY
        if begin + course.closed[room, k, 1] < end and start < begin + course.closed[room, k, 2]:
            return False
    return True


@compiled
def _choose(
    course: Course, state: State, rng: Ints, one: int, start: int, among: Ints, count: int
) -> int:
    """One of so many trainers or rooms, a free one if there is any."""
    first = draw(rng, count)
    for k in range(count):
        holder = among[(first + k) % count]
        if _free(course, state, holder, one, start):
            return holder
    return among[first]


@compiled
def _new_trainers(
    course: Course, state: State, log: Log, rng: Ints, one: int, start: int, other: int
) -> bool:
    """Choose trainers into ``log.new``; slot ``other`` is chosen anew. False: one is twice in."""
    slot = course.slot_first[one]
    for k in range(course.slot_count[one]):
        able, now = course.able_count[slot + k], state.fills[slot + k]
        if able > 1 and (k == other or not _free(course, state, now, one, start)):
            now = _choose(course, state, rng, one, start, course.able[slot + k], able)
        log.new[k] = now
        for j in range(k):
            if log.new[j] == now:
                return False
    return True


@compiled
def _new_room(course: Course, state: State, rng: Ints, one: int, start: int, anew: bool) -> int:
    """The session's room, or another where it is not free or a change is wanted."""
    count, room = course.room_count[one], state.room[one]
    if room < 0 or count < 2:
        return course.rooms[one, 0]
    if anew or not _free(course, state, room, one, start):
        return _choose(course, state, rng, one, start, course.rooms[one], count)
    return room


@compiled
def lay(
    course: Course, state: State, log: Log, rng: Ints, start: Ints, room: Ints, fills: Ints
) -> tuple[int, int]:
    """Place every session where it is told, or anywhere where the start is negative."""
    hard, soft = 0, 0
    for one in range(len(course.minutes)):
        at, where = start[one], room[one]
        slot = course.slot_first[one]
        for k in range(course.slot_count[one]):
            log.new[k] = fills[slot + k]
        if at < 0:
            at = course.starts[one, draw(rng, course.start_count[one])]
            where = course.rooms[one, draw(rng, course.room_count[one])]
            for k in range(course.slot_count[one]):
                _first_free(course, log, slot, k)
        more_hard, more_soft = move(course, state, log, one, at, where)
        if log.kept[1] < 0:
            return -1, 0
        hard += more_hard
        soft += more_soft
    return hard, soft


@compiled
def _first_free(course: Course, log: Log, slot: int, k: int) -> None:
    for n in range(course.able_count[slot + k]):
        now = course.able[slot + k, n]
        taken = False
        for j in range(k):
            if log.new[j] == now:
                taken = True
        if not taken:
            log.new[k] = now
            return


@compiled
def _try_one(course: Course, state: State, log: Log, rng: Ints, broken: bool) -> tuple[int, int]:
    """Move one session to another time, room or trainer."""
    one = _pick(course, state, rng, broken)
    start, other = state.start[one], -1
    pick = draw(rng, 100)
    log.kept[1] = -1
    if pick < 70:
        start = _new_start(course, state, rng, one)
    room = _new_room(course, state, rng, one, start, pick >= 85 or pick % 5 == 0)
    slots = course.slot_count[one]
    if slots > 0 and (70 <= pick < 85 or pick % 7 == 0):
        other = draw(rng, slots)
    if not _new_trainers(course, state, log, rng, one, start, other):
        return 0, 0
    same = start == state.start[one] and room == state.room[one]
    slot = course.slot_first[one]
    for k in range(slots):
        if log.new[k] != state.fills[slot + k]:
            same = False
    if same:
        return 0, 0
    return move(course, state, log, one, start, room)


@compiled
def _is_start(course: Course, one: int, start: int) -> bool:
    return course.starts[one, start_index(course, one, start)] == start


@compiled
def _try_swap(course: Course, state: State, log: Log, second: Log, rng: Ints) -> tuple[int, int]:
    """Let two sessions of a group change times; each keeps its trainers, as far as there."""
    one = draw(rng, len(course.minutes))
    log.kept[1], second.kept[1] = -1, -1
    if course.mate_count[one] == 0:
        return 0, 0
    other = course.mates[one, draw(rng, course.mate_count[one])]
    here, there = state.start[one], state.start[other]
    first, last = there, here
    if here // MINUTES_A_DAY == there // MINUTES_A_DAY and here != there:
        if here < there:
            first = there + course.minutes[other] - course.minutes[one]
        else:
            last = here + course.minutes[one] - course.minutes[other]
    if not _is_start(course, one, first) or not _is_start(course, other, last):
        return 0, 0
    if not _new_trainers(course, state, log, rng, one, first, -1):
        return 0, 0
    if not _new_trainers(course, state, second, rng, other, last, -1):
        return 0, 0
    room = _new_room(course, state, rng, one, first, False)
    other_room = _new_room(course, state, rng, other, last, False)
    hard, soft = move(course, state, log, one, first, room)
    if log.kept[1] < 0:
        return 0, 0
    more_hard, more_soft = move(course, state, second, other, last, other_room)
    return hard + more_hard, soft + more_soft


@compiled
def _broken(course: Course, state: State, one: int) -> bool:
    """Whether the session, or a cell of it, breaks a rule."""
    day = state.start[one] // MINUTES_A_DAY
    for k in range(course.people_count[one]):
        if state.hard[course.people[one, k], day] > 0:
            return True
    for k in range(course.slot_count[one]):
        if state.hard[state.fills[course.slot_first[one] + k], day] > 0:
            return True
    if state.room[one] >= 0 and state.hard[state.room[one], day] > 0:
        return True
    return relations_hard(course, state, one) > 0


@compiled
def _pick(course: Course, state: State, rng: Ints, broken: bool) -> int:
    """Any session; where rules are broken, now and then one of those that break them."""
    one = draw(rng, len(course.minutes))
    if broken and draw(rng, 3) == 0:
        for _ in range(30):
            if _broken(course, state, one):
                return one
            one = draw(rng, len(course.minutes))
    return one


@compiled
def _in_the_way(course: Course, state: State, one: int) -> int:
    """A session that one of the session's people or its room is in at the same time, or -1."""
    day = state.start[one] // MINUTES_A_DAY
    people, slots = course.people_count[one], course.slot_count[one]
    for k in range(people + slots + 1):
        holder = state.room[one]
        if k < people:
            holder = course.people[one, k]
        elif k < people + slots:
            holder = state.fills[course.slot_first[one] + k - people]
        if holder >= 0 and state.hard[holder, day] > 0:
            for n in range(state.filled[holder, day]):
                other = state.cells[holder, day, n]
                end = state.start[other] + course.minutes[other]
                begins_before = state.start[other] < state.start[one] + course.minutes[one]
                if other != one and state.start[one] < end and begins_before:
                    return other
    return -1


@compiled
def _partner(course: Course, one: int) -> int:
    """A session that has to be on the same day, or -1."""
    for k in range(course.relation_first[one], course.relation_first[one + 1]):
        if course.kind[k] == SAME_DAY:
            return course.other[k]
    return -1


@compiled
def _beside(course: Course, state: State, rng: Ints, one: int, other: int) -> int:
    """A start of the other session right before or after the one."""
    if draw(rng, 2) == 0:
        return course.starts[
            other, start_index(course, other, state.start[one] + course.minutes[one])
        ]
    at = start_index(course, other, state.start[one] - course.minutes[other])
    if course.starts[other, at] > state.start[one] - course.minutes[other] and at > 0:
        at -= 1
    return course.starts[other, at]


@compiled
def _try_push(
    course: Course, state: State, log: Log, second: Log, rng: Ints, broken: bool
) -> tuple[int, int]:
    """Move a session, and take along its partner of the day or push away what is there."""
    one = _pick(course, state, rng, broken)
    log.kept[1], second.kept[1] = -1, -1
    start = _new_start(course, state, rng, one)
    if not _new_trainers(course, state, log, rng, one, start, -1):
        return 0, 0
    room = _new_room(course, state, rng, one, start, False)
    hard, soft = move(course, state, log, one, start, room)
    if log.kept[1] < 0:
        return 0, 0
    other = _partner(course, one)
    if other >= 0 and draw(rng, 4) > 0:
        start = _beside(course, state, rng, one, other)
    else:
        other = _in_the_way(course, state, one)
        if other < 0:
            return hard, soft
        start = _new_start(course, state, rng, other)
    if not _new_trainers(course, state, second, rng, other, start, -1):
        return hard, soft
    room = _new_room(course, state, rng, other, start, False)
    more_hard, more_soft = move(course, state, second, other, start, room)
    return hard + more_hard, soft + more_soft


@compiled
def _copy(of: Ints, into: Ints) -> None:
    for k in range(len(of)):
        into[k] = of[k]


@compiled
def anneal(
    course: Course,
    state: State,
    log: Log,
    second: Log,
    rng: Ints,
    table: NDArray[np.float64],
    moves: int,
    heat: NDArray[np.float64],
    totals: Ints,
    best: tuple[Ints, Ints, Ints],
    stop: int,
) -> int:
    """Walk for so many moves, colder and colder; the moves made.

    heat:   temperature, its factor after each AT_ONCE moves, price of a broken minute, of cost.
    totals: broken minutes and cost of the state, then of the best; kept up to date.
    best:   starts, rooms and role trainers of the best state, kept up to date.
    stop:   1 ends at the first state that breaks no rule.
    """
    warm, price = heat[0], heat[2]
    worst = 0
    for step in range(moves):
        if step % AT_ONCE == 0 and step > 0:
            warm *= heat[1]
            price = price * 1.002 if worst > 0 else max(heat[2], price * 0.995)
            price = min(price, 8.0 * heat[2])
            worst = totals[0]
        broken, way = totals[0] > 0, draw(rng, 8)
        swapped = way < 3
        if way == 0:
            hard, soft = _try_swap(course, state, log, second, rng)
        elif swapped:
            hard, soft = _try_push(course, state, log, second, rng, broken)
        else:
            hard, soft = _try_one(course, state, log, rng, broken)
        if log.kept[1] < 0:
            continue
        worse = price * hard + heat[3] * soft
        if worse > 0 and worse > warm * table[draw(rng, DRAWS)]:
            if swapped:
                undo(course, state, second)
            undo(course, state, log)
            continue
        totals[0] += hard
        totals[1] += soft
        worst = min(worst, totals[0])
        if totals[0] < totals[2] or (totals[0] == totals[2] and totals[1] < totals[3]):
            totals[2], totals[3] = totals[0], totals[1]
            _copy(state.start, best[0])
            _copy(state.room, best[1])
            _copy(state.fills, best[2])
            if stop == 1 and totals[0] == 0:
                return step + 1
    return moves
