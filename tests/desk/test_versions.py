"""A version taken in all stages: what has happened stays, people are told, timetables and figures follow."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from karvan.desk.queries.versions import held_of, standing_facts
from karvan.desk.services import take_version
from karvan.foundation.messages.models import Message
from karvan.stages.blueprints import library
from karvan.stages.blueprints.document import with_value
from karvan.stages.blueprints.services import edit_text, start_draft
from karvan.stages.editions.models import Edition, VersionOffer
from karvan.stages.editions.queries import document_of, standing_departures
from karvan.stages.editions.services import adopt_blueprint, depart, finish_adoption, offer_version
from karvan.stages.reports.models import Rebase
from karvan.stages.timetables.models import Placement, RepairRequest, Session, Timetable
from karvan.stages.timetables.services import lay_out_sessions
from tests import make

pytestmark = pytest.mark.django_db

WOMEN = "activities.BC3.selection.quotas.WOMEN.floor_percent"


@pytest.fixture
def edition():
    programme = make.programme("TVP")
    first = make.blueprint(programme, data=library.data("TVP"), source=library.source("TVP"))
    made = adopt_blueprint(
        first,
        country=make.country("MA"),
        code="MA-2027",
        languages=["en", "fr"],
        host=make.party(),
        by=None,
    )
    return finish_adoption(made, by=None)


def offered(edition):
    second = make.blueprint(edition.programme, number=2, data=library.data("TVP", 2))
    return offer_version(second, by=None)[0]


def camp(edition):
    return edition.activities.get(code="BC3")


def held(edition, code):
    """A session of the camp that stood in a published timetable and is over."""
    session = Session.objects.get(activity=camp(edition), blueprint_code=code)
    now = timezone.now()
    table = Timetable.objects.create(
        activity=session.activity, number=1, state="published", made_at=now, published_at=now
    )
    Placement.objects.create(
        timetable=table,
        session=session,
        starts_at=now - timedelta(hours=3),
        ends_at=now - timedelta(hours=1),
    )
    return session


def test_a_session_held_by_the_timetable_is_kept_though_the_version_drops_it(edition):
    lay_out_sessions(camp(edition), by=None)
    held(edition, "D2S3")
    offer = offered(edition)

    take_version(offer, by=None)

    sessions = {
        one["id"]
        for one in document_of(Edition.objects.get(pk=edition.pk))["activities"][0]["sessions"]
    }
    assert "D2S3" in sessions
    assert not {"D3S1", "D3S2"} & sessions
    (departure,) = standing_departures(edition)
    assert departure.cause == "held"
    assert "was held on" in departure.reason


def test_a_laid_out_timetable_is_marked_for_repair_with_the_sessions_that_changed(edition):
    lay_out_sessions(camp(edition), by=None)

    taken = take_version(offered(edition), by=None)

    request = RepairRequest.objects.get()
    assert (request.activity, request.settled_at) == (camp(edition), None)
    assert {"D2S2", "D3S1", "D3S3"} <= set(request.sessions)
    assert "D1S1" not in request.sessions
    assert taken.touched.repaired == ("BC3",)


def test_nothing_is_repaired_where_no_session_was_laid_out(edition):
    take_version(offered(edition), by=None)

    assert RepairRequest.objects.count() == 0


def test_those_who_take_part_are_told_once_in_their_language(edition):
    camp_activity = camp(edition)
    there = make.person(email="there@example.org", language="fr")
    make.enrolment(camp_activity, person=there)
    make.enrolment(camp_activity, person=make.person(email=None))

    taken = take_version(offered(edition), by=None)

    letter = Message.objects.get(kind="desk/version_taken")
    assert (letter.to_address, letter.language) == ("there@example.org", "fr")
    assert "3 → 2" in letter.body
    assert taken.touched.told == 1


def test_indicators_defined_otherwise_keep_both_figures(edition):
    take_version(offered(edition), by=None)

    row = Rebase.objects.get()
    assert row.indicator == "COMP"
    assert (row.before["version"], row.after["version"]) == (1, 2)
    assert "started" in row.before["definition"]["en"]
    assert "took up their place" in row.after["definition"]["en"]


def test_what_people_applied_under_stays(edition):
    call = make.call(camp(edition))
    make.application(call, state="submitted")

    paths = {one.path for one in held_of(edition)}

    assert {"activities.BC3.form", "activities.BC3.selection"} <= paths
    assert any("1 application was received" in one for one in standing_facts(edition))


def test_publishing_on_screen_offers_the_version_and_says_to_how_many(client, edition):
    officer = make.officer()
    client.force_login(officer)
    draft = start_draft(edition.programme, by=officer)
    edit_text(
        draft,
        source=library.source("TVP", 2),
        note="Two days.",
        base_revision=draft.revisions.first().number,
        by=officer,
    )
    address = reverse("desk:publish_version", args=["TVP", 2])

    refused = client.post(address, {"note": "Two days.", "signature": "Somebody else"})
    accepted = client.post(
        address, {"note": "Two days.", "signature": officer.full_name}, follow=True
    )

    assert refused.status_code == 422
    assert "offered to 1 edition" in accepted.text
    offer = VersionOffer.objects.get()
    assert (offer.edition, offer.blueprint.number) == (edition, 2)


def test_the_offer_is_read_and_taken_on_screen(client, edition):
    coordinator = make.role("coordinator", edition.scope)
    client.force_login(coordinator)
    depart(edition, path=WOMEN, after=35, reason="Agreed with the ministry.", by=coordinator)
    data = with_value(library.data("TVP", 2), WOMEN, 45)
    second = make.blueprint(edition.programme, number=2, data=data)
    offer_version(second, by=None)
    address = reverse("desk:version_offer", args=[edition.slug])

    page = client.get(address).text
    assert "Keep ours:" in page
    assert "Agreed with the ministry." in page
    groups = re.findall(r'name="take" value="([^"]+)"', page)
    refused = client.post(address, {"take": groups})
    assert refused.status_code == 422
    assert "Choose for each" in refused.text
    without = [one for one in groups if not one.startswith("activities.BC3.sessions")]
    typed = {"take": without, "clash_0": "ours", "reason": "Announced already."}
    taken = client.post(address, typed, follow=True)

    assert "stands on version 2" in taken.text
    assert VersionOffer.objects.get().left == ["activities.BC3.sessions"]


def test_declining_on_screen_asks_for_a_reason_and_keeps_the_page(client, edition):
    client.force_login(make.role("coordinator", edition.scope))
    offered(edition)
    address = reverse("desk:decline_version", args=[edition.slug])

    refused = client.post(address, {"reason": ""})
    declined = client.post(address, {"reason": "The calls are out."}, follow=True)

    assert refused.status_code == 422
    assert "The calls are out." in declined.text
    assert VersionOffer.objects.get().state == "declined"
