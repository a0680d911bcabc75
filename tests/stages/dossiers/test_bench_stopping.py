"""Benches that are stopped and let go on, dossiers withdrawn, reviews by peers."""

from __future__ import annotations

import pytest

from karvan.stages.dossiers.errors import InsideTheTeam, NotGiven, Stopped, WrongState
from karvan.stages.dossiers.services.reviewing import answer_review, close_review, open_review
from karvan.stages.dossiers.services.states import (
    move_dossier,
    withdraw_dossier,
)
from karvan.stages.dossiers.services.stopping import resume_dossier, stop_dossier
from tests import make
from tests.stages.dossiers.bench_world import (
    briefed_workshop,
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


# --- stopped, withdrawn --------------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "cleared", "teardown", "verified", "released"])
def test_the_safety_officer_stops_in_any_state_and_the_rows_stay(dossier, member, officer, state):
    at(dossier, state)
    step = make.teardown_step(dossier)

    stop_dossier(dossier, reason="Smoke", by=officer)

    dossier.refresh_from_db()
    assert (dossier.state, dossier.stopped_by, dossier.stop_reason) == (state, officer, "Smoke")
    assert list(dossier.steps.all()) == [step]
    with pytest.raises(Stopped):
        move_dossier(dossier, to="cleared", by=officer)
    resume_dossier(dossier, reason="Cooled down", by=officer)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.stopped_at) == (state, None)
    assert list(dossier.transitions.values_list("before", "after", "reason")) == [
        (state, "stopped", "Smoke"),
        ("stopped", "resumed", "Cooled down"),
    ]


def test_only_a_safety_officer_stops_and_lets_go_on_and_says_why(dossier, member, officer, bench):
    for somebody in (bench, person(member), make.officer()):
        with pytest.raises(WrongState):
            stop_dossier(dossier, reason="Smoke", by=somebody)
    with pytest.raises(NotGiven):
        stop_dossier(dossier, reason="  ", by=officer)
    stop_dossier(dossier, reason="Smoke", by=officer)
    with pytest.raises(WrongState):
        resume_dossier(dossier, reason="It is fine", by=bench)
    with pytest.raises(NotGiven):
        resume_dossier(dossier, reason="", by=officer)
    with pytest.raises(WrongState):
        stop_dossier(dossier, reason="Again", by=officer)


def test_a_withdrawn_dossier_is_closed(dossier, member, bench, officer):
    with pytest.raises(NotGiven):
        withdraw_dossier(dossier, reason=" ", by=bench)
    with pytest.raises(WrongState):
        withdraw_dossier(dossier, reason="No time", by=person(member))

    withdraw_dossier(dossier, reason="The owner took it back", by=bench)

    with pytest.raises(WrongState):
        move_dossier(dossier, to="cleared", by=officer)
    with pytest.raises(WrongState):
        withdraw_dossier(dossier, reason="Again", by=bench)


# --- reviews -------------------------------------------------------------------------------


def test_peers_review_the_team_answers_and_outsiders_close(dossier, member, bench):
    peer = make.enrolment(dossier.activity).person
    with pytest.raises(InsideTheTeam):
        open_review(dossier, subject="blocks", text="Fine.", by=person(member))
    with pytest.raises(NotGiven):
        open_review(dossier, subject="blocks", text=" ", by=peer)
    review = open_review(dossier, subject="blocks", text="A link is missing.", by=peer)
    with pytest.raises(WrongState):
        answer_review(review, answer="Done", by=peer)
    with pytest.raises(InsideTheTeam):
        close_review(review, by=person(member))
    with pytest.raises(WrongState):
        close_review(review, by=make.enrolment(dossier.activity).person)

    close_review(review, by=bench)

    with pytest.raises(WrongState):
        answer_review(review, answer="Late", by=person(member))
