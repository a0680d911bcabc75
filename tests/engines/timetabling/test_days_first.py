"""Days first: sets no day can hold, groups that change places, plans and bounds, by trying all."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.courses import course
from karvan.engines.timetabling import (
    Day,
    Equipment,
    Group,
    Room,
    Session,
    TimetableProblem,
    Trainer,
    Weights,
    costs_of,
)
from karvan.engines.timetabling.alike import Alike
from karvan.engines.timetabling.bounds_slots import has_slots
from karvan.engines.timetabling.check import faults
from karvan.engines.timetabling.days_first import DaysFirst
from karvan.engines.timetabling.openings import Openings
from karvan.engines.timetabling.search import Work
from tests.engines.timetabling.small import every_timetable, problems
from tests.engines.timetabling.test_bounds_by_days import on_slots

slow = settings(deadline=None, derandomize=True)


def opening_days(trainers: int, groups: str = "abc", travels: bool = False) -> TimetableProblem:
    """Two days of three hours: a talk for all, then a lesson of each group with one of the trainers."""
    return TimetableProblem(
        days=tuple(Day(f"d{n}", f"day {n}", ((540, 720),)) for n in range(2)),
        sessions=(
            Session("talk", 60, tuple(groups), room_kind="hall", day_range=(0, 0)),
            *(
                Session(
                    f"lesson {g}",
                    60,
                    (g,),
                    trainer_roles={"T": 1},
                    room_kind="room",
                    after=(("talk", 0),),
                )
                for g in groups
            ),
        ),
        rooms=(
            Room("hall", "hall", 100, kinds=frozenset({"room"})),
            *(Room(f"r{n}", "room", 30) for n in range(2)),
        ),
        trainers=tuple(
            Trainer(f"t{n}", frozenset({"T"}), travels=travels) for n in range(trainers)
        ),
        groups=tuple(Group(g, 20) for g in groups),
        equipment=(Equipment("kit", 1),),
        weights=Weights(),
        step=60,
    )


@given(problems(max_sessions=4), st.booleans())
@settings(slow, max_examples=30)
def test_no_timetable_costs_less_than_days_first_say(drawn, weeks_apart):
    problem = on_slots(drawn, weeks_apart)
    every = list(every_timetable(problem))
    if not every or not problem.sessions:
        return
    days = DaysFirst(problem, problem.sessions, seed=1)

    bound = days.bound({}, Work(1))

    assert bound <= min(costs_of(problem, placements).total for placements in every)


@given(problems(max_sessions=4), st.booleans())
@settings(slow, max_examples=30)
def test_no_timetable_holds_a_set_that_is_too_much(drawn, weeks_apart):
    problem = on_slots(drawn, weeks_apart)
    every = list(every_timetable(problem))
    if not every or not problem.sessions:
        return
    days = DaysFirst(problem, problem.sessions, seed=1)
    days.plan(Work(1))

    for placements in every:
        for cut in days.held.found:
            on_the_day = {key for key, at in placements.items() if at.day == cut.day}
            assert not cut.sessions <= on_the_day or cut.away & _staying(placements, cut.day)


def _staying(placements, day):
    """Trainers between whose first and last session the day lies."""
    taught = {}
    for at in placements.values():
        for trainer in (t for names in at.roles.values() for t in names):
            taught.setdefault(trainer, set()).add(at.day)
    return {trainer for trainer, on in taught.items() if min(on) <= day <= max(on)}


def test_what_a_day_cannot_hold_is_forbidden_of_every_group():
    """One trainer gives two lessons after the talk, not three: one group comes a second day."""
    problem = opening_days(trainers=1)
    days = DaysFirst(problem, problem.sessions, seed=1)

    found = days.plan(Work(5))
    bound = days.bound({}, Work(5))

    assert days.held.alike.sets == [("a", "b", "c")]
    assert found is not None
    assert faults(problem, found) == ()
    best = min(costs_of(problem, placements).total for placements in every_timetable(problem))
    assert bound <= best <= costs_of(problem, found).total
    assert bound >= 4 * problem.weights.group_day


def test_a_day_that_needs_a_second_travelling_trainer_costs_a_second_stay():
    """Two lessons at once in the one hour after the talk: another day, or another trainer."""
    problem = opening_days(trainers=2, groups="ab", travels=True)
    problem = replace(problem, days=(Day("d0", "Mon", ((540, 660),)),))
    days = DaysFirst(problem, problem.sessions, seed=1)

    bound = days.bound({}, Work(2))

    best = min(costs_of(problem, placements).total for placements in every_timetable(problem))
    assert bound == best
    assert any(cut.away for cut in days.held.found)


def test_groups_that_do_not_fit_into_the_hall_pay_for_another_room():
    """After the talk the hall holds one lesson; the other groups change rooms."""
    problem = replace(opening_days(trainers=3), days=(Day("d0", "Mon", ((540, 660),)),))
    assert has_slots(problem, problem.sessions)

    bound = DaysFirst(problem, problem.sessions, seed=1).bound({}, Work(5))

    best = min(costs_of(problem, placements).total for placements in every_timetable(problem))
    assert bound == best == 3 * problem.weights.group_day + 2 * problem.weights.room_change


def test_groups_change_places_only_where_every_rule_stays_the_same():
    problem = opening_days(trainers=1)
    other = replace(
        problem,
        sessions=tuple(
            replace(s, day_range=(1, 1)) if s.key == "lesson c" else s for s in problem.sessions
        ),
    )

    sets = [Alike(p, p.sessions, Openings(p, p.sessions)).sets for p in (problem, other)]

    assert sets == [[("a", "b", "c")], [("a", "b")]]


def test_images_of_a_set_are_all_choices_of_groups():
    problem = opening_days(trainers=1)
    alike = Alike(problem, problem.sessions, Openings(problem, problem.sessions))

    images = set(alike.images(frozenset({"talk", "lesson a", "lesson b"})))

    assert images == {
        frozenset({"talk", f"lesson {one}", f"lesson {other}"}) for one, other in ("ab", "ac", "bc")
    }


def test_a_course_is_planned_by_days_the_same_way_each_time():
    problem = course(54, seed=2)
    assert has_slots(problem, problem.sessions)

    one, two = (DaysFirst(problem, problem.sessions, seed=1).plan(Work(0.5)) for _ in range(2))

    assert one is not None
    assert one == two
    assert faults(problem, one) == ()
