"""Delegations, their delegates and credentials; the committee's report; who was present."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from karvan.foundation.files.errors import FileNotAllowed
from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.convening.errors import (
    MayNotVote,
    NotGiven,
    NotOfThisSession,
    NumberTaken,
    WrongState,
)
from karvan.stages.convening.models import Delegation, DelegationCredential
from karvan.stages.convening.queries.papers_credentials import found_now, not_registered
from karvan.stages.convening.queries.papers_presence import presence_of, present_sentence
from karvan.stages.convening.services import papers_credentials as credentials
from karvan.stages.convening.services import papers_delegations as services
from tests import make
from tests.foundation.files import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    return make.organ("gc")


@pytest.fixture
def session(organ):
    return make.statutory_session(organ, state="convoked")


def member(organ, code, name, **more):
    return make.membership(organ, code, names={"en": name}, **more)


def handed_in(delegation, **more):
    fields = {
        "issuer": "The minister",
        "received_on": date(2026, 11, 1),
        "form": "original",
        **more,
    }
    return credentials.submit_credential(delegation, by=None, **fields)


def test_a_member_registers_once_and_a_guest_by_its_name(organ, session):
    morocco = member(organ, "MA", "Morocco")

    made = services.register_delegation(session, capacity="member", membership=morocco, by=None)
    guest = services.register_delegation(session, capacity="guest", names={"en": "A bank"}, by=None)

    assert (str(made), str(guest)) == ("Morocco", "A bank")
    with pytest.raises(NumberTaken):
        services.register_delegation(session, capacity="observer", membership=morocco, by=None)
    with pytest.raises(NotGiven, match="which member"):
        services.register_delegation(session, capacity="member", names={"en": "X"}, by=None)
    with pytest.raises(NotGiven, match="who comes"):
        services.register_delegation(session, capacity="guest", by=None)


def test_a_suspended_member_comes_as_an_observer_only(organ, session):
    syria = member(organ, "SY", "Syria", status="suspended", status_reason="Decision of 2012")

    with pytest.raises(MayNotVote, match="Decision of 2012"):
        services.register_delegation(session, capacity="member", membership=syria, by=None)
    made = services.register_delegation(session, capacity="observer", membership=syria, by=None)

    assert made.capacity == "observer"


def test_members_of_others_former_ones_and_mere_observers_do_not_come_as_members(organ, session):
    for row, error in (
        (make.membership(make.organ()), NotOfThisSession),
        (member(organ, "YU", "Yugoslavia", ends_on=date(2003, 2, 4)), NotOfThisSession),
        (member(organ, "RU", "Russia", status="observer"), MayNotVote),
    ):
        with pytest.raises(error):
            services.register_delegation(session, capacity="member", membership=row, by=None)

    assert not Delegation.objects.exists()


def test_a_delegation_has_one_head_and_delegates_may_act_by_their_accounts(session):
    held = make.delegation(session)
    account = make.person(email="leyla@example.org")

    services.name_session_delegate(
        held, name="Leyla", rank="head", email="LEYLA@example.org", by=None
    )
    with pytest.raises(NumberTaken, match="Leyla"):
        services.name_session_delegate(held, name="Aysel", rank="head", by=None)
    with pytest.raises(NumberTaken):
        services.name_session_delegate(held, name="Leyla", rank="member", by=None)
    with pytest.raises(NotGiven, match=r"nobody@example\.org"):
        services.name_session_delegate(
            held, name="X", rank="member", email="nobody@example.org", by=None
        )

    head = held.delegates.get()
    assert (head.person, head.rank) == (account, "head")
    services.change_session_delegate(head, name="Leyla Q.", rank="alternate", by=None)
    services.remove_session_delegate(head, by=None)
    assert [one.act for one in Record.objects.order_by("number")] == [
        "delegate named",
        "delegate changed",
        "delegate removed",
    ]


def test_a_delegation_that_was_in_the_hall_stays_on_the_list(session):
    came, stayed_away = make.delegation(session), make.delegation(session)
    make.present(make.sitting(session), came)

    with pytest.raises(WrongState, match="stays on the list"):
        services.withdraw_delegation(came, reason="Left", by=None)
    with pytest.raises(NotGiven):
        services.withdraw_delegation(stayed_away, reason=" ", by=None)
    services.withdraw_delegation(stayed_away, reason="Cancelled", by=None)

    assert list(session.delegations.all()) == [came]


def test_credentials_are_handed_in_refused_with_a_reason_and_handed_in_anew(session):
    held = make.delegation(session, credential="")
    upload = SimpleUploadedFile("letter.pdf", samples.pdf())

    with pytest.raises(WrongState, match="no credentials"):
        credentials.decide_credential(held, state="accepted", by=None)
    handed_in(held, upload=upload, form="copy")
    with pytest.raises(NotGiven, match="Only a copy"):
        credentials.decide_credential(held, state="accepted", by=None)
    with pytest.raises(NotGiven, match="why"):
        credentials.decide_credential(held, state="refused", by=None)
    credentials.decide_credential(held, state="refused", reason="Not signed", by=None)
    handed_in(held)
    credentials.decide_credential(held, state="provisional", by=None)
    credentials.decide_credential(held, state="accepted", by=None)

    found = DelegationCredential.objects.get()
    assert (found.state, found.reason, found.file.name) == ("accepted", "", "letter.pdf")
    with pytest.raises(WrongState, match="accepted"):
        handed_in(held)
    states = Record.objects.filter(act="credentials decided").order_by("number")
    assert [one.after["state"] for one in states] == ["refused", "provisional", "accepted"]


def test_the_decision_is_told_to_those_who_act_for_the_delegation(organ, session):
    party = make.party()
    speaker = make.role("partner", party=party, of=make.person(language="fr"))
    held = make.delegation(
        session, membership=member(organ, "AZ", "Azerbaijan", party=party), credential="submitted"
    )
    head = make.session_delegate(held, person=make.person(), rank="head").person
    make.session_delegate(held, name="Without an account")

    credentials.decide_credential(held, state="refused", reason="Not signed", by=None)
    credentials.decide_credential(held, state="accepted", by=None)

    letters = Message.objects.order_by("pk")
    assert sorted(one.to_person_id for one in letters) == sorted([speaker.pk, head.pk] * 2)
    assert "Not signed" in letters.filter(to_person=head).first().body
    assert letters.filter(to_person=speaker).first().language == "fr"


def test_a_paper_of_another_kind_and_a_day_to_come_change_nothing(session):
    held = make.delegation(session, credential="")

    with pytest.raises(FileNotAllowed):
        handed_in(held, upload=SimpleUploadedFile("letter.pdf", b"not a pdf"))
    with pytest.raises(NotGiven, match="day"):
        handed_in(held, received_on=date(2999, 1, 1))

    assert not DelegationCredential.objects.exists()


def test_a_report_keeps_how_things_stood(organ, session):
    make.delegation(session, membership=member(organ, "AZ", "Azerbaijan"))
    waits = make.delegation(
        session, membership=member(organ, "MA", "Morocco"), credential="submitted"
    )
    make.delegation(session, membership=member(organ, "EG", "Egypt"), credential="")
    make.delegation(session, membership=member(organ, "ML", "Mali"), credential="refused")
    member(organ, "SN", "Senegal")
    syria = member(organ, "SY", "Syria", status="suspended", status_reason="2012")

    made = credentials.report_on_credentials(session, note="Read out", by=None)
    credentials.decide_credential(waits, state="accepted", by=None)
    later = credentials.report_on_credentials(session, by=None)

    def named(found):
        return {key: [one["en"] for one in names] for key, names in found.items() if names}

    made.refresh_from_db()
    assert named(made.found) == {
        "accepted": ["Azerbaijan"],
        "submitted": ["Morocco"],
        "without": ["Egypt"],
        "refused": ["Mali"],
        "absent": ["Senegal"],
        "suspended": ["Syria"],
    }
    assert (later.number, named(later.found)["accepted"]) == (2, ["Azerbaijan", "Morocco"])
    assert not_registered(session)[-1] == syria


def test_a_member_suspended_after_it_registered_is_shown_as_such(organ, session):
    mali = member(organ, "ML", "Mali")
    make.delegation(session, membership=mali)
    mali.status, mali.status_reason = "suspended", "Decision 3"
    mali.save()

    found = found_now(session)

    assert ([one["en"] for one in found["suspended"]], found["accepted"]) == (["Mali"], [])


def test_nobody_registered_is_nothing_to_report_on(session):
    with pytest.raises(WrongState, match="No delegation"):
        credentials.report_on_credentials(session, by=None)


def test_the_sentence_of_presence_names_those_who_were_not_there(organ, session):
    assert present_sentence(session) == ""
    codes = ("AZ", "BN", "EG", "JO", "KZ", "MA")
    rows = {code: member(organ, code, f"State {code}") for code in codes}
    came = [make.delegation(session, membership=row) for row in rows.values()]
    Delegation.objects.update(registered_at="2026-12-01T09:00:00Z")
    assert present_sentence(session) == "All 6 members were present."

    member(organ, "SY", "Syria", status="suspended", status_reason="2012")
    came[0].delete()
    assert present_sentence(session) == (
        "All 7 members were present, except: State AZ, Syria (suspended)."
    )
    assert not presence_of(session).by_roll

    make.present(make.sitting(session), came[1], came[2])
    assert presence_of(session).by_roll
    assert present_sentence(session) == "Present were 2 of 7 members: State BN, State EG."
    with translation.override("ar"):
        assert "State BN، State EG" in present_sentence(session)
