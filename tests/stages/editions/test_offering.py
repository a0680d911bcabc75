"""A newer version is offered to editions: taken whole, in part, declined; departures are carried over."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.blueprints import library
from karvan.stages.blueprints.document import with_value
from karvan.stages.blueprints.services import import_blueprint, publish_blueprint
from karvan.stages.editions.errors import (
    HeldSessionDropped,
    Locked,
    NotSettled,
    OfferAnswered,
    ReasonMissing,
    WrongState,
)
from karvan.stages.editions.models import Departure, Edition, VersionOffer
from karvan.stages.editions.queries import document_of, standing_departures
from karvan.stages.editions.services import (
    Fate,
    Held,
    cancel_edition,
    decline_version,
    depart,
    finish_adoption,
    offer_version,
    preview_version,
    take_version,
)
from tests import make

from .adopted import adopt

pytestmark = pytest.mark.django_db

BC3, AC6 = "activities.BC3", "activities.AC6"
DAYS = f"{BC3}.duration.days"
WOMEN = f"{BC3}.selection.quotas.WOMEN.floor_percent"
CAMP = (f"{BC3}.duration", f"{BC3}.sessions", f"{BC3}.plan")


def newer(edition, data=None, number=2):
    """The second version, published beside the edition's own."""
    return make.blueprint(
        edition.programme, number=number, data=data or library.data("TVP", 2), note="Two days."
    )


def offered(edition, data=None):
    (offer,) = offer_version(newer(edition, data), by=None)
    return offer


def standing(edition):
    return {one.path: one for one in standing_departures(edition)}


def design(edition):
    """The edition's design as it stands in the database."""
    return document_of(Edition.objects.get(pk=edition.pk))


def two_days(edition, reason="The hall is free on two days only."):
    """The departures of the first country: what version 2 later says, but for its themes."""
    second = library.data("TVP", 2)["activities"][0]
    for part in ("duration.days", "duration.contact_minutes"):
        depart(
            edition,
            path=f"{BC3}.{part}",
            after=second["duration"][part.split(".")[1]],
            reason=reason,
            by=None,
        )
    depart(edition, path=f"{BC3}.sessions", after=second["sessions"], reason=reason, by=None)


def test_a_published_version_is_offered_to_editions_under_way_and_to_no_other():
    edition = adopt()
    over = adopt(edition.blueprint, code="KZ-2020", country=make.country("KZ"))
    cancel_edition(over, reason="No hall.", by=None)
    coordinator = make.person(email="coordinator@example.org")
    make.role("coordinator", edition.scope, of=coordinator)

    offers = offer_version(newer(edition), by=None)

    assert [one.edition for one in offers] == [edition]
    assert offers[0].state == "open"
    assert Message.objects.get().to_address == "coordinator@example.org"
    assert "/version/" in Message.objects.get().body
    assert Record.objects.filter(act="version offered").count() == 1
    assert mail.outbox == []


def test_offering_twice_changes_nothing():
    edition = adopt()
    version = newer(edition)
    offer_version(version, by=None)

    assert offer_version(version, by=None) == []
    assert VersionOffer.objects.count() == 1


def test_a_newer_version_takes_the_place_of_an_open_offer():
    edition = adopt()
    first = offered(edition)

    (second,) = offer_version(newer(edition, number=3), by=None)

    first.refresh_from_db()
    assert (first.state, second.state) == ("lapsed", "open")


def test_an_edition_without_departures_becomes_the_version():
    edition = adopt()
    offer = offered(edition)

    take_version(offer, by=None)

    edition.refresh_from_db()
    offer.refresh_from_db()
    assert edition.blueprint.number == 2
    assert design(edition) == library.data("TVP", 2)
    assert standing(edition) == {}
    assert (offer.state, offer.left) == ("taken", [])
    assert DAYS in offer.taken
    assert Record.objects.filter(act="version taken").count() == 1


