"""The ledger of two parties is judged by what was held, in both of its languages."""

from __future__ import annotations

import pytest

from karvan.stages.agreements.models import Commitment
from tests import make

from . import history

pytestmark = pytest.mark.django_db


def test_two_parties_read_what_the_register_shows_and_not_only_what_was_written(sign_in):
    history.baku(history.programme())
    promised = history.boot_camp_promised()
    promised = Commitment.objects.select_related("item__consultation").get(pk=promised.pk)
    other = make.party("commission-of-the-test")
    promised.item.consultation.parties.create(party=other)
    promised.item.consultation.parties.get_or_create(party=promised.owner)
    client = sign_in(make.officer())
    address = f"/en/promises/{promised.owner.code}/{other.code}/"

    page = client.get(address).content.decode()
    sheet = client.get(f"{address}print/?first=en&beside=ar").content.decode()

    assert "late by 44 days" in page
    assert history.WHY_TWO_DAYS in page
    assert "late by 44 days" in sheet
    assert "متأخر" in sheet
