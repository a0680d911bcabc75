"""reopen_reading: a closed reading opens again with a reason, unless a cohort was signed upon it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from karvan.desk.errors import SelectionSigned
from karvan.desk.services import reopen_reading
from karvan.foundation.records.models import Record
from karvan.stages.reviews.errors import DueNotPossible, ReasonMissing, WrongState
from karvan.stages.reviews.services import close_round
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    return close_round(make.review_round(), by=None)


def address(round):
    activity = round.call.activity
    return reverse("desk:reopen_reading", args=[activity.edition.slug, activity.code])


def test_closed_reading_opens_again_and_the_reason_is_kept(closed):
    opened = reopen_reading(closed, reason="Two reviews were lost", by=None)

    assert (opened.state, opened.closed_at) == ("open", None)
    told = Record.objects.order_by("number").last()
    assert (told.act, told.reason) == ("reopened reading", "Two reviews were lost")


def test_signed_selection_keeps_it_closed_and_a_proposed_one_does_not(closed):
    run = make.selection_run(closed.call, state="signed", seal="0" * 64)

    with pytest.raises(SelectionSigned):
        reopen_reading(closed, reason="Late marks", by=None)

    closed.refresh_from_db()
    assert closed.state == "closed"
    run.state = "set_aside"
    run.save(update_fields=["state"])
    make.selection_run(closed.call)
    assert reopen_reading(closed, reason="Late marks", by=None).state == "open"


def test_reason_state_and_due_are_asked_for(closed):
    with pytest.raises(ReasonMissing):
        reopen_reading(closed, reason=" ", by=None)
    with pytest.raises(DueNotPossible):
        reopen_reading(closed, reason="x", due_at=timezone.now() - timedelta(days=1), by=None)
    with pytest.raises(WrongState):
        reopen_reading(make.review_round(), reason="x", by=None)


def test_coordinator_opens_it_on_screen(sign_in, closed):
    client = sign_in(make.role("coordinator", closed.scope))
    page = client.get(reverse("reviews:round", args=address(closed).split("/")[3:5]))
    assert address(closed) in page.text

    silent = client.post(address(closed), {"reason": ""})
    make.selection_run(closed.call, state="signed", seal="0" * 64)
    refused = client.post(address(closed), {"reason": "Late marks"})

    assert (silent.status_code, refused.status_code) == (422, 422)
    assert "The selection is signed upon these marks." in refused.text
    assert "Late marks" in refused.text
