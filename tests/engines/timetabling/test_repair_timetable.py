"""Laws of mending a timetable: it is right again, held sessions stay, and no fewer could move."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.timetabling import (
    Clash,
    ClashKind,
    NoTimetable,
    Timetable,
    build_timetable,
    check_timetable,
    repair_timetable,
)
from tests.engines.timetabling.programmes import boot_camp, workshop
from tests.engines.timetabling.small import every_timetable, problems

slow = settings(deadline=None, derandomize=True)


def time_of(placement):
    return (placement.day, placement.start)


@given(problems(max_sessions=5))
@settings(slow, max_examples=30)
def test_a_timetable_that_is_right_stays_as_it_is(problem):
    before = build_timetable(problem)
    if isinstance(before, NoTimetable):
        return

    after = repair_timetable(problem, before)

    assert (after.placements, after.moved, after.bound) == (before.placements, (), 0)


@given(problems(max_sessions=3), st.sampled_from([0, 1]), st.booleans())
@settings(slow, max_examples=30)
def test_a_day_cut_short_moves_as_few_as_any_timetable_would(problem, day, held_first):
    before = build_timetable(problem)
    if isinstance(before, NoTimetable) or not problem.sessions:
        return
    held = frozenset({problem.sessions[0].key} if held_first else ())
    short = replace(problem.days[day], periods=problem.days[day].periods[1:])
    changed = replace(
        problem, days=tuple(short if n == day else d for n, d in enumerate(problem.days))
    )
    moves = [
        sum(time_of(at) != time_of(before.placements[key]) for key, at in placements.items())
        for placements in every_timetable(changed)
        if all(placements[key] == before.placements[key] for key in held)
    ]

    after = repair_timetable(changed, before, held)

    if moves:
        assert check_timetable(changed, after) == ()
        assert (len(after.moved), after.bound, after.proved) == (min(moves), min(moves), True)
        assert all(after.placements[key] == before.placements[key] for key in held)
    else:
        assert isinstance(after, NoTimetable)


def test_a_trainer_ill_for_a_day_is_replaced_without_moving_what_need_not_move():
    problem = boot_camp()
    before = build_timetable(problem)
    ill = next(key for key in before.placements["mentor g0"].role_trainers())
    away = tuple(
        replace(t, days=frozenset({1, 2})) if t.key == ill else t for t in problem.trainers
    )

    after = repair_timetable(replace(problem, trainers=away), before, frozenset({"opening"}))

    assert check_timetable(replace(problem, trainers=away), after) == ()
    assert after.placements["opening"] == before.placements["opening"]
    later_days = {s.key for s in problem.sessions if s.day_range != (0, 0)}
    assert all(after.placements[key] == before.placements[key] for key in later_days)
    assert len(after.moved) == after.bound


def test_a_held_session_that_cannot_stay_is_named():
    problem = workshop()
    before = build_timetable(problem)
    at = before.placements["4 3"]
    rooms = tuple(
        replace(r, closed=((at.day, at.start, at.start + 5),)) if r.key == at.room else r
        for r in problem.rooms
    )

    answer = repair_timetable(replace(problem, rooms=rooms), before, frozenset({"4 3"}))

    assert Clash(ClashKind.HELD, ("4 3",)) in answer.reasons
    assert Clash(ClashKind.ROOM_CLOSED, ("SEM", "4 3")) in answer.reasons


def test_a_session_more_is_placed_and_does_not_count_as_moved():
    problem = workshop()
    before = build_timetable(problem)
    extra = replace(problem.sessions[0], key="talk", minutes=30, trainer_roles={})

    after = repair_timetable(replace(problem, sessions=(*problem.sessions, extra)), before)

    assert isinstance(after, Timetable)
    assert "talk" in after.placements
    assert "talk" not in after.moved


def test_held_session_without_a_place_is_refused():
    problem = workshop()

    with pytest.raises(ValueError, match="nowhere"):
        repair_timetable(problem, build_timetable(problem), frozenset({"nowhere"}))
