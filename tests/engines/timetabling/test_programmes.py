"""Whole programmes are built, proved the cheapest, and explained when they cannot be."""

from dataclasses import replace

import pytest

from karvan.engines.timetabling import (
    Clash,
    ClashKind,
    NoTimetable,
    build_timetable,
    can_be_kept,
    check_timetable,
)
from karvan.engines.timetabling.explain import explain
from karvan.engines.timetabling.search import Work
from tests.engines.timetabling.programmes import boot_camp, six_weeks, workshop


@pytest.mark.parametrize(
    ("programme", "sessions", "least_days"),
    [(boot_camp, 33, 15), (workshop, 21, 5), (six_weeks, 60, 36)],
    ids=["boot camp", "workshop", "six weeks"],
)
def test_programme_is_built_and_proved(programme, sessions, least_days):
    problem = programme()

    answer = build_timetable(problem)

    assert check_timetable(problem, answer) == ()
    assert len(answer.placements) == sessions
    assert answer.proved
    assert answer.costs.group_days >= 60 * least_days


def test_same_seed_gives_the_same_timetable_again():
    assert build_timetable(six_weeks(), seed=7) == build_timetable(six_weeks(), seed=7)


def test_a_jury_too_small_is_named_before_any_search():
    problem = boot_camp()
    small = tuple(t for t in problem.trainers if "JURY" not in t.roles or "MENTOR" in t.roles)

    answer = build_timetable(replace(problem, trainers=small[:-4]))

    assert Clash(ClashKind.ROLE_MISSING, ("pitches", "JURY")) in answer.reasons


def test_a_hall_shut_all_morning_is_part_of_the_reasons():
    problem = boot_camp()
    hall = replace(problem.rooms[0], closed=((0, 0, 840),))
    shut = replace(problem, rooms=(hall, *problem.rooms[1:]))

    answer = build_timetable(shut)

    assert isinstance(answer, NoTimetable)
    assert Clash(ClashKind.ROOM_CLOSED, ("hall",)) in answer.reasons
    assert can_be_kept(shut, answer.reasons) is False


def test_stopped_early_the_best_so_far_is_given_with_an_honest_bound():
    problem = boot_camp()
    wider = replace(problem, sessions=tuple(replace(s, day_range=None) for s in problem.sessions))

    answer = build_timetable(wider, work_limit=1)

    assert check_timetable(wider, answer) == ()
    assert not answer.proved
    assert answer.bound < answer.costs.total


def test_stopped_before_anything_was_found_is_not_called_impossible():
    answer = explain(boot_camp(), boot_camp().sessions, seed=1, work=Work(0))

    assert answer.reasons == (Clash(ClashKind.WORK_LIMIT),)
    assert not answer.minimal
