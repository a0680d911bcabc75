"""Small random problems, and the slow search that tries every placement of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from hypothesis import strategies as st

from karvan.engines.timetabling import (
    Day,
    Equipment,
    Group,
    Placement,
    Room,
    Session,
    TimetableProblem,
    Trainer,
    Weights,
    Wish,
)
from karvan.engines.timetabling.check import faults

STEP = 30
SPOKEN = st.sampled_from([frozenset(), frozenset(), frozenset("F"), frozenset("EF")])
PERIODS = st.sampled_from(
    [
        ((540, 600), (660, 690)),
        ((540, 630),),
        ((540, 660),),
        ((540, 600), (660, 720)),
        ((540, 600),),
    ]
)
PLAIN_ROOM = Room("r0", "A", 20, kinds=frozenset("B"), city="near")
PLAIN_TRAINER = Trainer("t0", frozenset("XY"))
ROOMS = st.builds(
    Room,
    key=st.none(),
    kind=st.sampled_from("AB"),
    seats=st.sampled_from([10, 20]),
    equipment=st.sampled_from([{}, {}, {"kit": 1}]),
    closed=st.sampled_from([(), (), ((0, 540, 570),)]),
    kinds=st.sampled_from([frozenset(), frozenset("A")]),
    city=st.sampled_from(["", "", "far"]),
)
TRAINERS = st.builds(
    Trainer,
    key=st.none(),
    roles=st.frozensets(st.sampled_from("XY")),
    days=st.sampled_from([None, None, frozenset({0}), frozenset({1})]),
    max_minutes_per_day=st.sampled_from([None, None, 60]),
    max_minutes_per_week=st.sampled_from([None, None, None, 60]),
    languages=st.sampled_from([frozenset(), frozenset(), frozenset("E"), frozenset("EF")]),
    travels=st.sampled_from([False, False, True]),
)
WISHES = st.builds(
    Wish,
    sessions=st.sampled_from([("s0", "s1"), ("s0", "s2"), ("s0", "s1", "s2")]),
    people=st.sampled_from([1, 5]),
)


@st.composite
def sessions(draw, key, others, trainers):
    chance = st.integers(0, 15).map(lambda n: n == 11)
    relation = [other for other in others if draw(chance)]
    return Session(
        key,
        draw(st.sampled_from([30, 30, 60])),
        draw(st.sampled_from([("g",), ("h",), ("g", "h"), ()])),
        trainers=tuple(t for t in trainers if draw(chance)),
        trainer_roles=draw(st.sampled_from([{}, {}, {"X": 1}, {"Y": 1}])),
        room_kind=draw(st.sampled_from(["A", "A", "B", None])),
        equipment=draw(st.sampled_from([{}, {}, {}, {"kit": 1}])),
        day_range=draw(st.sampled_from([None, None, (0, 0), (1, 1)])),
        fixed=(0, 540, None) if draw(chance) else None,
        after=tuple((o, draw(st.sampled_from([0, 30, 900]))) for o in relation),
        same_day_as=tuple(o for o in others if draw(chance)),
        not_same_day_as=tuple(o for o in others if draw(chance)),
        no_later=tuple((o, draw(st.sampled_from([0, 30, 900]))) for o in others if draw(chance)),
        preferred=draw(st.sampled_from([(), (), ((540, 570),), ((600, 600), (660, 720))])),
    )


@st.composite
def two_groups(draw):
    shares = draw(st.sampled_from([frozenset(), frozenset(), frozenset("h")]))
    return (Group("g", 10, draw(SPOKEN), shares), Group("h", 6))


@st.composite
def problems(draw, max_sessions=5):
    """Two days of an hour or two, a few sessions, rooms and trainers; often impossible."""
    count = draw(st.sampled_from([*range(max_sessions, 0, -1), 0]))
    rooms = [PLAIN_ROOM, *draw(st.lists(ROOMS, max_size=1))]
    trainers = [PLAIN_TRAINER, *draw(st.lists(TRAINERS, max_size=1))]
    keys = [f"s{n}" for n in range(count)]
    names = [f"t{n}" for n in range(len(trainers))]
    return TimetableProblem(
        days=(Day("d0", "Mon", draw(PERIODS)), Day("d1", "Tue", draw(PERIODS))),
        sessions=tuple(draw(sessions(key, keys[:n], names)) for n, key in enumerate(keys)),
        rooms=tuple(replace(room, key=f"r{n}") for n, room in enumerate(rooms)),
        trainers=tuple(replace(t, key=name) for t, name in zip(trainers, names, strict=True)),
        groups=draw(two_groups()),
        equipment=(Equipment("kit", draw(st.sampled_from([1, 2]))),),
        weights=Weights(late_from=570, full_day=60, spread=draw(st.sampled_from([0, 0, 2]))),
        step=STEP,
        travel={("far", "near"): draw(st.sampled_from([30, 45, 200, 1400]))},
        wishes=tuple(w for w in draw(st.lists(WISHES, max_size=1)) if {*w.sessions} <= {*keys}),
        week_offset=draw(st.sampled_from([0, 6])),
    )


def every_placement(problem, session) -> list[Placement]:
    """Every start on the grid, with every room and every choice of trainers, right or wrong."""
    starts = {
        (index, start)
        for index, day in enumerate(problem.days)
        for opens, shuts in day.periods
        for start in range(opens, shuts, problem.step)
    }
    if session.fixed is not None:
        starts.add(session.fixed[:2])
    rooms = [None, *(room.key for room in problem.rooms)]
    names = sorted(trainer.key for trainer in problem.trainers)
    choices = [combinations(names, count) for count in session.trainer_roles.values()]
    fills = [dict(zip(session.trainer_roles, chosen, strict=True)) for chosen in product(*choices)]
    return [
        Placement(day, start, room, roles)
        for (day, start), room, roles in product(sorted(starts), rooms, fills)
    ]


def every_timetable(problem) -> Iterator[dict[str, Placement]]:
    """Every set of placements that breaks no rule, found by trying them one after the other."""
    open_to = {
        s.key: [
            p for p in every_placement(problem, s) if not faults(alone_in(problem, s), {s.key: p})
        ]
        for s in problem.sessions
    }

    def extend(placed, left):
        if not left:
            yield dict(placed)
            return
        for placement in open_to[left[0]]:
            wider = {**placed, left[0]: placement}
            if not faults(problem, wider):
                yield from extend(wider, left[1:])

    yield from extend({}, [s.key for s in problem.sessions])


def alone_in(problem, session):
    """The problem with this session only."""
    free = replace(session, after=(), no_later=(), same_day_as=(), not_same_day_as=())
    return replace(problem, sessions=(free,), wishes=())
