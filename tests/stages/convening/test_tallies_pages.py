"""Votes are tallied by organ, session and member; the sums are those of a plain recount."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from random import Random

import pytest
from django.urls import reverse

from karvan.stages.convening.models import Vote
from karvan.stages.convening.queries.tallies import alike_to, tallies_of, tallies_of_member
from karvan.stages.convening.tallies_popolo import vote_event
from tests import make
from tests.shared import shared_path

from .tallies_tables import roll_call

pytestmark = pytest.mark.django_db

MEMBERS = ("AZ", "MA", "NA", "KE", "NP", "PE")


@pytest.fixture
def organ():
    """Three sessions of random votes, in which some members say nothing."""
    body, dice = make.organ("ga"), Random(7)
    for ordinal in (1, 2, 3):
        session = make.statutory_session(body, ordinal=ordinal, slug=f"ga-{ordinal}")
        for _call in range(6):
            voting = dice.sample(MEMBERS, dice.randint(2, len(MEMBERS)))
            roll_call(session, **{one: dice.choice(["yes", "no", "abstain"]) for one in voting})
    return body


@pytest.fixture
def auditor(client):
    person = make.role("auditor")
    client.force_login(person)
    return person


def test_tallies_are_the_sums_of_a_plain_recount(organ):
    seen = Counter()
    for vote in Vote.objects.select_related("event__session", "membership"):
        seen["whole", vote.option] += 1
        seen[vote.event.session_id, vote.option] += 1
        seen[vote.membership.code, vote.option] += 1

    found = tallies_of(organ)

    for option in ("yes", "no", "abstain"):
        assert getattr(found.whole, option) == seen["whole", option]
        for session in organ.sessions.all():
            assert getattr(found.sessions[session.pk], option) == seen[session.pk, option]
        for member in organ.memberships.all():
            assert getattr(found.members[member.pk], option) == seen[member.code, option]
    assert found.whole.calls == 18
    # All six members voted at least once in every session of these dice, so all 108 are expected.
    assert found.whole.cast + found.whole.missed == 18 * 6


def test_a_void_vote_and_a_show_of_hands_are_not_tallied(organ):
    before = tallies_of(organ).whole
    session = organ.sessions.first()
    for changed in ({"result": "void"}, {"method": "show_of_hands"}):
        event = roll_call(session, AZ="yes")
        for name, value in changed.items():
            setattr(event, name, value)
        event.save()

    assert tallies_of(organ).whole == before


def test_one_member_alone_is_tallied_like_among_all(organ):
    member = organ.memberships.get(code="AZ")

    assert tallies_of_member(member).whole.yes == tallies_of(organ).members[member.pk].yes


def test_who_votes_alike_is_counted_over_calls_in_which_both_voted(organ):
    member, other = organ.memberships.get(code="AZ"), organ.memberships.get(code="MA")
    mine = dict(member.votes.values_list("event_id", "option"))
    its = dict(other.votes.values_list("event_id", "option"))
    both = mine.keys() & its.keys()

    found = next(one for one in alike_to(member) if one.member == other)

    assert found.together == len(both)
    assert found.same == sum(mine[key] == its[key] for key in both)
    assert found.opposite == sum({mine[key], its[key]} == {"yes", "no"} for key in both)


def test_tallies_are_given_as_files(organ, auditor, client):
    address = reverse("convening:tallies", args=["ga"])

    def rows(by):
        text = client.get(address, {"by": by}).content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    yes = tallies_of(organ).whole.yes
    assert [len(rows(by)) for by in ("session", "member", "both")] == [3, 6, 18]
    assert sum(int(row["Yes"]) for row in rows("both")) == yes
    assert sum(int(row["Yes"]) for row in rows("member")) == yes


def test_members_are_sorted_by_what_is_asked(organ, auditor, client):
    address = reverse("convening:tallies", args=["ga"])

    members = client.get(address, {"order": "yes"}).context["members"]

    shares = [row.tally.yes_share for row in members]
    assert shares == sorted(shares, reverse=True)
    assert client.get(address, {"order": "'; drop"}).status_code == 200


@pytest.mark.parametrize("more", [0, 2])
def test_pages_cost_the_same_for_few_and_many(
    organ, auditor, client, more, django_assert_num_queries
):
    for number in range(more):
        session = make.statutory_session(organ, slug=f"ga-more-{number}")
        roll_call(session, AZ="yes", BA="no")

    with django_assert_num_queries(8):
        client.get(reverse("convening:tallies", args=["ga"]))


def test_a_vote_says_who_voted_what(organ, auditor, client):
    session = organ.sessions.get(slug="ga-1")
    event = roll_call(session, AZ="yes", MA="abstain")

    page = client.get(reverse("convening:tallies_vote", args=["ga", "ga-1", event.pk]))
    other = client.get(reverse("convening:tallies_vote", args=["ga", "ga-2", event.pk]))

    assert [word for word, _members in page.context["sides"]] == ["Yes", "Abstained"]
    assert other.status_code == 404


def test_an_organ_without_votes_says_how_to_begin(client):
    make.organ("gc")
    client.force_login(make.officer())

    page = client.get(reverse("convening:tallies", args=["gc"]))

    assert "Import roll calls" in page.text


def test_popolo_has_the_names_that_popolo_gives(organ, auditor, client):
    event = roll_call(organ.sessions.get(slug="ga-1"), AZ="yes", MA="no")
    address = reverse("convening:tallies_popolo", args=["ga", "ga-1", event.pk])

    said = json.loads(client.get(address).content)

    assert said == vote_event(event)
    assert said["result"] == "pass"
    assert said["votes"] == [
        {"voter_id": "AZ", "option": "yes"},
        {"voter_id": "MA", "option": "no"},
    ]
    assert {"option": "yes", "value": 1} in said["counts"]
    example = json.loads(shared_path("inputs/popolo/vote_event.json").read_text())
    of_motion = json.loads(shared_path("inputs/popolo/motion.json").read_text())
    assert set(example) - set(said) == {"group_results"}
    assert set(of_motion) - set(said["motion"]) == {"creator_id", "classification"}
    assert set(example["votes"][0]) == set(said["votes"][0])
    assert {"option", "value"} <= set(example["counts"][0])
