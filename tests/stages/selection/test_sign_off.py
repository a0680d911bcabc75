"""sign_off and set_aside: two different persons, a run that still holds, one a call."""

from __future__ import annotations

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.reviews.models import Review
from karvan.stages.selection.errors import (
    AlreadySigned,
    MayNotSign,
    NotFeasible,
    OfferAnswered,
    ReasonMissing,
    RunOutdated,
    WrongState,
)
from karvan.stages.selection.models import SelectionRun, SignOff
from karvan.stages.selection.queries import signed_run
from karvan.stages.selection.services import propose_selection, send_offers, set_aside, sign_off
from tests import make

from .pool import read_call, signed, women

pytestmark = pytest.mark.django_db


def test_second_person_makes_it_final_and_the_proposer_may_be_one():
    proposer = make.officer()
    call = read_call((90, "F"))
    run = propose_selection(call, by=proposer)

    once = sign_off(run, statement="Fair.", by=proposer)
    twice = sign_off(run, by=make.role("coordinator", call.scope))

    assert (once.state, twice.state) == ("proposed", "signed")
    assert signed_run(call) == run
    assert Record.objects.last().after["sha256"] == run.sha256


def test_same_person_twice_is_refused():
    officer = make.officer()
    run = propose_selection(read_call((90, "F")), by=officer)
    sign_off(run, by=officer)

    with pytest.raises(AlreadySigned):
        sign_off(run, by=officer)

    run.refresh_from_db()
    assert (run.state, SignOff.objects.count()) == ("proposed", 1)


@pytest.mark.parametrize("kind", ["reviewer", "auditor", "trainer", "participant"])
def test_others_may_not_sign(kind):
    run = propose_selection(read_call((90, "F")), by=None)

    with pytest.raises(MayNotSign):
        sign_off(run, by=make.role(kind, run.scope))

    assert SignOff.objects.count() == 0


def test_coordinator_of_another_country_may_not_sign():
    run = propose_selection(read_call((90, "F")), by=None)

    with pytest.raises(MayNotSign):
        sign_off(run, by=make.role("coordinator", "TVP/MA-2022"))


def test_run_without_a_cohort_cannot_be_signed():
    run = propose_selection(read_call((90, "M")), quotas=[women(floor=2)], by=None)

    with pytest.raises(NotFeasible):
        sign_off(run, by=make.officer())


def test_run_whose_marks_changed_must_be_proposed_anew():
    run = propose_selection(read_call((90, "F")), by=None)
    Review.objects.update(total=5000)

    with pytest.raises(RunOutdated):
        sign_off(run, by=make.officer())


def test_run_whose_applicant_withdrew_must_be_proposed_anew():
    run = propose_selection(read_call((90, "F")), by=None)
    run.call.applications.update(state="withdrawn")

    with pytest.raises(RunOutdated):
        sign_off(run, by=make.officer())


def test_another_run_is_signed_only_after_the_first_is_set_aside_with_a_reason():
    call = read_call((90, "F"))
    first = signed(call)
    second = propose_selection(call, by=None)

    with pytest.raises(WrongState):
        sign_off(second, by=make.officer())
    with pytest.raises(ReasonMissing):
        set_aside(first, reason=" ", by=make.officer())
    set_aside(first, reason="An application was forgotten.", by=make.officer())
    sign_off(second, by=make.officer())

    assert sign_off(second, by=make.officer()).state == "signed"
    with pytest.raises(WrongState):
        sign_off(SelectionRun.objects.get(pk=first.pk), by=make.officer())
    with pytest.raises(WrongState):
        set_aside(first, reason="Again.", by=None)


def test_run_by_which_offers_went_out_cannot_be_set_aside():
    run = signed(read_call((90, "F")))
    send_offers(run, days_to_answer=5, by=None)

    with pytest.raises(OfferAnswered):
        set_aside(run, reason="Changed my mind.", by=None)