def test_what_the_version_says_as_the_country_did_ends_the_departure():
    edition = adopt()
    two_days(edition)

    carried = take_version(offered(edition), by=None)

    fates = {one.path: one.fate for one in carried.parts}
    assert fates[DAYS] is Fate.SAME
    assert DAYS not in standing(edition)
    assert Departure.objects.filter(path=DAYS, superseded_at__isnull=False).count() == 1
    assert (
        design(edition)["activities"][0]["sessions"]
        == (library.data("TVP", 2)["activities"][0]["sessions"])
    )


def test_a_departure_that_stands_keeps_reason_author_and_date():
    edition = adopt()
    by = make.person()
    weeks = f"{AC6}.duration.weeks"
    made = depart(edition, path=weeks, after=4, reason="The term is short.", by=by)

    take_version(offered(edition), by=None)

    carried = standing(edition)[weeks]
    assert (carried.before, carried.after, carried.version) == (6, 4, 2)
    assert (carried.reason, carried.made_by, carried.made_at) == (made.reason, by, made.made_at)
    assert (carried.carried_from, carried.cause) == (made, "local")
    assert list(standing(edition)) == [weeks]


def test_parts_that_are_left_become_departures_with_the_reason():
    edition = adopt()

    take_version(offered(edition), left=CAMP, reason="Announced with three days.", by=None)

    offer = VersionOffer.objects.get()
    assert (offer.state, offer.left) == ("partly", sorted(CAMP))
    kept = standing(edition)[DAYS]
    assert (kept.before, kept.after, kept.cause) == (2, 3, "kept")
    assert kept.reason == "Announced with three days."
    camp, course = design(edition)["activities"]
    first = library.data("TVP")
    assert camp["sessions"] == first["activities"][0]["sessions"]
    assert course["demo_day"]["to_final"] == 3


def test_leaving_a_part_needs_a_reason():
    edition = adopt()

    with pytest.raises(ReasonMissing):
        take_version(offered(edition), left=CAMP, by=None)

    edition.refresh_from_db()
    assert edition.blueprint.number == 1


@pytest.mark.parametrize(
    "group",
    [
        "indicators.COMP",  # fixed in every blueprint
        f"{AC6}.demo_day",  # fixed by the version's own lock
    ],
)
def test_what_the_version_fixes_cannot_be_left(group):
    edition = adopt()

    with pytest.raises(Locked, match="same in every country"):
        take_version(offered(edition), left=[group], reason="No final.", by=None)

    edition.refresh_from_db()
    assert (edition.blueprint.number, VersionOffer.objects.get().state) == (1, "open")


def test_a_clash_must_be_settled_and_either_side_can_stand():
    edition = adopt()
    depart(edition, path=WOMEN, after=35, reason="Agreed with the ministry.", by=None)
    offer = offered(edition, with_value(library.data("TVP", 2), WOMEN, 45))

    with pytest.raises(NotSettled, match="Women"):
        take_version(offer, by=None)
    assert [one.path for one in preview_version(offer).clashes] == [WOMEN]

    take_version(offer, settled={WOMEN: "ours"}, by=None)

    carried = standing(edition)[WOMEN]
    assert (carried.before, carried.after) == (45, 35)
    assert carried.reason == "Agreed with the ministry."


def test_a_clash_settled_for_the_version_ends_the_departure():
    edition = adopt()
    depart(edition, path=WOMEN, after=35, reason="Agreed with the ministry.", by=None)
    offer = offered(edition, with_value(library.data("TVP", 2), WOMEN, 45))

    take_version(offer, settled={WOMEN: "theirs"}, by=None)

    assert WOMEN not in standing(edition)
    assert VersionOffer.objects.get().settled == {WOMEN: "theirs"}


def test_a_departure_that_the_new_lock_refuses_is_given_up_and_told():
    edition = adopt()
    days = {"duration.days": 4, "duration.contact_minutes": 1600}
    for part, value in days.items():
        depart(edition, path=f"{BC3}.{part}", after=value, reason="A summer camp.", by=None)
    offer = offered(edition)
    ours = {clash.path: "ours" for clash in preview_version(offer).clashes}

    carried = take_version(offer, settled=ours, by=None)

    assert {one.path for one in carried.given_up} == {f"{BC3}.{part}" for part in days}
    assert design(edition)["activities"][0]["duration"] == {"days": 2, "contact_minutes": 900}


