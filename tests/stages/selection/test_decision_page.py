"""The page of one decision says why, by reading code and without attributes until the blind is lifted."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.stages.selection.models import Decision
from karvan.stages.selection.services import propose_selection
from tests import make

from .pool import read_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    """One place of two is held for a woman, so the second man is out."""
    return propose_selection(read_call((90, "M"), (80, "M"), (70, "F")), seed="tests", by=None)


def page(client, decision, **query):
    activity = decision.run.call.activity
    where = [activity.edition.slug, activity.code, decision.run.number, decision.pk]
    return client.get(reverse("selection:decision", args=where), query).text


def test_displaced_application_reads_which_quota_and_what_would_have_been_enough(sign_in, run):
    displaced = run.decisions.get(merit=8000)
    client = sign_in(make.officer())

    first = page(client, displaced)
    exact = page(client, displaced, exact="1")

    assert "the shares agreed for the cohort went first: Women." in first
    assert "2 of 3" in first
    assert "Work out what would have changed it" in first
    assert "10 points more would have been enough: 90." in exact or "points more" in exact
    assert "Would be in without" in exact
    assert "Women" in exact


def test_selected_application_reads_what_it_had_to_spare(sign_in, run):
    text = page(sign_in(make.officer()), run.decisions.get(merit=9000), exact="1")

    assert "points lower." in text
    assert "Mark of 100" in text
    assert "Reads" in text


def test_page_tells_no_attribute_and_no_name_while_the_run_is_blind(sign_in, run):
    run.call.applications.update(
        full_name="Leyla Məmmədova", attributes={"sex": "F", "institution": "Hidden House"}
    )
    text = page(sign_in(make.officer()), run.decisions.first())

    assert "R-" in text
    assert [word in text for word in ("Leyla", "Hidden House", "KV-")] == [False] * 3


def test_run_whose_document_was_changed_explains_nothing(sign_in):
    decision = make.decision()

    text = page(sign_in(make.officer()), decision)

    assert "nothing is explained from it" in text


def test_decision_of_another_run_is_not_found(sign_in, run):
    other = make.decision()
    activity = run.call.activity
    where = [activity.edition.slug, activity.code, run.number, other.pk]

    answer = sign_in(make.officer()).get(reverse("selection:decision", args=where))

    assert answer.status_code == 404
    assert Decision.objects.filter(run=run).count() == 3
