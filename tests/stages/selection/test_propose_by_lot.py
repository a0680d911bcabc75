"""A lottery among the qualified: kept whole, drawn by its seed, told to each with its chance."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from karvan.config.background import run_one
from karvan.engines import selection as engine
from karvan.stages.reviews.services import calibrated
from karvan.stages.selection.errors import NothingToChoose
from karvan.stages.selection.models import Offer, SelectionRun
from karvan.stages.selection.pack import pack_of
from karvan.stages.selection.reasons import proof_in_words, reason_of
from karvan.stages.selection.sealing import verify_seal
from karvan.stages.selection.services import (
    decline_offer,
    facts_or_none,
    propose_by_lottery,
    replay_run,
    send_offers,
    sign_off,
)
from tests import make

from .pool import read_call, women
from .test_moving_in import begins
from .test_sealed import tampered

pytestmark = pytest.mark.django_db

FOUR_AND_ONE = ((90, "M"), (80, "F"), (75, "M"), (70, "F"), (40, "F"))


def drawn(call, *quotas, **more):
    options = {"places": 2, "quotas": quotas, "least_mark": 7000, "seed": "tests", "by": None}
    return propose_by_lottery(call, **options | more)


def where(call, name, **more):
    activity = call.activity
    kwargs = {"edition": activity.edition.slug, "activity": activity.code, **more}
    return reverse(f"selection:{name}", kwargs=kwargs)


def test_everybody_with_the_mark_has_the_same_chance_and_nobody_below_it_any():
    run = drawn(read_call(*FOUR_AND_ONE))

    told = [reason_of(one, run) for one in run.decisions.all()]
    assert run.method == "lottery"
    assert sum("Drawn; the chance was 50.0%." in one for one in told) == 2
    assert sum("Not drawn; the chance was 50.0%." in one for one in told) == 2
    assert told[4] == ("Not in the lottery: the mark was 40 of 100, and at least 70 was asked for.")
    assert run.decisions.get(merit=4000).outcome == "declined"
    assert "everybody qualified had a chance of at least 50.0%. Proved" in proof_in_words(run)


def test_quotas_are_kept_and_weigh_on_the_chances():
    run = drawn(read_call((90, "M"), (80, "M"), (75, "M"), (70, "F")), women(floor=1))

    woman = run.decisions.get(merit=7000)
    chances = {one.merit: one.reason_detail["chance"] for one in run.decisions.all()}
    assert (woman.outcome, chances[7000]) == ("selected", 1_000_000)
    assert {chances[merit] for merit in (9000, 8000, 7500)} <= {333_333, 333_300, 333_000, 334_000}
    assert run.decisions.filter(outcome="selected").count() == 2


def test_the_seed_draws_and_the_document_gives_the_same_again():
    call = read_call(*FOUR_AND_ONE)
    run, again, other = drawn(call), drawn(call), drawn(call, seed="another 3")

    def numbers(of):
        return set(
            of.decisions.filter(outcome="selected").values_list("application__number", flat=True)
        )

    lottery, problem = replay_run(run), engine.read_problem(bytes(run.document))
    assert run.sha256 == again.sha256 != other.sha256
    assert set(engine.draw_panel(lottery, problem.seed)) == numbers(run) == numbers(again)
    assert len(problem.candidates) == 4


def test_quotas_that_clash_are_kept_as_an_answer():
    run = drawn(read_call((90, "M"), (80, "F")), women(floor=2))

    assert (run.is_feasible, run.clash["quotas"], run.decisions.count()) == (False, ["women"], 0)
    replay_run(run)


def test_nobody_with_the_mark_is_refused():
    with pytest.raises(NothingToChoose, match="No application has a mark of 95 or more"):
        drawn(read_call(*FOUR_AND_ONE), least_mark=9500)

    assert SelectionRun.objects.count() == 0


def test_signed_lottery_moves_the_next_by_lot_when_somebody_declines():
    call = read_call(*FOUR_AND_ONE)
    begins(call, 30)
    run = drawn(call)
    sign_off(run, by=make.officer())
    run = sign_off(run, by=make.officer())
    send_offers(run, days_to_answer=5, by=None)

    decline_offer(Offer.objects.order_by("pk").first(), by=None)

    came = Offer.objects.get(instead_of__isnull=False)
    assert came.application.decisions.get().waiting_rank == 1


def test_lottery_is_asked_for_on_screen_and_drawn_by_the_worker(sign_in):
    call = read_call(*FOUR_AND_ONE)
    client = sign_in(make.officer())
    typed = {"places": "2", "seed": "s", "method": "lottery", "least_mark": "70"}

    refused = client.post(where(call, "propose"), typed | {"least_mark": ""})
    nobody = client.post(where(call, "propose"), typed | {"least_mark": "99"})
    asked = client.post(where(call, "propose"), typed)
    waiting = client.get(asked["Location"])
    assert SelectionRun.objects.count() == 0
    assert run_one("tests")
    there = client.get(asked["Location"])
    page = client.get(where(call, "run", number=1))

    assert "Say from which mark on people are in the lottery." in refused.text
    assert "No application has a mark of 99 or more" in nobody.text
    assert "the lottery will be run 1" in waiting.text
    assert "The lottery is drawn: run 1" in there.text
    assert "drawn by lot" in page.text
    assert "What the quotas changed" not in page.text
    decision = SelectionRun.objects.get().decisions.first()
    one = client.get(where(call, "decision", number=1, pk=decision.pk))
    assert "rawn; the chance was 50.0%." in one.text


def test_seal_of_a_lottery_holds_and_finds_who_was_not_drawn():
    run = sealed(drawn(read_call(*FOUR_AND_ONE)))
    assert verify_seal(run) == []

    tampered(run.decisions.filter(outcome="waiting"), outcome="selected")

    assert verify_seal(run) == ["The selected applications are not those of the document."]


def test_pack_of_a_lottery_names_no_price_and_no_swap():
    run = sealed(drawn(read_call(*FOUR_AND_ONE), women(floor=1)))

    with translation.override("en"):
        parts = {
            one.title: one for one in pack_of(run, facts_or_none(run), calibrated(run.call)).parts
        }

    (row,) = parts["Quotas"].table.rows
    assert row[-3:] == (None, None, None)
    assert "What the quotas changed" not in parts
    assert any("Drawn by lot" in note for note in parts["Draw and proof"].notes)
    assert not any("stood equal" in note for note in parts["Draw and proof"].notes)


def sealed(run):
    sign_off(run, by=make.officer())
    return sign_off(run, by=make.officer())
