"""A whole grid of places is answered as one place is, whatever else is right or wrong."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.timetabling import (
    Clash,
    ClashKind,
    Costs,
    Placement,
    Timetable,
    where_may_it_go,
    why_not_here,
)
from tests.engines.timetabling.programmes import boot_camp, six_weeks
from tests.engines.timetabling.small import every_placement, problems

STARTS = [(d, s) for d in (0, 1) for s in (510, 540, 555, 570, 600, 630, 660)]


@st.composite
def with_any_places(draw):
    """A problem with most sessions placed, anywhere and with anybody."""
    problem = draw(problems(max_sessions=6))
    placements = {}
    for session in problem.sessions:
        options = every_placement(problem, session)
        if options and draw(st.integers(0, 4)):
            placements[session.key] = draw(st.sampled_from(options))
    fixed = draw(st.sampled_from([None, None, (0, 570, "r0"), (1, 600, None)]))
    sessions = tuple(
        replace(s, fixed=fixed) if n == 0 else s for n, s in enumerate(problem.sessions)
    )
    return replace(problem, sessions=sessions), Timetable(placements, Costs(), 0, False)


@given(with_any_places())
@settings(deadline=None, derandomize=True, max_examples=100)
def test_every_place_is_answered_as_if_asked_alone(given_):
    problem, timetable = given_
    rooms = [None, *(room.key for room in problem.rooms)]
    for session in problem.sessions[:2]:
        found = where_may_it_go(problem, timetable, session.key, [*STARTS, (5, 540)], rooms)

        assert found == {
            (day, start, room): why_not_here(problem, timetable, session.key, day, start, room)
            for day, start in [*STARTS, (5, 540)]
            for room in rooms
        }


def one_after_the_other(problem):
    """Every session an hour after the one before, each in the first room of its kind."""
    placements = {}
    for n, session in enumerate(problem.sessions):
        room = next((r.key for r in problem.rooms if r.serves(session.room_kind or "")), None)
        placements[session.key] = Placement(n // 8 % len(problem.days), 540 + 60 * (n % 8), room)
    return Timetable(placements, Costs(), 0, False)


@pytest.mark.parametrize("programme", [boot_camp, six_weeks])
def test_a_whole_programme_is_answered_the_same_way(programme):
    problem = programme()
    timetable = one_after_the_other(problem)
    starts = [(day, start) for day in (0, 1, 2) for start in (540, 615, 800, 840)]
    rooms = [None, *(room.key for room in problem.rooms)]

    for session in problem.sessions[::7]:
        found = where_may_it_go(problem, timetable, session.key, starts, rooms)
        for (day, start, room), clashes in found.items():
            assert clashes == why_not_here(problem, timetable, session.key, day, start, room)


def test_a_free_place_is_empty_and_a_taken_one_says_who_is_there():
    problem = boot_camp()
    timetable = one_after_the_other(problem)
    where = timetable.placements["opening"]

    found = where_may_it_go(problem, timetable, "problem", [(where.day, where.start)], ["hall"])

    assert Clash(ClashKind.ROOM_BUSY, ("hall", "problem", "opening")) in found[0, 540, "hall"]
    alone = replace(timetable, placements={"opening": replace(where, roles={"HEAD": ("t00",)})})
    assert where_may_it_go(problem, alone, "opening", [(0, 600)], ["hall"]) == {
        (0, 600, "hall"): ()
    }


def test_a_room_nobody_knows_is_refused():
    problem = boot_camp()
    timetable = one_after_the_other(problem)

    with pytest.raises(ValueError, match="attic"):
        where_may_it_go(problem, timetable, "opening", [(0, 540)], ["attic"])
