"""What the compiled search tries next: a session, and a start, a room and trainers for it."""

# A number out of an array is Any to mypy; the compiler knows it for the whole number it is.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from .kernel_compiled import compiled_part
from .kernel_costs import relations_hard, start_index
from .kernel_tables import (
    ABLE,
    ABLE_COUNT,
    CLOSED_COUNT,
    FILLED,
    FILLS,
    HARD,
    KIND,
    MATE_COUNT,
    MATES,
    MINUTES,
    NEW,
    OTHER,
    PEOPLE,
    PEOPLE_COUNT,
    RELATION_FIRST,
    ROOM,
    ROOM_COUNT,
    ROOMS,
    SIZES,
    SLOT_COUNT,
    SLOT_FIRST,
    START,
    START_COUNT,
    STARTS,
    THERE,
    Log,
    State,
    Tables,
)
from .problem import MINUTES_A_DAY
from .state import SAME_DAY, Ints

PRIME = 2147483647


@compiled_part
def draw(rng: Ints, count: int) -> int:
    """A whole number below ``count`` (Park and Miller's generator, CACM 31, 1988)."""
    rng[0] = rng[0] * 48271 % PRIME
    return (rng[0] >> 3) % count


@compiled_part
def new_start(course: Tables, state: State, rng: Ints, one: int) -> int:
    """A start for the session: any, or right before or after a session of its group, or near."""
    count, starts = course.of[START_COUNT, one], course.starts
    pick = draw(rng, 100)
    if pick < 55 and course.of[MATE_COUNT, one] > 0:
        other = course.lists[MATES, one, draw(rng, course.of[MATE_COUNT, one])]
        if draw(rng, 2) == 0:
            target = state.at[START, other] + course.of[MINUTES, other]
            return starts[STARTS, one, start_index(course, one, target)]
        target = state.at[START, other] - course.of[MINUTES, one]
        at = start_index(course, one, target)
        if starts[STARTS, one, at] > target and at > 0:
            at -= 1
        return starts[STARTS, one, at]
    if pick < 75:
        at = start_index(course, one, state.at[START, one]) + draw(rng, 9) - 4
        return starts[STARTS, one, min(count - 1, max(0, at))]
    return starts[STARTS, one, draw(rng, count)]


@compiled_part
def _free(course: Tables, state: State, holder: int, one: int, start: int) -> bool:
    """Whether a trainer or a room is there, and in no other session, while this one runs."""
    day, end = start // MINUTES_A_DAY, start + course.of[MINUTES, one]
    for k in range(state.days[FILLED, holder, day]):
        other = state.cells[holder, day, k]
        begin = state.at[START, other]
        if other != one and begin < end and start < begin + course.of[MINUTES, other]:
            return False
    trainer = holder - course.of[SIZES, 0]
    if trainer < course.of[SIZES, 1]:
        return course.lists[THERE, trainer, day] == 1
    room = trainer - course.of[SIZES, 1]
    for k in range(course.of[CLOSED_COUNT, room]):
        begin = course.closed[room, k, 0] * MINUTES_A_DAY
        if begin + course.closed[room, k, 1] < end and start < begin + course.closed[room, k, 2]:
            return False
    return True


@compiled_part
def _choose(
    course: Tables, state: State, rng: Ints, one: int, start: int, among: Ints, count: int
) -> int:
    """One of so many trainers or rooms, a free one if there is any."""
    first = draw(rng, count)
    for k in range(count):
        holder = among[(first + k) % count]
        if _free(course, state, holder, one, start):
            return holder
    return among[first]


@compiled_part
def new_trainers(
    course: Tables, state: State, log: Log, rng: Ints, one: int, start: int, other: int
) -> bool:
    """Choose trainers into the log; slot ``other`` is chosen anew. False: one is twice in."""
    slot = course.of[SLOT_FIRST, one]
    for k in range(course.of[SLOT_COUNT, one]):
        able, now = course.of[ABLE_COUNT, slot + k], state.at[FILLS, slot + k]
        if able > 1 and (k == other or not _free(course, state, now, one, start)):
            now = _choose(course, state, rng, one, start, course.lists[ABLE, slot + k], able)
        log.lines[NEW, k] = now
        for j in range(k):
            if log.lines[NEW, j] == now:
                return False
    return True


