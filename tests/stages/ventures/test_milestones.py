"""A milestone is claimed by a member with what shows it, and verified by somebody outside."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.ventures.errors import InsideTheTeam, NotProven, WrongState
from karvan.stages.ventures.models import Milestone
from karvan.stages.ventures.queries import verified_codes
from karvan.stages.ventures.services import claim_milestone, return_milestone, verify_milestone
from tests import make

pytestmark = pytest.mark.django_db

INTERVIEWS = {"interviews": 16, "people_outside": 13}


def with_member():
    enrolment = make.enrolment()
    team = make.team(enrolment.activity.edition)
    team.memberships.create(enrolment=enrolment)
    return make.venture(team), enrolment.person


def claimed(code="M1", details=INTERVIEWS):
    venture, member = with_member()
    claim = claim_milestone(
        venture, code=code, fact_on=date(2021, 10, 1), evidence="Notes", details=details, by=member
    )
    return claim, venture, member


def test_claim_keeps_the_day_of_the_fact_and_the_day_of_the_claim():
    with time_machine.travel("2021-10-04"):
        claim, _venture, member = claimed()

    assert (claim.fact_on, claim.claimed_at.date()) == (date(2021, 10, 1), date(2021, 10, 4))
    assert [(r.act, r.by) for r in Record.objects.all()] == [("claimed", member)]


@pytest.mark.parametrize(
    ("code", "details", "said"),
    [
        ("M1", {"interviews": 9, "people_outside": 13}, "9 interviews are too few"),
        ("M1", {}, "Say how many interviews"),
        ("M3", {"user_tests": 2}, "at least 5"),
        ("M4", {"kind": "promise", "amount": "10", "date": "2021-10-01"}, "Letter of intent"),
        ("M5", {"registry": "State registry"}, "registry number"),
        ("M6", {"kind": "grant", "amount": "100"}, "currency"),
    ],
)
def test_claim_that_shows_too_little_is_refused_with_what_lacks(code, details, said):
    venture, member = with_member()

    with pytest.raises(NotProven, match=said):
        claim_milestone(
            venture, code=code, fact_on=date(2021, 10, 1), evidence="x", details=details, by=member
        )

    assert (Milestone.objects.count(), Record.objects.count()) == (0, 0)


def test_day_that_lies_ahead_cannot_be_claimed():
    venture, member = with_member()

    with pytest.raises(WrongState), time_machine.travel("2021-10-01"):
        claim_milestone(venture, code="M0", fact_on=date(2021, 10, 2), evidence="x", by=member)


def test_outsider_verifies_and_the_team_is_told_once():
    claim, venture, _member = claimed()

    verify_milestone(claim, by=make.person())
    with pytest.raises(WrongState):
        verify_milestone(claim, by=make.person())

    assert verified_codes(venture) == {"M1"}
    assert Message.objects.count() == 1


def test_member_cannot_verify_even_one_who_left():
    claim, venture, member = claimed()
    other = make.enrolment(of=venture.team.memberships.get().enrolment.activity)
    venture.team.memberships.create(enrolment=other, left_on=date(2021, 9, 1))

    for insider in (member, other.person):
        with pytest.raises(InsideTheTeam):
            verify_milestone(claim, by=insider)

    claim.refresh_from_db()
    assert claim.state == "claimed"


def test_returned_claim_says_what_is_missing_and_can_be_claimed_again():
    claim, venture, member = claimed()
    mentor = make.person()

    with pytest.raises(WrongState):
        return_milestone(claim, note=" ", by=mentor)
    return_milestone(claim, note="Consent forms are missing", by=mentor)
    again = claim_milestone(
        venture,
        code="M1",
        fact_on=date(2021, 10, 1),
        evidence="Now with forms",
        details=INTERVIEWS,
        by=member,
    )

    assert (again.number, again.state) == (2, "claimed")


def test_verified_milestone_is_not_claimed_again():
    claim, venture, member = claimed()
    verify_milestone(claim, by=make.person())

    with pytest.raises(WrongState):
        claim_milestone(
            venture,
            code="M1",
            fact_on=date(2021, 10, 1),
            evidence="x",
            details=INTERVIEWS,
            by=member,
        )


def test_database_refuses_that_somebody_verifies_a_claim_of_their_own():
    claim, _venture, member = claimed()

    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.filter(pk=claim.pk).update(
            state="verified", verified_by=member, verified_at=claim.claimed_at
        )
