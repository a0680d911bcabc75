"""A place that is given back goes to the next by itself: who, why them, and when nobody."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from karvan.foundation import clock
from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.reviews.blind import reading_code
from karvan.stages.selection.coming_in import why_in, why_nobody
from karvan.stages.selection.models import Offer, SelectionRun
from karvan.stages.selection.queries import offers_listed
from karvan.stages.selection.services import (
    accept_offer,
    decline_offer,
    expire_offers,
    give_back_place,
    offer_next,
    send_offers,
    withdraw_offer,
)
from tests import make

from .pool import read_call, signed, women

pytestmark = pytest.mark.django_db


def sent(*applicants, places=2, days_ahead=30, **options):
    """A signed run with its offers out, of an activity so many days ahead."""
    call = read_call(*applicants, places=places)
    begins(call, days_ahead)
    run = signed(call, **options)
    send_offers(run, days_to_answer=5, by=None)
    return run


def begins(call, days_ahead):
    day = clock.today() + timedelta(days=days_ahead)
    call.activity.planned_starts_on = call.activity.planned_ends_on = day
    call.activity.save()


def offer_of(run, mark):
    return offers_listed(run.call).get(
        application__decisions__run=run, application__decisions__merit=mark * 100
    )


def code_of(run, mark):
    return reading_code(run.decisions.get(merit=mark * 100).application)


def held_seats(run):
    held = run.offers.filter(state__in=["offered", "accepted"])
    return sum(held.values_list("application__team_size", flat=True))


def test_who_declines_is_followed_in_the_same_moment_and_the_record_says_why():
    run = sent((90, "M"), (70, "F"), (85, "M"), (60, "F"), quotas=[women(floor=1)])

    decline_offer(offer_of(run, 70))

    came_in = offer_of(run, 60)
    assert came_in.instead_of == offer_of(run, 70)
    record = Record.objects.get(act="offered place", subject_id=str(came_in.pk))
    assert (record.by, record.after["instead_of"]) == (None, code_of(run, 70))
    assert record.after["moved_in"] == {
        "reason": "best_allowed",
        "passed": [{"code": code_of(run, 85), "mark": 8500, "why": "floor", "quotas": ["women"]}],
    }
    assert why_in(came_in) == [
        f"Came in for {code_of(run, 70)}.",
        "The best of those waiting who keeps the quotas comes in.",
        f"{code_of(run, 85)}, with 85 points, would leave unmet: Women.",
    ]


def test_letter_to_who_comes_in_says_so_and_not_that_the_mark_was_too_low():
    run = sent((90, "F"), (80, "F"), (70, "F"))

    decline_offer(offer_of(run, 80))

    letter = Message.objects.get(key=f"selection/offer:{offer_of(run, 70).application_id}")
    assert "A place has become free, and it is offered to your application" in letter.body
    assert "you are the first with whom the shares agreed for the cohort are kept" in letter.body
    assert "Not in the cohort" not in letter.body


def test_coordinator_is_told_by_codes_only():
    call = read_call((90, "F"), (80, "F"), (70, "F"))
    begins(call, 30)
    coordinator = make.role("coordinator", call.activity.edition.scope)
    run = signed(call)
    send_offers(run, days_to_answer=5, by=None)

    decline_offer(offer_of(run, 80))

    [letter] = Message.objects.filter(to_person=coordinator)
    assert letter.subject.startswith("A place was given back and filled:")
    assert f"{code_of(run, 80)} gave the place back." in letter.body
    assert f"{code_of(run, 70)} has an offer now. The best of those waiting" in letter.body
    assert "Applicant" not in letter.body
    assert "KV-TEST" not in letter.body


def test_offers_that_expire_together_are_filled_together():
    run = sent((90, "F"), (80, "F"), (70, "F"), (60, "F"), (50, "F"))

    with clock.replaying(timezone.now() + timedelta(days=7)):
        assert expire_offers() == 2
        assert expire_offers() == 0

    assert offer_of(run, 70).instead_of == offer_of(run, 90)
    assert offer_of(run, 60).instead_of == offer_of(run, 80)
    assert held_seats(run) == 2


def test_accepted_place_given_back_and_offer_withdrawn_are_filled_too():
    run = sent((90, "F"), (80, "F"), (70, "F"), (60, "F"))
    accept_offer(offer_of(run, 90))

    give_back_place(offer_of(run, 90), reason="Ill.", by=make.officer())
    withdraw_offer(offer_of(run, 80), reason="Sent in error.", by=make.officer())

    assert offer_of(run, 70).instead_of == offer_of(run, 90)
    assert offer_of(run, 60).instead_of == offer_of(run, 80)


def test_offer_can_be_withdrawn_so_that_nobody_comes_in():
    run = sent((90, "F"), (80, "F"), (70, "F"))

    withdraw_offer(offer_of(run, 80), reason="Run to be redone.", next_comes_in=False, by=None)

    assert run.offers.count() == 2


def test_nobody_is_moved_into_an_activity_that_has_begun_and_the_act_by_hand_stays():
    run = sent((90, "F"), (80, "F"), (70, "F"), days_ahead=0)

    declined = decline_offer(offer_of(run, 80))

    assert run.offers.count() == 2
    assert why_nobody(declined) == "The activity has begun, so nobody is moved in by itself."
    assert offer_next(declined, by=make.officer()).offers == (offer_of(run, 70),)


def test_who_comes_in_late_may_answer_until_the_eve():
    run = sent((90, "F"), (80, "F"), (70, "F"), days_ahead=3)

    decline_offer(offer_of(run, 80))

    zone = timezone.zoneinfo.ZoneInfo("Asia/Baku")
    last = offer_of(run, 70).expires_at.astimezone(zone).date()
    assert last == run.call.activity.planned_starts_on - timedelta(days=1)


def test_place_that_nobody_can_take_says_which_quota():
    run = sent((90, "M"), (70, "F"), (85, "M"), quotas=[women(floor=1)])

    declined = decline_offer(offer_of(run, 70))

    assert why_nobody(declined) == (
        "Nobody who waits can restore what the quotas ask for; the place stays free. (Women)"
    )


def test_team_that_is_too_large_is_passed_over_by_name_of_the_reason():
    run = sent((90, "F"), (80, "F"), (78, "F"), (75, "F", 2), (60, "F"), places=3, quotas=[])

    decline_offer(offer_of(run, 80))

    assert why_in(offer_of(run, 60))[2] == (
        f"{code_of(run, 75)}, with 75 points, is a team that needs more places."
    )


def test_nobody_moves_in_for_a_run_that_is_set_aside_or_a_call_that_is_cancelled():
    run = sent((90, "F"), (80, "F"), (70, "F"))
    run.call.state = "cancelled"
    run.call.save()

    decline_offer(offer_of(run, 80))
    SelectionRun.objects.filter(pk=run.pk).update(state="set_aside")
    decline_offer(offer_of(run, 90))

    assert run.offers.count() == 2


def test_answer_counts_even_where_the_document_was_tampered_with():
    run = sent((90, "F"), (80, "F"), (70, "F"))
    broken_document(run)

    declined = decline_offer(offer_of(run, 80))

    assert (declined.state, run.offers.count()) == ("declined", 2)
    assert why_nobody(declined).startswith("The run's document is not as it was signed")


def broken_document(run):
    """Somebody with the keys to the database takes the triggers away and changes a byte."""
    from karvan.stages.selection import triggers

    triggers.remove(connection)
    SelectionRun.objects.filter(pk=run.pk).update(document=bytes(run.document) + b" ")
    triggers.install(connection)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="locks need PostgreSQL")
def test_places_given_back_at_once_are_each_filled_once():
    run = sent(*((90 - n, "F") for n in range(8)), places=4, quotas=[])
    offers = list(run.offers.order_by("pk"))
    start = threading.Barrier(len(offers))

    def give_back(offer):
        start.wait()
        try:
            decline_offer(offer)
        finally:
            connection.close()

    threads = [threading.Thread(target=give_back, args=[one]) for one in offers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert held_seats(run) == 4
    new = run.offers.filter(instead_of__isnull=False)
    assert sorted(new.values_list("instead_of", flat=True)) == [one.pk for one in offers]
    assert Offer.objects.count() == 8
