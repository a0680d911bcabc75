"""nominate: a partner, within its reserved places, sees its own and nothing else."""

import pytest
from django.urls import reverse

from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.calls.errors import AlreadyNominated, CallNotOpen, NoSeatLeft, WrongState
from karvan.stages.calls.models import Nomination
from karvan.stages.calls.services import nominate, withdraw_nomination
from tests import make

pytestmark = pytest.mark.django_db


def partner(call, seats=1):
    party = make.party()
    call.activity.edition.partners.create(party=party, part="partner", reserved_seats=seats)
    return party, make.role("partner", call.activity.edition.scope, party=party)


def put(call, party, by, email="n@example.org", name="Nigar"):
    return nominate(call, party=party, name=name, email=email, note="", by=by)


def page(call, name, **more):
    place = {"edition": call.activity.edition.slug, "activity": call.activity.code}
    return reverse(f"calls:{name}", kwargs={**place, **more})


def test_nominee_is_invited_and_the_place_counted():
    call = make.call()
    party, by = partner(call)

    made = put(call, party, by, email="N@Example.org")

    assert (made.state, made.email) == ("proposed", "n@example.org")
    assert Message.objects.get(kind="calls/nominated").to_address == "n@example.org"
    assert "n@example.org" not in str(list(Record.objects.values("subject_label", "after")))
    with pytest.raises(AlreadyNominated):
        put(call, party, by)
    with pytest.raises(NoSeatLeft):
        put(call, party, by, email="second@example.org")
    assert Nomination.objects.count() == 1


def test_withdrawn_nomination_frees_its_place_and_can_be_taken_up_again():
    call = make.call()
    party, by = partner(call)
    first = put(call, party, by)

    withdraw_nomination(first, by=by)

    with pytest.raises(WrongState):
        withdraw_nomination(first, by=by)
    assert put(call, party, by).pk == first.pk


def test_party_without_places_and_closed_call_are_refused():
    call, officer = make.call(), make.officer()

    with pytest.raises(NoSeatLeft):
        put(call, make.party(), officer)
    with pytest.raises(CallNotOpen):
        put(make.call(open_now=False), make.party(), officer)
    with pytest.raises(WrongState):
        put(call, partner(call)[0], officer, email="nonsense")

    assert Nomination.objects.count() == 0


def test_who_has_applied_already_is_nominated_as_applied():
    call = make.call()
    party, by = partner(call)
    applied = make.application(call, state="submitted", email="n@example.org")

    assert put(call, party, by).application == applied


def test_partner_sees_and_nominates_only_for_its_own_party(sign_in):
    call = make.call()
    (own, by), (other, other_by) = partner(call), partner(call)
    theirs = put(call, other, other_by, name="Hidden Person")
    client = sign_in(by)

    listed = client.get(page(call, "nominations")).content.decode()
    client.post(
        page(call, "nominate"), {"name": "Mine", "email": "m@example.org", "party": other.pk}
    )
    assert "Hidden Person" not in listed
    assert client.get(page(call, "nomination", pk=theirs.pk)).status_code == 404
    assert client.post(page(call, "withdraw_nomination", pk=theirs.pk)).status_code == 404
    assert Nomination.objects.count() == 1

    client.post(page(call, "nominate"), {"name": "Mine", "email": "m@example.org", "party": own.pk})

    assert Nomination.objects.filter(party=own).count() == 1
    assert "Mine" in client.get(page(call, "nominations")).content.decode()
