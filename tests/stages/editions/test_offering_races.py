"""Two people answer one offer at the same moment: it is answered once, and once only."""

import pytest

from karvan.stages.editions.errors import OfferAnswered
from karvan.stages.editions.models import Edition, VersionOffer
from karvan.stages.editions.services import decline_version, offer_version, take_version
from tests.stages.blueprints.test_races import at_once

from .adopted import adopt
from .test_offering import newer

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_taking_and_declining_at_once_leaves_one_answer():
    edition = adopt()
    (offer,) = offer_version(newer(edition), by=None)

    outcomes = at_once(
        [
            lambda: take_version(offer, by=None),
            lambda: take_version(offer, by=None),
            lambda: decline_version(offer, reason="The calls are out.", by=None),
        ]
    )

    assert sum(isinstance(one, OfferAnswered) for one in outcomes) == 2
    number = Edition.objects.get().blueprint.number
    state = VersionOffer.objects.get().state
    assert (state, number) in [("taken", 2), ("declined", 1)]


def test_offering_at_once_offers_once():
    edition = adopt()
    version = newer(edition)

    at_once([lambda: offer_version(version, by=None)] * 3)

    assert VersionOffer.objects.count() == 1
