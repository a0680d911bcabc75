"""Agreements are reminded of once, renewed by a new one, and end where somebody objects."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from karvan.foundation.messages.models import Message
from karvan.stages.agreements.errors import ReasonMissing, WrongState
from karvan.stages.agreements.models import Agreement
from karvan.stages.agreements.services import (
    expire_agreements,
    object_to_renewal,
    renew_agreement,
    write_expiry_reminders,
)
from tests import make

pytestmark = pytest.mark.django_db


def in_force(**fields):
    fields = {
        "state": "in_force",
        "signed_on": date(2021, 2, 20),
        "in_force_from": date(2021, 3, 1),
        "in_force_to": date(2024, 2, 29),
        **fields,
    }
    paper = make.agreement(**fields)
    party = paper.parties.first()
    paper.obligations.create(number="1", party=party, texts={"en": "Rooms"})
    paper.signatories.create(party=party, name="A head", signed_on=date(2021, 2, 20))
    return paper


def test_a_renewal_is_a_new_draft_that_names_the_old():
    paper = in_force()

    made = renew_agreement(paper, code="next", by=None)

    assert (made.state, made.renews, made.signed_on) == ("draft", paper, None)
    assert set(made.parties.all()) == set(paper.parties.all())
    assert [one.texts for one in made.obligations.all()] == [{"en": "Rooms"}]
    assert [one.signed_on for one in made.signatories.all()] == [None]
    with pytest.raises(WrongState, match="renewed before"):
        renew_agreement(paper, code="again", by=None)


def test_a_draft_or_a_taken_code_is_not_renewed():
    with pytest.raises(WrongState, match="in force or has expired"):
        renew_agreement(make.agreement(), code="next", by=None)
    paper = in_force()
    with pytest.raises(WrongState, match="already an agreement"):
        renew_agreement(paper, code=paper.code, by=None)


def test_database_refuses_a_second_renewal_of_one_agreement():
    paper = in_force()
    make.agreement(renews=paper)

    with pytest.raises(IntegrityError), transaction.atomic():
        make.agreement(renews=paper)


def test_one_that_renews_itself_goes_on_as_long_as_before():
    paper = in_force(renewal="tacit")

    with time_machine.travel("2024-03-02"):
        assert expire_agreements(by=None) == 1
        assert expire_agreements(by=None) == 0

    paper.refresh_from_db()
    made = paper.renewed_by.get()
    assert paper.state == "expired"
    assert (made.code, made.state) == (f"{paper.code}-r2", "in_force")
    assert (made.in_force_from, made.in_force_to) == (date(2024, 3, 1), date(2027, 2, 28))


@pytest.mark.parametrize(
    ("begins", "ends", "until"),
    [
        (date(2021, 3, 1), date(2022, 2, 28), date(2023, 2, 28)),
        (date(2021, 1, 1), date(2021, 12, 31), date(2022, 12, 31)),
        (date(2021, 1, 1), date(2021, 1, 30), date(2021, 3, 1)),
        (date(2020, 2, 29), date(2024, 2, 28), date(2028, 2, 28)),
    ],
)
def test_whole_years_stay_whole_years(begins, ends, until):
    paper = in_force(renewal="tacit", in_force_from=begins, in_force_to=ends)

    with time_machine.travel("2024-03-02"):
        expire_agreements(by=None)

    assert paper.renewed_by.get().in_force_to == until


def test_an_objection_lets_it_end():
    paper = in_force(renewal="tacit")
    with pytest.raises(ReasonMissing):
        object_to_renewal(paper, reason="", by=None)
    with pytest.raises(WrongState, match="does not renew itself"):
        object_to_renewal(in_force(), reason="x", by=None)
    object_to_renewal(paper, reason="The ministry, by letter of 3 January", by=None)

    with time_machine.travel("2024-03-02"):
        expire_agreements(by=None)

    assert not paper.renewed_by.exists()


def test_officers_are_reminded_once_before_the_end_and_not_of_what_goes_on():
    make.officer()
    in_force(renewal_days=60)
    renewed = in_force(renewal_days=60)
    renew_agreement(renewed, code="next", by=None)

    for day in ("2023-12-20", "2024-01-05", "2024-01-06", "2024-02-28"):
        with time_machine.travel(day):
            write_expiry_reminders(by=None)

    letter = Message.objects.get()
    assert letter.subject.startswith("Ends soon")
    assert "draft the renewal" in letter.body


def test_an_agreement_near_its_end_is_renewed_on_screen(client):
    client.force_login(make.officer())
    paper = in_force()

    with time_machine.travel("2024-02-01"):
        client.force_login(make.officer())
        near = client.get(reverse("agreements:agreement", args=[paper.code]))
        made = client.post(reverse("agreements:renew", args=[paper.code]), {"code": "next"})

    assert "It ends soon" in near.text
    assert made["Location"].endswith("/agreements/next/")
    assert Agreement.objects.get(code="next").renews == paper
