"""Risks: estimated, controlled, judged; a judgement stands only as long as what it rests on."""

from __future__ import annotations

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.dossiers.errors import NotGiven, NotOfThisDossier
from karvan.stages.dossiers.services.risks import (
    add_control,
    add_risk,
    change_control,
    change_risk,
    judge_risk,
    remove_control,
    set_risk_limits,
    take_hazards,
)
from karvan.stages.dossiers.services.trials import add_test_case, run_test
from tests import make

pytestmark = pytest.mark.django_db
SHOCK = {
    "hazard": "energy",
    "situation": "The case is live",
    "harm": "Shock",
    "severity": 4,
    "probability": 4,
}


@pytest.fixture
def dossier():
    return make.dossier()


def risk_of(dossier, code="H-01", **more):
    return add_risk(dossier, code=code, by=None, **{**SHOCK, **more})


def case_of(dossier):
    return add_test_case(dossier, code="T-01", title="Leakage", limit_high=100, unit="µA", by=None)


def judged(risk, severity, probability, acceptable="yes", **more):
    return judge_risk(
        risk,
        residual_severity=severity,
        residual_probability=probability,
        acceptable=acceptable,
        by=None,
        **more,
    )


def test_a_control_with_a_passing_test_brings_a_risk_from_red_to_green(dossier):
    risk, case = risk_of(dossier), case_of(dossier)
    add_control(risk, option="inherent_safety", text="Extra-low voltage", test=case, by=None)
    run_test(case, value=12, expanded_uncertainty=1, by=None)

    done = judged(risk, 2, 1)

    assert (done.residual_severity, done.residual_probability, done.acceptable) == (2, 1, "yes")


def test_a_refused_judgement_changes_nothing_and_says_which_control(dossier):
    risk = risk_of(dossier)
    add_control(risk, option="information", text="Warning label", analysis="Read.", by=None)

    with pytest.raises(NotGiven, match="Warning label"):
        judged(risk, 2, 1)

    risk.refresh_from_db()
    assert risk.residual_severity is None
    assert not Record.objects.filter(act="risk judged").exists()


def test_a_failed_run_of_its_test_refuses_the_judgement(dossier):
    risk, case = risk_of(dossier), case_of(dossier)
    add_control(risk, option="protective_measure", text="Fuse", test=case, by=None)
    run_test(case, value=300, expanded_uncertainty=1, by=None)

    with pytest.raises(NotGiven, match="failed"):
        judged(risk, 4, 2)


def test_a_judgement_is_taken_back_when_its_control_goes(dossier):
    risk = risk_of(dossier)
    control = add_control(
        risk, option="protective_measure", text="Fuse", analysis="Rated.", by=None
    )
    judged(risk, 4, 2)

    broken = remove_control(control, by=None)

    risk.refresh_from_db()
    assert broken and risk.residual_severity is None and risk.acceptable == ""
    last = Record.objects.order_by("number").last()
    assert (last.act, last.reason) == ("judgement taken back", " ".join(broken))


def test_a_judgement_stays_while_it_still_stands(dossier):
    risk = risk_of(dossier)
    control = add_control(
        risk, option="protective_measure", text="Fuse", analysis="Rated.", by=None
    )
    judged(risk, 4, 2)

    assert (
        change_control(
            control, option="protective_measure", text="Fuse 1 A", analysis="Rated.", by=None
        )
        == []
    )
    assert change_risk(risk, by=None, code="H-01", **{**SHOCK, "probability": 5}) == []

    risk.refresh_from_db()
    assert risk.acceptable == "yes"


def test_the_estimate_of_a_risk_keeps_to_its_parts(dossier):
    with pytest.raises(NotGiven, match="P1 and P2"):
        risk_of(dossier, p1=2, p2=5)

    assert risk_of(dossier, p1=5, p2=4).pk


def test_a_test_of_another_dossier_shows_nothing_here(dossier):
    with pytest.raises(NotOfThisDossier):
        add_control(
            risk_of(dossier),
            option="protective_measure",
            text="Fuse",
            test=case_of(make.dossier()),
            by=None,
        )


def test_a_dossiers_own_limits_decide(dossier):
    set_risk_limits(dossier, cells=[["low"] * 5] * 5, by=None)
    risk = risk_of(dossier)

    assert judged(risk, 4, 4).acceptable == "yes"
    with pytest.raises(NotGiven, match="milder"):
        set_risk_limits(dossier, cells=[["high"] * 5, *[["low"] * 5] * 4], by=None)


def test_hazards_of_the_kind_of_device_come_once(dossier):
    hazard = {"hazard": "thermal", "situation": {"en": "Probe too warm"}, "harm": {"en": "Burn"}}
    dossier.device_type = make.device_type(hazards=[hazard, {"hazard": "odd", "situation": "x"}])
    dossier.save()

    first, second = take_hazards(dossier, by=None), take_hazards(dossier, by=None)

    assert [(one.code, one.situation, one.harm) for one in first] == [
        ("H-01", "Probe too warm", "Burn")
    ]
    assert second == []
