"""An agreement is drafted, signed, in force, ended or expired; a signed one is closed."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from karvan.foundation.records.models import Record
from karvan.stages.agreements.errors import NotAtTheTable, ReasonMissing, WrongState
from karvan.stages.agreements.services import (
    add_obligation,
    add_signatory,
    clear_agreement,
    draft_agreement,
    end_agreement,
    expire_agreements,
    sign_agreement,
)
from tests import make

pytestmark = pytest.mark.django_db


def ready_to_sign():
    agreement = make.agreement()
    for party in agreement.parties.all():
        add_signatory(agreement, party=party, name="A signatory", by=None)
    party = agreement.parties.first()
    add_obligation(agreement, number="0", party=party, texts={"en": "Rooms"}, by=None)
    return clear_agreement(agreement, by=None)


def sign(agreement, **dates):
    dates = {"signed_on": date(2021, 1, 20), "in_force_from": date(2021, 2, 1), **dates}
    return sign_agreement(agreement, by=None, **dates)


def test_agreement_is_in_force_from_its_first_day():
    with time_machine.travel("2021-03-01"):
        assert sign(ready_to_sign()).state == "in_force"
    with time_machine.travel("2021-01-25"):
        assert sign(ready_to_sign()).state == "signed"


def test_agreement_nobody_signs_for_is_refused():
    agreement = ready_to_sign()
    agreement.signatories.first().delete()

    with pytest.raises(WrongState, match="Nobody is named"):
        sign(agreement)

    agreement.refresh_from_db()
    assert agreement.state == "cleared"


def test_agreement_that_ends_before_it_begins_is_refused():
    with pytest.raises(WrongState):
        sign(ready_to_sign(), in_force_to=date(2021, 1, 1))


def test_signed_agreement_takes_no_clause():
    agreement = sign(ready_to_sign())
    party = agreement.parties.first()

    with pytest.raises(WrongState):
        add_obligation(agreement, number="1", party=party, texts={"en": "x"}, by=None)

    assert agreement.obligations.count() == 1


def test_clause_binds_only_a_party_and_its_number_is_free():
    agreement = make.agreement()
    party = agreement.parties.first()
    add_obligation(agreement, number="1", party=party, texts={"en": "x"}, by=None)

    with pytest.raises(NotAtTheTable):
        add_obligation(agreement, number="2", party=make.party(), texts={"en": "x"}, by=None)
    with pytest.raises(WrongState):
        add_obligation(agreement, number="1", party=party, texts={"en": "x"}, by=None)


def test_prevailing_language_is_one_of_its_languages():
    with pytest.raises(WrongState):
        draft_agreement(
            code="a",
            kind="memorandum",
            titles={"en": "A"},
            parties=[make.party(), make.party()],
            languages=["en"],
            prevailing_language="ar",
            by=None,
        )


def test_agreement_ends_only_with_a_reason():
    agreement = sign(ready_to_sign())

    with pytest.raises(ReasonMissing):
        end_agreement(agreement, reason=" ", by=None)

    assert end_agreement(agreement, reason="Funds withdrawn", by=None).state == "terminated"


def test_dates_move_agreements_and_a_second_run_moves_none():
    with time_machine.travel("2021-01-25"):
        sign(ready_to_sign(), in_force_to=date(2022, 1, 1))
    with time_machine.travel("2022-06-01"):
        assert expire_agreements(by=None) == 1  # into force
        assert expire_agreements(by=None) == 1  # and out of it
        assert expire_agreements(by=None) == 0
    assert Record.objects.filter(act="moved by date").count() == 2
