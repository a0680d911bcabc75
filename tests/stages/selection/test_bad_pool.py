"""A pool that is not in order: one person twice, teams that break a rule, attributes nobody gave."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.stages.reviews.blind import reading_code
from karvan.stages.selection.errors import SamePersonTwice
from karvan.stages.selection.models import SelectionRun
from karvan.stages.selection.pool import pool_of_call
from karvan.stages.selection.services import default_quotas, propose_selection
from tests import make

from .pool import read_call

pytestmark = pytest.mark.django_db

DISCIPLINES = {
    "key": "DISCIPLINES",
    "attribute": "discipline",
    "per_team_at_least": 2,
    "title": make.texts("Disciplines in each team"),
}


def room(client, call):
    activity = call.activity
    return client.get(reverse("selection:room", args=[activity.edition.slug, activity.code]))


def team(call, own, *members):
    """Give the call's only team its disciplines; "" did not tell."""
    found = call.applications.get(team_size__gt=1)
    found.attributes = {"sex": "F", "discipline": own}
    found.save()
    for number, discipline in enumerate(members):
        found.members.create(name=f"M{number}", attributes={"discipline": discipline})
    return found


@pytest.mark.parametrize("address", ["twice@example.org", " TWICE@example.org "])
def test_one_person_in_two_applications_is_refused_with_both_numbers(sign_in, address):
    call = read_call((90, "F"), (80, "M", 2), (70, "F"))
    single, of_two, other = call.applications.order_by("pk")
    single.email = "twice@example.org"
    single.save()
    of_two.members.create(name="The same", email=address)

    with pytest.raises(SamePersonTwice) as refused:
        propose_selection(call, quotas=[], by=None)
    page = room(sign_in(make.officer()), call)

    assert f"{single.number}, {of_two.number}" in str(refused.value)
    assert SelectionRun.objects.count() == 0
    assert [number in page.text for number in (single.number, of_two.number, other.number)] == [
        True, True, False,
    ]  # fmt: skip
    assert "applications/duplicates/" in page.text


def test_an_applicant_among_its_own_members_is_one_person():
    call = read_call((80, "M", 2))
    team = call.applications.get()
    team.members.create(name="The applicant", email=team.email)

    assert propose_selection(call, quotas=[], by=None).is_feasible


@pytest.mark.parametrize(
    ("told", "stays", "is_listed"),
    [
        (("science", "design"), True, False),
        (("science", "science"), False, True),
        (("science", ""), True, True),
        (("science",), True, True),
    ],
)
def test_team_that_told_too_few_disciplines_is_left_out_and_one_that_did_not_tell_is_named(
    sign_in, told, stays, is_listed
):
    call = read_call((90, "F", 2), (80, "F"), quotas=[DISCIPLINES])
    found = team(call, *told)

    run = propose_selection(call, by=None)
    page = room(sign_in(make.officer()), call)

    assert run.decisions.filter(application=found).exists() == stays
    assert (found.number in run.left_out) == (not stays)
    listed = pool_of_call(call).teams
    assert [one.number for one in listed] == ([found.number] if is_listed else [])
    assert ("not eligible as a team" in page.text) == (not stays)
    assert ("Ask the team." in page.text) == (is_listed and stays)
    assert reading_code(found) in page.text


def test_rule_for_teams_is_no_quota_and_asks_nothing_of_one_person():
    call = read_call((80, "F"), quotas=[DISCIPLINES])

    assert default_quotas(call, 2) == []
    assert pool_of_call(call).teams == ()


def test_attributes_nobody_gave_are_a_group_of_their_own_in_the_pool(sign_in):
    call = read_call((90, "F"), (80, ""), (70, ""))

    page = room(sign_in(make.officer()), call)

    assert pool_of_call(call).people.not_given("sex") == 2
    assert "not given: 2" in page.text
