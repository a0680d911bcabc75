"""The arrays of the compiled search, few of them: a function of many compiles for seconds.

Columns of the same shape share one array, and the constants here say which is where:
``course.of[MINUTES, one]`` is ``Course.minutes[one]``, and so for all others by their names.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .state import Course, Ints

MOST_IN_A_CELL = 24

_ONE = [
    "minutes",
    "start_count",
    "room_count",
    "people_count",
    "mate_count",
    "slot_first",
    "slot_count",
    "able_count",
    "item_count",
    "relation_first",
    "other",
    "kind",
    "amount",
    "pool",
    "day_limit",
    "week_limit",
    "travels",
    "week",
    "closed_count",
    "city",
    "sizes",
    "weights",
]
(
    MINUTES,
    START_COUNT,
    ROOM_COUNT,
    PEOPLE_COUNT,
    MATE_COUNT,
    SLOT_FIRST,
    SLOT_COUNT,
    ABLE_COUNT,
    ITEM_COUNT,
    RELATION_FIRST,
    OTHER,
    KIND,
    AMOUNT,
    POOL,
    DAY_LIMIT,
    WEEK_LIMIT,
    TRAVELS,
    WEEK,
    CLOSED_COUNT,
    CITY,
    SIZES,
    WEIGHTS,
) = range(22)
_LISTS = ["rooms", "people", "mates", "able", "items", "there", "travel"]
ROOMS, PEOPLE, MATES, ABLE, ITEMS, THERE, TRAVEL = range(7)
STARTS, PREFERRED = range(2)
START, ROOM, FILLS = range(3)
FILLED, HARD, SOFT = range(3)
KEPT, OLD, NEW, AIM = range(4)


class Tables(NamedTuple):
    """A ``Course`` in few arrays; number 5 of its sizes is the number of sessions."""

    of: Ints  # column x what it is about
    lists: Ints  # list x what it is about x place in the list
    starts: Ints  # STARTS or PREFERRED x session x place
    drawn: Ints
    opened: Ints
    closed: Ints


class State(NamedTuple):
    """Where every session stands, and what follows from it.

    at: START and ROOM (a holder or -1) of each session, FILLS of each role slot (a holder).
    cells[h, d, :days[FILLED, h, d]]: sessions of the holder on the day.
    days: FILLED, HARD, SOFT; how many sessions are in the cell, rules broken, its cost.
    taught: minutes of a trainer in a week.
    """

    at: Ints
    cells: Ints
    days: Ints
    taught: Ints


class Log(NamedTuple):
    """What one move changed, so that it can be taken back.

    cells: holder, day, broken rules, cost of the cells before.
    lines: KEPT number of cells, the session (-1: nothing was done), its old start, room;
           OLD its old role trainers; NEW those to come; AIM what is tried.
    """

    cells: Ints
    lines: Ints


def tables_of(course: Course) -> Tables:
    """The same course in few arrays."""
    single = [getattr(course, name) for name in _ONE]
    single[SIZES] = np.append(course.sizes, len(course.minutes))
    of = np.zeros((len(single), max(len(row) for row in single)), dtype=np.int64)
    for row, values in zip(of, single, strict=True):
        row[: len(values)] = values
    tables = [getattr(course, name) for name in _LISTS]
    shape = max(len(t) for t in tables), max(t.shape[1] for t in tables)
    lists = np.full((len(tables), *shape), -1, dtype=np.int64)
    for place, table in zip(lists, tables, strict=True):
        place[: len(table), : table.shape[1]] = table
    starts = np.stack((course.starts, course.preferred))
    return Tables(of, lists, starts, course.drawn, course.opened, course.closed)


def empty_state(course: Course) -> State:
    """A state in which no session stands anywhere yet."""
    groups, trainers, rooms, items, days = (int(n) for n in course.sizes)
    every = max(1, groups + trainers + rooms + items)
    width = max(len(course.minutes), len(course.able))
    weeks = int(course.week.max()) + 1

    return State(
        at=np.full((3, width), -1, dtype=np.int64),
        cells=np.zeros((every, days, MOST_IN_A_CELL), dtype=np.int64),
        days=np.zeros((3, every, days), dtype=np.int64),
        taught=np.zeros((max(1, trainers), weeks), dtype=np.int64),
    )


def new_log(course: Course) -> Log:
    """An empty log wide enough for any session."""
    slots = int(course.slot_count.max())
    width = 2 * (course.people.shape[1] + slots + 1 + course.items.shape[1]) + 4
    return Log(
        np.zeros((width, 4), dtype=np.int64), np.zeros((4, max(6, slots + 1)), dtype=np.int64)
    )
