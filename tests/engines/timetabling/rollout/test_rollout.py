"""Years of one team against brute force: every order on every day of tiny horizons."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.timetabling.rollout import (
    HOME,
    Costs,
    NoRollout,
    Quarter,
    Rollout,
    RolloutProblem,
    Rule,
    RuleKind,
    Stop,
    Stretch,
    Trip,
    broken,
    can_be_kept,
    check_rollout,
    costs_of,
    mend_rollout,
    plan_rollout,
    with_remedy,
)
from karvan.engines.timetabling.rollout.labels import prove

KEYS = ("a", "b", "c")


@st.composite
def stops(draw, key, horizon):
    def some(low, high, otherwise):
        return draw(st.one_of(st.just(otherwise), st.integers(low, high)))

    first = draw(st.integers(0, horizon))
    last = first + draw(st.integers(0, 2))
    stretch = Stretch("shut", first, last, draw(st.sampled_from([None, None, 3])))
    return Stop(
        key,
        draw(st.integers(1, 3)),
        ready_from=some(0, 4, 0),
        visa_days=some(0, 3, 0),
        done_by=some(3, horizon, None),
        stretches=draw(st.sampled_from([(), (stretch,)])),
        amount=draw(st.integers(0, 3)),
        weight=draw(st.integers(0, 3)),
        fixed=draw(st.sampled_from([None, None, None, None, 2])),
    )


@st.composite
def problems(draw):
    """Up to three stops in a dozen days; about half are impossible."""
    horizon = draw(st.integers(8, 12))
    keys = KEYS[: draw(st.integers(1, 3))]
    pairs = [(a, b) for a in (HOME, *keys) for b in (HOME, *keys) if a < b]
    trips = {pair: Trip(draw(st.integers(0, 2)), draw(st.integers(0, 5))) for pair in pairs}
    quarters = (
        Quarter("first", 0, horizon // 2 - 1, draw(st.integers(1, 6))),
        Quarter("second", horizon // 2, horizon, draw(st.integers(1, 6))),
    )
    return RolloutProblem(
        horizon,
        tuple(draw(stops(key, horizon)) for key in keys),
        handover=draw(st.integers(0, 2)),
        trips=trips,
        quarters=draw(st.sampled_from([(), quarters, quarters[:1]])),
    )


def every_year(problem):
    keys = [stop.key for stop in problem.stops]
    for days in product(range(problem.horizon), repeat=len(keys)):
        starts = dict(zip(keys, days, strict=True))
        if not broken(problem, starts):
            yield starts


@settings(max_examples=40, deadline=None)
@given(problems())
def test_a_year_is_the_cheapest_of_all_that_keep_the_rules_or_there_is_none(problem):
    possible = [costs_of(problem, starts).total for starts in every_year(problem)]
    answer = plan_rollout(problem)
    if not possible:
        assert isinstance(answer, NoRollout)
        return
    assert isinstance(answer, Rollout)
    assert check_rollout(problem, answer) == ()
    assert answer.proved
    assert answer.costs.total == answer.bound == min(possible)
    assert list(answer.starts.values()) == sorted(answer.starts.values())


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 4))
def test_the_proof_by_labels_finds_what_brute_force_finds(problem, above):
    possible = [costs_of(problem, starts).total for starts in every_year(problem)]
    beat = min(possible, default=50) + above
    proof = prove(problem, beat, 10_000)
    assert proof.whole
    if possible and above:
        assert proof.bound == min(possible)
        assert broken(problem, proof.starts) == ()
        assert costs_of(problem, proof.starts).total == min(possible)
    else:
        assert (proof.starts, proof.bound) == (None, beat)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_reasons_cannot_all_be_kept_and_each_with_one_less_can(problem):
    answer = plan_rollout(problem)
    if isinstance(answer, Rollout):
        return
    assert answer.minimal
    assert can_be_kept(problem, answer.reasons) is False
    for rule in answer.reasons:
        assert can_be_kept(problem, set(answer.reasons) - {rule}) is True


@settings(max_examples=40, deadline=None)
@given(problems())
def test_a_remedy_frees_the_year_and_one_unit_less_of_it_does_not(problem):
    answer = plan_rollout(problem)
    for remedy in answer.remedies if isinstance(answer, NoRollout) else ():
        assert list(every_year(with_remedy(problem, remedy)))
        if remedy.amount:
            less = with_remedy(problem, replace(remedy, amount=remedy.amount - 1))
            assert not list(every_year(less))


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(1, 6), st.booleans())
def test_mending_moves_the_fewest_stops_by_the_fewest_days(problem, late, holds):
    before = plan_rollout(problem)
    if isinstance(before, NoRollout):
        return
    unready = replace(problem.stops[0], ready_from=late)
    changed = replace(problem, stops=(unready, *problem.stops[1:]))
    held = frozenset({problem.stops[-1].key} if holds and len(problem.stops) > 1 else ())

    def rank(starts):
        moves = [abs(day - before.starts[key]) for key, day in starts.items()]
        return sum(move > 0 for move in moves), sum(moves), costs_of(changed, starts).total

    possible = [
        rank(starts)
        for starts in every_year(changed)
        if all(starts[key] == before.starts[key] for key in held)
    ]
    mended = mend_rollout(changed, before.starts, held)
    if not possible:
        assert isinstance(mended, NoRollout)
        return
    assert check_rollout(changed, mended) == ()
    assert rank(mended.starts) == min(possible)
    assert (mended.proved, mended.bound) == (True, min(possible)[0])
    assert set(mended.moved) == {k for k, day in mended.starts.items() if day != before.starts[k]}


def test_a_stop_that_stays_and_is_closed_on_some_days_is_named_where_nothing_can_be_mended():
    shut = Stretch("shut", 0, 0)
    problem = RolloutProblem(
        8,
        (Stop("a", 2, ready_from=1), Stop("b", 1, stretches=(shut,))),
        trips={(HOME, "a"): Trip(0, 0), (HOME, "b"): Trip(0, 0), ("a", "b"): Trip(2, 0)},
    )

    mended = mend_rollout(problem, {"a": 0, "b": 4}, frozenset({"b"}))

    assert isinstance(mended, NoRollout)
    assert Rule(RuleKind.HELD, ("b",)) in mended.reasons
    assert Rule(RuleKind.HELD, ("b",)) in {remedy.rule for remedy in mended.remedies}


def test_a_year_costs_its_starts_its_ways_and_its_dear_days():
    ramadan = Stretch("Ramadan", 2, 4, price=10)
    problem = RolloutProblem(
        12,
        (Stop("a", 3, weight=2, stretches=(ramadan,), fixed=1), Stop("b", 2, weight=1, fixed=8)),
        trips={(HOME, "a"): Trip(1, 5), ("b", "a"): Trip(2, 7), (HOME, "b"): Trip(1, 1)},
    )
    answer = plan_rollout(problem)
    assert answer.costs == Costs(early=2 * 1 + 8, travel=5 + 7 + 1, dear=2 * 10)
    assert answer.order == ("a", "b")


def test_the_check_names_every_rule_that_is_broken():
    problem = RolloutProblem(
        10,
        (
            Stop("a", 3, ready_from=2, visa_days=2, done_by=3, amount=4, fixed=5),
            Stop("b", 2, stretches=(Stretch("exams", 3, 4),)),
            Stop("c", 2),
        ),
        handover=1,
        trips={("a", "b"): Trip(1), (HOME, "a"): Trip(2)},
        quarters=(Quarter("q", 0, 9, 3),),
    )
    found = {(rule.kind, rule.keys) for rule in broken(problem, {"a": 1, "b": 4})}
    assert found == {
        (RuleKind.READY, ("a",)),
        (RuleKind.VISA, ("a",)),
        (RuleKind.FIXED, ("a",)),
        (RuleKind.CLOSED, ("b", "exams")),
        (RuleKind.VISIT, ("c",)),
        (RuleKind.QUARTER, ("q",)),
        (RuleKind.HORIZON, ("a",)),
        (RuleKind.TOGETHER, ("a", "b")),
    }


def test_the_check_refuses_costs_that_are_not_those_of_the_days():
    problem = RolloutProblem(5, (Stop("a", 2),))
    answer = plan_rollout(problem)
    with pytest.raises(ValueError, match="the answer says"):
        check_rollout(problem, replace(answer, costs=Costs(early=9)))


def test_stops_longer_than_the_horizon_are_named_all_at_once():
    problem = RolloutProblem(4, (Stop("a", 5), Stop("b", 2), Stop("c", 9)))
    rules = tuple(Rule(RuleKind.VISIT, (key,)) for key in "ac")
    assert plan_rollout(problem) == NoRollout(rules)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: RolloutProblem(0, ()), "horizon"),
        (lambda: RolloutProblem(9, (Stop("a", 1), Stop("a", 2))), "keys of stops"),
        (lambda: RolloutProblem(9, (Stop("a", 1, fixed=9),)), "inside the horizon"),
        (lambda: RolloutProblem(9, (), trips={("a", HOME): Trip()}), "ends of trips"),
        (
            lambda: RolloutProblem(9, (), quarters=(Quarter("p", 0, 4, 1), Quarter("q", 4, 8, 1))),
            "in order and apart",
        ),
        (lambda: Stop("", 1), "key"),
        (lambda: Stretch("x", 4, 3), "first before last"),
    ],
)
def test_bad_input_is_refused_with_what_was_given(change, words):
    with pytest.raises(ValueError, match=words):
        change()


def test_the_same_seed_gives_the_same_year():
    stops = tuple(Stop(f"s{n}", 5 + n % 3, ready_from=n, weight=1 + n % 2) for n in range(7))
    problem = RolloutProblem(120, stops, handover=2)
    assert plan_rollout(problem) == plan_rollout(problem)
