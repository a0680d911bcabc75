"""What a symposium recommends becomes a commitment, or stays listed as not followed up."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from karvan.stages.agreements.services import add_evidence, say_state
from karvan.stages.convening.errors import NotGiven, NotOfThisSession, WrongState
from karvan.stages.convening.models import Recommendation
from karvan.stages.convening.services import proceedings_recommendations as services
from tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "/editions/x/symposia/SYM/recommendations/"


def adopted(symposium=None, text: str = "Measure the heat of every city.") -> Recommendation:
    symposium = symposium or make.symposium()
    made = services.write_recommendation(symposium, texts=make.texts(text), by=None)
    services.adopt_recommendations(symposium, adopted_on=date(2026, 11, 20), by=None)
    return Recommendation.objects.get(pk=made.pk)


def test_recommendations_are_numbered_and_changed_until_they_are_adopted():
    symposium = make.symposium()
    first = services.write_recommendation(symposium, texts={"en": "One"}, by=None)
    second = services.write_recommendation(symposium, texts={"en": "Two"}, by=None)

    services.change_recommendation(first, texts={"en": "One, better"}, by=None)
    assert services.adopt_recommendations(symposium, adopted_on=date(2026, 11, 20), by=None) == 2
    with pytest.raises(WrongState, match="its words stand"):
        services.change_recommendation(second, texts={"en": "x"}, by=None)
    with pytest.raises(WrongState, match="No recommendation waits"):
        services.adopt_recommendations(symposium, adopted_on=date(2026, 11, 20), by=None)

    assert [one.number for one in symposium.recommendations.all()] == [1, 2]


def test_an_empty_one_and_a_foreign_track_are_refused():
    symposium = make.symposium()

    with pytest.raises(NotGiven):
        services.write_recommendation(symposium, texts={"en": " "}, by=None)
    foreign = make.track(make.symposium(make.activity("OTH", format="symposium")))
    with pytest.raises(NotOfThisSession):
        services.write_recommendation(symposium, texts={"en": "x"}, track=foreign, by=None)


def test_with_an_owner_and_a_date_it_becomes_a_commitment():
    one = adopted()
    owner = make.party("city-of-agadir")

    followed = services.follow_up(
        one, owner=owner, due_on=date(2027, 6, 30), address=ADDRESS, by=None
    )

    promise = followed.commitment
    assert (promise.origin, promise.owner, promise.due_on) == (
        "recommendation",
        owner,
        date(2027, 6, 30),
    )
    assert promise.origin_address == f"{ADDRESS}#recommendation-1"
    assert promise.titles["en"] == "Measure the heat of every city."
    assert "recommendation 1" in promise.source
    with pytest.raises(WrongState, match="already"):
        services.follow_up(one, owner=owner, due_on=date(2027, 6, 30), address=ADDRESS, by=None)


def test_one_that_is_not_adopted_binds_nobody_and_one_due_before_it_is_refused():
    symposium = make.symposium()
    waiting = services.write_recommendation(symposium, texts={"en": "One"}, by=None)
    said = {"owner": make.party(), "address": ADDRESS, "by": None}

    with pytest.raises(WrongState, match="not adopted"):
        services.follow_up(waiting, due_on=date(2027, 1, 1), **said)
    services.adopt_recommendations(symposium, adopted_on=date(2026, 11, 20), by=None)
    with pytest.raises(Exception, match="due before"):
        services.follow_up(waiting, due_on=date(2026, 1, 1), **said)

    assert Recommendation.objects.get().commitment is None


def test_one_is_set_aside_with_a_reason_and_not_once_it_is_promised():
    one = adopted()

    with pytest.raises(NotGiven):
        services.set_aside(one, reason=" ", by=None)
    services.set_aside(one, reason="Nobody has the means.", by=None)
    services.follow_up(one, owner=make.party(), due_on=date(2027, 1, 1), address=ADDRESS, by=None)

    assert Recommendation.objects.get().no_follow_up == ""
    with pytest.raises(WrongState):
        services.set_aside(one, reason="x", by=None)


def test_the_page_tells_what_became_of_each(client: Client):
    symposium = make.symposium()
    one = adopted(symposium)
    adopted(symposium, "Plant trees.")
    person = make.officer()
    followed = services.follow_up(
        one, owner=make.party(), due_on=date(2027, 6, 30), address=ADDRESS, by=person
    )
    add_evidence(followed.commitment, texts={"en": "Measured"}, source="Report", happened_on=date(2026, 11, 25), by=person)  # fmt: skip
    say_state(followed.commitment, state="kept", reason="", by=person)
    client.force_login(person)
    edition = symposium.activity.edition.slug

    page = client.get(f"/en/editions/{edition}/symposia/SYM/recommendations/").content.decode()

    assert "kept" in page and "not followed up" in page
    assert f"/en/commitments/{followed.commitment.code}/" in page
