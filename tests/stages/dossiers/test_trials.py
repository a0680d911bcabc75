"""Tests and runs, alternatives and their choice, build steps and the parts they use."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.utils import timezone

from karvan.stages.dossiers.errors import InsideTheTeam, NotGiven, NotOfThisDossier
from karvan.stages.dossiers.services import alternatives, building, trials
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    return make.dossier()


def case_of(dossier, code="T-01", **more):
    more = {"limit_high": D(100), "unit": "µA", **more}
    return trials.add_test_case(dossier, code=code, title="Leakage", by=None, **more)


def changed(case, **more):
    fields = {name: getattr(case, name) for name in trials.FIELDS}
    return trials.change_test_case(case, by=None, **{**fields, **more})


def test_a_result_follows_from_value_and_uncertainty_whatever_is_said(dossier):
    run = trials.run_test(
        case_of(dossier), value=D(99), expanded_uncertainty=D(2), result="pass", by=None
    )

    assert run.result == "inconclusive"


@pytest.mark.parametrize(
    ("given", "words"),
    [({}, "give the value"), ({"value": D(1)}, "guard band"),
     ({"value": D(1), "expanded_uncertainty": D(-1)}, "below zero")],
)  # fmt: skip
def test_a_run_lacks_nothing_its_verdict_needs(dossier, given, words):
    case = case_of(dossier)

    with pytest.raises(NotGiven, match=words):
        trials.run_test(case, by=None, **given)

    assert case.runs.count() == 0


def test_without_limits_the_result_is_said_with_what_was_seen(dossier):
    case = case_of(dossier, limit_high=None, unit="")

    for given in ({}, {"result": "pass"}, {"result": "not_run", "observed": "x"}):
        with pytest.raises(NotGiven):
            trials.run_test(case, by=None, **given)

    assert trials.run_test(case, result="fail", observed="It smoked.", by=None).result == "fail"


def test_a_run_is_not_in_the_future_nor_with_a_strangers_instrument(dossier):
    case = case_of(dossier)
    meter = make.dossier().activity.instruments.create(maker="A", model="B")
    value = {"value": D(1), "expanded_uncertainty": D(0), "by": None}

    with pytest.raises(NotGiven):
        trials.run_test(case, run_at=timezone.now() + timedelta(days=1), **value)
    with pytest.raises(NotOfThisDossier):
        trials.run_test(case, instrument=meter, **value)


def test_new_limits_are_unconfirmed_and_judge_the_runs_anew(dossier):
    case = case_of(dossier)
    trials.confirm_limits(case, by=make.person())
    run = trials.run_test(case, value=D(60), expanded_uncertainty=D(1), by=None)
    case.refresh_from_db()

    assert changed(case, title="Leakage current").confirmed
    assert not changed(case, limit_high=D(50)).confirmed

    run.refresh_from_db()
    assert run.result == "fail"


def test_limits_are_confirmed_from_outside_the_team_and_only_where_there_are_some(dossier):
    inside = make.member(dossier).enrolment.person

    with pytest.raises(InsideTheTeam):
        trials.confirm_limits(case_of(dossier), by=inside)
    with pytest.raises(NotGiven, match="no limits"):
        trials.confirm_limits(case_of(dossier, "T-02", limit_high=None), by=make.person())


@pytest.mark.parametrize("wrong", [{"limit_low": D(200)}, {"unit": " "}, {"code": "T-00"}], ids=str)
def test_a_test_that_cannot_be_is_refused(dossier, wrong):
    case_of(dossier, "T-00")

    with pytest.raises(NotGiven):
        case_of(dossier, **wrong)


def test_what_was_run_stays(dossier):
    case, other = case_of(dossier), case_of(dossier, "T-02")
    trials.run_test(case, value=D(1), expanded_uncertainty=D(0), by=None)
    trials.remove_test_case(other, by=None)

    with pytest.raises(NotGiven, match="stays"):
        trials.remove_test_case(case, by=None)


def test_tests_of_the_kind_of_device_come_unconfirmed_and_once(dossier):
    template = {"code": "OX-1", "title": {"en": "Rate"}, "limit_low": -3, "limit_high": "3",
                "unit": "1/min"}  # fmt: skip
    odd = {"code": "OX-2", "title": "Words", "limit_high": "a few"}
    dossier.device_type = make.device_type(tests=[template, odd, {"code": "OX-3"}])
    dossier.save()

    made = trials.take_tests(dossier, by=None)

    assert [(one.code, one.limit_low, one.limit_high, one.confirmed) for one in made] == [
        ("OX-1", D(-3), D(3), False),
        ("OX-2", None, None, False),
    ]
    assert trials.take_tests(dossier, by=None) == []


def test_a_choice_needs_a_reason_and_something_to_choose_from(dossier):
    one = alternatives.add_alternative(dossier, title="As it is", is_baseline=True, by=None)
    with pytest.raises(NotGiven, match="nothing to choose"):
        alternatives.choose_alternative(one, reason="Good.", by=None)
    two = alternatives.add_alternative(dossier, title="Own probe", by=None)
    with pytest.raises(NotGiven, match="why"):
        alternatives.choose_alternative(two, reason=" ", by=None)

    alternatives.choose_alternative(one, reason="Cheap.", by=None)
    alternatives.choose_alternative(two, reason="Safe.", by=None)

    assert list(dossier.alternatives.filter(chosen=True).values_list("title", "reason")) == [
        ("Own probe", "Safe.")
    ]
    with pytest.raises(NotGiven, match="was chosen"):
        alternatives.remove_alternative(two, by=None)


def test_marks_weights_and_the_baseline_are_held_to_what_they_can_be(dossier):
    alternatives.add_alternative(dossier, title="As it is", is_baseline=True, by=None)

    with pytest.raises(NotGiven, match="as it is already"):
        alternatives.add_alternative(dossier, title="B", is_baseline=True, by=None)
    for scores in ({"safety": 5}, {"beauty": 2}):
        with pytest.raises(NotGiven, match="Marks"):
            alternatives.add_alternative(dossier, title="C", scores=scores, by=None)
    for weights in ({"safety": 11}, {"beauty": 1}, dict.fromkeys(("safety", "cost"), 0)):
        with pytest.raises(NotGiven):
            alternatives.weigh_criteria(dossier, weights=weights, by=None)

    alternatives.weigh_criteria(dossier, weights={"safety": 5, "cost": 0}, by=None)

    assert alternatives.weights_of(dossier)["safety"] == 5
    assert alternatives.weights_of(dossier)["usability"] == 1


def steps_of(dossier, *titles):
    return [building.add_build_step(dossier, title=title, by=None) for title in titles]


def order(dossier):
    return "".join(dossier.build_steps.values_list("title", flat=True))


def test_steps_are_moved_and_taken_out_without_a_gap(dossier):
    a, _b, c, _d = steps_of(dossier, *"ABCD")

    building.move_build_step(c, to=1, by=None)
    assert order(dossier) == "CABD"
    building.move_build_step(c, to=4, by=None)
    assert order(dossier) == "ABDC"
    building.remove_build_step(a, by=None)

    assert list(dossier.build_steps.values_list("order", "title")) == [(1, "B"), (2, "D"), (3, "C")]
    with pytest.raises(NotGiven, match="1 to 3"):
        building.move_build_step(c, to=4, by=None)


def test_a_step_uses_a_part_once_and_only_of_its_own_bill(dossier):
    (step,) = steps_of(dossier, "A")
    part = make.part_line(dossier, quantity=4)

    building.use_part(step, part=part, quantity=D(1), by=None)
    building.use_part(step, part=part, quantity=D("2.5"), by=None)

    assert step.uses.get().quantity == D("2.5")
    with pytest.raises(NotOfThisDossier):
        building.use_part(step, part=make.part_line(), quantity=D(1), by=None)
    with pytest.raises(NotGiven):
        building.use_part(step, part=part, quantity=D(0), by=None)