@compiled_part
def new_room(course: Tables, state: State, rng: Ints, one: int, start: int, anew: bool) -> int:
    """The session's room, or another where it is not free or a change is wanted."""
    count, room = course.of[ROOM_COUNT, one], state.at[ROOM, one]
    if room < 0 or count < 2:
        return course.lists[ROOMS, one, 0]
    if anew or not _free(course, state, room, one, start):
        return _choose(course, state, rng, one, start, course.lists[ROOMS, one], count)
    return room


@compiled_part
def _broken(course: Tables, state: State, one: int) -> bool:
    """Whether the session, or a cell of it, breaks a rule."""
    day = state.at[START, one] // MINUTES_A_DAY
    for k in range(course.of[PEOPLE_COUNT, one]):
        if state.days[HARD, course.lists[PEOPLE, one, k], day] > 0:
            return True
    for k in range(course.of[SLOT_COUNT, one]):
        if state.days[HARD, state.at[FILLS, course.of[SLOT_FIRST, one] + k], day] > 0:
            return True
    if state.at[ROOM, one] >= 0 and state.days[HARD, state.at[ROOM, one], day] > 0:
        return True
    return relations_hard(course, state, one) > 0


@compiled_part
def pick(course: Tables, state: State, rng: Ints, broken: bool) -> int:
    """Any session; where rules are broken, now and then one of those that break them."""
    one = draw(rng, course.of[SIZES, 5])
    if broken and draw(rng, 3) == 0:
        for _ in range(30):
            if _broken(course, state, one):
                return one
            one = draw(rng, course.of[SIZES, 5])
    return one


@compiled_part
def in_the_way(course: Tables, state: State, one: int) -> int:
    """A session that one of the session's people or its room is in at the same time, or -1."""
    day = state.at[START, one] // MINUTES_A_DAY
    people, slots = course.of[PEOPLE_COUNT, one], course.of[SLOT_COUNT, one]
    for k in range(people + slots + 1):
        holder = state.at[ROOM, one]
        if k < people:
            holder = course.lists[PEOPLE, one, k]
        elif k < people + slots:
            holder = state.at[FILLS, course.of[SLOT_FIRST, one] + k - people]
        if holder >= 0 and state.days[HARD, holder, day] > 0:
            for n in range(state.days[FILLED, holder, day]):
                other = state.cells[holder, day, n]
                end = state.at[START, other] + course.of[MINUTES, other]
                begins_before = (
                    state.at[START, other] < state.at[START, one] + course.of[MINUTES, one]
                )
                if other != one and state.at[START, one] < end and begins_before:
                    return other
    return -1


@compiled_part
def partner(course: Tables, one: int) -> int:
    """A session that has to be on the same day, or -1."""
    for k in range(course.of[RELATION_FIRST, one], course.of[RELATION_FIRST, one + 1]):
        if course.of[KIND, k] == SAME_DAY:
            return course.of[OTHER, k]
    return -1


@compiled_part
def beside(course: Tables, state: State, rng: Ints, one: int, other: int) -> int:
    """A start of the other session right before or after the one."""
    if draw(rng, 2) == 0:
        return course.starts[
            STARTS,
            other,
            start_index(course, other, state.at[START, one] + course.of[MINUTES, one]),
        ]
    at = start_index(course, other, state.at[START, one] - course.of[MINUTES, other])
    if (
        course.starts[STARTS, other, at] > state.at[START, one] - course.of[MINUTES, other]
        and at > 0
    ):
        at -= 1
    return course.starts[STARTS, other, at]


@compiled_part
def is_start(course: Tables, one: int, start: int) -> bool:
    """Whether the start is open to the session."""
    return course.starts[STARTS, one, start_index(course, one, start)] == start
