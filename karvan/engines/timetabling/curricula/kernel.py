"""The compiled part: simulated annealing over (period, room) of every lecture.

All numbers are whole, except for temperatures, which are handed in; so the compiled code and
the same code as plain Python (``NUMBA_DISABLE_JIT=1``) give the same answer.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..kernel_compiled import compiled_freely

Ints = NDArray[np.int32]

RANDOM, COST, CLASHES, BEST, WEIGHT, MADE, TAKEN, FLOOR = range(8)
"""Places in ``State.figures``; ``RANDOM`` is kept in ``State.random``."""

THRESHOLDS = 4096
LEAST_WEIGHT = 3
STUCK_WEIGHT, FIRM_WEIGHT = 40, 20
MOST_WEIGHT = 100
LUKEWARM = 2.0
WHOLE = 1 << 16


class Given(NamedTuple):
    """What does not change: the instance in arrays, courses and curricula by their number."""

    per_day: int
    course: Ints  # of each lecture
    seats_missing: Ints  # course x room
    min_days: Ints
    near_from: Ints  # courses that cannot be at once with course c, itself too:
    near: Ints  # near[near_from[c] : near_from[c + 1]]
    joined: NDArray[np.uint8]  # course x course: cannot be at once
    plan_from: Ints  # curricula of course c:
    plan: Ints  # plan[plan_from[c] : plan_from[c + 1]]
    holds: NDArray[np.uint8]  # curriculum x course
    copies: Ints  # how many curricula hold the same courses
    lonely: Ints  # cost of a day of a curriculum, by the bits of its periods
    thresholds: NDArray[np.float64]  # -log of evenly spread chances


class State(NamedTuple):
    """Where each lecture is, and the counts from which a move's cost is told."""

    period: Ints  # of each lecture
    room: Ints
    at: Ints  # period x room: the lecture, or -1
    clashes: Ints  # course x period: lectures near it, and 1 if it cannot be held
    in_room: Ints  # course x room: lectures
    on_day: Ints  # course x day: lectures
    days: Ints  # of each course: days with a lecture
    in_plan: Ints  # curriculum x period: lectures
    bits: Ints  # curriculum x day: periods with a lecture
    best: Ints  # slots (period x rooms + room) of the best without a clash
    random: NDArray[np.uint64]
    figures: NDArray[np.int64]


@compiled_freely
def _rooms_change(g, s, course, old, new):  # type: ignore[no-untyped-def]
    """Change of cost when a lecture of the course goes from the old room to the new one."""
    change = g.seats_missing[course, new] - g.seats_missing[course, old]
    if s.in_room[course, new] == 0:
        change += 1
    if s.in_room[course, old] == 1:
        change -= 1
    return change


@compiled_freely
def _days_change(g, s, course, old, new):  # type: ignore[no-untyped-def]
    """Change of cost when a lecture of the course goes from the old day to the new one."""
    before = s.days[course]
    after = before
    if s.on_day[course, new] == 0:
        after += 1
    if s.on_day[course, old] == 1:
        after -= 1
    least = g.min_days[course]
    return 5 * (max(0, least - after) - max(0, least - before))


@compiled_freely
def _isolated_change(g, s, course, old, new, other):  # type: ignore[no-untyped-def]
    """Change of cost when a lecture goes to another period; curricula of ``other`` stay as
    they are, since its lecture comes the other way.
    """
    day, new_day = old // g.per_day, new // g.per_day
    bit = np.int32(1) << np.int32(old - day * g.per_day)
    new_bit = np.int32(1) << np.int32(new - new_day * g.per_day)
    change = 0
    for n in range(g.plan_from[course], g.plan_from[course + 1]):
        plan = g.plan[n]
        if other >= 0 and g.holds[plan, other] != 0:
            continue
        before = s.bits[plan, day]
        after = before
        if s.in_plan[plan, old] == 1:
            after = before & ~bit
        if day == new_day:
            change += g.copies[plan] * (g.lonely[after | new_bit] - g.lonely[before])
        else:
            there = s.bits[plan, new_day]
            change += g.copies[plan] * (
                g.lonely[after] - g.lonely[before] + g.lonely[there | new_bit] - g.lonely[there]
            )
    return change


@compiled_freely
def _leave(g, s, course, period, room):  # type: ignore[no-untyped-def]
    """Take a lecture of the course out of all counts."""
    day = period // g.per_day
    s.in_room[course, room] -= 1
    s.on_day[course, day] -= 1
    if s.on_day[course, day] == 0:
        s.days[course] -= 1
    for n in range(g.near_from[course], g.near_from[course + 1]):
        s.clashes[g.near[n], period] -= 1
    for n in range(g.plan_from[course], g.plan_from[course + 1]):
        plan = g.plan[n]
        s.in_plan[plan, period] -= 1
        if s.in_plan[plan, period] == 0:
            s.bits[plan, day] &= ~(np.int32(1) << np.int32(period - day * g.per_day))


