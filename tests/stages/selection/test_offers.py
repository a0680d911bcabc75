"""Offers: sent once, answered once, and replaced by whoever keeps the quotas."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from karvan.engines import selection as engine
from karvan.foundation import clock
from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.selection import tasks
from karvan.stages.selection.errors import (
    OfferAnswered,
    OfferExpired,
    OfferStillStands,
    ReasonMissing,
    WrongState,
)
from karvan.stages.selection.models import Offer
from karvan.stages.selection.queries import accepted_applications
from karvan.stages.selection.services import (
    accept_offer,
    decline_offer,
    expire_offers,
    give_back_place,
    offer_next,
    propose_selection,
    send_offers,
    withdraw_offer,
)
from tests import make

from .pool import read_call, signed, women

pytestmark = pytest.mark.django_db


def sent(*applicants, places=2, **options):
    """A signed run whose offers are out."""
    run = signed(read_call(*applicants, places=places), **options)
    send_offers(run, days_to_answer=5, by=None)
    return run


def offer_of(run, mark):
    return Offer.objects.get(
        application__decisions__run=run, application__decisions__merit=mark * 100
    )


def test_everybody_gets_one_letter_with_the_reason_in_their_language():
    call = read_call((90, "M"), (80, "M"), (70, "M"), (60, "M"), places=1)
    call.applications.filter(pk=call.applications.order_by("pk").last().pk).update(language="ar")
    run = signed(call, quotas=[])

    told = send_offers(run, days_to_answer=5, by=make.officer())

    assert (told.offers, told.letters) == (1, 4)
    letters = {m.kind: m for m in Message.objects.order_by("pk")}
    assert set(letters) == {"selection/offer", "selection/waiting", "selection/declined"}
    offered = letters["selection/offer"]
    assert Offer.objects.get().application.token in offered.body
    assert "Selected by mark: 90 of 100." in offered.body
    assert "Problem: 4 of 5" in offered.body
    assert Message.objects.filter(language="ar").count() == 1


def test_sending_again_sends_nothing():
    run = sent((90, "F"), (80, "M"))
    letters, records = Message.objects.count(), Record.objects.count()

    again = send_offers(run, days_to_answer=9, by=None)

    assert again.offers == 0
    assert (Offer.objects.count(), Message.objects.count()) == (2, letters)
    assert Record.objects.count() == records


def test_who_has_no_address_still_has_the_place_and_is_named():
    call = read_call((90, "F"))
    call.applications.update(email="")

    told = send_offers(signed(call), days_to_answer=5, by=None)

    assert (told.offers, told.letters) == (1, 0)
    assert told.without_address == (call.applications.get().number,)


def test_unsigned_run_sends_nothing_and_a_day_to_answer_is_needed():
    run = propose_selection(read_call((90, "F")), by=None)

    with pytest.raises(WrongState):
        send_offers(run, days_to_answer=5, by=None)
    with pytest.raises(WrongState):
        send_offers(signed(read_call((90, "F"))), days_to_answer=0, by=None)

    assert Offer.objects.count() == 0


def test_offer_stands_until_the_end_of_the_day_in_the_country():
    run = sent((90, "F"))

    local = Offer.objects.get().expires_at.astimezone(timezone.zoneinfo.ZoneInfo("Asia/Baku"))

    assert (local.hour, local.minute) == (23, 59)
    assert run.call.activity.edition.time_zone == "Asia/Baku"


def test_place_is_accepted_once():
    run = sent((90, "F"))

    accept_offer(Offer.objects.get())
    with pytest.raises(OfferAnswered):
        decline_offer(Offer.objects.get())

    assert list(accepted_applications(run.call)) == [Offer.objects.get().application]


def test_place_is_not_accepted_after_its_time_nor_by_who_withdrew():
    sent((90, "F"), (80, "F"))
    late, gone = Offer.objects.order_by("pk")
    gone.application.state = "withdrawn"
    gone.application.save()

    with pytest.raises(OfferAnswered):
        accept_offer(gone)
    with (
        clock.replaying(late.expires_at + timedelta(seconds=1)),
        pytest.raises(OfferExpired),
    ):
        accept_offer(late)

    assert Offer.objects.filter(state="offered").count() == 2


def test_accepted_place_is_given_back_with_a_reason_and_the_next_comes_in():
    run = sent((90, "F"), (80, "F"), (70, "F"))
    offer = offer_of(run, 90)

    with pytest.raises(OfferAnswered):
        give_back_place(offer, reason="Ill.", by=None)
    accept_offer(offer)
    with pytest.raises(ReasonMissing):
        give_back_place(offer, reason=" ", by=None)
    freed = give_back_place(offer, reason="Ill.", by=make.officer())

    assert freed.state == "declined"
    assert offer_next(freed).offers == (offer_of(run, 70),)


def test_withdrawing_an_offer_needs_a_reason_and_an_open_offer():
    sent((90, "F"))
    offer = Offer.objects.get()

    with pytest.raises(ReasonMissing):
        withdraw_offer(offer, reason="", by=None)
    withdraw_offer(offer, reason="Sent in error.", by=None)
    with pytest.raises(OfferAnswered):
        withdraw_offer(offer, reason="Again.", by=None)


def test_offers_run_out_by_the_clock_and_only_those_nobody_answered():
    sent((90, "F"), (80, "F"))
    accept_offer(Offer.objects.first())

    assert tasks.expire_offers() == 0
    with clock.replaying(timezone.now() + timedelta(days=30)):
        assert expire_offers() == 1
        assert expire_offers() == 0

    assert sorted(Offer.objects.values_list("state", flat=True)) == ["accepted", "expired"]


def test_next_one_in_keeps_the_quota_and_the_better_mark_is_passed_over():
    run = sent((90, "M"), (70, "F"), (85, "M"), (60, "F"), quotas=[women(floor=1)])
    decline_offer(offer_of(run, 70))

    found = offer_next(offer_of(run, 70))

    [came_in] = found.offers
    assert came_in == offer_of(run, 60)
    assert came_in.instead_of == offer_of(run, 70)
    passed = run.decisions.get(merit=8500).application.number
    assert (found.reason, found.passed) == ("best_allowed", (passed,))
    problem = engine.read_problem(bytes(run.document))
    held = Offer.objects.filter(state__in=["offered", "accepted"])
    numbers = set(held.values_list("application__number", flat=True))
    chosen = [c for c in problem.candidates if c.key in numbers]
    assert sum(c.people_counted_by(problem.quotas[0]) for c in chosen) >= problem.quotas[0].floor


def test_second_call_for_the_same_place_changes_nothing():
    run = sent((90, "F"), (80, "F"), (70, "F"), (60, "F"))
    decline_offer(offer_of(run, 80))
    offer_next(offer_of(run, 80))

    again = offer_next(offer_of(run, 80))

    assert (again.offers, again.reason) == ((), "no_free_seat")
    assert Offer.objects.count() == 3


def test_place_stays_free_where_nobody_waiting_keeps_the_quota():
    run = sent((90, "M"), (70, "F"), (85, "M"), quotas=[women(floor=1)])
    decline_offer(offer_of(run, 70))

    found = offer_next(offer_of(run, 70))

    assert (found.offers, found.reason, found.quotas) == ((), "quota_cannot_be_kept", ("women",))


def test_who_was_told_there_is_no_place_is_not_asked():
    run = sent((90, "M"), (80, "M"), (70, "M"), places=1, quotas=[])
    decline_offer(offer_of(run, 90))
    offer_next(offer_of(run, 90))
    decline_offer(offer_of(run, 80))

    found = offer_next(offer_of(run, 80))

    assert (found.offers, found.reason) == ((), "nobody_waiting")
    assert run.decisions.get(merit=7000).outcome == "declined"


def test_place_that_is_held_has_no_next():
    run = sent((90, "F"), (80, "F"), (70, "F"))

    with pytest.raises(OfferStillStands):
        offer_next(offer_of(run, 90))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="locks need PostgreSQL")
def test_offer_that_expires_while_it_is_accepted_has_one_end():
    offer = make.offer(expires_at=timezone.now() - timedelta(seconds=1))
    ends: list[str] = []
    start = threading.Barrier(2)

    def accept():
        start.wait()
        try:
            with clock.replaying(offer.expires_at - timedelta(seconds=5)):
                accept_offer(offer)
            ends.append("accepted")
        except OfferAnswered:
            pass
        finally:
            connection.close()

    def expire():
        start.wait()
        if expire_offers():
            ends.append("expired")
        connection.close()

    threads = [threading.Thread(target=accept), threading.Thread(target=expire)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    offer.refresh_from_db()
    assert ends == [offer.state]
