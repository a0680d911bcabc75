"""Flows of groups through their days, against trying every timetable."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.courses import course, hidden_course
from karvan.engines.timetabling import (
    Clash,
    ClashKind,
    Day,
    Group,
    NoTimetable,
    Remedy,
    RemedyKind,
    Room,
    Session,
    Timetable,
    TimetableProblem,
    Trainer,
    Weights,
    build_timetable,
    costs_of,
    repair_timetable,
)
from karvan.engines.timetabling.alike import Alike
from karvan.engines.timetabling.check import faults, minute_of
from karvan.engines.timetabling.day_layouts import Ties, TooManyError, layouts_of_day
from karvan.engines.timetabling.flow_model import FlowModel
from karvan.engines.timetabling.flow_neighbourhoods import Stays, Stretches
from karvan.engines.timetabling.flows_first import flows_of
from karvan.engines.timetabling.flows_reasons import no_times, without_times
from karvan.engines.timetabling.group_paths import GroupPaths
from karvan.engines.timetabling.openings import Openings
from karvan.engines.timetabling.relax import only_sessions
from karvan.engines.timetabling.search import Work, run
from tests.engines.timetabling.small import every_timetable, problems
from tests.engines.timetabling.test_bounds_by_days import on_slots

slow = settings(deadline=None, derandomize=True)


def searched(problem: TimetableProblem, work: float = 2):
    flows = flows_of(problem, problem.sessions, seed=1)
    if flows is not None:
        flows.search(Work(work))
    return flows


@given(problems(max_sessions=4), st.booleans())
@settings(slow, max_examples=100)
def test_no_timetable_costs_less_than_flows_say_and_theirs_keep_the_rules(drawn, weeks_apart):
    problem = on_slots(drawn, weeks_apart)
    every = [costs_of(problem, placements).total for placements in every_timetable(problem)]
    if not problem.sessions:
        return

    flows = searched(problem)

    if flows is None:
        assert not every
        return
    assert not every or flows.bound <= min(every)
    if flows.best is not None:
        cost, placements = flows.best
        assert faults(problem, placements) == ()
        assert cost == costs_of(problem, placements).total >= flows.bound


def two_groups_alike(**changed) -> TimetableProblem:
    """A talk for both, then three lessons of each in order, in one room with a traveller."""
    lessons = tuple(
        Session(
            f"{g}{n}",
            30,
            (g,),
            trainer_roles={"X": 1} if n == 1 else {},
            room_kind="A",
            after=((f"{g}{n - 1}" if n else "talk", 0 if n < 2 else 600),),
        )
        for g in "gh"
        for n in range(3)
    )
    return TimetableProblem(
        **{
            "days": tuple(Day(f"d{n}", f"day {n}", ((540, 660),)) for n in range(3)),
            "sessions": (Session("talk", 30, ("g", "h"), room_kind="B"), *lessons),
            "rooms": (Room("r0", "A", 20), Room("r1", "B", 20, kinds=frozenset("A"))),
            "trainers": (Trainer("t0", frozenset("X"), travels=True),),
            "groups": (Group("g", 8), Group("h", 9)),
            "equipment": (),
            "weights": Weights(),
            "step": 30,
            **changed,
        }
    )


def optimum(problem: TimetableProblem) -> int:
    """The cost of the best timetable, by the model that tells all sessions apart."""
    return build_timetable(problem, seed=1, work_limit=20).costs.total


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"rooms": (Room("r0", "A", 20), Room("r1", "B", 20))},
        {"weights": Weights(gap=3, group_day=7, room_change=5, stay=20, late_from=600, spread=1)},
        {"rooms": (Room("r0", "A", 20, closed=((0, 540, 600),)), Room("r1", "B", 20))},
        {"trainers": (Trainer("t0", frozenset("X"), frozenset({0, 1}), 30, travels=True),)},
        {"days": tuple(Day(f"d{n}", f"day {n}", ((540, 600), (630, 690))) for n in range(3))},
    ],
)
def test_groups_that_are_alike_are_one_network_and_cost_as_much(changed):
    problem = two_groups_alike(**changed)

    flows = searched(problem, work=10)

    assert [flow.groups for flow in flows.model.flows] == [("g", "h")]
    assert flows.best is not None
    assert flows.bound == flows.best[0] == optimum(problem)
    assert faults(problem, flows.best[1]) == ()


def test_groups_that_sit_together_in_everything_are_one_network_and_cost_twice():
    together = tuple(Session(f"s{n}", 30, ("g", "h")) for n in range(3))
    problem = two_groups_alike(sessions=together)

    flows = searched(problem)

    assert [(flow.leader, flow.weight) for flow in flows.model.flows] == [("g", 2)]
    assert flows.bound == flows.best[0] == 2 * problem.weights.group_day


def test_sessions_of_a_group_that_could_change_places_come_in_one_order():
    tutorials = tuple(Session(f"{g} tutorial {n}", 30, (g,)) for g in "gh" for n in range(5))
    problem = two_groups_alike(sessions=tutorials)
    alike = Alike(problem, problem.sessions, Openings(problem, problem.sessions))

    flows = searched(problem)

    assert alike.sets == [("g", "h")]
    assert alike.twins["g"] == [(f"g tutorial {n}", f"g tutorial {n + 1}") for n in range(4)]
    assert max(len(arcs) for arcs in flows.model.flows[0].paths.arcs) <= 25
    assert flows.bound == flows.best[0] == optimum(problem)
    starts = [minute_of(flows.best[1][f"g tutorial {n}"]) for n in range(5)]
    assert starts == sorted(starts)


def test_sessions_that_are_asked_of_differently_are_no_twins():
    tutorials = tuple(Session(f"tutorial {n}", 30, ("g",)) for n in range(3))
    after = Session("test", 30, ("g",), after=(("tutorial 1", 0),))
    problem = two_groups_alike(sessions=(*tutorials, after))

    alike = Alike(problem, problem.sessions, Openings(problem, problem.sessions))

    assert alike.twins == {"g": [("tutorial 0", "tutorial 2")]}


def test_a_chain_of_sessions_has_few_sets_behind_it():
    problem = two_groups_alike()
    mine = [s for s in problem.sessions if "g" in s.groups]

    paths = GroupPaths(mine, Openings(problem, problem.sessions))

    assert {arc.before for arcs in paths.arcs for arc in arcs} <= {0, 1, 3, 7, 15}
    assert {arc.after for arc in paths.arcs[-1]} == {paths.whole}
    for (day, held), layouts in paths.layouts.items():
        for layout in layouts:
            assert held == sum(1 << n for n, _ in layout.starts)
            assert all(t // 1440 == day for _, t in layout.starts)


def test_a_layout_keeps_what_lies_between_two_sessions_of_the_day():
    sessions = tuple(
        Session(f"s{n}", 30, ("g",), after=((f"s{n - 1}", 0),) if n else ()) for n in range(3)
    )
    problem = two_groups_alike(sessions=sessions)
    ties = Ties(sessions, Openings(problem, sessions))

    found = layouts_of_day(ties, 0, 100)

    assert set(found) == {0b001, 0b010, 0b100, 0b011, 0b110, 0b111}
    assert len(found[0b111]) == 4


def test_days_that_can_be_laid_out_in_too_many_ways_are_left_to_other_searches(monkeypatch):
    tutorials = tuple(Session(f"tutorial {n}", 30, ("g",), seats=n) for n in range(6))
    problem = two_groups_alike(sessions=tutorials)
    openings = Openings(problem, tutorials)

    with pytest.raises(TooManyError):
        layouts_of_day(Ties(tutorials, openings), 0, 100)
    for limit in ("MOST_LAYOUTS", "MOST_ARCS", "MOST_PAIRS"):
        with monkeypatch.context() as patched:
            patched.setattr(f"karvan.engines.timetabling.group_paths.{limit}", 10)
            assert flows_of(problem, problem.sessions, seed=1) is None
    assert flows_of(problem, problem.sessions, seed=1) is not None


@pytest.mark.parametrize("seed", [1, 2])
def test_the_plan_hidden_in_a_course_is_an_answer_of_its_flows(seed):
    problem, hidden = hidden_course(54, seed)
    model = FlowModel(problem, problem.sessions, Openings(problem, problem.sessions))
    values = model.values_of(hidden)
    assert values is not None
    for index, value in values.items():
        model.cp.add(model.cp.get_int_var_from_proto_index(index) == value)

    solver, status = run(model.cp, seed=1, work=Work(5))

    assert solver.objective_value <= costs_of(problem, hidden).total


def test_a_plan_that_breaks_the_order_or_lacks_a_session_is_no_answer():
    problem, hidden = hidden_course(54, seed=1)
    model = FlowModel(problem, problem.sessions, Openings(problem, problem.sessions))
    lab, review = hidden["m0 g0 2 lab"], hidden["m0 g0 6 review"]

    assert model.values_of({**hidden, "m0 g0 2 lab": review, "m0 g0 6 review": lab}) is None
    del hidden["m0 g0 2 lab"]
    assert model.values_of(hidden) is None


def test_a_search_begins_from_a_timetable_it_is_given():
    problem, hidden = hidden_course(120, seed=1)
    flows = flows_of(problem, problem.sessions, seed=1)

    flows.search(Work(1), hidden)

    assert flows.best[0] <= costs_of(problem, hidden).total


def test_with_little_work_any_times_are_made_cheaper_and_bounded_by_the_relaxation():
    problem = course(120, seed=1)
    flows = flows_of(problem, problem.sessions, seed=1)

    flows.search(Work(2))

    cost, placements = flows.best
    assert faults(problem, placements) == ()
    assert 4_000 < flows.bound < cost < 7_000


@pytest.mark.parametrize("kinds", [(Stays,), (Stretches,), (Stays, Stretches)])
def test_tries_with_some_of_the_answer_held_end_with_the_best_and_its_proof(kinds, monkeypatch):
    problem = two_groups_alike(weights=Weights(gap=3, group_day=7, stay=20, late_from=600))
    flows = flows_of(problem, problem.sessions, seed=1)
    monkeypatch.setattr("karvan.engines.timetabling.flows_first.A_RAISE", 0.001)
    for kind in {Stays, Stretches} - {*kinds}:
        monkeypatch.setattr(kind, "held", lambda _self: None)

    flows.search(Work(20))

    assert flows.bound == flows.best[0] == optimum(problem)


def test_stays_are_set_free_one_by_one_then_two_by_two_and_anew_where_it_helped():
    kind = Stays([[0], [1, 2], [3]], seed=1)

    def tries(count: int) -> list[tuple[int, ...]]:
        found = []
        for _ in range(count):
            assert kind.held() is not None
            found.append(kind.last)
            kind.tried(through=True, cheaper=False)
        return found

    assert kind.held() == [0, 1, 2, 3]
    kind.tried(through=True, cheaper=False)
    assert sorted(tries(3)) == [(0,), (1,), (2,)]
    assert {len(one) for one in tries(2)} == {2}
    kind.tried(through=True, cheaper=True)
    assert sorted(tries(3)) == [(0,), (1,), (2,)]
    assert {len(one) for one in tries(2)} == {2}


def test_stays_grow_no_further_where_a_try_was_not_looked_through():
    kind = Stays([[0], [1]], seed=1)
    kind.held()
    kind.tried(through=False, cheaper=False)

    assert kind.held() is None


@given(problems(max_sessions=4), st.booleans())
@settings(slow, max_examples=60)
def test_sessions_said_to_have_no_times_have_none(drawn, weeks_apart):
    problem = on_slots(drawn, weeks_apart)
    if not problem.sessions:
        return

    some = without_times(problem, problem.sessions, seed=1, work=Work(2))

    if some is None:
        return
    alone = only_sessions(problem, frozenset(s.key for s in some))
    assert next(every_timetable(alone), None) is None


def test_what_has_no_times_is_the_module_that_shows_it_with_what_helps():
    lab = tuple(Session(f"lab {g}", 60, (g,), room_kind="A", day_range=(0, 0)) for g in "ghi")
    talk = tuple(Session(f"talk {g}", 30, (g,), room_kind="B", day_range=(1, 2)) for g in "ghi")
    tied = tuple(replace(s, same_day_as=("lab g",)) if s.key != "lab g" else s for s in lab)
    problem = two_groups_alike(
        days=tuple(Day(f"d{n}", f"day {n}", ((540, 660),)) for n in range(3)),
        sessions=(*tied, *talk),
        rooms=(Room("r0", "A", 20), Room("r1", "B", 20)),
        groups=(Group("g"), Group("h"), Group("i")),
    )

    some = without_times(problem, problem.sessions, seed=1, work=Work(5))
    answer = no_times(problem, some, whole=problem.sessions, seed=1, work=Work(5))

    assert {s.key for s in some} == {"lab g", "lab h", "lab i"}
    assert answer.reasons == (Clash(ClashKind.NO_TIMES, ("lab g", "lab h", "lab i")),)
    assert answer.remedies == (Remedy(RemedyKind.MORE_ROOMS, ("A",), 1, True),)


def test_a_large_course_without_times_is_refused_with_reasons():
    problem = course(120, seed=1)
    (lab,) = (room for room in problem.rooms if room.kind == "LAB")
    shut = tuple((n, 0, 1440) for n in range(len(problem.days)) if n % 3)
    rooms = tuple(replace(r, closed=shut) if r is lab else r for r in problem.rooms)

    answer = build_timetable(replace(problem, rooms=rooms), seed=1, work_limit=20)

    assert isinstance(answer, NoTimetable)
    assert ClashKind.WORK_LIMIT not in {clash.kind for clash in answer.reasons}


def test_a_day_lost_to_four_hundred_sessions_that_leaves_no_times_is_said_to():
    problem, plan = hidden_course(400, seed=8)
    days = tuple(replace(d, periods=()) if n == 3 else d for n, d in enumerate(problem.days))
    before = Timetable(plan, costs_of(problem, plan), 0, False)

    answer = repair_timetable(replace(problem, days=days), before, work_limit=8)

    assert isinstance(answer, NoTimetable)
    assert answer.reasons[-1].kind == ClashKind.NO_TIMES
    assert {clash.kind for clash in answer.reasons[:-1]} == {ClashKind.CLOSED_TIME}
