"""propose_selection: the best cohort within the quotas, kept whole, with a reason for everyone."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from karvan.engines import selection as engine
from karvan.foundation.records.models import Record
from karvan.stages.calls.models import Application, Nomination
from karvan.stages.reviews.models import Assignment, Review
from karvan.stages.selection.errors import NothingToChoose, QuotaNotPossible
from karvan.stages.selection.models import Decision, SelectionRun
from karvan.stages.selection.reasons import SENTENCES, change_in_words, clash_in_words, reason_of
from karvan.stages.selection.services import (
    default_quotas,
    price_quotas,
    propose_selection,
    replay_run,
)
from tests import make

from .pool import add_reads, outcomes, read_call, women

pytestmark = pytest.mark.django_db


def test_without_quotas_the_best_marks_are_in():
    call = read_call((90, "M"), (70, "F"), (80, "M"))

    run = propose_selection(call, quotas=[], seed="1", by=make.officer())

    assert outcomes(run) == [(90, "selected"), (80, "selected"), (70, "waiting")]
    assert (run.number, run.value, run.bound, run.is_proved) == (1, 17_000, 17_000, True)
    assert [r.act for r in Record.objects.all()] == ["proposed selection"]


def test_quotas_of_the_blueprint_count_in_people_of_the_places():
    call = read_call((90, "M"), (70, "F"), (80, "M"))

    run = propose_selection(call, seed="1", by=None)

    # 40 per cent of two places is one woman.
    assert [(q["key"], q["floor"]) for q in run.quotas] == [("women", 1)]
    assert outcomes(run) == [(90, "selected"), (80, "waiting"), (70, "selected")]
    displaced = run.decisions.get(merit=8000)
    assert (displaced.reason, displaced.reason_detail["quotas"]) == (
        "displaced_by_quota",
        ["women"],
    )
    assert displaced.reason_detail["criteria"] == {"C1": 400, "C2": 300}


def test_application_that_lacks_reads_is_left_out_and_named():
    call = read_call((90, "F"))
    unread = make.application(call, state="submitted")

    run = propose_selection(call, by=None)

    assert run.left_out == [unread.number]
    assert run.decisions.count() == 1


def test_nothing_read_is_refused_and_no_run_is_kept():
    call = make.call()
    make.application(call, state="submitted")

    with pytest.raises(NothingToChoose):
        propose_selection(call, by=None)

    assert SelectionRun.objects.count() == 0


@pytest.mark.parametrize(
    "quotas", [[women(floor=2, ceiling=1)], [women(floor=-1)], [women(floor=1), women(floor=1)]]
)
def test_quota_that_makes_no_sense_is_refused(quotas):
    with pytest.raises(QuotaNotPossible):
        propose_selection(read_call((90, "F")), quotas=quotas, by=None)

    assert SelectionRun.objects.count() == 0


def test_clash_is_kept_as_an_answer_that_decides_nothing():
    call = read_call((90, "M"), (80, "M"), (70, "F"))

    run = propose_selection(call, quotas=[women(floor=2)], by=None)

    assert (run.is_feasible, run.value, run.decisions.count()) == (False, None, 0)
    assert clash_in_words(run).endswith("there are: Women.")
    assert change_in_words(run, run.clash["relaxations"][0][0]) == (
        "Women: at least 1 instead of 2"
    )


def test_team_is_whole_and_its_members_are_counted_one_by_one():
    call = read_call((90, "M", 2), (80, "M"), (75, "M"), places=3)
    team = call.applications.get(team_size=2)
    team.members.create(name="Second", attributes={"sex": "F"})

    run = propose_selection(call, quotas=[women(floor=1)], by=None)

    assert outcomes(run) == [(90, "selected"), (80, "selected"), (75, "waiting")]
    assert run.value == 2 * 9000 + 8000


def test_reserved_places_of_a_partner_go_to_its_nominees():
    call = read_call((90, "M"), (80, "M"), (60, "M"), quotas=[])
    party = make.party("ministry")
    call.activity.edition.partners.create(party=party, part="partner", reserved_seats=3)
    nominee = call.applications.order_by("pk").last()
    Nomination.objects.create(
        call=call,
        party=party,
        name="N",
        email="n@example.org",
        application=nominee,
        made_by=make.officer(),
        made_at=nominee.submitted_at,
    )

    run = propose_selection(call, by=None)

    # Three are reserved, but only one nominee applied: one place is held.
    assert [(q["key"], q["floor"]) for q in run.quotas] == [("reserved/ministry", 1)]
    assert outcomes(run) == [(90, "selected"), (80, "waiting"), (60, "selected")]


def test_quota_for_each_value_limits_every_institution_however_it_is_spelt():
    each = {"key": "ONE", "attribute": "institution", "values": "each", "cap_percent": 50}
    call = read_call((90, "M"), (80, "M"), (70, "M"), quotas=[{**each, "title": make.texts("One")}])
    first, second, third = call.applications.order_by("pk")
    for application, institution in ((first, "ADA"), (second, "Ada "), (third, "BDU")):
        application.attributes = {"institution": institution}
        application.save()

    run = propose_selection(call, by=None)

    assert outcomes(run) == [(90, "selected"), (80, "waiting"), (70, "selected")]


def test_quotas_within_a_team_are_not_quotas_of_the_cohort():
    mix = {"key": "MIX", "attribute": "discipline", "per_team_at_least": 2}
    call = read_call((90, "M"), quotas=[mix])

    assert default_quotas(call, 2) == []


def test_document_holds_numbers_and_only_the_attributes_that_quotas_name():
    call = read_call((90, "F"))
    Application.objects.update(
        attributes={"sex": "F", "institution": "ADA"}, full_name="Leyla", email="l@example.org"
    )

    run = propose_selection(call, quotas=[women(floor=1)], by=None)

    text = bytes(run.document).decode()
    assert call.applications.get().number in text
    assert [word for word in ("ADA", "Leyla", "example.org") if word in text] == []


def test_run_cannot_be_changed_by_any_way():
    run = propose_selection(read_call((90, "F")), by=None)

    for field, value in (("document", b"{}"), ("sha256", "0"), ("quotas", []), ("seed", "x")):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            SelectionRun.objects.filter(pk=run.pk).update(**{field: value})
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Decision.objects.update(outcome="declined")
    SelectionRun.objects.filter(pk=run.pk).update(state="set_aside")


def test_prices_say_who_is_in_for_each_quota():
    call = read_call((90, "M"), (70, "F"), (80, "M"))
    run = propose_selection(call, by=None)

    [price] = price_quotas(run)

    woman, man = call.applications.get(attributes__sex="F"), run.decisions.get(merit=8000)
    assert (price.merit_lost, price.came_in, price.went_out) == (
        1000,
        (woman.number,),
        (man.application.number,),
    )


def test_every_reason_of_the_engine_has_a_sentence_marked_for_translation():
    codes = set(SENTENCES)
    decision = Decision(merit=8000, reason_detail={"quotas": [], "cutoff": 8100, "points": 100})
    run = SelectionRun(quotas=[])

    assert codes == set(engine.answer.StandingCode.__args__)
    for code in codes:
        decision.reason = code
        for language in ("en", "ar"):
            with translation.override(language):
                assert "80" in reason_of(decision, run)
    decision.reason = "unheard of"
    with pytest.raises(ValueError, match="unheard of"):
        reason_of(decision, run)


def test_thousand_applications_are_chosen_exactly_and_all_have_a_reason():
    call = make.call(places=40)
    reading = make.review_round(call, reads_each=1)
    reader = make.reviewer(reading, load_high=1000)
    now = call.opens_at
    Application.objects.bulk_create(
        Application(
            call=call,
            token=f"t{n}",
            number=f"KV-{n:04}",
            state="submitted",
            submitted_at=now,
            created_at=now,
            saved_at=now,
            content_hash="x",
            email=f"a{n}@example.org",
            attributes={"sex": "F" if n % 5 == 0 else "M", "region": f"r{n % 7}"},
        )
        for n in range(1000)
    )
    reads = Assignment.objects.bulk_create(
        Assignment(round=reading, reviewer=reader, application=a, assigned_at=now)
        for a in call.applications.all()
    )
    Review.objects.bulk_create(
        Review(
            assignment=read,
            marks={},
            total=(n * 7919) % 10_001,
            state="done",
            saved_at=now,
            done_at=now,
        )
        for n, read in enumerate(reads)
    )
    quotas = [women(floor=16)] + [
        {"key": f"r{n}", "attribute": "region", "values": [f"r{n}"], "ceiling": 6} for n in range(7)
    ]

    run = propose_selection(call, quotas=quotas, seed="thousand", by=None)

    assert (run.is_proved, run.value) == (True, run.bound)
    assert run.decisions.count() == 1000
    assert run.decisions.filter(outcome="selected").count() == 40
    assert set(run.decisions.values_list("reason", flat=True)) <= set(SENTENCES)
    answer = replay_run(run)
    problem = engine.read_problem(bytes(run.document))
    assert engine.check_cohort(problem, answer) == ()


@pytest.mark.parametrize("applicants", [3, 30])
def test_proposal_costs_the_same_queries_for_few_and_many(django_assert_num_queries, applicants):
    marks = ((90 - n, "F" if n % 2 else "M") for n in range(applicants))
    call = read_call(*marks, places=2)

    with django_assert_num_queries(27):
        propose_selection(call, by=None)


def test_marks_of_readers_added_later_count_in_the_next_run_only():
    call = read_call((90, "F"), reads=1)
    first = propose_selection(call, by=None)
    add_reads(call.applications.get(), [make.reviewer(call.review_round)], 50)

    second = propose_selection(call, by=None)

    assert (outcomes(first), outcomes(second)) == ([(90, "selected")], [(70, "selected")])
