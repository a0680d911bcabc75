"""Balanced teams are proposed of those who have none, with the disciplines the design asks for."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.foundation.records.models import Record
from karvan.stages.ventures.errors import WrongState
from karvan.stages.ventures.models import Membership, Team
from karvan.stages.ventures.services import form_team, propose_teams, take_teams
from tests import make

pytestmark = pytest.mark.django_db

SIZES = {"smallest": 3, "largest": 5, "seed": "x"}


@pytest.fixture
def camp():
    _source, data = make.document("TVP")
    return make.activity(
        "BC3", of=make.edition(of=make.blueprint(make.programme("TVP"), data=data))
    )


def enrolled(camp, number, disciplines=("engineering", "business", "design")):
    return [
        make.enrolment(
            camp,
            attributes={
                "discipline": disciplines[n % len(disciplines)],
                "sex": "FM"[n // 3 % 2],
                "region": ("capital", "outside")[n % 2],
            },
        )
        for n in range(number)
    ]


def test_every_team_has_two_disciplines_and_a_like_share_of_everybody(camp):
    enrolled(camp, 12)

    proposal = propose_teams(camp, **SIZES)

    assert [len(team.members) for team in proposal.teams] == [4, 4, 4]
    assert proposal.short == 0
    assert all(dict(team.different)["Disciplines in each team"] >= 2 for team in proposal.teams)
    assert {dict(team.counts)["Women"] for team in proposal.teams} == {2}
    assert Team.objects.count() == 0


def test_what_is_asked_blind_is_shown_as_counts_only(camp):
    enrolled(camp, 6)

    proposal = propose_teams(camp, **SIZES)

    words = {word for team in proposal.teams for one in team.members for word in one.words}
    assert words == {"Engineering", "Business or law", "Design, arts or humanities"}


def test_too_few_disciplines_are_said(camp):
    enrolled(camp, 6, ("engineering",))

    assert propose_teams(camp, **SIZES).short == 2


def test_those_in_a_team_are_left_where_they_are(camp):
    first, *others = enrolled(camp, 7)
    form_team(camp.edition, name="Own", members=[first], by=None)

    proposal = propose_teams(camp, **SIZES)

    assert proposal.people == 6
    assert first not in [one.enrolment for team in proposal.teams for one in team.members]


def test_taken_teams_are_formed_and_recorded(camp):
    enrolled(camp, 7)
    officer = make.officer()
    shown = propose_teams(camp, **SIZES)

    made = take_teams(camp, **SIZES, sha256=shown.sha256, by=officer)

    assert [team.memberships.count() for team in made] == [4, 3]
    assert Membership.objects.count() == 7
    (record,) = Record.objects.filter(act="formed teams")
    assert (record.after["seed"], record.after["sha256"]) == ("x", shown.sha256)
    with pytest.raises(WrongState, match="Everybody who is enrolled"):
        take_teams(camp, **SIZES, sha256=shown.sha256, by=officer)


def test_teams_shown_before_somebody_came_are_not_taken(camp):
    enrolled(camp, 6)
    shown = propose_teams(camp, **SIZES)
    enrolled(camp, 1)

    with pytest.raises(WrongState, match="Something has changed"):
        take_teams(camp, **SIZES, sha256=shown.sha256, by=None)

    assert Team.objects.count() == 0


def test_sizes_that_cannot_be_are_said(camp):
    enrolled(camp, 7)

    with pytest.raises(WrongState, match="7 participants cannot be put into teams of 5 to 6"):
        propose_teams(camp, smallest=5, largest=6, seed="x")


def test_coordinator_proposes_and_takes_teams_on_screen(client, camp):
    enrolled(camp, 8)
    edition = camp.edition
    client.force_login(make.role("coordinator", edition.scope))
    page = reverse("ventures:propose_teams", args=[edition.slug])

    plain = client.get(page)
    initial = plain.context["form"].initial
    proposed = client.get(page, {**SIZES, "activity": camp.pk})
    impossible = client.get(page, {**SIZES, "smallest": 6, "largest": 7, "activity": camp.pk})
    values = proposed.context["values"]
    empty = client.post(reverse("ventures:take_teams", args=[edition.slug]), follow=True)
    client.post(reverse("ventures:take_teams", args=[edition.slug]), values)

    assert (initial["smallest"], initial["largest"]) == (3, 5)
    assert "8 participants without a team" in plain.text
    assert "Form these teams" in proposed.text
    assert "cannot be put into teams" in impossible.text
    assert "Propose teams first" in empty.text
    assert Team.objects.filter(edition=edition).count() == 2
