"""Move one session of the compiled search, count what changed, and take it back."""

from __future__ import annotations

from .kernel_compiled import compiled, compiled_part
from .kernel_costs import (
    cell_hard,
    cell_soft,
    relations_hard,
    session_soft,
    stay_soft,
    week_hard,
)
from .kernel_tables import (
    FILLED,
    FILLS,
    HARD,
    ITEM_COUNT,
    ITEMS,
    KEPT,
    MINUTES,
    MOST_IN_A_CELL,
    NEW,
    OLD,
    PEOPLE,
    PEOPLE_COUNT,
    ROOM,
    SIZES,
    SLOT_COUNT,
    SLOT_FIRST,
    SOFT,
    START,
    WEEK,
    Log,
    State,
    Tables,
)
from .problem import MINUTES_A_DAY
from .state import Ints


@compiled_part
def _touch(state: State, log: Log, holder: int, day: int) -> None:
    count = log.lines[KEPT, 0]
    for k in range(count):
        if log.cells[k, 0] == holder and log.cells[k, 1] == day:
            return
    log.cells[count, 0] = holder
    log.cells[count, 1] = day
    log.cells[count, 2] = state.days[HARD, holder, day]
    log.cells[count, 3] = state.days[SOFT, holder, day]
    log.lines[KEPT, 0] = count + 1


@compiled_part
def _touch_all(
    course: Tables, state: State, log: Log, one: int, fills: Ints, room: int, day: int
) -> None:
    """Note every cell that a session with these trainers and this room takes on the day."""
    for k in range(course.of[PEOPLE_COUNT, one]):
        _touch(state, log, course.lists[PEOPLE, one, k], day)
    for k in range(course.of[SLOT_COUNT, one]):
        _touch(state, log, fills[k], day)
    if room >= 0:
        _touch(state, log, room, day)
    first = course.of[SIZES, 0] + course.of[SIZES, 1] + course.of[SIZES, 2]
    for k in range(course.of[ITEM_COUNT, one]):
        _touch(state, log, first + course.lists[ITEMS, one, k], day)


@compiled_part
def _put(course: Tables, state: State, holder: int, one: int) -> None:
    day = state.at[START, one] // MINUTES_A_DAY
    count = state.days[FILLED, holder, day]
    state.cells[holder, day, count] = one
    state.days[FILLED, holder, day] = count + 1
    trainer = holder - course.of[SIZES, 0]
    if 0 <= trainer < course.of[SIZES, 1]:
        state.taught[trainer, course.of[WEEK, day]] += course.of[MINUTES, one]


@compiled_part
def _lift(course: Tables, state: State, holder: int, one: int) -> None:
    day = state.at[START, one] // MINUTES_A_DAY
    last = state.days[FILLED, holder, day] - 1
    for k in range(last + 1):
        if state.cells[holder, day, k] == one:
            state.cells[holder, day, k] = state.cells[holder, day, last]
            break
    state.days[FILLED, holder, day] = last
    trainer = holder - course.of[SIZES, 0]
    if 0 <= trainer < course.of[SIZES, 1]:
        state.taught[trainer, course.of[WEEK, day]] -= course.of[MINUTES, one]


@compiled_part
def _each(course: Tables, state: State, one: int, put: bool) -> None:
    """Put a session into all its cells, or lift it out of them."""
    first = course.of[SIZES, 0] + course.of[SIZES, 1] + course.of[SIZES, 2]
    slot = course.of[SLOT_FIRST, one]
    people, slots = course.of[PEOPLE_COUNT, one], course.of[SLOT_COUNT, one]
    items = course.of[ITEM_COUNT, one]
    for k in range(people + slots + items + 1):
        holder = -1
        if k < people:
            holder = course.lists[PEOPLE, one, k]
        elif k < people + slots:
            holder = state.at[FILLS, slot + k - people]
        elif k < people + slots + items:
            holder = first + course.lists[ITEMS, one, k - people - slots]
        else:
            holder = state.at[ROOM, one]
        if holder >= 0 and put:
            _put(course, state, holder, one)
        elif holder >= 0:
            _lift(course, state, holder, one)


