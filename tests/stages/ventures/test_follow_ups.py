"""What became of a venture is asked four times; silence is unknown, never closed."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from karvan.foundation.messages.models import Message
from karvan.stages.ventures.errors import WrongState
from karvan.stages.ventures.queries import survival
from karvan.stages.ventures.services import (
    answer_follow_up,
    ask_due_follow_ups,
    plan_follow_ups,
)
from karvan.stages.ventures.services.followups import months_after
from tests import make


def venture_with_a_member():
    enrolment = make.enrolment()
    team = make.team(enrolment.activity.edition)
    team.memberships.create(enrolment=enrolment)
    return make.venture(team)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from([3, 6, 12, 24]))
def test_months_after_lands_in_the_right_month_and_never_later_in_it(start, months):
    end = months_after(start, months)

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day


@pytest.mark.django_db
def test_four_questions_are_planned_once():
    venture = venture_with_a_member()

    plan_follow_ups(venture, from_date=date(2021, 10, 31), by=None)
    again = plan_follow_ups(venture, from_date=date(2021, 10, 31), by=None)

    assert again == []
    assert [(f.months, f.due_on) for f in venture.follow_ups.all()] == [
        (3, date(2022, 1, 31)),
        (6, date(2022, 4, 30)),
        (12, date(2022, 10, 31)),
        (24, date(2023, 10, 31)),
    ]


@pytest.mark.django_db
def test_venture_that_did_not_agree_is_not_asked():
    venture = venture_with_a_member()
    venture.follow_up_agreed = False
    venture.save()

    with pytest.raises(WrongState):
        plan_follow_ups(venture, from_date=date(2021, 10, 31), by=None)


@pytest.mark.django_db
def test_silence_becomes_unknown_and_is_never_counted_as_closed():
    answered, silent = venture_with_a_member(), venture_with_a_member()
    for venture in (answered, silent):
        plan_follow_ups(venture, from_date=date(2021, 10, 31), by=None)

    with time_machine.travel("2022-02-01"):
        assert ask_due_follow_ups(by=None) == 2
        assert ask_due_follow_ups(by=None) == 0
        answer_follow_up(answered.follow_ups.get(months=3), answers={"had_revenue": True})
    with time_machine.travel("2022-04-01"):
        ask_due_follow_ups(by=None)

    known = survival("", 3)
    assert (known.ventures, known.answered, known.active, known.unknown) == (2, 1, 1, 1)
    assert silent.follow_ups.get(months=3).is_active is None
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_more_women_than_jobs_is_refused_and_no_answer_is_kept():
    venture = venture_with_a_member()
    plan_follow_ups(venture, from_date=date(2021, 10, 31), by=None)
    question = venture.follow_ups.get(months=6)

    with pytest.raises(WrongState):
        answer_follow_up(question, answers={"paid_jobs": 1, "paid_jobs_women": 2})
    with pytest.raises(ValueError, match="shoe_size"):
        answer_follow_up(question, answers={"shoe_size": 44})

    question.refresh_from_db()
    assert (question.state, question.paid_jobs) == ("due", None)
