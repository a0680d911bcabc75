"""A meeting is prepared, held, minuted and confirmed; agreed minutes are closed."""

from __future__ import annotations

from datetime import date

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.agreements.errors import MinutesAgreed, NotAtTheTable, WrongState
from karvan.stages.agreements.models import Consultation
from karvan.stages.agreements.services import (
    add_delegate,
    add_minutes_item,
    change_minutes_item,
    confirm_minutes,
    hold_consultation,
    prepare_consultation,
)
from tests import make

pytestmark = pytest.mark.django_db


def held_with_an_item() -> Consultation:
    meeting = make.consultation(state="held")
    add_minutes_item(meeting, kind="agreement", texts=make.texts("A boot camp"), by=None)
    return meeting


def test_meeting_is_prepared_with_its_parties_and_written_down():
    officer, first, second = make.officer(), make.party(), make.party()

    meeting = prepare_consultation(
        code="baku-2021",
        titles=make.texts("Meeting in Baku"),
        starts_on=date(2021, 1, 20),
        ends_on=date(2021, 1, 20),
        parties=[first, second],
        by=officer,
    )

    assert [seat.party for seat in meeting.parties.all()] == [first, second]
    assert [(r.act, r.by) for r in Record.objects.all()] == [("prepared", officer)]


def test_meeting_of_one_party_is_refused_and_leaves_nothing():
    alone = make.party()

    with pytest.raises(WrongState):
        prepare_consultation(
            code="alone",
            titles={"en": "x"},
            starts_on=date(2021, 1, 1),
            ends_on=date(2021, 1, 1),
            parties=[alone, alone],
            by=None,
        )

    assert (Consultation.objects.count(), Record.objects.count()) == (0, 0)


def test_meeting_is_held_once():
    meeting = make.consultation()

    hold_consultation(meeting, by=None)

    with pytest.raises(WrongState):
        hold_consultation(meeting, by=None)
    assert Record.objects.count() == 1


def test_delegate_of_an_absent_party_is_refused():
    meeting = make.consultation()

    with pytest.raises(NotAtTheTable):
        add_delegate(meeting, party=make.party(), name="Somebody", by=None)

    assert meeting.delegates.count() == 0


def test_minutes_are_agreed_when_the_last_party_confirms():
    meeting = held_with_an_item()
    first, second = [seat.party for seat in meeting.parties.all()]
    officer = make.officer()

    assert confirm_minutes(meeting, party=first, by=officer).state == "held"
    assert confirm_minutes(meeting, party=second, by=officer).state == "agreed"


def test_a_changed_sentence_withdraws_confirmations():
    meeting = held_with_an_item()
    first = meeting.parties.first().party
    confirm_minutes(meeting, party=first, by=make.officer())

    change_minutes_item(meeting.items.get(), kind="action", texts={"en": "Other"}, by=None)

    assert meeting.parties.filter(confirmed_at__isnull=False).count() == 0


def test_agreed_minutes_take_no_change():
    meeting = held_with_an_item()
    for seat in meeting.parties.all():
        confirm_minutes(meeting, party=seat.party, by=make.officer())
    records = Record.objects.count()

    with pytest.raises(MinutesAgreed):
        add_minutes_item(meeting, kind="action", texts={"en": "More"}, by=None)
    with pytest.raises(MinutesAgreed):
        change_minutes_item(meeting.items.get(), kind="action", texts={"en": "x"}, by=None)

    assert (meeting.items.count(), Record.objects.count()) == (1, records)


def test_empty_minutes_cannot_be_confirmed():
    meeting = make.consultation(state="held")

    with pytest.raises(WrongState):
        confirm_minutes(meeting, party=meeting.parties.first().party, by=make.officer())
