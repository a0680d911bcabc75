"""People are written down one by one; the letters go together, once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.foundation.messages.models import Message
from karvan.foundation.people.models import Person, Role
from karvan.foundation.records.models import Record
from karvan.stages.editions.errors import (
    AlreadyInvited,
    BadAddress,
    InvitationNotPossible,
    WrongState,
)
from karvan.stages.editions.models import Edition, Invitation
from karvan.stages.editions.services import (
    finish_adoption,
    prepare_invitation,
    send_invitations,
    withdraw_invitation,
)
from tests import make

from .adopted import adopt

pytestmark = pytest.mark.django_db


def prepared(edition, **fields):
    fields = {"full_name": "Amina Benali", "email": "amina@example.org", "kind": "trainer"} | fields
    return prepare_invitation(edition, by=fields.pop("by", None), **fields)


def test_prepared_invitation_writes_to_nobody():
    edition = adopt()

    invitation = prepared(edition, full_name="  Amina   Benali ", email=" Amina@Example.org ")

    assert (invitation.full_name, invitation.email) == ("Amina Benali", "amina@example.org")
    assert (invitation.state, invitation.scope) == ("prepared", edition.scope)
    assert Message.objects.count() == Person.objects.count() == Role.objects.count() == 0


def test_sending_registers_gives_the_role_and_writes_one_letter():
    edition = adopt()
    prepared(edition, scope="TVP/MA-2027/BC3", language="fr")
    by = make.officer()

    [sent] = send_invitations(edition, by=by)

    person = Person.objects.get(email="amina@example.org")
    assert (sent.state, sent.person) == ("sent", person)
    assert (person.full_name, person.language) == ("Amina Benali", "fr")
    assert [(r.kind, r.scope) for r in person.roles.all()] == [("trainer", "TVP/MA-2027/BC3")]
    letter = Message.objects.get()
    assert (letter.to_person, letter.language) == (person, "fr")
    assert "/fr/accounts/login/code/?next=/fr/editions/tvp-ma-2027/" in letter.body
    assert "amina@example.org" in letter.body
    assert Record.objects.get(act="invitations sent").after == {"letters": 1}


def test_sending_again_writes_to_nobody_twice():
    edition = adopt()
    prepared(edition)
    send_invitations(edition, by=None)

    assert send_invitations(edition, by=None) == []

    assert Message.objects.count() == 1
    assert Role.objects.count() == 1


def test_known_person_keeps_the_account_and_is_written_to_in_his_or_her_language():
    edition = adopt()
    known = make.person("Amina B.", email="amina@example.org", language="ar")
    prepared(edition, language="en")

    send_invitations(edition, by=None)

    assert Person.objects.get(email="amina@example.org") == known
    assert Message.objects.get().language == "ar"


def test_partner_speaks_for_a_party_and_nobody_else_does():
    edition = adopt()
    party = make.party()

    prepared(edition, kind="partner", party=party)

    assert Invitation.objects.get().party == party
    for wrong in ({"kind": "partner"}, {"kind": "mentor", "party": party}):
        with pytest.raises(InvitationNotPossible):
            prepared(edition, email="other@example.org", **wrong)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("email", ["", "amina", "amina@", "a b@example.org", "amina@example"])
def test_address_that_is_none_is_refused(email):
    with pytest.raises(BadAddress):
        prepared(adopt(), email=email)

    assert Invitation.objects.count() == 0


def test_same_address_is_not_prepared_twice_for_one_role():
    edition = adopt()
    prepared(edition)

    with pytest.raises(AlreadyInvited, match="Amina Benali"):
        prepared(edition, full_name="A. Benali", email="AMINA@example.org")

    assert Invitation.objects.count() == 1
    assert prepared(edition, kind="mentor").kind == "mentor"


def test_who_has_the_role_is_not_invited_to_it():
    edition = adopt()
    person = make.person(email="amina@example.org")
    make.role("trainer", edition.scope, of=person)

    with pytest.raises(AlreadyInvited, match="has this role here already"):
        prepared(edition, scope="TVP/MA-2027/BC3")


def test_part_of_another_edition_and_closed_account_are_refused():
    edition = adopt()
    make.person(email="closed@example.org", is_active=False)

    for wrong in (
        {"scope": "TVP/AZ-2021/BC3"},
        {"email": "closed@example.org"},
        {"full_name": " "},
    ):
        with pytest.raises(InvitationNotPossible):
            prepared(edition, **wrong)

    with pytest.raises(ValueError, match="administrator"):
        prepared(edition, kind="administrator")
    assert Invitation.objects.count() == 0


def test_account_closed_in_the_meantime_stops_all_letters():
    edition = adopt()
    prepared(edition, email="first@example.org")
    prepared(edition)
    make.person(email="amina@example.org", is_active=False)

    with pytest.raises(InvitationNotPossible):
        send_invitations(edition, by=None)

    assert set(Invitation.objects.values_list("state", flat=True)) == {"prepared"}
    assert Message.objects.count() == 0


def test_withdrawn_invitation_is_not_sent_and_the_address_is_free_again():
    edition = adopt()
    withdraw_invitation(prepared(edition), by=None)

    assert send_invitations(edition, by=None) == []
    assert prepared(edition).state == "prepared"


def test_sent_invitation_is_not_withdrawn():
    edition = adopt()
    invitation = prepared(edition)
    send_invitations(edition, by=None)

    with pytest.raises(WrongState):
        withdraw_invitation(invitation, by=None)


def test_edition_that_is_over_invites_nobody():
    edition = adopt()
    prepared(edition)
    Edition.objects.update(state="cancelled")

    with pytest.raises(WrongState):
        send_invitations(edition, by=None)
    with pytest.raises(WrongState):
        prepared(edition, kind="mentor")


def test_finishing_sends_the_letters_only_when_asked_to():
    edition = adopt()
    prepared(edition)

    finish_adoption(edition, by=None)
    assert Message.objects.count() == 0

    other = adopt(edition.blueprint, country=make.country("EG"), code="EG-2027")
    prepared(other, email="other@example.org")
    finish_adoption(other, by=None, invite=True)
    assert Message.objects.get().to_address == "other@example.org"


def test_records_name_no_invited_person():
    edition = adopt()
    prepared(edition)
    send_invitations(edition, by=None)

    for record in Record.objects.filter(subject_kind__contains="nvitation"):
        assert "amina" not in f"{record.subject_label}{record.before}{record.after}".lower()


def test_page_says_how_many_letters_go_and_keeps_what_was_typed(client):
    edition = adopt()
    client.force_login(make.role("coordinator", edition.scope))
    address = reverse("editions:invitations", args=[edition.slug])
    typed = {
        "full_name": "Amina Benali",
        "email": "amina@example.org",
        "kind": "trainer",
        "scope": edition.scope,
        "language": "fr",
    }

    client.post(address, typed)
    again = client.post(address, typed)
    page = client.get(address)
    sent = client.post(reverse("editions:send_invitations", args=[edition.slug]), follow=True)

    assert again.status_code == 422
    assert 'value="Amina Benali"' in again.text
    assert "Send 1 invitation now" in page.text
    assert "1 letter is on its way" in sent.text


def test_coordinator_names_no_second_coordinator(client):
    edition = adopt()
    client.force_login(make.role("coordinator", edition.scope))
    address = reverse("editions:invitations", args=[edition.slug])

    answer = client.post(
        address,
        {
            "full_name": "Me Again",
            "email": "second@example.org",
            "kind": "coordinator",
            "scope": edition.scope,
            "language": "en",
        },
    )

    assert answer.status_code == 422
    assert Invitation.objects.count() == 0
    theirs = prepared(edition, kind="coordinator")
    withdraw = reverse("editions:withdraw_invitation", args=[edition.slug, theirs.pk])
    assert client.post(withdraw).status_code == 403
