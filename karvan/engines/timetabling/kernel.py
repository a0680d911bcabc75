"""Simulated annealing over start, room and trainers of every session, compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .kernel_choose import (
    beside,
    draw,
    in_the_way,
    is_start,
    new_room,
    new_start,
    new_trainers,
    partner,
    pick,
)
from .kernel_compiled import compiled, compiled_part
from .kernel_moves import move, undo
from .kernel_tables import (
    AIM,
    FILLS,
    KEPT,
    MATE_COUNT,
    MATES,
    MINUTES,
    NEW,
    ROOM,
    SIZES,
    SLOT_COUNT,
    SLOT_FIRST,
    START,
    Log,
    State,
    Tables,
)
from .problem import MINUTES_A_DAY
from .state import Ints

DRAWS = 4096
AT_ONCE = 512
SWAP, PUSH, ALONE = range(3)
"""Ways to change a state: two sessions change times; one pushes or takes along another; one."""
ONE, TO, SLOT, ANEW, OTHER, BACK = range(6)
"""Places in an aim: a session, its new start, the slot of trainers (or -1) and whether the room
is to be chosen anew; the second session, or -1, and its start."""


def patience() -> NDArray[np.float64]:
    """How many temperatures a worse step may cost, one for each draw: exponential quantiles."""
    return -np.log((np.arange(DRAWS) + 0.5) / DRAWS)


@compiled_part
def _aim(course: Tables, state: State, rng: Ints, way: int, broken: bool, aim: Ints) -> None:
    """Choose a session and its start, and for a swap the second; ONE is -1 where none can be."""
    aim[SLOT], aim[ANEW], aim[OTHER] = -1, 0, -1
    if way == SWAP:
        _aim_swap(course, state, rng, aim)
        return
    one = pick(course, state, rng, broken)
    aim[ONE], aim[TO] = one, state.at[START, one]
    what = draw(rng, 100) if way == ALONE else 1
    if what < 70:
        aim[TO] = new_start(course, state, rng, one)
    if way == ALONE and (what >= 85 or what % 5 == 0):
        aim[ANEW] = 1
    slots = course.of[SLOT_COUNT, one]
    if way == ALONE and slots > 0 and (70 <= what < 85 or what % 7 == 0):
        aim[SLOT] = draw(rng, slots)


@compiled_part
def _aim_swap(course: Tables, state: State, rng: Ints, aim: Ints) -> None:
    """Let two sessions of a group change times, or order where they are on the same day."""
    one = draw(rng, course.of[SIZES, 5])
    aim[ONE] = -1
    if course.of[MATE_COUNT, one] == 0:
        return
    other = course.lists[MATES, one, draw(rng, course.of[MATE_COUNT, one])]
    here, there = state.at[START, one], state.at[START, other]
    first, last = there, here
    if here // MINUTES_A_DAY == there // MINUTES_A_DAY and here != there:
        if here < there:
            first = there + course.of[MINUTES, other] - course.of[MINUTES, one]
        else:
            last = here + course.of[MINUTES, one] - course.of[MINUTES, other]
    if is_start(course, one, first) and is_start(course, other, last):
        aim[ONE], aim[TO], aim[OTHER], aim[BACK] = one, first, other, last


@compiled_part
def _aim_second(course: Tables, state: State, rng: Ints, way: int, aim: Ints) -> None:
    """Choose what moves next: the other of a swap, the partner of a day or what is in the way."""
    one, other, start = aim[ONE], aim[OTHER], aim[BACK]
    if way == PUSH:
        other = partner(course, one)
        if other >= 0 and draw(rng, 4) > 0:
            start = beside(course, state, rng, one, other)
        else:
            other = in_the_way(course, state, one)
            if other >= 0:
                start = new_start(course, state, rng, other)
    aim[ONE], aim[TO], aim[SLOT], aim[ANEW] = other, start, -1, 0


@compiled_part
def _same(course: Tables, state: State, log: Log, aim: Ints, room: int) -> bool:
    """Whether the session would stay where and with whom it is."""
    one = aim[ONE]
    if aim[TO] != state.at[START, one] or room != state.at[ROOM, one]:
        return False
    slot = course.of[SLOT_FIRST, one]
    for k in range(course.of[SLOT_COUNT, one]):
        if log.lines[NEW, k] != state.at[FILLS, slot + k]:
            return False
    return True


@compiled_part
def _change(
    course: Tables, state: State, first: Log, second: Log, rng: Ints, way: int, broken: bool
) -> tuple[int, int, int]:
    """Move one session or two; how many, and what they break and cost more.

    A move that is not possible is not made, nor is one after it.
    """
    aim = first.lines[AIM]
    hard, soft, made = 0, 0, 0
    _aim(course, state, rng, way, broken, aim)
    log = first
    for leg in range(1 if way == ALONE else 2):
        if leg == 1:
            log = second
            _aim_second(course, state, rng, way, aim)
        one = aim[ONE]
        if one < 0 or not new_trainers(course, state, log, rng, one, aim[TO], aim[SLOT]):
            break
        room = new_room(course, state, rng, one, aim[TO], aim[ANEW] == 1)
        if way == ALONE and _same(course, state, log, aim, room):
            break
        more_hard, more_soft = move(course, state, log, one, aim[TO], room)
        if log.lines[KEPT, 1] < 0:
            break
        made += 1
        hard += more_hard
        soft += more_soft
    return made, hard, soft


@compiled_part
def _copy(of: Ints, into: Ints) -> None:
    for k in range(of.shape[0]):
        for n in range(of.shape[1]):
            into[k, n] = of[k, n]


@compiled
def anneal(
    course: Tables,
    state: State,
    log: Log,
    second: Log,
    rng: Ints,
    table: NDArray[np.float64],
    moves: int,
    heat: NDArray[np.float64],
    totals: Ints,
    best: Ints,
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
        drawn = draw(rng, 8)
        way = ALONE if drawn > 2 else min(drawn, PUSH)
        made, hard, soft = _change(course, state, log, second, rng, way, totals[0] > 0)
        if made == 0:
            continue
        worse = price * hard + heat[3] * soft
        half = way == SWAP and made == 1
        if half or (worse > 0 and worse > warm * table[draw(rng, DRAWS)]):
            for back in range(made):
                undo(course, state, second if back < made - 1 else log)
            continue
        totals[0] += hard
        totals[1] += soft
        worst = min(worst, totals[0])
        if totals[0] < totals[2] or (totals[0] == totals[2] and totals[1] < totals[3]):
            totals[2], totals[3] = totals[0], totals[1]
            _copy(state.at, best)
            if stop == 1 and totals[0] == 0:
                return step + 1
    return moves
