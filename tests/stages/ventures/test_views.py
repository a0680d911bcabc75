"""Screens of ventures, through the real client."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.stages.ventures.models import Milestone
from karvan.stages.ventures.services import assign_mentor, plan_follow_ups
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def venture():
    _source, data = make.document("TVP")
    edition = make.edition(of=make.blueprint(make.programme("TVP"), data=data))
    enrolment = make.enrolment(make.activity("BC3", of=edition))
    team = make.team(edition)
    team.memberships.create(enrolment=enrolment)
    return make.venture(team)


@pytest.fixture
def member(venture):
    return venture.team.memberships.get().enrolment.person


def test_member_claims_and_mentor_verifies_on_screen(client, venture, member):
    mentor = make.person()
    assign_mentor(venture, mentor=mentor, by=None)
    claim = reverse("ventures:claim", args=[venture.pk, "M1"])
    typed = {"fact_on": "2021-10-01", "evidence": "Sixteen interviews"}

    client.force_login(member)
    refused = client.post(claim, {**typed, "detail_interviews": 9, "detail_people_outside": 9})
    client.post(claim, {**typed, "detail_interviews": 16, "detail_people_outside": 13})
    milestone = Milestone.objects.get()
    own = client.get(reverse("ventures:look", args=[milestone.pk]))
    client.force_login(mentor)
    listed = client.get(reverse("ventures:claims"))
    client.post(reverse("ventures:verify", args=[milestone.pk]))

    assert refused.status_code == 422
    assert "too few" in refused.text and "Sixteen interviews" in refused.text
    assert own.status_code == 403
    assert venture.name in listed.text
    milestone.refresh_from_db()
    assert (milestone.state, milestone.verified_by) == ("verified", mentor)


def test_strange_milestone_is_not_found(client, venture, member):
    client.force_login(member)

    assert client.get(reverse("ventures:claim", args=[venture.pk, "M9"])).status_code == 404


def test_venture_page_says_unknown_for_silence(client, venture, member):
    plan_follow_ups(venture, from_date=make.date(2021, 10, 31), by=None)
    client.force_login(member)

    page = client.get(reverse("ventures:venture", args=[venture.pk]))

    assert "unknown" in page.text.lower()


def test_follow_up_needs_no_account_and_keeps_open_what_was_left_open(client, venture):
    question = plan_follow_ups(venture, from_date=make.date(2021, 10, 31), by=None)[0]
    address = reverse("ventures:follow_up", args=[question.token])

    assert client.get(address).status_code == 200
    client.post(address, {"had_revenue": "yes", "paid_jobs": "2"})

    question.refresh_from_db()
    assert (question.had_revenue, question.paid_jobs, question.pays_staff) == (True, 2, None)
    assert client.get(reverse("ventures:follow_up", args=["x" * 43])).status_code == 404


@pytest.mark.parametrize("teams", [1, 3])
def test_register_of_teams_costs_the_same_for_one_row_and_three(client, venture, teams):
    edition = venture.team.edition
    for _one in range(teams):
        make.venture(make.team(edition))
    client.force_login(make.role("coordinator", edition.scope))
    address = reverse("ventures:edition", args=[edition.slug])
    client.get(address)

    with CaptureQueries() as first:
        client.get(address)
    make.venture(make.team(edition))
    with CaptureQueries() as second:
        client.get(address)

    assert len(first) == len(second)


def CaptureQueries():  # noqa: N802
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)
