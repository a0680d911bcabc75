"""The quorum at any moment: who counts, on what, by the organ's rule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from karvan.stages.convening.errors import NotOfThisSession, WrongState
from karvan.stages.convening.hall_words import quorum_words
from karvan.stages.convening.models import RollMark
from karvan.stages.convening.queries.hall_quorum import quorum_at, turns_of
from karvan.stages.convening.services.hall_sittings import (
    close_sitting,
    mark_in_hall,
    open_sitting,
    plan_sitting,
    take_roll,
)
from tests import make

from .hall_world import hall

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def test_half_is_not_more_than_half():
    there = hall(present=4, members=8)

    quorum = quorum_at(there.sitting, now())

    assert (quorum.present, quorum.needed, quorum.missing) == (4, 5, 1)
    assert "Needed: 5, which is more than 1 of 2 of 8 (all members)." in quorum_words(quorum)
    assert "Missing: 1." in quorum_words(quorum)


def test_rule_is_data_of_the_organ():
    there = hall(
        present=4, members=8, quorum_numerator=2, quorum_denominator=3, quorum_is_more_than=False
    )
    assert quorum_at(there.sitting, now()).needed == 6


def test_quorum_follows_the_roll_at_any_moment():
    there = hall(present=5)
    begun = now()
    RollMark.objects.update(at=begun - timedelta(minutes=30))
    RollMark.objects.create(
        sitting=there.sitting,
        delegation=there.delegations[0],
        is_present=False,
        at=begun - timedelta(minutes=10),
    )

    assert quorum_at(there.sitting, begun - timedelta(minutes=40)).present == 0
    assert quorum_at(there.sitting, begun - timedelta(minutes=20)).is_reached
    assert not quorum_at(there.sitting, begun).is_reached


def test_suspended_and_refused_sit_in_the_hall_and_do_not_count():
    there = hall(present=5)
    suspended, refused = there.delegations[:2]
    suspended.membership.status = "suspended"
    suspended.membership.save()
    refused.credential.state, refused.credential.reason = "refused", "Not signed"
    refused.credential.save()

    quorum = quorum_at(there.sitting, now())

    assert quorum.present == 3
    assert set(quorum.not_counted) == {suspended, refused}
    assert quorum.base == 8  # a suspended member is one of all members


@pytest.mark.parametrize(
    ("base", "expected"), [("members", 8), ("not_suspended", 7), ("accredited", 6)]
)
def test_base_is_members_those_not_suspended_or_those_accredited(base, expected):
    there = hall(quorum_base=base)
    there.delegations[7].membership.status = "suspended"
    there.delegations[7].membership.save()
    there.delegations[6].credential.delete()

    assert quorum_at(there.sitting, now()).base == expected


def test_observers_are_in_the_hall_and_do_not_count():
    there = hall(present=5)
    make.present(there.sitting, make.delegation(there.session, capacity="observer"))

    assert quorum_at(there.sitting, now()).present == 5


def test_members_of_another_time_are_not_in_the_base():
    there = hall()
    make.membership(there.session.organ, ends_on=now().date() - timedelta(days=1))

    assert quorum_at(there.sitting, now()).base == 8


def test_quorum_costs_the_same_however_many_there_are(django_assert_num_queries):
    there = hall(members=30, present=20)
    with django_assert_num_queries(3):
        quorum_at(there.sitting, now())


def test_taking_the_roll_again_marks_only_what_changed():
    there = hall(present=0)
    assert take_roll(there.sitting, present=there.delegations[:3], by=there.officer) == 3
    assert take_roll(there.sitting, present=there.delegations[1:4], by=there.officer) == 2
    assert RollMark.objects.count() == 5
    assert quorum_at(there.sitting, now()).present == 3


def test_one_mark_is_news_once():
    there = hall(present=0)
    one = there.delegations[0]
    assert mark_in_hall(there.sitting, one, is_present=True, by=there.officer)
    assert not mark_in_hall(there.sitting, one, is_present=True, by=there.officer)


def test_roll_is_of_this_session_and_of_an_open_sitting():
    there = hall()
    with pytest.raises(NotOfThisSession):
        mark_in_hall(there.sitting, make.delegation(), is_present=True, by=there.officer)
    close_sitting(there.sitting, by=there.officer)
    with pytest.raises(WrongState, match="closed"):
        take_roll(there.sitting, present=[], by=there.officer)


def test_one_sitting_is_open_at_a_time_and_none_closes_over_an_open_vote():
    there = hall()
    later = plan_sitting(
        there.session, planned_start=now(), planned_end=now() + timedelta(hours=3), by=there.officer
    )
    assert later.number == 2
    with pytest.raises(WrongState, match="Sitting 1 is still open"):
        open_sitting(later, by=there.officer)
    there.vote()
    with pytest.raises(WrongState, match="Vote V1 is still open"):
        close_sitting(there.sitting, by=there.officer)
    there.sitting.refresh_from_db()
    assert there.sitting.closed_at is None


def test_turns_say_when_the_quorum_was_reached_and_lost(django_assert_num_queries):
    there = hall(present=0)
    begun = now() - timedelta(hours=2)

    def mark(minutes, is_present, *which):
        for number in which:
            RollMark.objects.create(
                sitting=there.sitting,
                delegation=there.delegations[number],
                is_present=is_present,
                at=begun + timedelta(minutes=minutes),
            )

    mark(0, True, 0, 1, 2, 3, 4, 5)
    mark(10, False, 5)  # five are still enough
    mark(20, False, 4)
    mark(30, True, 7)
    make.present(there.sitting, make.delegation(there.session, capacity="guest"))

    with django_assert_num_queries(3):
        turns = turns_of(there.sitting)

    minutes = [(one.at - begun).total_seconds() / 60 for one in turns]
    assert minutes == [0, 20, 30]
    assert [(one.present, one.is_reached) for one in turns] == [(6, True), (4, False), (5, True)]
    for one in turns:  # the plain reckoning at that moment says the same
        assert quorum_at(there.sitting, one.at).is_reached == one.is_reached


def test_a_sitting_without_a_roll_has_no_turns():
    assert turns_of(hall(present=0).sitting) == []
