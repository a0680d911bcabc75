"""The compiled part: simulated annealing over (period, room) of every lecture.

All numbers are whole, except for temperatures, which are handed in; so the compiled code and
the same code as plain Python (``NUMBA_DISABLE_JIT=1``) give the same answer. Numbers that index
an array are unsigned, for the compiler then asks nothing about those below 0; kinds of moves come
in runs, for the processor then guesses them right. Both together make it twice as fast.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..kernel_compiled import compiled
from .kernel_chains import change_chains
from .kernel_state import (
    A_DAY,
    BEST,
    CLASHES,
    COST,
    FLOOR,
    LUKEWARM,
    MADE,
    MOST_WEIGHT,
    TAKEN,
    THRESHOLDS,
    WEIGHT,
    WHOLE,
    Given,
    State,
    U,
    day_and_bit,
    enter,
    keep,
    leave,
    turned,
)

RUN = 64
"""Moves of one kind, one after another."""
CHAIN_COSTS = 16
"""Moves for which one chain stands: about what it costs."""


@compiled
def _rooms_change(g: Given, s: State, course: Any, old: Any, new: Any) -> Any:
    """Change of cost when a lecture of the course goes from the old room to the new one."""
    change = g.seats_missing[course, new] - g.seats_missing[course, old]
    if s.in_room[course, new] == 0:
        change += 1
    if s.in_room[course, old] == 1:
        change -= 1
    return change


@compiled
def _days_change(g: Given, s: State, course: Any, old: Any, new: Any) -> Any:
    """Change of cost when a lecture of the course goes from the old day to the new one."""
    before = s.days[course]
    after = before
    if s.on_day[course, new] == 0:
        after += 1
    if s.on_day[course, old] == 1:
        after -= 1
    least = g.min_days[course]
    return A_DAY * (max(0, least - after) - max(0, least - before))


@compiled
def _isolated_change(
    g: Given,
    s: State,
    course: Any,
    old: Any,
    new: Any,
    other: Any,
    day: Any,
    new_day: Any,
    bit: Any,
    new_bit: Any,
) -> Any:
    """Change of cost when a lecture goes to another period; curricula of ``other`` stay as
    they are, since its lecture comes the other way.
    """
    change = 0
    for n in range(g.plan_from[course], g.plan_from[course + U(1)]):
        plan = U(g.plan[U(n)])
        if other >= 0 and g.holds[plan, U(other)] != 0:
            continue
        before = s.bits[plan, day]
        after = before
        if s.in_plan[plan, old] == 1:
            after = before & ~bit
        if day == new_day:
            change += g.copies[plan] * (g.lonely[U(after | new_bit)] - g.lonely[U(before)])
        else:
            there = s.bits[plan, new_day]
            change += g.copies[plan] * (
                g.lonely[U(after)]
                - g.lonely[U(before)]
                + g.lonely[U(there | new_bit)]
                - g.lonely[U(there)]
            )
    return change


@compiled
def _change_rooms(g: Given, s: State, x: Any, moves: int, temperature: float) -> Any:
    """Try to move lectures to another room in their period, and its occupant back."""
    lectures, rooms = U(len(g.course)), U(s.at.shape[1])
    cost, best, taken = s.figures[COST], s.figures[BEST], 0
    for _ in range(moves):
        x = turned(x)
        lecture = (((x >> U(12)) & U(0xFFFF)) * lectures) >> U(16)
        period, room = U(s.period[lecture]), U(s.room[lecture])
        new_room = ((x >> U(44)) * rooms) >> U(20)
        if new_room == room:
            continue
        course = U(g.course[lecture])
        other = s.at[period, new_room]
        change = _rooms_change(g, s, course, room, new_room)
        back = U(0)
        if other >= 0:
            back = U(g.course[U(other)])
            if back == course:
                continue
            change += _rooms_change(g, s, back, new_room, room)
        if change > temperature * g.thresholds[x & U(THRESHOLDS - 1)]:
            continue
        s.in_room[course, room] -= 1
        s.in_room[course, new_room] += 1
        s.room[lecture] = new_room
        s.at[period, new_room] = lecture
        s.at[period, room] = other
        if other >= 0:
            s.in_room[back, new_room] -= 1
            s.in_room[back, room] += 1
            s.room[U(other)] = room
        taken += 1
        cost += change
        if cost < best and s.figures[CLASHES] == 0:
            best = cost
            keep(s)
    s.figures[COST], s.figures[BEST] = cost, best
    s.figures[TAKEN] += taken
    return x


@compiled
def _change_periods(
    g: Given, s: State, x: Any, moves: int, temperature: float, anywhere: Any
) -> Any:
    """Try to move lectures to another period, and the occupant of the slot back: in the same
    room, or with a chance of ``anywhere`` / 65,536 in any.
    """
    lectures, periods, rooms = U(len(g.course)), U(s.at.shape[0]), U(s.at.shape[1])
    weight = s.figures[WEIGHT]
    cost, clashes, best = s.figures[COST], s.figures[CLASHES], s.figures[BEST]
    taken = 0
    for _ in range(moves):
        x = turned(x)
        lecture = (((x >> U(12)) & U(0xFFFF)) * lectures) >> U(16)
        kind = (x >> U(28)) & U(0xFFFF)
        period, room = U(s.period[lecture]), U(s.room[lecture])
        new_period, new_room = ((x >> U(44)) * periods) >> U(20), room
        if new_period == period:
            continue
        if kind < anywhere:
            new_room = (kind * rooms) // anywhere
        course = U(g.course[lecture])
        other = s.at[new_period, new_room]
        more = s.clashes[course, new_period] - s.clashes[course, period] + 1
        back = U(0)
        ours: Any = -1
        theirs: Any = -1
        if other >= 0:
            back = U(g.course[U(other)])
            if back == course:
                continue
            more += s.clashes[back, period] - s.clashes[back, new_period] + 1
            if g.joined[course, back] != 0:
                more -= 2
                ours, theirs = np.int64(course), np.int64(back)
        most = temperature * g.thresholds[x & U(THRESHOLDS - 1)]
        change = more * weight
        if change > most:
            continue
        if new_room != room:
            change += _rooms_change(g, s, course, room, new_room)
            if other >= 0:
                change += _rooms_change(g, s, back, new_room, room)
        day, bit = day_and_bit(g, period)
        new_day, new_bit = day_and_bit(g, new_period)
        if day != new_day:
            change += _days_change(g, s, course, day, new_day)
            if other >= 0:
                change += _days_change(g, s, back, new_day, day)
        change += _isolated_change(
            g, s, course, period, new_period, theirs, day, new_day, bit, new_bit
        )
        if other >= 0:
            change += _isolated_change(
                g, s, back, new_period, period, ours, new_day, day, new_bit, bit
            )
        if change > most:
            continue
        leave(g, s, course, period, room, day, bit)
        enter(g, s, course, new_period, new_room, new_day, new_bit)
        s.period[lecture], s.room[lecture] = new_period, new_room
        s.at[new_period, new_room] = lecture
        s.at[period, room] = other
        if other >= 0:
            leave(g, s, back, new_period, new_room, new_day, new_bit)
            enter(g, s, back, period, room, day, bit)
            s.period[U(other)], s.room[U(other)] = period, room
        taken += 1
        clashes += more
        cost += change - more * weight
        if clashes == 0 and cost < best:
            best = cost
            keep(s)
    s.figures[COST], s.figures[CLASHES], s.figures[BEST] = cost, clashes, best
    s.figures[TAKEN] += taken
    return x


@compiled
def anneal(
    g: Given,
    s: State,
    temperatures: NDArray[np.float64],
    block: int,
    same_period: int,
    same_room: int,
    chains: int,
) -> None:
    """Make ``block`` moves at each of the temperatures, and keep the best without a clash.

    A move takes a lecture to a slot and its occupant back: in the same period with a chance
    of ``same_period`` / 65,536, in the same room with ``same_room`` / 65,536, else anywhere.
    With a chance of ``chains`` / 65,536 a run of these gives way to few chains, which cost as much.
    Each clash weighs ``figures[WEIGHT]``: more after a block that ends with clashes, less after
    one without, so that about half of all blocks end without and barriers stay low.
    """
    x, floor = s.random[0], s.figures[FLOOR]
    anywhere = U((WHOLE - same_period - same_room) * WHOLE // max(1, WHOLE - same_period))
    for step in range(len(temperatures)):
        temperature = temperatures[step]
        left = block
        while left > 0:
            run = min(RUN, left)
            left -= run
            x = turned(x)
            if np.int64((x >> U(16)) & U(0xFFFF)) < chains:
                x = change_chains(g, s, x, max(1, run // CHAIN_COSTS), temperature)
            elif np.int64(x >> U(48)) < same_period:
                x = _change_rooms(g, s, x, run, temperature)
            else:
                x = _change_periods(g, s, x, run, temperature, anywhere)
        if s.figures[CLASHES] > 0:
            if s.figures[WEIGHT] < MOST_WEIGHT:
                s.figures[WEIGHT] += 1
            elif temperature < LUKEWARM:
                # Where even the greatest weight frees no clash, a small one lets it wander.
                s.figures[WEIGHT] = floor
        elif s.figures[WEIGHT] > floor:
            s.figures[WEIGHT] -= 1
    s.random[0] = x
    s.figures[MADE] += len(temperatures) * block
