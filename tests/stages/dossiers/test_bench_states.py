"""The way of a dossier: each guard with all that it misses, each step by its role."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from karvan.foundation.records.models import Record
from karvan.stages.dossiers.errors import InsideTheTeam, NotReady, WrongState
from karvan.stages.dossiers.guards import for_releasing
from karvan.stages.dossiers.models import DesignAlternative, Requirement, Risk, StepPhoto
from karvan.stages.dossiers.models import TestCase as Case
from karvan.stages.dossiers.models import TestRun as Run
from karvan.stages.dossiers.services.gating import answer_gate, sign_all_gates
from karvan.stages.dossiers.services.reviewing import answer_review, close_review, open_review
from karvan.stages.dossiers.services.starting import add_gate_items
from karvan.stages.dossiers.services.states import (
    choose_path,
    missing_for,
    move_dossier,
)
from tests import make
from tests.stages.dossiers.bench_world import (
    answered,
    attend,
    briefed_workshop,
    kept_file,
    papers,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return briefed_workshop()


@pytest.fixture
def dossier(workshop):
    return make.dossier(workshop)


@pytest.fixture
def member(dossier):
    return make.member(dossier)


@pytest.fixture
def officer(workshop):
    return make.bench_trainer(workshop, "SAFETY")


@pytest.fixture
def bench(workshop):
    return make.bench_trainer(workshop, "BENCH")


def person(member):
    return member.enrolment.person


def at(dossier, state):
    dossier.state = state
    dossier.save()
    return dossier


# --- cleared -----------------------------------------------------------------------------


def test_all_that_is_missing_is_said_at_once(dossier, member, officer):
    add_gate_items(dossier)

    with pytest.raises(NotReady) as refused:
        move_dossier(dossier, to="cleared", by=officer)

    said = str(refused.value).split("\n")
    assert said == missing_for(dossier, "cleared")
    text = str(refused.value)
    for part in (
        "The mains plug is out", "written permission", "how and when the device was decontaminated",
        "signed decontamination certificate", "whether the device holds patient data",
        f"{person(member)} has not attended the safety briefing",
    ):  # fmt: skip
        assert part in text
    dossier.refresh_from_db()
    assert dossier.state == "draft"


def test_the_safety_officer_clears_and_signs_at_once(dossier, member, officer):
    answered(dossier, person(member))
    papers(dossier)
    attend(member)

    move_dossier(dossier, to="cleared", by=officer)

    dossier.refresh_from_db()
    assert dossier.state == "cleared"
    kinds = set(dossier.gate_checks.filter(signed_by=officer).values_list("kind", flat=True))
    assert kinds == {"safety", "biological", "environment"}
    step = dossier.transitions.get()
    assert (step.before, step.after, step.by) == ("draft", "cleared", officer)
    assert Record.objects.filter(act="moved on", subject_id=str(dossier.pk)).count() == 1


@pytest.mark.parametrize("state", ["absent", "excused"])
def test_who_was_not_at_the_briefing_keeps_the_device_shut(dossier, member, officer, state):
    answered(dossier, person(member))
    papers(dossier)
    attend(member, state)

    assert missing_for(dossier, "cleared") == [
        f"{person(member)} has not attended the safety briefing."
    ]


def test_who_came_late_was_briefed_and_who_left_need_not_be(dossier, member, officer):
    answered(dossier, person(member))
    papers(dossier)
    attend(member, "late")
    gone = make.member(dossier)
    gone.left_on = timezone.now().date()
    gone.save()

    assert missing_for(dossier, "cleared") == []


def test_patient_data_that_are_not_wiped_block(dossier, member, officer):
    answered(dossier, person(member))
    papers(dossier)
    attend(member)
    dossier.unit.patient_data_wiped = "no"
    dossier.unit.save()

    assert "patient data" in missing_for(dossier, "cleared")[0]


def test_high_voltage_never_opens(dossier, member, officer):
    answered(dossier, person(member))
    papers(dossier)
    attend(member)
    answer_gate(dossier.gate_checks.get(code="high_voltage"), answer="yes", by=officer)

    with pytest.raises(NotReady, match="may never be opened"):
        move_dossier(dossier, to="cleared", by=officer)


def test_a_design_without_a_briefing_clears_nothing(officer):
    other = make.dossier(make.workshop())
    who = make.bench_trainer(other.activity, "SAFETY")
    added = make.member(other)
    answered(other, who)
    papers(other)

    assert missing_for(other, "cleared") == ["The design of this workshop has no safety briefing."]
    assert person(added)


def test_others_do_not_clear(dossier, member, bench, officer):
    answered(dossier, person(member))
    papers(dossier)
    attend(member)

    for somebody in (bench, person(member), make.officer()):
        with pytest.raises(WrongState, match="safety officer"):
            move_dossier(dossier, to="cleared", by=somebody)


def test_no_state_is_skipped(dossier, officer, bench):
    for to in ("teardown", "documented", "verified", "released", "superseded", "draft", "nowhere"):
        with pytest.raises(WrongState):
            move_dossier(dossier, to=to, by=officer)


# --- teardown, documented ------------------------------------------------------------------


def test_the_team_begins_the_teardown_after_the_function_test(dossier, member, bench):
    answered(dossier, person(member))
    at(dossier, "cleared")
    with pytest.raises(NotReady, match="function test"):
        move_dossier(dossier, to="teardown", by=person(member))
    dossier.function_test = {"works": "Switches on."}
    dossier.save()
    with pytest.raises(WrongState, match="team"):
        move_dossier(dossier, to="teardown", by=bench)

    move_dossier(dossier, to="teardown", by=person(member))

    assert dossier.state == "teardown"


def test_what_was_cleared_must_still_hold(dossier, member):
    answered(dossier, person(member))
    dossier.function_test = {"works": "Switches on."}
    at(dossier, "cleared")
    answer_gate(dossier.gate_checks.get(code="batteries_removed"), answer="no", by=person(member))

    assert missing_for(dossier, "teardown") == ["Not in order: Batteries are taken out."]


def test_documentation_asks_for_shares_a_review_and_pictures(dossier, member, bench):
    at(dossier, "teardown")
    with_picture, without = make.teardown_step(dossier), make.teardown_step(dossier)
    StepPhoto.objects.create(step=with_picture, file=kept_file(dossier.scope))

    missing = missing_for(dossier, "documented")

    below = [one for one in missing if "60%" in one]
    assert len(below) == 7
    assert "Nobody outside the team has reviewed the block diagram." in missing
    assert f"Step {without} has no photograph." in missing
    assert not any(str(with_picture) in one for one in missing)


def test_an_open_review_keeps_the_documentation_open(dossier, member, bench):
    peer = make.enrolment(dossier.activity).person
    review = open_review(dossier, subject="blocks", text="A link is missing.", by=peer)
    assert "1 review of the block diagram is still open." in missing_for(dossier, "documented")

    answer_review(review, answer="Drawn.", by=person(member))
    close_review(review, by=peer)

    assert not any("review" in one for one in missing_for(dossier, "documented"))


def test_a_member_does_not_accept_the_own_documentation(dossier, workshop):
    teaching = make.bench_trainer(workshop, "BENCH")
    make.member(dossier, person=teaching)

    with pytest.raises(InsideTheTeam):
        move_dossier(at(dossier, "teardown"), to="documented", by=teaching)


# --- redesign, verified --------------------------------------------------------------------


def require(dossier, number, **more):
    more.setdefault("type", "system")
    return Requirement.objects.create(
        dossier=dossier, code=f"S{number}", statement="shall work", **more
    )


def test_the_redesign_asks_for_requirements_alternatives_and_a_decision(dossier, member):
    at(dossier, "documented")
    require(dossier, 0)
    assert len(missing_for(dossier, "redesign")) == 3

    for number in range(1, 5):
        require(dossier, number)
    DesignAlternative.objects.create(dossier=dossier, title="As it is", is_baseline=True)
    DesignAlternative.objects.create(dossier=dossier, title="Ours", chosen=True, reason="local")
    move_dossier(dossier, to="redesign", by=person(member))

    assert dossier.state == "redesign"


def test_a_teardown_only_dossier_goes_straight_to_verified(dossier, member, bench):
    at(dossier, "documented")
    with pytest.raises(NotReady, match="goes on to a redesign"):
        move_dossier(dossier, to="verified", by=bench)

    choose_path(dossier, redesigns=False, by=person(member))
    move_dossier(dossier, to="verified", by=bench)

    assert dossier.state == "verified"
    with pytest.raises(WrongState):
        choose_path(dossier, redesigns=True, by=person(member))


def run(case, result, minutes=0):
    return Run.objects.create(
        case=case, result=result, run_at=timezone.now() + timedelta(minutes=minutes)
    )


@pytest.mark.parametrize(
    ("results", "shown"),
    [
        ([], False),
        (["not_run"], False),
        (["fail"], False),
        (["inconclusive"], False),
        (["fail", "pass"], True),
        (["pass", "fail"], False),
        (["pass", "not_run"], True),
    ],
)
def test_what_matters_is_shown_by_the_last_run(dossier, results, shown):
    at(dossier, "redesign")
    require(dossier, 1)
    safe = require(dossier, 2, type="safety")
    case = Case.objects.create(dossier=dossier, code="T1", title="t")
    safe.tested_by.add(case)
    for minutes, result in enumerate(results):
        run(case, result, minutes)

    assert (missing_for(dossier, "verified") == []) is shown


def test_a_second_test_that_fails_is_not_hidden_by_the_first(dossier):
    at(dossier, "redesign")
    need = require(dossier, 1, essential=True)
    for code, result in (("T1", "pass"), ("T2", "fail")):
        case = Case.objects.create(dossier=dossier, code=code, title="t")
        need.tested_by.add(case)
        run(case, result)

    assert len(missing_for(dossier, "verified")) == 1


def test_an_accepted_deviation_stands_for_a_run(dossier, bench):
    at(dossier, "redesign")
    require(dossier, 1, essential=True, deviation="Slower", deviation_accepted_by=bench)

    assert missing_for(dossier, "verified") == []


@pytest.mark.parametrize(
    ("judged", "reason", "lacks"),
    [("", "", 1), ("no", "", 1), ("yes", "", 0), ("benefit_outweighs", "lives", 0)],
)
def test_no_unacceptable_risk_stays_open(dossier, judged, reason, lacks):
    at(dossier, "redesign")
    Risk.objects.create(
        dossier=dossier, code="R1", hazard="energy", situation="s", harm="shock",
        severity=4, probability=2, acceptable=judged, reason=reason,
    )  # fmt: skip

    assert len(missing_for(dossier, "verified")) == lacks


def test_a_reviewer_outside_the_team_verifies(dossier, member, bench):
    at(dossier, "redesign")
    with pytest.raises(InsideTheTeam):
        move_dossier(dossier, to="verified", by=person(member))
    with pytest.raises(WrongState):
        move_dossier(dossier, to="verified", by=make.enrolment(dossier.activity).person)

    move_dossier(dossier, to="verified", by=bench)

    assert dossier.state == "verified"


# --- released ------------------------------------------------------------------------------


def test_a_release_misses_score_licences_and_signatures(dossier, member, workshop):
    add_gate_items(dossier)

    missing = for_releasing(at(dossier, "verified"), licences={"hardware": ""})

    assert missing[0] == "The score is 0; at least 70 is asked for."
    assert "The licence of the hardware is not set." in missing
    assert "The licence of the documents is not set." in missing
    assert any("Patents were searched" in one for one in missing)

    adviser = make.bench_trainer(workshop, "IP")
    answered(dossier, person(member))
    given = {"hardware": "CERN-OHL-S-2.0", "documentation": "CC-BY-SA-4.0"}
    assert all("Not signed" in one for one in for_releasing(dossier, licences=given, score=70))
    sign_all_gates(dossier, by=adviser)

    assert for_releasing(dossier, licences=given, score=70) == []
    assert len(for_releasing(dossier, licences=given, score=69)) == 1