def test_a_session_that_was_held_never_changes_and_says_why():
    edition = adopt()
    path = f"{BC3}.sessions.D3S1"  # version 2 does without it
    offer = offered(edition)

    carried = take_version(offer, held=[Held(path, "It was held on 12 September.")], by=None)

    first = {one["id"]: one for one in library.data("TVP")["activities"][0]["sessions"]}
    now = {one["id"]: one for one in design(edition)["activities"][0]["sessions"]}
    assert now["D3S1"] == first["D3S1"]
    assert "D3S2" not in now
    assert path in {one.path for one in carried.parts if one.fate is Fate.HELD}
    departures = standing(edition).values()
    assert [(one.cause, one.level, one.reason) for one in departures] == [
        ("held", "held", "It was held on 12 September.")
    ]


def test_a_choice_that_would_drop_a_held_session_is_refused():
    edition = adopt()
    path = f"{BC3}.sessions.D3S1"
    depart(edition, path=f"{path}.minutes", after=60, reason="Shorter.", by=None)
    offer = offered(edition)
    held = [Held(path, "It was held on 12 September.")]

    with pytest.raises(HeldSessionDropped, match="12 September"):
        take_version(offer, held=held, settled={path: "theirs"}, by=None)

    edition.refresh_from_db()
    assert edition.blueprint.number == 1
    assert standing(edition)[f"{path}.minutes"].after == 60


def test_declining_needs_a_reason_and_leaves_the_edition_as_it_is():
    edition = adopt()
    offer = offered(edition)
    with pytest.raises(ReasonMissing):
        decline_version(offer, reason=" ", by=None)

    decline_version(offer, reason="The calls are out.", by=None)

    edition.refresh_from_db()
    offer.refresh_from_db()
    assert (edition.blueprint.number, offer.state, offer.reason) == (
        1,
        "declined",
        "The calls are out.",
    )


def test_an_answered_offer_is_not_answered_again():
    offer = offered(adopt())
    decline_version(offer, reason="No.", by=None)

    with pytest.raises(OfferAnswered):
        take_version(offer, by=None)


def test_an_edition_that_is_over_takes_nothing():
    edition = adopt()
    offer = offered(edition)
    cancel_edition(edition, reason="No hall.", by=None)

    with pytest.raises(WrongState):
        take_version(offer, by=None)
    offer.refresh_from_db()
    assert offer.state == "lapsed"


def test_places_follow_the_version():
    edition = adopt()
    finish_adoption(edition, by=None)
    offer = offered(edition, with_value(library.data("TVP", 2), f"{BC3}.cohort.max", 90))

    take_version(offer, by=None)

    assert edition.activities.get(code="BC3").places == 90


def test_the_database_holds_what_is_carried_over_against_the_new_version():
    """A draft published by the platform writes its core parts; what stands may not touch them."""
    programme = make.programme("TVP")
    versions = []
    for number in (1, 2):
        draft = import_blueprint(programme, source=library.source("TVP", number), note="", by=None)
        notes = {"summary": "x", "activities": "x", "indicators": "x", "locks": "x"}
        versions.append(publish_blueprint(draft, note="As agreed", notes=notes, by=None))
        if number == 1:
            edition = adopt(versions[0])
            depart(edition, path=WOMEN, after=35, reason="Agreed with the ministry.", by=None)

    take_version(offer_version(versions[1], by=None)[0], by=None)

    assert list(standing(edition)) == [WOMEN]
    with pytest.raises(DatabaseError, match="core"), transaction.atomic():
        Departure.objects.filter(path=WOMEN, superseded_at=None).update(
            path="activities.BC3.selection.rubric.PROBLEM.weight"
        )