@compiled_freely
def _enter(g, s, course, period, room):  # type: ignore[no-untyped-def]
    """Put a lecture of the course into all counts."""
    day = period // g.per_day
    s.in_room[course, room] += 1
    if s.on_day[course, day] == 0:
        s.days[course] += 1
    s.on_day[course, day] += 1
    for n in range(g.near_from[course], g.near_from[course + 1]):
        s.clashes[g.near[n], period] += 1
    for n in range(g.plan_from[course], g.plan_from[course + 1]):
        plan = g.plan[n]
        s.in_plan[plan, period] += 1
        s.bits[plan, day] |= np.int32(1) << np.int32(period - day * g.per_day)


@compiled_freely
def _shift(g, s, lecture, period, room, other):  # type: ignore[no-untyped-def]
    """Move a lecture to a slot; the other lecture there, if any, takes its place."""
    course, old_period, old_room = g.course[lecture], s.period[lecture], s.room[lecture]
    if period == old_period:
        s.in_room[course, old_room] -= 1
        s.in_room[course, room] += 1
    else:
        _leave(g, s, course, old_period, old_room)
        _enter(g, s, course, period, room)
    s.period[lecture], s.room[lecture] = period, room
    s.at[period, room] = lecture
    s.at[old_period, old_room] = other
    if other >= 0:
        course = g.course[other]
        if period == old_period:
            s.in_room[course, room] -= 1
            s.in_room[course, old_room] += 1
        else:
            _leave(g, s, course, period, room)
            _enter(g, s, course, old_period, old_room)
        s.period[other], s.room[other] = old_period, old_room


@compiled_freely
def anneal(g, s, temperatures, block, same_period, same_room):  # type: ignore[no-untyped-def]
    """Make ``block`` moves at each of the temperatures, and keep the best without a clash.

    A move takes a lecture to a slot and its occupant back: in the same period with a chance
    of ``same_period`` / 65,536, in the same room with ``same_room`` / 65,536, else anywhere.
    Each clash weighs ``figures[WEIGHT]``: more after a block that ends with clashes, less after
    one without, so that about half of all blocks end without and barriers stay low.
    """
    lectures = len(g.course)
    periods, rooms = s.at.shape
    x = s.random[0]
    cost, clashes = s.figures[COST], s.figures[CLASHES]
    best, weight = s.figures[BEST], s.figures[WEIGHT]
    taken, floor = s.figures[TAKEN], s.figures[FLOOR]
    for step in range(len(temperatures)):
        temperature = temperatures[step]
        for _ in range(block):
            x ^= x << np.uint64(13)
            x ^= x >> np.uint64(7)
            x ^= x << np.uint64(17)
            lecture = (np.int64((x >> np.uint64(12)) & np.uint64(0xFFFF)) * lectures) >> 16
            kind = np.int64((x >> np.uint64(28)) & np.uint64(0xFFFF))
            draw = np.int64(x >> np.uint64(44))
            period, room = np.int64(s.period[lecture]), np.int64(s.room[lecture])
            new_period, new_room = period, room
            if kind < same_period:
                new_room = (draw * rooms) >> 20
                if new_room == room:
                    continue
            elif kind < same_period + same_room:
                new_period = (draw * periods) >> 20
                if new_period == period:
                    continue
            else:
                slot = (draw * (periods * rooms)) >> 20
                new_period = slot // rooms
                new_room = slot - new_period * rooms
                if new_room == room and new_period == period:
                    continue
            course = g.course[lecture]
            other = s.at[new_period, new_room]
            back = -1
            if other >= 0:
                back = g.course[other]
                if back == course:
                    continue
            most = temperature * g.thresholds[np.int64(x & np.uint64(THRESHOLDS - 1))]
            more = 0
            if new_period != period:
                more = s.clashes[course, new_period] - s.clashes[course, period] + 1
                if back >= 0:
                    more += s.clashes[back, period] - s.clashes[back, new_period] + 1
                    more -= 2 * g.joined[course, back]
                if more * weight > most:
                    continue
            change = more * weight
            if new_room != room:
                change += _rooms_change(g, s, course, room, new_room)
                if back >= 0:
                    change += _rooms_change(g, s, back, new_room, room)
            if new_period != period:
                day, new_day = period // g.per_day, new_period // g.per_day
                if day != new_day:
                    change += _days_change(g, s, course, day, new_day)
                    if back >= 0:
                        change += _days_change(g, s, back, new_day, day)
                change += _isolated_change(g, s, course, period, new_period, back)
                if back >= 0:
                    change += _isolated_change(g, s, back, new_period, period, course)
            if change > most:
                continue
            _shift(g, s, lecture, new_period, new_room, other)
            taken += 1
            clashes += more
            cost += change - more * weight
            if clashes == 0 and cost < best:
                best = cost
                for n in range(lectures):
                    s.best[n] = s.period[n] * rooms + s.room[n]
        if clashes > 0:
            if weight < MOST_WEIGHT:
                weight += 1
            elif temperature < LUKEWARM:
                # Where even the greatest weight frees no clash, a small one lets it wander.
                weight = floor
        elif weight > floor:
            weight -= 1
    s.random[0] = x
    s.figures[COST], s.figures[CLASHES] = cost, clashes
    s.figures[BEST], s.figures[WEIGHT] = best, weight
    s.figures[TAKEN] = taken
    s.figures[MADE] += len(temperatures) * block
