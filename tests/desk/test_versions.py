"""A version taken in all stages: what has happened stays, people are told, timetables and figures follow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from karvan.desk.queries.versions import held_of, standing_facts
from karvan.desk.services import take_version
from karvan.foundation.messages.models import Message
from karvan.stages.blueprints import library
from karvan.stages.editions.models import Edition
from karvan.stages.editions.queries import document_of, standing_departures
from karvan.stages.editions.services import adopt_blueprint, finish_adoption, offer_version
from karvan.stages.reports.models import Rebase
from karvan.stages.timetables.models import Placement, RepairRequest, Session, Timetable
from karvan.stages.timetables.services import lay_out_sessions
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    programme = make.programme("TVP")
    first = make.blueprint(programme, data=library.data("TVP"))
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
