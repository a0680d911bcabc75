"""Proposed dates keep clear of the days on which the edition's trainers teach elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from karvan.stages.editions.queries import activities_of
from karvan.stages.editions.services import plan_all_dates, prepare_invitation
from karvan.stages.editions.travelling import busy_of
from tests import make

from .adopted import adopt

pytestmark = pytest.mark.django_db
APRIL = (date(2027, 4, 5), date(2027, 4, 7))


def two_editions():
    here = adopt()
    there = adopt(here.blueprint, country=make.country("EG"), code="EG-2027")
    plan_all_dates(there, dates={"BC3": APRIL}, by=None)
    return here, there


def spans(edition):
    return busy_of(edition, activities_of(edition))


def test_trainer_of_two_editions_makes_the_days_of_the_other_busy():
    here, there = two_editions()
    trainer = make.role("trainer", f"{here.scope}/BC3")
    make.role("trainer", f"{there.scope}/BC3", of=trainer)

    found = spans(here)

    [span] = found["BC3"]
    assert (span.start, span.end) == APRIL
    assert str(trainer) in span.why
    assert "Egypt 2027" in span.why
    assert found["AC6"] == []


def test_trainer_who_is_only_invited_counts_too():
    here, there = two_editions()
    make.role("trainer", there.scope, of=make.person(email="t@example.org"))
    prepare_invitation(here, full_name="T", email="t@example.org", kind="trainer", by=None)

    assert [one.start for one in spans(here)["AC6"]] == [APRIL[0]]


def test_trainers_of_one_edition_and_other_roles_make_no_day_busy():
    here, there = two_editions()
    make.role("trainer", here.scope)
    make.role("trainer", there.scope)
    both = make.role("mentor", here.scope)
    make.role("mentor", there.scope, of=both)

    assert not any(spans(here).values())


def test_cancelled_edition_makes_no_day_busy():
    here, there = two_editions()
    trainer = make.role("trainer", here.scope)
    make.role("trainer", there.scope, of=trainer)
    there.state = "cancelled"
    there.save()

    assert not any(spans(here).values())


def test_proposal_moves_and_says_why(client):
    here, there = two_editions()
    trainer = make.role("trainer", here.scope, of=make.person("Dr Leyla Əliyeva"))
    make.role("trainer", there.scope, of=trainer)
    client.force_login(make.officer())

    page = client.get(reverse("editions:dates", args=[here.slug]), {"earliest": "2027-04-05"})

    assert page.context["rows"][0]["shown"].proposal.start == date(2027, 4, 12)
    assert "Dr Leyla Əliyeva teaches in" in page.text


@pytest.mark.parametrize("trainers", [1, 3])
def test_it_costs_the_same_for_one_trainer_and_three(django_assert_num_queries, trainers):
    here, there = two_editions()
    for _one in range(trainers):
        make.role("trainer", there.scope, of=make.role("trainer", here.scope))
    listed = list(activities_of(here))

    with django_assert_num_queries(3):
        busy_of(here, listed)
