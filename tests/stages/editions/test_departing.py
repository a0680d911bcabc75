"""A country departs from its blueprint as far as the locks allow, with a reason, and can go back."""

from __future__ import annotations

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.blueprints.document import REMOVED
from karvan.stages.blueprints.queries import activity_part
from karvan.stages.editions.errors import (
    Locked,
    Malformed,
    NoSuchPart,
    NothingChanges,
    ReasonMissing,
    WrongState,
)
from karvan.stages.editions.models import Departure, Edition
from karvan.stages.editions.queries import (
    activity_document,
    contradictions,
    document_of,
    standing_departures,
)
from karvan.stages.editions.services import depart

from .adopted import adopt

pytestmark = pytest.mark.django_db
DAYS = "activities.BC3.duration.days"
WOMEN = "activities.BC3.selection.quotas.WOMEN.floor_percent"


def to(edition, after, path=DAYS, reason="As in practice"):
    return depart(edition, path=path, after=after, reason=reason, by=None)


def days(edition):
    return activity_part(document_of(edition), "BC3")["duration"]["days"]


def test_bounded_part_departs_and_the_document_says_so():
    edition = adopt()

    departure = to(edition, 2)

    assert (departure.before, departure.after, departure.level) == (3, 2, "bounded")
    assert days(edition) == 2
    assert edition.blueprint.data["activities"][0]["duration"]["days"] == 3
    assert activity_document(edition.activities.get(code="BC3"))["duration"]["days"] == 2
    assert Record.objects.get(act="departed").after == {DAYS: 2}


@pytest.mark.parametrize(
    ("path", "after", "words"),
    [
        (DAYS, 5, "between 2 and 4.*Three days are planned"),
        (WOMEN, 20, "between 30 and 50.*below thirty percent"),
        ("activities.BC3.selection.rubric.PROBLEM.weight", 30, "same in every country"),
        ("activities.AC6.milestones.M1.verifier", "nobody", "same steps everywhere"),
        ("activities.BC3.award.certificate.min_attendance_percent", 10, "same in every country"),
        ("indicators.REACH.source", "typed", "same in every country"),
        ("activities.AC6.weekly_report.weekday", "tuesday", "not among them"),
        (DAYS, "two", "not of the kind"),
        ("activities.BC3.code", "BC4", "code|same"),
    ],
)
def test_lock_refuses_in_words_and_changes_nothing(path, after, words):
    edition = adopt()

    with pytest.raises(Locked, match=words):
        to(edition, after, path)

    assert Departure.objects.count() == 0
    assert document_of(edition) == edition.blueprint.data


def test_later_departure_supersedes_and_both_stay():
    edition = adopt()
    to(edition, 2)

    second = to(edition, 4)

    assert (second.before, second.after) == (3, 4)
    assert days(edition) == 4
    assert edition.departures.count() == 2
    assert list(standing_departures(edition)) == [second]


def test_departure_on_a_whole_part_supersedes_those_inside_it():
    edition = adopt()
    to(edition, "Salle verte", "activities.BC3.rooms.HALL.title.fr")
    rooms = [{**r, "seats": 90} for r in activity_part(edition.blueprint.data, "BC3")["rooms"]]

    whole = to(edition, rooms, "activities.BC3.rooms")

    assert list(standing_departures(edition)) == [whole]
    assert activity_part(document_of(edition), "BC3")["rooms"] == rooms


def test_departure_inside_a_departed_part_is_put_on_top_of_it():
    edition = adopt()
    rooms = [dict(r) for r in activity_part(edition.blueprint.data, "BC3")["rooms"]]
    to(edition, [{**r, "seats": r["seats"] + 1} for r in rooms], "activities.BC3.rooms")

    to(edition, 300, "activities.BC3.rooms.HALL.seats")

    found = {r["code"]: r["seats"] for r in activity_part(document_of(edition), "BC3")["rooms"]}
    assert found == {"HALL": 300, "TEAM": 7, "FAB": 13}


def test_going_back_to_the_blueprint_ends_the_departure():
    edition = adopt()
    to(edition, 2)

    ended = to(edition, 3, reason="The hall is free again")

    assert ended.superseded_at is not None
    assert document_of(edition) == edition.blueprint.data
    assert not standing_departures(edition).exists()
    assert Record.objects.filter(act="departure ended").count() == 1


def test_session_can_be_taken_out_and_is_gone_from_the_document():
    edition = adopt()

    departure = to(edition, REMOVED, "activities.BC3.sessions.D1S5")

    assert departure.after is None
    ids = [s["id"] for s in activity_part(document_of(edition), "BC3")["sessions"]]
    assert "D1S5" not in ids
    assert len(ids) == 12


def test_target_is_supplied_by_the_country():
    edition = adopt()

    assert to(edition, 250, "indicators.REACH.target").level == "to_supply"


def test_places_follow_the_greatest_cohort():
    edition = adopt()
    to(edition, 60, "activities.BC3.cohort.max")

    assert edition.activities.get(code="BC3").places == 60
    to(edition, 100, "activities.BC3.cohort.max", reason="The larger hall")
    assert edition.activities.get(code="BC3").places == 100


def test_value_that_stands_already_is_refused():
    edition = adopt()

    with pytest.raises(NothingChanges):
        to(edition, 3)


@pytest.mark.parametrize("path", ["activities.BC9.duration.days", "nonsense", "activities.BC3.x.y"])
def test_unknown_part_is_refused(path):
    edition = adopt()

    with pytest.raises((NoSuchPart, Locked)):
        to(edition, 3, path)

    assert Departure.objects.count() == 0


def test_departure_needs_a_reason():
    edition = adopt()

    with pytest.raises(ReasonMissing):
        to(edition, 2, reason=" ")

    assert Departure.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "after", "words"),
    [
        ("activities.BC3.sessions.D1S1.minutes", -5, "minutes"),
        ("activities.BC3.sessions", [{"id": "D1S1", "day": 1}], "is missing"),
    ],
)
def test_value_of_a_shape_nobody_can_read_is_refused(path, after, words):
    edition = adopt()

    with pytest.raises(Malformed, match=words):
        to(edition, after, path)

    assert Departure.objects.count() == 0


def test_edition_that_is_over_departs_no_more():
    edition = adopt()
    Edition.objects.update(state="cancelled")

    with pytest.raises(WrongState):
        to(edition, 2)


def test_contradictions_name_what_no_longer_fits():
    edition = adopt()
    assert contradictions(edition) == ()

    to(edition, 2)

    assert {p.path.split(".")[3] for p in contradictions(edition)} >= {"D3S1", "D3S2"}
