"""Moves that swap lectures of two periods, all that would clash with one another at once.

A lecture whose curriculum or teacher is busy in the other period cannot go there alone, and hardly
ever finds the way past a clash. Here whoever stands in its way comes back in its place, whoever
stands in theirs goes along, and so on: no clash is made on the way. Each keeps its room where that
is free, and takes the cheapest free one where not, so rooms are never stirred up by warm times.

Source: J. Thompson, K. Dowsland. A robust simulated annealing based examination timetabling
    system (Kempe chains). doi:10.1016/S0305-0548(97)00101-9
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kernel_compiled import compiled
from .kernel_state import (
    A_DAY,
    BEST,
    CHAINED,
    CLASHES,
    COST,
    THRESHOLDS,
    WEIGHT,
    Given,
    State,
    U,
    day_and_bit,
    enter,
    keep,
    leave,
    turned,
)

LONGEST_CHAIN = 8
NO_ROOM = np.int64(1) << np.int64(40)


@compiled
def _room_cost(g: Given, s: State, course: Any, room: Any) -> Any:
    """What a lecture more of the course costs in the room."""
    cost = np.int64(g.seats_missing[course, room])
    if s.in_room[course, room] == 0:
        cost += 1
    return cost


@compiled
def _cost_without(g: Given, s: State, course: Any, period: Any, room: Any) -> Any:
    """Change of cost when a lecture of the course leaves; the counts hold it still."""
    day, bit = day_and_bit(g, period)
    change = -np.int64(g.seats_missing[course, room])
    if s.in_room[course, room] == 1:
        change -= 1
    if s.on_day[course, day] == 1 and s.days[course] <= g.min_days[course]:
        change += A_DAY
    for n in range(g.plan_from[course], g.plan_from[course + U(1)]):
        plan = U(g.plan[U(n)])
        if s.in_plan[plan, period] == 1:
            before = s.bits[plan, day]
            change += g.copies[plan] * (g.lonely[U(before & ~bit)] - g.lonely[U(before)])
    return change


@compiled
def _cost_with(g: Given, s: State, course: Any, period: Any, room: Any) -> Any:
    """Change of cost when a lecture of the course enters; the counts do not hold it yet."""
    day, bit = day_and_bit(g, period)
    change = _room_cost(g, s, course, room)
    if s.on_day[course, day] == 0 and s.days[course] < g.min_days[course]:
        change -= A_DAY
    for n in range(g.plan_from[course], g.plan_from[course + U(1)]):
        plan = U(g.plan[U(n)])
        if s.in_plan[plan, period] == 0:
            before = s.bits[plan, day]
            change += g.copies[plan] * (g.lonely[U(before | bit)] - g.lonely[U(before)])
    return change


@compiled
def _leave_slot(g: Given, s: State, lecture: Any) -> None:
    """Take a lecture out of its slot and all counts."""
    period, room = U(s.period[lecture]), U(s.room[lecture])
    day, bit = day_and_bit(g, period)
    leave(g, s, U(g.course[lecture]), period, room, day, bit)
    s.at[period, room] = -1


@compiled
def _enter_slot(g: Given, s: State, lecture: Any, period: Any, room: Any) -> None:
    """Put a lecture into a slot and all counts."""
    day, bit = day_and_bit(g, period)
    enter(g, s, U(g.course[lecture]), period, room, day, bit)
    s.at[period, room] = lecture
    s.period[lecture], s.room[lecture] = period, room


@compiled
def _chain_of(g: Given, s: State, first: Any, both: Any) -> Any:
    """Write down the lectures that must change places with the first one; return how many.

    ``both`` is the sum of the two periods. 0: one of them cannot be held there, or they are
    more than ``LONGEST_CHAIN``.
    """
    s.chain[U(0)] = first
    s.in_chain[first] = 1
    fits: Any = True
    size, done = U(1), U(0)
    while fits and done < size:
        lecture = U(s.chain[done])
        done += U(1)
        course, there = U(g.course[lecture]), both - U(s.period[lecture])
        near = s.clashes[course, there]
        if near == 0:
            continue
        for room in range(s.at.shape[1]):
            other = s.at[there, U(room)]
            if other >= 0 and g.joined[course, U(g.course[U(other)])] != 0:
                near -= 1
                if s.in_chain[U(other)] == 0:
                    s.in_chain[U(other)] = 1
                    s.chain[size] = other
                    size += U(1)
        fits = near == 0 and size <= U(LONGEST_CHAIN)
    for n in range(size):
        s.in_chain[U(s.chain[U(n)])] = 0
    return size if fits else U(0)


@compiled
def _room_for(g: Given, s: State, course: Any, period: Any, room: Any, turn: Any) -> Any:
    """The same room if it is free in the period, else the cheapest free one, ties by lot;
    as many as there are rooms if none is free.
    """
    if s.at[period, room] < 0:
        return room
    rooms = U(s.at.shape[1])
    least, found = NO_ROOM, rooms
    for n in range(rooms):
        one = (U(n) + turn) % rooms
        if s.at[period, one] < 0:
            cost = _room_cost(g, s, course, one)
            if cost < least:
                least, found = cost, one
    return found


@compiled
def _put_back(g: Given, s: State, size: Any, moved: Any, both: Any) -> None:
    """Undo: the first ``moved`` lectures of the chain stand in their new slots, others nowhere."""
    for n in range(moved):
        _leave_slot(g, s, U(s.chain[U(n)]))
    for n in range(size):
        lecture = U(s.chain[U(n)])
        period = U(s.period[lecture])
        if U(n) < moved:
            period = both - period
        _enter_slot(g, s, lecture, period, U(s.chain_rooms[U(n)]))


@compiled
def change_chains(g: Given, s: State, x: Any, moves: int, temperature: float) -> Any:
    """Try to swap lectures with all that stand in their way in another period.

    Returns the next random number. Cost: about 0.25 microseconds a move.
    """
    lectures, periods, rooms = U(len(g.course)), U(s.at.shape[0]), U(s.at.shape[1])
    weight = s.figures[WEIGHT]
    cost, clashes, best = s.figures[COST], s.figures[CLASHES], s.figures[BEST]
    taken = 0
    for _ in range(moves):
        x = turned(x)
        first = (((x >> U(12)) & U(0xFFFF)) * lectures) >> U(16)
        new_period = ((x >> U(44)) * periods) >> U(20)
        both = new_period + U(s.period[first])
        if new_period == U(s.period[first]):
            continue
        size = _chain_of(g, s, first, both)
        if size == 0:
            continue
        turn = ((x >> U(28)) & U(0xFFFF)) % rooms
        change, more = np.int64(0), np.int64(0)
        for n in range(size):
            lecture = U(s.chain[U(n)])
            course, period, room = U(g.course[lecture]), U(s.period[lecture]), U(s.room[lecture])
            s.chain_rooms[U(n)] = room
            more -= s.clashes[course, period] - 1
            change += _cost_without(g, s, course, period, room)
            _leave_slot(g, s, lecture)
        moved = U(0)
        for n in range(size):
            lecture = U(s.chain[U(n)])
            course, period = U(g.course[lecture]), both - U(s.period[lecture])
            room = _room_for(g, s, course, period, U(s.chain_rooms[U(n)]), turn)
            if room == rooms:
                break
            more += s.clashes[course, period]
            change += _cost_with(g, s, course, period, room)
            _enter_slot(g, s, lecture, period, room)
            moved += U(1)
        most = temperature * g.thresholds[x & U(THRESHOLDS - 1)]
        if moved < size or change + more * weight > most:
            _put_back(g, s, size, moved, both)
            continue
        taken += 1
        clashes += more
        cost += change
        if clashes == 0 and cost < best:
            best = cost
            keep(s)
    s.figures[COST], s.figures[CLASHES], s.figures[BEST] = cost, clashes, best
    s.figures[CHAINED] += taken
    return x
