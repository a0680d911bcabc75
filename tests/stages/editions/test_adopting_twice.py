"""Adopting twice is caught: by code, by country, and when two submits come at once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.urls import reverse

from karvan.foundation.errors import RuleBroken
from karvan.foundation.records.models import Record
from karvan.stages.editions.errors import AlreadyAdopted, EditionThere
from karvan.stages.editions.models import Edition
from karvan.stages.editions.services import cancel_edition, finish_adoption
from tests import make

from .adopted import adopt, ventures


@pytest.mark.django_db
def test_second_edition_in_a_country_is_begun_only_with_a_reason():
    first = adopt()

    with pytest.raises(EditionThere, match="MA-2027") as refused:
        adopt(first.blueprint, code="MA-2028")

    assert refused.value.edition == first
    assert Edition.objects.count() == 1
    second = adopt(first.blueprint, code="MA-2028", despite="A second city")
    assert second.code == "MA-2028"
    assert Record.objects.filter(act="blueprint adopted").last().reason == "A second city"


@pytest.mark.django_db
def test_edition_that_is_over_or_cancelled_stands_in_no_ones_way():
    first = finish_adoption(adopt(), by=None)
    first.activities.update(planned_starts_on="2020-01-06", planned_ends_on="2020-01-08")
    second = adopt(first.blueprint, code="MA-2028")
    cancel_edition(second, reason="Withdrawn", by=None)

    assert adopt(first.blueprint, code="MA-2029").code == "MA-2029"


@pytest.mark.django_db
def test_screen_names_the_edition_that_is_there_with_its_link_and_asks_why(client):
    first = adopt()
    client.force_login(make.officer())
    typed = {
        "blueprint": first.blueprint.pk,
        "country": "MA",
        "code": "MA-2028",
        "languages": ["fr"],
        "host": make.party().pk,
    }

    asked = client.post(reverse("editions:adopt"), typed)
    begun = client.post(reverse("editions:adopt"), {**typed, "despite": "A second city"})

    assert asked.status_code == 422
    assert reverse("editions:edition", args=[first.slug]) in asked.text
    assert 'name="despite"' in asked.text
    assert begun.status_code == 302
    assert Edition.objects.count() == 2


@pytest.mark.django_db
def test_second_click_leads_to_the_edition_that_the_first_one_began(client):
    blueprint = ventures()
    client.force_login(make.role("coordinator", "TVP/MA-2027"))
    typed = {
        "blueprint": blueprint.pk,
        "country": make.country("MA").pk,
        "code": "MA-2027",
        "languages": ["fr"],
        "host": make.party().pk,
    }

    first = client.post(reverse("editions:adopt"), typed)
    second = client.post(reverse("editions:adopt"), typed)

    edition = Edition.objects.get()
    assert first.status_code == 302
    assert second.status_code == 422
    assert reverse("editions:edition", args=[edition.slug]) in second.text


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite writes one after another anyway"
)
def test_two_submits_at_once_make_one_edition():
    blueprint, country, host = ventures(), make.country("MA"), make.party()
    start, outcomes = threading.Barrier(2), []

    def begin():
        try:
            start.wait()
            outcomes.append(adopt(blueprint, country=country, host=host))
        except RuleBroken as broken:
            outcomes.append(broken)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(type(one).__name__ for one in outcomes) == [AlreadyAdopted.__name__, "Edition"]
    assert Edition.objects.count() == 1
