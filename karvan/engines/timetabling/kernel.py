"""Simulated annealing over start, room and trainers of every session, compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .kernel_compiled import compiled
from .kernel_costs import start_index
from .kernel_moves import Log, move, undo
from .problem import MINUTES_A_DAY
from .state import Course, Ints, State

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
def _new_trainers(course: Course, state: State, log: Log, rng: Ints, one: int, start: int, other: int) -> bool:
    """Choose trainers into ``log.new``; one slot, ``other``, gets another one. False: twice one."""
    slot, day = course.slot_first[one], start // MINUTES_A_DAY
    for k in range(course.slot_count[one]):
        able = course.able_count[slot + k]
        now = state.fills[slot + k]
        if able > 1 and (now < 0 or k == other or not course.there[now - course.sizes[0], day]):
            for _ in range(4):
                now = course.able[slot + k, draw(rng, able)]
                if course.there[now - course.sizes[0], day]:
                    break
        elif now < 0:
            now = course.able[slot + k, 0]
        log.new[k] = now
        for j in range(k):
            if log.new[j] == now:
                return False
    return True


@compiled
def _new_room(course: Course, rng: Ints, one: int) -> int:
    return course.rooms[one, draw(rng, course.room_count[one])]


@compiled
def lay(course: Course, state: State, log: Log, rng: Ints, start: Ints, room: Ints, fills: Ints) -> tuple[int, int]:
    """Place every session where it is told, or anywhere where the start is negative."""
    hard, soft = 0, 0
    for one in range(len(course.minutes)):
        at, where = start[one], room[one]
        slot = course.slot_first[one]
        for k in range(course.slot_count[one]):
            log.new[k] = fills[slot + k]
        if at < 0:
            at = course.starts[one, draw(rng, course.start_count[one])]
            where = _new_room(course, rng, one)
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
def _try_one(course: Course, state: State, log: Log, rng: Ints) -> tuple[int, int]:
    """Move one session to another time, room or trainer."""
    one = draw(rng, len(course.minutes))
    start, room, other = state.start[one], state.room[one], -1
    pick = draw(rng, 100)
    log.kept[1] = -1
    if pick < 70:
        start = _new_start(course, state, rng, one)
    if pick >= 85 or pick % 4 == 0:
        room = _new_room(course, rng, one)
    slots = course.slot_count[one]
    if slots > 0 and (70 <= pick < 85 or pick % 5 == 0):
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
    hard, soft = move(course, state, log, one, first, state.room[one])
    if log.kept[1] < 0:
        return 0, 0
    more_hard, more_soft = move(course, state, second, other, last, state.room[other])
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
            price = price * 1.02 if worst > 0 else max(heat[2], price * 0.995)
            price = min(price, 1000.0)
            worst = totals[0]
        swapped = draw(rng, 8) == 0
        if swapped:
            hard, soft = _try_swap(course, state, log, second, rng)
        else:
            hard, soft = _try_one(course, state, log, rng)
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