@compiled_part
def _trainers(course: Tables, state: State, log: Log) -> tuple[int, int]:
    """Weeks too full and stays of the trainers whose cells were noted, each once."""
    hard, soft = 0, 0
    groups, trainers = course.of[SIZES, 0], course.of[SIZES, 1]
    for k in range(log.lines[KEPT, 0]):
        holder = log.cells[k, 0]
        if groups <= holder < groups + trainers:
            seen = False
            for j in range(k):
                if log.cells[j, 0] == holder:
                    seen = True
            if not seen:
                hard += week_hard(course, state, holder)
                soft += stay_soft(course, state, holder)
    return hard, soft


@compiled
def move(
    course: Tables, state: State, log: Log, one: int, start: int, room: int
) -> tuple[int, int]:
    """Move a session there with the trainers in the log; what it breaks and costs more.

    Nothing is done, and ``log.lines[KEPT, 1]`` is -1, where a cell has no place left.
    """
    slot, slots = course.of[SLOT_FIRST, one], course.of[SLOT_COUNT, one]
    log.lines[KEPT, 0] = 0
    placed = state.at[START, one] >= 0
    for k in range(slots):
        log.lines[OLD, k] = state.at[FILLS, slot + k]
    log.lines[KEPT, 1], log.lines[KEPT, 2], log.lines[KEPT, 3] = (
        one,
        state.at[START, one],
        state.at[ROOM, one],
    )
    if placed:
        day = state.at[START, one] // MINUTES_A_DAY
        _touch_all(course, state, log, one, log.lines[OLD], state.at[ROOM, one], day)
    _touch_all(course, state, log, one, log.lines[NEW], room, start // MINUTES_A_DAY)
    hard, soft = _trainers(course, state, log)
    for k in range(log.lines[KEPT, 0]):
        hard += log.cells[k, 2]
        soft += log.cells[k, 3]
        if state.days[FILLED, log.cells[k, 0], log.cells[k, 1]] >= MOST_IN_A_CELL - 1:
            log.lines[KEPT, 1] = -1
            return 0, 0
    if placed:
        hard += relations_hard(course, state, one)
        soft += session_soft(course, state, one)
        _each(course, state, one, False)
    state.at[START, one], state.at[ROOM, one] = start, room
    for k in range(slots):
        state.at[FILLS, slot + k] = log.lines[NEW, k]
    _each(course, state, one, True)
    after_hard, after_soft = _trainers(course, state, log)
    for k in range(log.lines[KEPT, 0]):
        holder, day = log.cells[k, 0], log.cells[k, 1]
        state.days[HARD, holder, day] = cell_hard(course, state, holder, day)
        state.days[SOFT, holder, day] = cell_soft(course, state, holder, day)
        after_hard += state.days[HARD, holder, day]
        after_soft += state.days[SOFT, holder, day]
    after_hard += relations_hard(course, state, one)
    after_soft += session_soft(course, state, one)
    return after_hard - hard, after_soft - soft


@compiled_part
def undo(course: Tables, state: State, log: Log) -> None:
    """Take the logged move back."""
    one = log.lines[KEPT, 1]
    if one < 0:
        return
    _each(course, state, one, False)
    state.at[START, one], state.at[ROOM, one] = log.lines[KEPT, 2], log.lines[KEPT, 3]
    slot = course.of[SLOT_FIRST, one]
    for k in range(course.of[SLOT_COUNT, one]):
        state.at[FILLS, slot + k] = log.lines[OLD, k]
    _each(course, state, one, True)
    for k in range(log.lines[KEPT, 0]):
        holder, day = log.cells[k, 0], log.cells[k, 1]
        state.days[HARD, holder, day] = log.cells[k, 2]
        state.days[SOFT, holder, day] = log.cells[k, 3]
