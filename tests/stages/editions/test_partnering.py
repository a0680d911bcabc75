"""Partners, venues, promises fulfilled, and how an edition ends."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from karvan.foundation import clock
from karvan.foundation.records.models import Record
from karvan.stages.editions.errors import (
    AlreadyFulfils,
    AlreadyPartner,
    AmountIncomplete,
    LastHost,
    ReasonMissing,
    TooManyReserved,
    WrongPlace,
    WrongState,
)
from karvan.stages.editions.models import EditionPartner
from karvan.stages.editions.services import (
    add_partner,
    add_room,
    add_venue,
    cancel_edition,
    close_edition,
    fulfil,
    leave_venue,
    remove_partner,
    use_venue,
)
from tests import make

from .adopted import adopt

pytestmark = pytest.mark.django_db


def test_partner_joins_with_what_it_gives():
    edition, party = adopt(), make.party()

    partner = add_partner(
        edition,
        party=party,
        part="funder",
        contribution="Equipment",
        amount=Decimal("12000.50"),
        currency="MAD",
        reserved_seats=10,
        by=None,
    )

    partner.refresh_from_db()
    assert (partner.amount, partner.currency, partner.reserved_seats) == (
        Decimal("12000.50"),
        "MAD",
        10,
    )
    assert Record.objects.get(act="partner added").after["party"] == party.code


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"amount": Decimal(5)}, AmountIncomplete),
        ({"amount": Decimal(-5), "currency": "MAD"}, AmountIncomplete),
        ({"reserved_seats": 101}, TooManyReserved),
    ],
)
def test_partner_with_impossible_terms_is_refused(more, error):
    edition = adopt()

    with pytest.raises(error):
        add_partner(edition, party=make.party(), part="partner", by=None, **more)

    assert edition.partners.count() == 1


def test_party_has_a_part_once_but_may_have_two_parts():
    edition, party = adopt(), make.party()
    add_partner(edition, party=party, part="partner", by=None)

    with pytest.raises(AlreadyPartner):
        add_partner(edition, party=party, part="partner", by=None)
    add_partner(edition, party=party, part="venue", by=None)

    assert edition.partners.count() == 3


def test_host_leaves_only_when_another_is_there():
    edition = adopt()
    first = edition.partners.get()

    with pytest.raises(LastHost):
        remove_partner(first, reason="Withdrew", by=None)
    add_partner(edition, party=make.party(), part="host", by=None)
    with pytest.raises(ReasonMissing):
        remove_partner(first, reason="", by=None)
    remove_partner(first, reason="Withdrew", by=None)

    assert not EditionPartner.objects.filter(pk=first.pk).exists()
    assert Record.objects.get(act="partner removed").reason == "Withdrew"


def test_venue_of_the_country_is_used_once_and_left():
    edition = adopt()
    venue = add_venue(country=edition.country, names={"en": "School"}, city="Rabat", by=None)

    use_venue(edition, venue=venue, by=None)
    use_venue(edition, venue=venue, by=None)
    assert Record.objects.filter(act="venue used").count() == 1
    leave_venue(edition, venue=venue, by=None)

    assert edition.venues.count() == 0


def test_venue_of_another_country_is_refused():
    edition = adopt()

    with pytest.raises(WrongPlace):
        use_venue(edition, venue=make.venue(country=make.country("AZ")), by=None)

    assert edition.venues.count() == 0


def test_room_has_a_code_of_its_own_and_a_seat():
    venue = make.venue()
    add_room(venue, code="H1", name="Hall", kinds=["HALL"], seats=80, by=None)

    with pytest.raises(WrongPlace):
        add_room(venue, code="H1", name="Hall", kinds=["HALL"], seats=80, by=None)
    with pytest.raises(WrongPlace):
        add_room(venue, code="H2", name="Hall", kinds=["HALL"], seats=0, by=None)

    assert venue.rooms.count() == 1


def test_edition_is_counted_once_for_a_commitment():
    edition, commitment = adopt(), make.commitment()
    fulfil(edition, commitment=commitment, by=None)

    with pytest.raises(AlreadyFulfils):
        fulfil(edition, commitment=commitment, by=None)

    assert list(edition.commitments.all()) == [commitment]


def test_edition_closes_when_all_was_held():
    edition = make.edition()
    make.activity(of=edition, planned_starts_on=clock.today() - timedelta(days=9))

    assert close_edition(edition, by=None).state == "closed"


def test_edition_closes_early_only_with_a_reason():
    edition = make.edition()
    make.activity(of=edition, planned_starts_on=clock.today() + timedelta(days=9))

    with pytest.raises(ReasonMissing, match="Boot camp"):
        close_edition(edition, by=None)

    edition.refresh_from_db()
    assert edition.state == "adopted"
    assert close_edition(edition, reason="Funds ended", by=None).closed_at is not None


def test_edition_being_adopted_is_cancelled_not_closed_and_only_with_a_reason():
    edition = adopt()

    with pytest.raises(WrongState):
        close_edition(edition, reason="x", by=None)
    with pytest.raises(ReasonMissing):
        cancel_edition(edition, reason="", by=None)
    cancelled = cancel_edition(edition, reason="Ministry withdrew", by=None)

    assert (cancelled.state, cancelled.adopted_at) == ("cancelled", None)
    with pytest.raises(WrongState):
        cancel_edition(edition, reason="again", by=None)
