"""What a signed selection asks of those who run it: free places nobody could take, appeals."""

from __future__ import annotations

from datetime import timedelta

import pytest

from karvan.desk.queries.needs import needs_of
from karvan.foundation import clock
from karvan.stages.selection.models import Offer
from karvan.stages.selection.services import decide_appeal, decline_offer, file_appeal
from tests import make
from tests.stages.selection.test_appeals import decided, decision_of
from tests.stages.selection.test_moving_in import begins, sent

pytestmark = pytest.mark.django_db


def said(person):
    person.__dict__.pop("_roles_today", None)
    return [one.sentence.replace("\u2068", "").replace("\u2069", "") for one in needs_of(person)]


def test_place_that_nobody_could_take_is_said_until_the_activity_begins():
    run = sent((90, "F"), (80, "F"), (70, "F"))
    coordinator = make.role("coordinator", run.call.activity.edition.scope)
    offers = list(Offer.objects.order_by("pk"))

    decline_offer(offers[0])
    assert not any("is free" in one for one in said(coordinator))  # somebody came in
    decline_offer(offers[1])
    assert [one for one in said(coordinator) if "is free" in one] == [
        "1 place in Boot camp is free, and nobody who waits could come in by the quotas."
    ]
    begins(run.call, 0)
    assert not any("is free" in one for one in said(coordinator))


def test_appeal_waits_for_whoever_had_no_part_and_is_late_after_its_day():
    run = decided()
    appeal = file_appeal(decision_of(run, 50), text="Annex 2.")
    officer = make.officer()
    words = "An appeal against the selection of Boot camp waits to be decided."

    assert words in said(officer)
    assert words not in said(run.signoffs.first().person)
    with clock.replaying(clock.now() + timedelta(days=40)):
        assert [one.is_late for one in needs_of(officer) if one.key == f"appeal:{appeal.pk}"] == [
            True
        ]
    decide_appeal(appeal, uphold=False, answer="No.", by=officer)
    assert words not in said(officer)
