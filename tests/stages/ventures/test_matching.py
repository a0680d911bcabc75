"""Mentors and ventures say whom they want; the matching is stable, shown first and taken once."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.urls import reverse

from karvan.foundation.records.models import Record
from karvan.stages.ventures.errors import InsideTheTeam, NotInThisEdition, WrongState
from karvan.stages.ventures.models import MentorMatching, MentorOffer, Mentorship, MentorWish
from karvan.stages.ventures.services import (
    assign_mentor,
    propose_mentors,
    state_offer,
    state_wishes,
    take_matching,
)
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make.edition()


def venture_of(edition, name, **fields):
    return make.venture(make.team(edition), name=name, **fields)


def mentor_of(edition, name, capacity=1, **offer):
    mentor = make.role("mentor", edition.scope, of=make.person(name))
    state_offer(edition, mentor=mentor, capacity=capacity, by=None, **offer)
    return mentor


def given(proposal):
    return {
        one.venture.name: (one.mentor and one.mentor.full_name, one.rank)
        for one in proposal.pairings
    }


def test_mentor_full_with_a_venture_ranked_higher_is_said_and_nothing_is_written(edition):
    solar, water = venture_of(edition, "Solar"), venture_of(edition, "Water")
    ada = mentor_of(edition, "Ada", ventures=[water, solar])
    ben = mentor_of(edition, "Ben")
    state_wishes(solar, mentors=[ada, ben], by=None)
    state_wishes(water, mentors=[ada], by=None)

    proposal = propose_mentors(edition, seed="x")

    assert given(proposal) == {"Solar": ("Ben", 2), "Water": ("Ada", 1)}
    assert (proposal.profile, proposal.unmatched, Mentorship.objects.count()) == ((1, 1), 0, 0)
    assert proposal.outcome == "1 their first wish, 1 their second wish"
    (refused,) = proposal.pairings[0].refusals
    assert refused.why == "Ada is full with “Water”, which the mentor ranks higher."


def test_named_ventures_come_before_a_named_sector_and_that_before_others(edition):
    ventures = [
        venture_of(edition, "Named"),
        venture_of(edition, "Sector", sector="health"),
        venture_of(edition, "Other", sector="trade"),
    ]
    ada = mentor_of(edition, "Ada", 2, ventures=ventures[:1], sectors=["health"])
    for one in ventures:
        state_wishes(one, mentors=[ada], by=None)

    proposal = propose_mentors(edition, seed="x")

    assert given(proposal) == {"Named": ("Ada", 1), "Sector": ("Ada", 1), "Other": (None, None)}


def test_equals_are_drawn_and_it_is_said(edition):
    one, other = venture_of(edition, "A"), venture_of(edition, "B")
    ada = mentor_of(edition, "Ada")
    for venture in (one, other):
        state_wishes(venture, mentors=[ada], by=None)

    drawn = {seed: given(propose_mentors(edition, seed=seed))["A"][0] for seed in "abcdefgh"}
    proposal = propose_mentors(edition, seed="a")
    out = next(one for one in proposal.pairings if one.mentor is None)

    assert set(drawn.values()) == {"Ada", None}
    assert "the draw decided" in out.refusals[0].why


def test_with_everyone_a_venture_without_wishes_gets_a_mentor_with_room(edition):
    venture_of(edition, "Silent")
    mentor_of(edition, "Ada")

    assert given(propose_mentors(edition, seed="x")) == {"Silent": (None, None)}
    everyone = propose_mentors(edition, seed="x", everyone=True)
    assert given(everyone) == {"Silent": ("Ada", None)}
    assert (everyone.others, everyone.outcome) == (1, "1 a mentor it did not name")


def test_standing_mentorships_use_up_room_and_are_not_matched_again(edition):
    old, new = venture_of(edition, "Old"), venture_of(edition, "New")
    ada = mentor_of(edition, "Ada", 1)
    assign_mentor(old, mentor=ada, by=None)
    state_wishes(new, mentors=[ada], by=None)

    proposal = propose_mentors(edition, seed="x")

    assert given(proposal) == {"New": (None, None)}
    assert proposal.pairings[0].refusals[0].why == "Ada has no room for another venture."


def test_ended_mentorship_is_not_begun_again(edition):
    venture = venture_of(edition, "Old")
    ada = mentor_of(edition, "Ada", 3)
    assign_mentor(venture, mentor=ada, by=None)
    Mentorship.objects.update(until=make.date(2026, 1, 1))
    state_wishes(venture, mentors=[ada], by=None)

    proposal = propose_mentors(edition, seed="x", everyone=True)

    assert given(proposal) == {"Old": (None, None)}
    assert "mentored this venture before" in proposal.pairings[0].refusals[0].why


def test_taken_matching_makes_mentorships_and_keeps_what_it_was_made_from(edition):
    solar = venture_of(edition, "Solar")
    ada = mentor_of(edition, "Ada")
    state_wishes(solar, mentors=[ada], by=None)
    officer = make.officer()
    proposal = propose_mentors(edition, seed="x")

    taken = take_matching(edition, seed="x", sha256=proposal.sha256, by=officer)

    assert Mentorship.objects.get().mentor == ada
    document = bytes(taken.document)
    assert taken.sha256 == hashlib.sha256(document).hexdigest() == proposal.sha256
    assert json.loads(document)["answer"]["places"] == {f"v{solar.pk}": f"m{ada.pk}"}
    assert b"Solar" not in document and b"Ada" not in document
    assert (taken.seed, taken.profile, taken.made, taken.taken_by) == ("x", [1], 1, officer)
    assert Record.objects.filter(act="mentors matched").count() == 1
    with pytest.raises(WrongState, match="Every venture has a mentor"):
        take_matching(edition, seed="x", sha256=proposal.sha256, by=officer)


def test_changed_wishes_are_proposed_again_before_they_are_taken(edition):
    solar, ada, ben = (
        venture_of(edition, "Solar"),
        mentor_of(edition, "Ada"),
        mentor_of(edition, "Ben"),
    )
    state_wishes(solar, mentors=[ada], by=None)
    shown = propose_mentors(edition, seed="x").sha256
    state_wishes(solar, mentors=[ben], by=None)

    with pytest.raises(WrongState, match="Something has changed"):
        take_matching(edition, seed="x", sha256=shown, by=None)

    assert (Mentorship.objects.count(), MentorMatching.objects.count()) == (0, 0)


def test_wishes_that_cannot_be_are_refused_and_change_nothing(edition):
    solar, ada = venture_of(edition, "Solar"), mentor_of(edition, "Ada")
    silent = make.role("mentor", edition.scope)
    member = make.enrolment(make.activity(of=edition))
    solar.team.memberships.create(enrolment=member)
    state_offer(edition, mentor=member.person, capacity=1, by=None)
    state_wishes(solar, mentors=[ada], by=None)

    for mentors, error in (
        ([ada, ada], WrongState),
        ([mentor_of(edition, f"M{n}") for n in range(6)], WrongState),
        ([silent], NotInThisEdition),
        ([member.person], InsideTheTeam),
    ):
        with pytest.raises(error):
            state_wishes(solar, mentors=mentors, by=None)

    assert MentorWish.objects.get().mentor == ada


def test_offers_that_cannot_be_are_refused_and_change_nothing(edition):
    solar, ada = venture_of(edition, "Solar"), mentor_of(edition, "Ada")
    for capacity, ventures, error in (
        (21, [], WrongState),
        (1, [solar, solar], WrongState),
        (1, [make.venture()], NotInThisEdition),
    ):
        with pytest.raises(error):
            state_offer(edition, mentor=ada, capacity=capacity, ventures=ventures, by=None)

    assert MentorOffer.objects.get().capacity == 1


def test_nothing_to_match_is_said(edition):
    with pytest.raises(WrongState, match="Every venture"):
        propose_mentors(edition, seed="x")
    venture_of(edition, "Solar")
    with pytest.raises(WrongState, match="No mentor has said"):
        propose_mentors(edition, seed="x")


def test_coordinator_proposes_and_takes_on_screen(client, edition):
    solar, ada = venture_of(edition, "Solar"), mentor_of(edition, "Ada")
    state_wishes(solar, mentors=[ada], by=None)
    client.force_login(make.role("coordinator", edition.scope))
    page = reverse("ventures:match_mentors", args=[edition.slug])

    plain = client.get(page)
    proposed = client.get(page, {"seed": "x"})
    values = proposed.context["values"]
    stale = client.post(
        reverse("ventures:take_matching", args=[edition.slug]),
        {**values, "sha256": "0" * 64},
        follow=True,
    )
    taken = client.post(reverse("ventures:take_matching", args=[edition.slug]), values, follow=True)

    assert "Take this matching" not in plain.text
    assert "1 their first wish" in proposed.text and "Take this matching" in proposed.text
    assert "Something has changed" in stale.text
    assert values["sha256"] in taken.text
    assert Mentorship.objects.get().venture == solar


def test_match_page_costs_the_same_for_one_and_for_many(client, edition, django_assert_num_queries):
    client.force_login(make.role("coordinator", edition.scope))
    page = reverse("ventures:match_mentors", args=[edition.slug])
    counts = []
    for number in range(3):
        venture = venture_of(edition, f"V{number}")
        mentor = mentor_of(edition, f"M{number}", ventures=[venture])
        state_wishes(venture, mentors=[mentor], by=None)
        with django_assert_num_queries(100, exact=False) as seen:
            client.get(page, {"seed": "x"})
        counts.append(len(seen))

    assert counts[1] == counts[2]


def test_mentor_and_member_say_whom_they_want_on_their_own_pages(client, edition):
    member = make.enrolment(make.activity(of=edition))
    solar = venture_of(edition, "Solar", sector="energy")
    solar.team.memberships.create(enrolment=member)
    ada = make.role("mentor", edition.scope, of=make.person("Ada"))
    other = make.role("mentor", edition.scope)

    client.force_login(ada)
    own = reverse("ventures:mentor_offer", args=[edition.slug, ada.pk])
    client.post(own, {"capacity": 2, "sectors": ["energy"], "rank_2": solar.pk})
    strange = client.get(reverse("ventures:mentor_offer", args=[edition.slug, other.pk]))
    again = client.get(own)
    client.force_login(member.person)
    client.post(reverse("ventures:wishes", args=[solar.pk]), {"rank_1": ada.pk})

    offer = MentorOffer.objects.get()
    assert (offer.capacity, offer.sectors) == (2, ["energy"])
    assert [(one.venture, one.rank) for one in offer.choices.all()] == [(solar, 1)]
    assert strange.status_code == 403
    assert again.context["form"]["rank_1"].initial == solar
    assert MentorWish.objects.get().mentor == ada
