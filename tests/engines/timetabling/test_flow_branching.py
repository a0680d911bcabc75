"""The bound by branching on stays and on sessions held once, against every timetable."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.courses import hidden_course
from karvan.engines.timetabling import Room, Trainer, Weights, costs_of
from karvan.engines.timetabling.flow_branching import FlowBranching
from karvan.engines.timetabling.flows_first import flows_of
from karvan.engines.timetabling.relaxation import relaxed_least
from karvan.engines.timetabling.search import Work, is_found, run
from tests.engines.timetabling.small import every_timetable, problems
from tests.engines.timetabling.test_bounds_by_days import on_slots
from tests.engines.timetabling.test_flows import optimum, two_groups_alike

slow = settings(deadline=None, derandomize=True)


def branching(model) -> FlowBranching:
    return FlowBranching(model.cp, model)


def holding(model, stays):
    """The model with these stays held."""
    cp = model.cp.clone()
    for index, value in stays.items():
        cp.add(cp.get_int_var_from_proto_index(index) == value)
    return cp


@given(problems(max_sessions=4), st.booleans(), st.booleans())
@settings(slow, max_examples=100)
def test_no_timetable_costs_less_than_the_tree_says(drawn, weeks_apart, with_cutoff):
    problem = on_slots(drawn, weeks_apart)
    flows = flows_of(problem, problem.sessions, seed=1)
    if flows is None or flows.impossible or not problem.sessions:
        return
    every = [costs_of(problem, placements).total for placements in every_timetable(problem)]
    tree = branching(flows.model)

    tree.search(Work(1), min(every) if every and with_cutoff else None)

    if every:
        assert tree.bound <= min(every)
        assert tree.bound >= relaxed_least(flows.model.cp)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"rooms": (Room("r0", "A", 20), Room("r1", "B", 20))},
        {"weights": Weights(gap=3, group_day=7, room_change=5, stay=20, late_from=600, spread=1)},
        {"trainers": (Trainer("t0", frozenset("X"), frozenset({0, 1}), 30, travels=True),)},
    ],
)
def test_tree_says_no_more_than_the_best_and_proves_it_when_told(changed):
    problem = two_groups_alike(**changed)
    best = optimum(problem)
    model = flows_of(problem, problem.sessions, seed=1).model
    tree = branching(model)

    tree.search(Work(5))
    alone = tree.bound
    tree.search(Work(5))

    assert tree.bound == alone <= best  # nothing was left to do
    stays = tree.leads(1, Work(5))[0]
    assert sorted(stays) == sorted(index for stay in model.stays for index in stay)
    assert relaxed_least(holding(model, stays)) <= alone  # where the bound was met
    told = branching(flows_of(problem, problem.sessions, seed=1).model)
    told.search(Work(5), best)
    assert alone <= told.bound <= best
    told.search(Work(5), best + 1000)
    assert told.bound <= best


def test_only_sessions_held_once_are_branched_on():
    problem = two_groups_alike()
    model = flows_of(problem, problem.sessions, seed=1).model

    (literals,) = model.held_once()

    assert literals == [at.index for at in model.at["talk"].values()]
    assert {key for key, count in model.count.items() if count > 1} == {"g0", "g1", "g2"}


def test_tree_of_a_course_says_the_same_twice_and_leads_to_answers_near_its_bound():
    problem, hidden = hidden_course(120, seed=1)
    model = flows_of(problem, problem.sessions, seed=1).model
    told = []
    for _ in range(2):
        tree = branching(model)
        tree.search(Work(0.5))
        first = tree.bound
        tree.search(Work(0.5))
        told.append((first, tree.bound, tree.leads(1, Work(5))))

    assert told[0] == told[1]
    first, bound, leads = told[0]
    assert relaxed_least(model.cp) < first < bound <= costs_of(problem, hidden).total
    costs = []
    for stays in leads:
        solver, status = run(holding(model, stays), seed=1, work=Work(4))
        if is_found(status):
            costs.append(solver.objective_value)
    assert bound <= min(costs) < costs_of(problem, hidden).total
