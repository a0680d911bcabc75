"""A commitment is made from one source, followed with evidence and never quietly closed."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from karvan.foundation.messages.models import Message
from karvan.stages.agreements.errors import AlreadyPromised, ReasonMissing, WrongState
from karvan.stages.agreements.models import Commitment
from karvan.stages.agreements.services import (
    add_evidence,
    change_due_date,
    promise_from_item,
    promise_from_obligation,
    say_state,
    write_reminders,
)
from tests import make

pytestmark = pytest.mark.django_db


def test_commitment_from_an_item_is_dated_by_its_meeting():
    item = make.minutes_item()

    made = promise_from_item(
        item, code="camp", titles=make.texts("A camp"), owner=make.party(), by=None
    )

    assert (made.promised_on, made.state, made.source) == (
        item.consultation.ends_on,
        "open",
        str(item.consultation),
    )


def test_commitment_from_a_clause_is_owned_by_whom_it_binds():
    agreement = make.agreement(signed_on=date(2021, 1, 20), state="signed")
    clause = agreement.obligations.create(
        number="3", party=agreement.parties.first(), texts={"en": "Provide rooms"}
    )

    made = promise_from_obligation(clause, code="rooms", titles={"en": "Rooms"}, by=None)

    assert (made.owner, made.promised_on) == (clause.party, date(2021, 1, 20))


def test_information_promises_nothing_and_a_code_is_used_once():
    owner = make.party()
    told = make.minutes_item(kind="information")

    with pytest.raises(WrongState):
        promise_from_item(told, code="a", titles={"en": "A"}, owner=owner, by=None)
    promise_from_item(make.minutes_item(), code="a", titles={"en": "A"}, owner=owner, by=None)
    with pytest.raises(AlreadyPromised):
        promise_from_item(make.minutes_item(), code="a", titles={"en": "A"}, owner=owner, by=None)

    assert Commitment.objects.count() == 1


def test_evidence_needs_a_source_and_a_word_about_the_date():
    commitment = make.commitment()

    with pytest.raises(ReasonMissing):
        add_evidence(
            commitment, texts={"en": "Held"}, source="", happened_on=date(2021, 9, 12), by=None
        )
    with pytest.raises(ReasonMissing):
        add_evidence(commitment, texts={"en": "Held"}, source="press", by=None)

    assert commitment.evidence.count() == 0


def test_dropping_needs_a_reason_and_is_in_the_history():
    commitment = make.commitment()

    with pytest.raises(ReasonMissing):
        say_state(commitment, state="dropped", by=None)
    dropped = say_state(commitment, state="dropped", reason="No funds", by=None)

    assert (dropped.state, dropped.state_reason) == ("dropped", "No funds")


def test_due_date_changes_with_a_reason_and_not_before_the_promise():
    commitment = make.commitment(due_on=date(2021, 7, 31))

    with pytest.raises(ReasonMissing):
        change_due_date(commitment, due_on=date(2021, 9, 1), reason="", by=None)
    with pytest.raises(WrongState):
        change_due_date(commitment, due_on=date(2020, 1, 1), reason="Earlier", by=None)

    assert change_due_date(commitment, due_on=None, reason="Open", by=None).due_on is None


def test_database_refuses_a_commitment_of_two_sources_or_none():
    agreement = make.agreement()
    clause = agreement.obligations.create(number="1", party=agreement.parties.first(), texts={})

    for sources in (
        {"origin": "minutes", "item": make.minutes_item(), "obligation": clause},
        {"origin": "minutes", "item": None, "obligation": None},
        {"origin": "agreement", "item": make.minutes_item(), "obligation": None},
        {"origin": "decision", "item": None, "obligation": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Commitment.objects.create(
                code="x", titles={}, owner=make.party(), promised_on=date(2021, 1, 1), **sources
            )


def test_reminder_is_written_once_before_and_once_after_the_date():
    person = make.person()
    make.commitment(due_on=date(2021, 7, 31), responsible=person)

    for day in ("2021-07-01", "2021-07-25", "2021-07-26", "2021-08-02", "2021-08-03"):
        with time_machine.travel(day):
            write_reminders(by=None)

    assert [m.subject.split(":")[0] for m in Message.objects.order_by("pk")] == ["Due soon", "Late"]
