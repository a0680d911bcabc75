"""Two at once: one vote a delegation, one open question, one number; on a database with two writers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from karvan.foundation.errors import RuleBroken
from karvan.stages.convening.models import Ballot, Cast, Resolution, Vote, VoteEvent
from karvan.stages.convening.services.hall_casting import cast_ballot, give_vote
from karvan.stages.convening.services.resolutions_adopting import enter_resolution
from tests import make

from .hall_world import hall

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Run the acts in threads that start together; returns what refused them, "" for done."""
    barrier = threading.Barrier(len(acts))
    outcomes = [""] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            act()
        except RuleBroken as broken:
            outcomes[place] = type(broken).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_telephones_of_one_delegation_give_one_vote():
    there = hall()
    event = there.vote(is_electronic=True)
    one = there.delegations[0]
    found = at_once(
        lambda: give_vote(event, one, option="yes", by=None),
        lambda: give_vote(event, one, option="no", by=None),
    )
    assert found == ["", "MayNotVote"]
    assert Vote.objects.count() == 1


def test_ballots_cast_at_once_are_all_in_the_box():
    there = hall()
    event = there.vote("secret", is_electronic=True)
    found = at_once(
        *(
            lambda one=one: cast_ballot(event, one, option="yes", by=None)
            for one in there.delegations[:5]
        )
    )
    assert found == [""] * 5
    assert (Cast.objects.count(), Ballot.objects.count()) == (5, 5)


def test_two_questions_put_at_once_open_one():
    there = hall()
    assert at_once(lambda: there.vote(), lambda: there.vote("show_of_hands")) == ["", "WrongState"]
    assert VoteEvent.objects.count() == 1


def test_one_number_entered_twice_at_once_is_taken_once():
    session = make.statutory_session()
    old = {
        "kind": "resolution",
        "number": "GC 3/RES.7",
        "titles": {"en": "Budget"},
        "adopted_at": make.moment(1988, 11, 7),
        "source": "Printed records",
        "by": None,
    }
    found = at_once(*(lambda: enter_resolution(session, **old) for _time in range(2)))
    assert found == ["", "NumberTaken"]
    assert Resolution.objects.count() == 1
