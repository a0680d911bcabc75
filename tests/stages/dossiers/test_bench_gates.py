"""Gate items: answers, signatures, the prohibition of high voltage."""

from __future__ import annotations

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.dossiers import gates
from karvan.stages.dossiers.errors import NotGiven, Stopped, WrongState
from karvan.stages.dossiers.guards import gates_missing
from karvan.stages.dossiers.services.gating import answer_gate, sign_all_gates, sign_gate
from karvan.stages.dossiers.services.starting import add_gate_items
from karvan.stages.dossiers.services.stopping import stop_dossier
from tests import make
from tests.stages.dossiers.bench_world import answered, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    made = make.dossier()
    add_gate_items(made)
    return made


@pytest.fixture
def officer(dossier):
    return make.bench_trainer(dossier.activity, "SAFETY")


@pytest.fixture
def adviser(dossier):
    return make.bench_trainer(dossier.activity, "IP")


@pytest.fixture
def member(dossier):
    return make.member(dossier).enrolment.person


def item(dossier, code):
    return dossier.gate_checks.get(code=code)


def test_items_of_every_kind_are_there_once(dossier):
    add_gate_items(dossier)

    codes = list(dossier.gate_checks.values_list("code", flat=True))
    assert codes == [one.code for one in gates.ITEMS]
    assert {one.kind for one in gates.ITEMS} == set(gates.Kind.values)


def test_nothing_answered_is_all_that_is_missing(dossier):
    blocking = [one for one in gates.ITEMS if one.blocking]

    assert len(gates_missing(dossier)) == len(blocking)


def test_everything_in_order_leaves_nothing_missing(dossier, member):
    answered(dossier, member)

    assert gates_missing(dossier) == []


def test_what_does_not_apply_says_why(dossier, member):
    check = item(dossier, "pressure_vented")

    with pytest.raises(NotGiven):
        answer_gate(check, answer="na", reason="  ", by=member)
    answer_gate(check, answer="na", reason="No pressure in it.", by=member)

    assert gates.is_in_order(item(dossier, "pressure_vented"))


def test_no_is_an_answer_that_shuts(dossier, member):
    answered(dossier, member)
    answer_gate(item(dossier, "no_sharps"), answer="no", by=member)

    missing = gates_missing(dossier)

    assert missing == ["Not in order: There are no sharps in it or on it."]


def test_high_voltage_shuts_for_ever(dossier, member, officer):
    answered(dossier, member)
    check = item(dossier, "high_voltage")
    answer_gate(check, answer="yes", by=member)

    for answer in ("no", "na", "yes"):
        with pytest.raises(WrongState):
            answer_gate(check, answer=answer, reason="a slip", by=officer)

    assert item(dossier, "high_voltage").answer == "yes"
    assert "may never be opened" in gates_missing(dossier)[0]


def test_high_voltage_cannot_be_waved_through_as_not_applying(dossier, member):
    with pytest.raises(NotGiven):
        answer_gate(item(dossier, "high_voltage"), answer="na", reason="small", by=member)


def test_an_unknown_answer_is_refused(dossier, member):
    with pytest.raises(NotGiven):
        answer_gate(item(dossier, "no_sharps"), answer="perhaps", by=member)


def test_each_officer_signs_his_or_her_kinds(dossier, member, officer, adviser):
    answered(dossier, member)

    sign_gate(item(dossier, "mains_locked_out"), by=officer)
    sign_gate(item(dossier, "waste_route"), by=officer)
    sign_gate(item(dossier, "patents_searched"), by=adviser)
    for code, person in (
        ("patents_searched", officer),
        ("owner_permits", officer),
        ("mains_locked_out", adviser),
        ("mains_locked_out", member),
    ):
        with pytest.raises(WrongState):
            sign_gate(item(dossier, code), by=person)

    signed = dossier.gate_checks.exclude(signed_at=None).values_list("code", "signed_by")
    assert dict(signed) == {
        "mains_locked_out": officer.pk,
        "waste_route": officer.pk,
        "patents_searched": adviser.pk,
    }


def test_an_item_is_answered_before_it_is_signed(dossier, officer):
    with pytest.raises(WrongState):
        sign_gate(item(dossier, "no_sharps"), by=officer)


def test_a_changed_answer_takes_the_signature_off(dossier, member, officer):
    answered(dossier, member)
    sign_gate(item(dossier, "no_sharps"), by=officer)

    answer_gate(item(dossier, "no_sharps"), answer="yes", by=member)
    assert item(dossier, "no_sharps").signed_by == officer
    answer_gate(item(dossier, "no_sharps"), answer="yes", reason="looked twice", by=member)

    assert item(dossier, "no_sharps").signed_by is None
    last = Record.objects.order_by("-number").first()
    assert (last.act, last.after["signature taken off"]) == ("answered gate", True)


def test_a_new_paper_takes_the_signature_off_too(dossier, member, officer):
    answered(dossier, member)
    sign_gate(item(dossier, "no_sharps"), by=officer)

    answer_gate(item(dossier, "no_sharps"), answer="yes", upload=picture(), by=member)

    check = item(dossier, "no_sharps")
    assert (check.signed_at, check.evidence.kind) == (None, "png")


def test_all_that_is_in_order_is_signed_at_once(dossier, member, officer, adviser):
    answered(dossier, member)
    answer_gate(item(dossier, "no_sharps"), answer="no", by=member)

    by_officer = sign_all_gates(dossier, by=officer)
    by_adviser = sign_all_gates(dossier, by=adviser)

    assert by_officer + by_adviser == len(gates.ITEMS) - 1
    assert item(dossier, "no_sharps").signed_at is None
    with pytest.raises(WrongState):
        sign_all_gates(dossier, by=member)


def test_a_stopped_bench_answers_nothing(dossier, member, officer):
    stop_dossier(dossier, reason="Smoke", by=officer)

    with pytest.raises(Stopped, match="Smoke"):
        answer_gate(item(dossier, "no_sharps"), answer="yes", by=member)
