"""Votes: who may, how they are counted, what they decide, and that they stay."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from karvan.foundation.records.models import Record
from karvan.stages.convening.errors import MayNotVote, NoQuorum, NotGiven, WrongState
from karvan.stages.convening.hall_words import counts_words, reckoning_words
from karvan.stages.convening.models import Ballot, Cast, Vote, VoteEvent
from karvan.stages.convening.services.hall_casting import cast_ballot, give_vote, take_back_vote
from karvan.stages.convening.services.hall_closing import close_vote, enter_count
from karvan.stages.convening.services.hall_sittings import mark_in_hall
from karvan.stages.convening.services.hall_votes import open_next_round, void_vote
from tests import make

from .hall_world import hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return hall()


def test_without_a_quorum_no_vote_opens_and_it_says_how_many_are_missing():
    there = hall(present=3)
    with pytest.raises(NoQuorum, match="3 are in the hall and 5 are needed, so 2 are missing"):
        there.vote()
    assert not VoteEvent.objects.exists()


def test_a_roll_call_is_counted_reckoned_and_said(there):
    event = there.vote()
    there.call(event, "yyyna")

    event = close_vote(event, by=there.officer)

    assert event.counts == {"yes": 3, "no": 1, "abstain": 1, "absent": 3}
    assert (event.result, event.eligible, event.present) == ("adopted", 8, 5)
    assert "Needed in favour: 3 out of 4" in reckoning_words(event)
    assert "does not count as voting" in reckoning_words(event)
    assert counts_words(event) == "For: 3, Against: 1, Abstaining: 1, Did not vote: 3"


def test_where_abstentions_are_votes_the_same_counts_may_lose():
    there = hall(abstention_is_voting=True)
    event = there.vote()
    there.call(event, "yynaa")
    assert close_vote(event, by=there.officer).result == "rejected"


def test_a_suspended_member_has_no_vote(there):
    member = there.delegations[0].membership
    event = there.vote()
    member.status = "suspended"
    member.save()
    with pytest.raises(MayNotVote, match="suspended"):
        there.call(event, "y")
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    ("state", "words"), [("", "no credentials"), ("submitted", "not yet"), ("refused", "refused")]
)
def test_without_accepted_credentials_there_is_no_vote(there, state, words):
    late = make.delegation(there.session, credential=state)
    make.present(there.sitting, late)
    event = there.vote()
    with pytest.raises(MayNotVote, match=words):
        give_vote(event, late, option="yes", by=there.officer)


def test_provisional_credentials_are_enough(there):
    late = make.delegation(there.session, credential="provisional")
    make.present(there.sitting, late)
    event = there.vote()
    assert give_vote(event, late, option="yes", by=there.officer).option == "yes"


def test_an_observer_and_a_member_outside_the_hall_do_not_vote(there):
    guest = make.delegation(there.session, capacity="observer")
    make.present(there.sitting, guest)
    event = there.vote()
    with pytest.raises(MayNotVote, match="not here as a member"):
        give_vote(event, guest, option="yes", by=there.officer)
    with pytest.raises(MayNotVote, match="not in the hall"):
        give_vote(event, there.delegations[7], option="yes", by=there.officer)


def test_nobody_votes_twice_and_what_was_heard_wrongly_is_taken_back(there):
    event = there.vote()
    there.call(event, "y")
    with pytest.raises(MayNotVote, match="has voted: For"):
        there.call(event, "n")
    take_back_vote(event, there.delegations[0], by=there.officer)
    there.call(event, "n")
    assert [one.option for one in Vote.objects.all()] == ["no"]


def test_an_option_that_is_not_asked_is_refused(there):
    with pytest.raises(NotGiven, match="maybe"):
        give_vote(there.vote(), there.delegations[0], option="maybe", by=there.officer)


def test_one_objection_breaks_a_consensus():
    there = hall()
    event = there.vote("consensus")
    give_vote(event, there.delegations[1], option="objection", by=there.officer)
    event = close_vote(event, by=there.officer)
    assert (event.result, event.counts["objection"]) == ("rejected", 1)
    assert "Objections: 1" in reckoning_words(event)

    event = close_vote(there.vote("consensus"), by=there.officer)
    assert (event.result, reckoning_words(event)) == ("adopted", "Nobody objected.")


def test_tellers_cannot_count_more_hands_than_are_in_the_hall_and_must_agree(there):
    event = there.vote("show_of_hands")
    with pytest.raises(NotGiven, match="counted 6, but only 5"):
        enter_count(event, teller="1", counts={"yes": 4, "no": 2, "abstain": 0}, by=there.officer)
    enter_count(event, teller="1", counts={"yes": 3, "no": 2, "abstain": 0}, by=there.officer)
    with pytest.raises(WrongState, match="Teller 2 has not"):
        close_vote(event, by=there.officer)
    enter_count(event, teller="2", counts={"yes": 4, "no": 1, "abstain": 0}, by=there.officer)
    with pytest.raises(WrongState, match="counted differently"):
        close_vote(event, by=there.officer)
    enter_count(event, teller="2", counts={"yes": 3, "no": 2, "abstain": 0}, by=there.officer)
    assert close_vote(event, by=there.officer).counts["yes"] == 3


def test_a_hall_that_empties_cannot_decide(there):
    event = there.vote()
    there.call(event, "yyyy")
    mark_in_hall(there.sitting, there.delegations[4], is_present=False, by=there.officer)
    with pytest.raises(NoQuorum):
        close_vote(event, by=there.officer)
    assert void_vote(event, reason="The hall emptied.", by=there.officer).result == "void"


def test_only_one_question_is_open(there):
    there.vote()
    with pytest.raises(WrongState, match="One question is put at a time"):
        there.vote()


def test_a_secret_ballot_keeps_nothing_that_joins_voter_and_choice(there):
    event = there.vote("secret", is_electronic=True)
    keys: set[object] = set()
    for delegation, option in zip(
        there.delegations, ["yes", "no", "yes", "yes", "no"], strict=False
    ):
        cast_ballot(event, delegation, option=option, by=there.officer)
        kept = set(Ballot.objects.values_list("key", flat=True))
        assert not keys & kept  # every ballot in the box was written anew
        keys = kept

    assert {field.name for field in Cast._meta.fields} == {"id", "event", "membership"}
    assert {field.name for field in Ballot._meta.fields} == {"key", "event", "option"}
    told = [record.after for record in Record.objects.filter(act="ballot cast")]
    assert all(set(one) == {"member"} for one in told)
    with pytest.raises(MayNotVote, match="into the box"):
        cast_ballot(event, there.delegations[0], option="no", by=there.officer)
    assert close_vote(event, by=there.officer).counts["yes"] == 3


def test_ballots_lie_in_the_box_in_an_order_that_is_not_that_of_casting():
    """Twenty in favour cast first and twenty against after them do not lie so in the table."""
    there = hall(members=40, present=40)
    event = there.vote("secret", is_electronic=True)
    cast_in_order = ["yes"] * 20 + ["no"] * 20
    for delegation, option in zip(there.delegations, cast_in_order, strict=True):
        cast_ballot(event, delegation, option=option, by=None)

    lying = [one.option for one in Ballot.objects.raw("SELECT * FROM convening_ballot")]

    assert sorted(lying) == sorted(cast_in_order)
    assert lying != cast_in_order  # one chance in 138 thousand million


def test_an_election_goes_round_after_round_until_somebody_has_the_majority(there):
    event = there.vote("secret", is_electronic=True, candidates=["Aysel", "Badr", "Chen"])
    for delegation, name in zip(
        there.delegations, ["Aysel", "Aysel", "Badr", "Badr", "Chen"], strict=False
    ):
        cast_ballot(event, delegation, option=name, by=None)
    event = close_vote(event, by=there.officer)
    assert (event.result, event.reckoned["goes_on"]) == ("rejected", ["Aysel", "Badr"])

    second = open_next_round(event, by=there.officer)
    assert (second.round, second.options) == (2, ["Aysel", "Badr", "abstain"])
    for delegation, name in zip(
        there.delegations, ["Aysel", "Aysel", "Aysel", "Badr", "abstain"], strict=False
    ):
        cast_ballot(second, delegation, option=name, by=None)
    second = close_vote(second, by=there.officer)
    assert second.reckoned["elected"] == "Aysel"
    assert "Needed: 3 out of 4" in reckoning_words(second)
    with pytest.raises(WrongState, match="no further round"):
        open_next_round(second, by=there.officer)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"candidates": ["Aysel"], "method": "secret"}, "two names"),
        ({"candidates": ["Aysel", "Badr"], "method": "roll_call"}, "secret ballot or show"),
        ({"titles": {}}, "Write the question"),
        ({"requirement": "consensus"}, "choose the majority"),
        ({"candidates": ["yes", "no"], "method": "secret"}, "no names"),
        ({"candidates": ["Aysel", "B" * 121], "method": "secret"}, "120"),
    ],
)
def test_a_question_that_does_not_fit_is_refused(there, more, words):
    with pytest.raises(NotGiven, match=words):
        there.vote(**more)


def test_a_closed_vote_cannot_be_changed_by_anybody(there):
    event = there.vote()
    there.call(event, "yyynn")
    event = close_vote(event, by=there.officer)
    with pytest.raises(WrongState, match="closed"):
        give_vote(event, there.delegations[0], option="no", by=there.officer)
    with pytest.raises(WrongState, match="closed"):
        close_vote(event, by=there.officer)
    for change in (
        lambda: VoteEvent.objects.update(result="rejected"),
        lambda: VoteEvent.objects.all().delete(),
        lambda: Vote.objects.update(option="no"),
        lambda: Vote.objects.all().delete(),
        lambda: Vote.objects.create(
            event=event, membership=there.delegations[6].membership, option="no"
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_votes_of_an_import_may_still_be_brought_into_their_event():
    event = make.vote_event(result="adopted", closed_at=make.moment(1990, 1, 1))
    Vote.objects.create(event=event, membership=make.membership(event.session.organ), option="yes")
    assert event.single_votes.count() == 1
