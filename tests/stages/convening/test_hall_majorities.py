"""Majorities: a slow recount with fractions, and laws on any counts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from karvan.stages.convening.hall_majorities import REQUIREMENTS, Count, elect, judge

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
number = st.integers(0, 60)
counted = st.sampled_from([one for one in REQUIREMENTS if one != "consensus"])


def carried_slowly(requirement: str, ballots: list[str], base: int, abstention: bool) -> bool:
    """Ballot by ballot, by the words of the rule."""
    voting = [one for one in ballots if one != "abstain" or abstention]
    favour = [one for one in voting if one == "yes"]
    if requirement == "absolute":
        return Fraction(len(favour)) > Fraction(base, 2)
    if not favour:
        return False
    share = Fraction(len(favour), len(voting))
    if requirement == "simple":
        return share > Fraction(1, 2)
    if requirement == "unanimous":
        return share == 1
    return share >= {"two_thirds": Fraction(2, 3), "three_quarters": Fraction(3, 4)}[requirement]


@unhurried
@given(counted, number, number, number, number, st.booleans())
def test_every_majority_is_that_of_a_slow_recount(requirement, yes, no, abstain, more, voting):
    base = yes + no + abstain + more
    count = Count(yes, no, abstain, base)
    ballots = ["yes"] * yes + ["no"] * no + ["abstain"] * abstain

    found = judge(requirement, count, abstention_is_voting=voting)

    assert found.is_carried == carried_slowly(requirement, ballots, base, voting)


@unhurried
@given(counted, number, number, number, st.booleans())
def test_needed_is_the_fewest_votes_that_carry(requirement, yes, no, abstain, voting):
    base = yes + no + abstain
    found = judge(requirement, Count(yes, no, abstain, base), abstention_is_voting=voting)

    for moved in range(yes + no + 1):  # so many in favour of the same number of votes
        other = judge(
            requirement, Count(moved, yes + no - moved, abstain, base), abstention_is_voting=voting
        )
        assert other.is_carried == (moved >= found.needed)


@unhurried
@given(number, number, number, st.booleans())
def test_a_stronger_majority_carries_nothing_that_a_weaker_one_does_not(yes, no, abstain, voting):
    count = Count(yes, no, abstain, yes + no + abstain)
    ladder = ("unanimous", "three_quarters", "two_thirds", "simple")

    found = [judge(one, count, abstention_is_voting=voting).is_carried for one in ladder]

    assert found == sorted(found)


@unhurried
@given(counted, number, number, number)
def test_counting_abstentions_as_votes_never_makes_it_easier(requirement, yes, no, abstain):
    count = Count(yes, no, abstain, yes + no + abstain)

    with_them = judge(requirement, count, abstention_is_voting=True).is_carried

    assert not with_them or judge(requirement, count).is_carried


@unhurried
@given(counted, st.integers(0, 60))
def test_nothing_is_carried_without_a_vote_in_favour(requirement, no):
    assert not judge(requirement, Count(0, no, 0, 0)).is_carried


@unhurried
@given(number)
def test_a_consensus_is_that_nobody_objects(objections):
    assert judge("consensus", Count(0, objections)).is_carried == (objections == 0)


@unhurried
@given(st.dictionaries(st.sampled_from("abcdef"), number, min_size=2), counted)
def test_an_election_elects_the_most_voted_or_goes_on_with_the_first_two(counts, requirement):
    found = elect(requirement, counts, base=sum(counts.values()))
    most = max(counts.values())

    if found.elected:
        assert counts[found.elected] == most >= found.needed
        assert found.goes_on == ()
    else:
        assert len(found.goes_on) >= 2
        left_out = [counts[name] for name in counts if name not in found.goes_on]
        assert all(one < min(counts[name] for name in found.goes_on) for one in left_out)


def test_known_counts_of_the_books():
    assert judge("two_thirds", Count(20, 10)).is_carried  # exactly two thirds
    assert not judge("two_thirds", Count(19, 10)).is_carried
    assert not judge("simple", Count(5, 5)).is_carried  # a tie is lost
    assert judge("absolute", Count(28, 0, 0, 54)).is_carried
    assert judge("absolute", Count(27, 0, 0, 54)).needed == 28


def test_what_cannot_be_counted_is_said():
    with pytest.raises(ValueError, match="-1"):
        Count(-1, 0)
    with pytest.raises(ValueError, match="most of them"):
        judge("most of them", Count(1, 0))
