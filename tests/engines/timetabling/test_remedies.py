"""What is said to free a problem does free it, by no more than it takes, and nothing is missed."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from karvan.engines.timetabling import (
    Clash,
    ClashKind,
    NoTimetable,
    Placement,
    Remedy,
    RemedyKind,
    Timetable,
    build_timetable,
    can_be_kept,
    with_remedy,
)
from karvan.engines.timetabling.relax_search import find_remedies
from karvan.engines.timetabling.search import Work
from tests.engines.timetabling.programmes import boot_camp, six_weeks
from tests.engines.timetabling.small import every_timetable, problems

AMOUNTS = {
    RemedyKind.DAYS_WIDENED: 1,
    RemedyKind.SHORTER: 5,
    RemedyKind.MORE_EQUIPMENT: 1,
    RemedyKind.MORE_MINUTES_A_DAY: 5,
    RemedyKind.MORE_MINUTES_A_WEEK: 5,
    RemedyKind.MORE_ROOMS: 1,
    RemedyKind.MORE_TRAINERS: 1,
}


def can_be_held(problem):
    return isinstance(build_timetable(problem), Timetable)


@given(problems(max_sessions=5))
@settings(deadline=None, derandomize=True, max_examples=45)
def test_each_remedy_frees_the_problem_and_less_of_it_does_not(problem):
    answer = build_timetable(problem)
    if isinstance(answer, Timetable):
        return

    for remedy in answer.remedies:
        if remedy.suffices:
            assert can_be_held(with_remedy(problem, remedy))
            less = replace(remedy, amount=remedy.amount - AMOUNTS.get(remedy.kind, 0))
            if 0 < less.amount < remedy.amount:
                assert not can_be_held(with_remedy(problem, less))


@given(problems(max_sessions=3))
@settings(deadline=None, derandomize=True, max_examples=45)
def test_where_leaving_one_session_out_is_enough_some_remedy_is_found(problem):
    answer = build_timetable(problem)
    if isinstance(answer, Timetable):
        return
    dropped = [
        with_remedy(problem, Remedy(RemedyKind.SESSION_DROPPED, (s.key,))) for s in problem.sessions
    ]

    if any(next(every_timetable(less), None) is not None for less in dropped):
        assert any(remedy.suffices for remedy in answer.remedies)
    else:
        kinds = [remedy.kind for remedy in answer.remedies if remedy.suffices]
        assert RemedyKind.SESSION_DROPPED not in kinds


def test_a_trainer_there_too_seldom_is_asked_for_one_day_more():
    problem = six_weeks()
    teachers = {t.key for t in problem.trainers if "TEACHER" in t.roles}
    week = frozenset(range(7, 14))
    away = tuple(
        replace(t, days=t.days - week | {7} if t.key == min(teachers) else t.days - week)
        if t.key in teachers
        else t
        for t in problem.trainers
    )

    answer = build_timetable(replace(problem, trainers=away))

    assert isinstance(answer, NoTimetable)
    more_days = [r for r in answer.remedies if r.kind == RemedyKind.MORE_DAYS]
    assert more_days
    assert more_days[0].suffices
    assert more_days[0].amount == len(more_days[0].keys) - 1
    assert can_be_held(with_remedy(replace(problem, trainers=away), more_days[0]))


def test_two_things_wrong_have_no_single_remedy_but_each_has_its_own():
    problem = boot_camp()
    sessions = tuple(replace(s, minutes=600) if s.key == "opening" else s for s in problem.sessions)
    rooms = tuple(room for room in problem.rooms if room.kind != "FAB")

    answer = build_timetable(replace(problem, sessions=sessions, rooms=rooms))

    kinds = {clash.kind for clash in answer.reasons}
    assert {ClashKind.TOO_LONG, ClashKind.NO_ROOM_OF_KIND} <= kinds
    assert not any(remedy.suffices for remedy in answer.remedies)
    assert {RemedyKind.SHORTER, RemedyKind.MORE_ROOMS} <= {r.kind for r in answer.remedies}


def test_rules_of_people_are_among_the_reasons_and_each_is_needed():
    """Two groups with people in common, each with a long day of its own that no trainer shares."""
    problem = boot_camp(groups=2)
    groups = tuple(replace(g, shares_with=frozenset({"g1"} - {g.key})) for g in problem.groups)
    short = tuple(replace(day, periods=((540, 780), (840, 1140))) for day in problem.days)
    longer = tuple(
        replace(s, minutes=150) if s.key.startswith(("interviews", "mentor")) else s
        for s in problem.sessions
    )
    tight = replace(problem, groups=groups, days=short, sessions=longer)

    answer = build_timetable(tight)

    assert isinstance(answer, NoTimetable)
    assert Clash(ClashKind.GROUPS_SHARE, ("g0", "g1")) in answer.reasons
    assert can_be_kept(tight, answer.reasons) is False
    for reason in answer.reasons:
        assert can_be_kept(tight, set(answer.reasons) - {reason}) is True


@pytest.mark.parametrize("kind", [RemedyKind.SHORTER, RemedyKind.MORE_DAYS])
def test_a_remedy_for_what_is_not_there_is_refused(kind):
    with pytest.raises(ValueError, match="nobody"):
        with_remedy(boot_camp(), Remedy(kind, ("nobody",), 5))


def test_a_hall_shut_all_morning_may_be_opened_or_doubled_whatever_a_quick_search_says():
    problem = boot_camp()
    hall = replace(problem.rooms[0], closed=((0, 0, 840),))
    shut = replace(problem, rooms=(hall, *problem.rooms[1:]))
    answer = build_timetable(shut)

    def at_midnight(_, sessions):
        return {session.key: Placement(0, 0) for session in sessions}

    remedies = find_remedies(shut, answer.reasons, seed=1, work=Work(60), find=at_midnight)

    assert remedies == answer.remedies
    assert Remedy(RemedyKind.ROOM_OPENED, ("hall", "d0")) in remedies
    assert Remedy(RemedyKind.MORE_ROOMS, ("HALL",), 1) in remedies
