"""What the compiled parts work on: the instance and a state, and how a lecture comes and goes."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..kernel_compiled import compiled
from .problem import WEIGHTS, Goal

Ints = NDArray[np.int32]

RANDOM, COST, CLASHES, BEST, WEIGHT, MADE, TAKEN, FLOOR, CHAINED = range(9)
"""Places in ``State.figures``; ``RANDOM`` is kept in ``State.random``."""

THRESHOLDS = 4096
LEAST_WEIGHT = 3
STUCK_WEIGHT, FIRM_WEIGHT = 40, 20
MOST_WEIGHT = 100
LUKEWARM = 2.0
WHOLE = 1 << 16
A_DAY = WEIGHTS[Goal.WORKING_DAYS]
U = np.uint64


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
    chain: Ints  # room for the lectures of a chain,
    chain_rooms: Ints  # for the rooms they were in,
    in_chain: NDArray[np.uint8]  # and for whether a lecture is in it; 0 between chains
    random: NDArray[np.uint64]
    figures: NDArray[np.int64]


@compiled
def day_and_bit(g: Given, period: Any) -> Any:
    """The day of a period, and the bit that stands for it among those of its day."""
    day = period // U(g.per_day)
    return day, np.int32(1) << np.int32(period - day * U(g.per_day))


@compiled
def leave(g: Given, s: State, course: Any, period: Any, room: Any, day: Any, bit: Any) -> None:
    """Take a lecture of the course out of all counts."""
    s.in_room[course, room] -= 1
    s.on_day[course, day] -= 1
    if s.on_day[course, day] == 0:
        s.days[course] -= 1
    for n in range(g.near_from[course], g.near_from[course + U(1)]):
        s.clashes[U(g.near[U(n)]), period] -= 1
    for n in range(g.plan_from[course], g.plan_from[course + U(1)]):
        plan = U(g.plan[U(n)])
        s.in_plan[plan, period] -= 1
        if s.in_plan[plan, period] == 0:
            s.bits[plan, day] &= ~bit


@compiled
def enter(g: Given, s: State, course: Any, period: Any, room: Any, day: Any, bit: Any) -> None:
    """Put a lecture of the course into all counts."""
    s.in_room[course, room] += 1
    if s.on_day[course, day] == 0:
        s.days[course] += 1
    s.on_day[course, day] += 1
    for n in range(g.near_from[course], g.near_from[course + U(1)]):
        s.clashes[U(g.near[U(n)]), period] += 1
    for n in range(g.plan_from[course], g.plan_from[course + U(1)]):
        plan = U(g.plan[U(n)])
        s.in_plan[plan, period] += 1
        s.bits[plan, day] |= bit


@compiled
def turned(x: Any) -> Any:
    """The next random number."""
    x ^= x << U(13)
    x ^= x >> U(7)
    x ^= x << U(17)
    return x


@compiled
def keep(s: State) -> None:
    """Keep this state as the best."""
    rooms = s.at.shape[1]
    for n in range(len(s.period)):
        s.best[n] = s.period[n] * rooms + s.room[n]
