"""The smallest repair, against every timetable there is: people, then moves, then cost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.timetabling import (
    NoTimetable,
    build_timetable,
    check_timetable,
    costs_of,
    repair_choices,
    repair_timetable,
)
from tests.engines.timetabling.programmes import workshop
from tests.engines.timetabling.small import every_timetable, problems

slow = settings(deadline=None, derandomize=True)
EVENTS = ("day cut", "trainer away", "trainer gone", "room shut", "room gone", "session longer")


def after_event(problem, event):
    """The problem after something happened to the first of each."""
    first_room, *rooms = problem.rooms
    first_trainer, *trainers = problem.trainers
    first, *sessions = problem.sessions
    named = any(first_trainer.key in s.trainers for s in problem.sessions)
    return {
        "day cut": replace(
            problem,
            days=(replace(problem.days[0], periods=problem.days[0].periods[1:]), problem.days[1]),
        ),
        "trainer away": replace(
            problem, trainers=(replace(first_trainer, days=frozenset({1})), *trainers)
        ),
        "trainer gone": problem if named else replace(problem, trainers=tuple(trainers)),
        "room shut": replace(problem, rooms=(replace(first_room, closed=((0, 0, 1440),)), *rooms)),
        "room gone": replace(problem, rooms=tuple(rooms)),
        "session longer": replace(
            problem, sessions=(replace(first, minutes=first.minutes + 30), *sessions)
        ),
    }[event]


def roles_of(placement):
    return {role: set(keys) for role, keys in placement.roles.items() if keys}


def counted(problem, before, after):
    """(people affected, sessions moved, other changes, cost), as the docstring defines them."""
    groups, trainers, moved, others = set(), set(), 0, 0
    for session in problem.sessions:
        old, new = before[session.key], after[session.key]
        was, now = roles_of(old), roles_of(new)
        if (old.day, old.start, old.room, was) != (new.day, new.start, new.room, now):
            groups |= set(session.groups)
            trainers |= {*session.trainers, *old.role_trainers(), *new.role_trainers()}
        moved += (old.day, old.start) != (new.day, new.start)
        others += old.room != new.room
        others += sum(len(keys - was.get(role, set())) for role, keys in now.items())
    people = sum(max(1, g.size) for g in problem.groups if g.key in groups) + len(trainers)
    return people, moved, others, costs_of(problem, after).total


@given(problems(max_sessions=4), st.sampled_from(EVENTS), st.booleans())
@settings(slow, max_examples=60)
def test_no_timetable_disturbs_less(problem, event, first_is_held):
    before = build_timetable(problem)
    if isinstance(before, NoTimetable) or not problem.sessions:
        return
    changed = after_event(problem, event)
    held = frozenset({problem.sessions[0].key} if first_is_held else ())
    possible = [
        counted(changed, before.placements, placements)
        for placements in every_timetable(changed)
        if all(placements[key] == before.placements[key] for key in held)
    ]

    after = repair_timetable(changed, before, held)

    if possible:
        assert check_timetable(changed, after) == ()
        assert counted(changed, before.placements, after.placements) == min(possible)
        assert (after.people, len(after.moved)) == min(possible)[:2]
        assert (after.people_bound, after.bound, after.proved) == (*min(possible)[:2], True)
        assert all(after.placements[key] == before.placements[key] for key in held)
    else:
        assert isinstance(after, NoTimetable)
        assert after.reasons


@given(problems(max_sessions=5), st.sampled_from(EVENTS))
@settings(slow, max_examples=20)
def test_choices_are_right_and_differ_and_the_best_comes_first(problem, event):
    before = build_timetable(problem)
    if isinstance(before, NoTimetable) or not problem.sessions:
        return
    changed = after_event(problem, event)
    held = frozenset({problem.sessions[-1].key})

    choices = repair_choices(changed, before, held, most=4)

    best = repair_timetable(changed, before, held)
    if isinstance(choices, NoTimetable):
        assert choices == best
        return
    assert choices[0] == best
    assert len(choices) <= 4
    for number, one in enumerate(choices):
        assert check_timetable(changed, one) == ()
        assert one.placements not in [other.placements for other in choices[:number]]
        assert all(one.placements[key] == before.placements[key] for key in held)
        people, moved, _, cost = counted(changed, before.placements, one.placements)
        assert (one.people, len(one.moved), one.costs.total) == (people, moved, cost)
    order = [(one.people, len(one.moved), one.costs.total) for one in choices[1:]]
    assert order == sorted(order)
    assert all(one.people >= best.people for one in choices)


def test_at_least_one_repair_must_be_asked_for():
    before = build_timetable(workshop())

    with pytest.raises(ValueError, match="most"):
        repair_choices(workshop(), before, most=0)
