"""How sure each place is: worked out in the background, shown, and worked out again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.config.background import run_one
from karvan.foundation.records.models import Record
from karvan.stages.selection.errors import NotFeasible, WrongState
from karvan.stages.selection.services import (
    ask_sureness,
    propose_by_lottery,
    propose_selection,
    work_out_sureness,
)
from tests import make

from .pool import add_reads, read_call, women

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    """Six applications by three readers who differ: the two in the middle lie close."""
    call = make.call(places=3)
    reading = make.review_round(call, reads_each=3)
    readers = [make.reviewer(reading) for _n in range(3)]
    for marks in (
        (95, 93, 97),
        (90, 84, 87),
        (71, 80, 70),
        (76, 68, 74),
        (50, 55, 49),
        (30, 41, 38),
    ):
        made = make.application(call, state="submitted", attributes={"sex": "F"})
        for reader, mark in zip(readers, marks, strict=True):
            add_reads(made, [reader], mark)
    return propose_selection(call, quotas=[], seed="tests", by=None)


def where(run, name):
    activity = run.call.activity
    return reverse(f"selection:{name}", args=[activity.edition.slug, activity.code, run.number])


def test_far_places_are_sure_and_close_ones_are_not(run):
    assert work_out_sureness(run) == 200

    run.refresh_from_db()
    shares = [run.sureness["shares"][str(d.application_id)] for d in run.decisions.all()]
    assert [shares[0], shares[5]] == [10_000, 0]
    assert 2_000 < shares[3] < shares[2] < 9_000
    assert abs(sum(shares) - 30_000) < 10


def test_the_same_run_has_the_same_shares(run):
    work_out_sureness(run)
    run.refresh_from_db()
    first = run.sureness["shares"]

    work_out_sureness(run)

    run.refresh_from_db()
    assert run.sureness["shares"] == first


def test_run_without_a_cohort_and_a_lottery_are_refused(run):
    clash = propose_selection(read_call((90, "M")), quotas=[women(floor=1)], by=None)
    lottery = propose_by_lottery(run.call, places=3, quotas=[], least_mark=0, seed="tests", by=None)

    with pytest.raises(NotFeasible):
        ask_sureness(clash, by=None)
    with pytest.raises(WrongState):
        ask_sureness(lottery, by=None)


def test_it_is_asked_for_seen_under_way_and_shown_on_screen(sign_in, run):
    client = sign_in(make.officer())

    client.post(where(run, "sureness"))
    under_way = client.get(where(run, "run"))
    part = client.get(where(run, "sureness"), headers={"HX-Request": "true"})
    assert run_one("tests")
    page = client.get(where(run, "run"))

    assert "Working out how sure the places are" in under_way.text
    assert 'hx-trigger="every 2s"' in part.text
    assert "less sure than 70%" in page.text
    assert "Those on the border" in page.text
    assert "Work it out again" in page.text
    assert Record.objects.filter(act="asked how sure places are").count() == 1
    run.refresh_from_db()
    assert "done" not in run.sureness
