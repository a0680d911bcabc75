"""The bound by days, and its parts, against trying every timetable."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.courses import hidden_course
from karvan.engines.timetabling import (
    Day,
    Group,
    Room,
    Session,
    TimetableProblem,
    Trainer,
    Weights,
    build_timetable,
    costs_of,
)
from karvan.engines.timetabling.bounds import least_cost
from karvan.engines.timetabling.bounds_days import least_by_days
from karvan.engines.timetabling.bounds_slots import has_slots
from karvan.engines.timetabling.check import faults
from karvan.engines.timetabling.days import DayModel
from karvan.engines.timetabling.neighbourhoods import chains
from karvan.engines.timetabling.openings import Openings
from karvan.engines.timetabling.relaxation import relaxed_least
from karvan.engines.timetabling.rooms_first import cheaper_times, first_placements
from karvan.engines.timetabling.search import Work, run
from tests.engines.timetabling.small import every_timetable, problems

slow = settings(deadline=None, derandomize=True, max_examples=60)


def on_slots(problem: TimetableProblem, weeks_apart: bool) -> TimetableProblem:
    """The problem in one city, on lengths that fit the grid, perhaps over two weeks."""
    return replace(
        problem,
        sessions=tuple(replace(s, fixed=None) for s in problem.sessions),
        rooms=tuple(replace(room, city="") for room in problem.rooms),
        travel={},
        wishes=(),
        week_offset=6 if weeks_apart else 0,
    )


@given(problems(max_sessions=4), st.booleans())
@slow
def test_no_timetable_costs_less_than_the_days_say(drawn, weeks_apart):
    problem = on_slots(drawn, weeks_apart)
    every = [costs_of(problem, placements).total for placements in every_timetable(problem)]
    if not every or not problem.sessions:
        return
    assert has_slots(problem, problem.sessions)

    bound = least_by_days(problem, problem.sessions, {}, seed=1, work=Work(2))
    whole = least_cost(problem, problem.sessions, seed=1, work=Work(4))

    assert 0 <= bound <= whole <= min(every)


@given(problems(max_sessions=4), st.booleans(), st.booleans())
@slow
def test_every_timetable_is_an_answer_of_the_model_of_days(drawn, weeks_apart, to_relax):
    problem = on_slots(drawn, weeks_apart)
    held = next(every_timetable(problem), None)
    if held is None or not problem.sessions:
        return
    openings = Openings(problem, problem.sessions)
    model = DayModel(problem, problem.sessions, openings, to_relax=to_relax)
    for key, at in held.items():
        model.cp.add(model.on[key][at.day] == 1)
    model.cp.minimize(model.total())

    solver, _ = run(model.cp, seed=1, work=Work(2))

    assert round(solver.objective_value) <= costs_of(problem, held).total
    assert relaxed_least(model.cp) <= round(solver.objective_value)


def test_the_order_inside_a_day_pushes_sessions_to_its_end():
    """Two groups hear a talk, then need the only kit in the one slot that is left."""
    talk = Session("talk", 60, ("a", "b"))
    labs = tuple(
        Session(f"lab {g}", 60, (g,), equipment={"kit": 1}, after=(("talk", 0),)) for g in "ab"
    )
    course, _ = hidden_course(54, seed=1)
    problem = replace(
        course,
        days=(Day("d0", "Mon", ((540, 660),)), Day("d1", "Tue", ((540, 660),))),
        sessions=(talk, *labs),
        rooms=(),
        trainers=(),
        groups=tuple(replace(course.groups[0], key=g) for g in "ab"),
        equipment=tuple(replace(pool, count=1) for pool in course.equipment),
        weights=Weights(),
        step=60,
    )

    bound = least_by_days(problem, problem.sessions, {}, seed=1, work=Work(2))

    assert bound == min(costs_of(problem, p).total for p in every_timetable(problem)) == 180


def test_a_relaxation_knows_the_days_that_travellers_stay():
    """Five laboratories of two slots, two a day, between two experts: three days of a stay."""
    day = ((540, 780),)
    labs = tuple(Session(f"lab {n}", 120, (f"g{n}",), trainer_roles={"E": 1}) for n in range(5))
    experts = tuple(
        Trainer(key, frozenset({"E"}), travels=True, max_minutes_per_day=240) for key in "ab"
    )
    problem = TimetableProblem(
        days=tuple(Day(f"d{n}", f"Day {n}", day) for n in range(4)),
        sessions=labs,
        rooms=(),
        trainers=experts,
        groups=tuple(Group(f"g{n}", 20) for n in range(5)),
        weights=Weights(stay=60, group_day=0),
        step=60,
    )
    openings = Openings(problem, labs)
    plain, strong = (DayModel(problem, labs, openings, to_relax=yes) for yes in (False, True))
    for model in (plain, strong):
        model.cp.minimize(model.total())

    assert relaxed_least(plain.cp) < 180
    assert relaxed_least(strong.cp) == 180
    assert least_by_days(problem, labs, {}, seed=1, work=Work(0.001)) == 180


def test_a_relaxation_knows_who_has_to_leave_the_hall():
    """Three groups hear a talk in the hall and fill the day: one can stay there, two change."""
    talk = Session("talk", 60, ("a", "b", "c"), room_kind="HALL")
    own = tuple(Session(f"{g}{n}", 60, (g,), room_kind="SEM") for g in "abc" for n in range(2))
    problem = TimetableProblem(
        days=tuple(Day(f"d{n}", f"Day {n}", ((540, 720),)) for n in range(2)),
        sessions=(talk, *own),
        rooms=(
            Room("hall", "HALL", 90, kinds=frozenset({"SEM"})),
            *(Room(f"room {n}", "SEM", 30) for n in range(3)),
        ),
        trainers=(),
        groups=tuple(Group(g, 20) for g in "abc"),
        weights=Weights(group_day=60, room_change=10),
        step=60,
    )
    openings = Openings(problem, problem.sessions)
    plain, strong = (
        DayModel(problem, problem.sessions, openings, to_relax=yes) for yes in (False, True)
    )
    for model in (plain, strong):
        model.cp.minimize(model.total())

    answer = build_timetable(problem, seed=1, work_limit=5)

    assert relaxed_least(plain.cp) == 180
    assert relaxed_least(strong.cp) == 200
    assert answer.proved
    assert answer.costs.total == 200


@pytest.mark.parametrize("planned", [False, True])
def test_a_course_is_made_cheaper_by_its_times_and_stays_right(planned):
    problem, _ = hidden_course(120, seed=1)
    first = first_placements(problem, problem.sessions, seed=1, work=Work(10))
    assert first is not None

    found, again = (
        cheaper_times(problem, problem.sessions, first, seed=1, work=Work(0.8), planned=planned)
        for _ in range(2)
    )

    assert faults(problem, found) == ()
    assert costs_of(problem, found).total < costs_of(problem, first).total
    assert found == again


def test_chains_are_what_order_and_days_bind():
    one, two, three = Session("1", 60), Session("2", 60, after=(("1", 0),)), Session("3", 60)

    assert chains((one, two, three)) == [("1", "2"), ("3",)]
