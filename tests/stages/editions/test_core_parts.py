"""The database itself keeps an edition from the core parts of its blueprint."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from karvan.stages.blueprints import library
from karvan.stages.blueprints.document import value_at, with_value
from karvan.stages.blueprints.models import CorePart
from karvan.stages.blueprints.services import import_blueprint, publish_blueprint
from karvan.stages.editions import triggers
from karvan.stages.editions.errors import Locked
from karvan.stages.editions.models import Departure
from karvan.stages.editions.services import depart
from tests import make

pytestmark = pytest.mark.django_db
RUBRIC = "activities.BC3.selection.rubric"
CLOSED = [
    "indicators",
    "indicators.REACH",
    "indicators.REACH.title.en",
    "activities.BC3.award",
    "activities.BC3.award.certificate.min_attendance_percent",
    "activities.AC6.award.venture_record",
    RUBRIC,
    f"{RUBRIC}.PROBLEM.weight",
    f"{RUBRIC}.NEW",
    "activities",  # holds awards and rubrics
    "activities.BC3",
    "activities.BC3.selection",
]
OPEN = [
    "indicators.REACH.target",
    "indicators.REACH.baseline",
    "activities.BC3.duration.days",
    "activities.BC3.selection.quotas.WOMEN.floor_percent",
    "activities.BC3.awards",  # only looks like the one that is closed
    "activity",
]


@pytest.fixture
def edition():
    draft = import_blueprint(make.programme("TVP"), source=library.source("TVP"), note="", by=None)
    version = publish_blueprint(draft, note="First", by=None)
    return make.edition(of=version)


def write(edition, path, **fields):
    fields = {"after": 1, "level": "free", "reason": "Raw", "made_at": timezone.now(), **fields}
    return Departure.objects.create(edition=edition, path=path, **fields)


def refused():
    return pytest.raises(DatabaseError, match="the same in every country")


@pytest.mark.parametrize("path", CLOSED)
def test_a_departure_on_a_core_part_is_refused_by_the_database(edition, path):
    with refused(), transaction.atomic():
        write(edition, path)

    assert Departure.objects.count() == 0


@pytest.mark.parametrize("path", OPEN)
def test_a_departure_beside_the_core_is_not_hindered(edition, path):
    assert write(edition, path).pk


def test_a_departure_is_not_moved_onto_a_core_part(edition):
    departure = write(edition, OPEN[0])
    row = Departure.objects.filter(pk=departure.pk)

    with refused(), transaction.atomic():
        row.update(path=f"{RUBRIC}.PROBLEM.weight")
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE editions_departure SET path = 'indicators' WHERE id = %s", [departure.pk]
        )

    assert row.get().path == OPEN[0]


def test_a_superseded_departure_cannot_be_put_in_force_on_a_core_part(edition):
    departure = write(edition, "indicators", superseded_at=timezone.now())

    with refused(), transaction.atomic():
        Departure.objects.filter(pk=departure.pk).update(superseded_at=None)

    departure.refresh_from_db()
    assert departure.superseded_at is not None


def test_what_had_been_held_stays_as_it_was_held(edition):
    assert write(edition, "activities.BC3.award", level="held", cause="held").pk


def test_a_version_without_core_parts_hinders_nothing():
    assert write(make.edition(), "activities.BC.award").pk


def test_nobody_opens_a_core_part_of_a_version_on_which_an_edition_stands(edition):
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        CorePart.objects.create(
            blueprint=edition.blueprint, path="activities.BC3.award.certificate", is_open=True
        )

    assert not edition.blueprint.core_parts.filter(path__endswith="certificate").exists()


def test_departure_on_a_part_that_holds_the_core_is_made_on_what_differs_in_it(edition):
    path = "activities.BC3.selection"
    changed = with_value(edition.blueprint.data, f"{path}.quotas.WOMEN.floor_percent", 35)

    depart(edition, path=path, after=value_at(changed, path), reason="As here", by=None)

    [made] = edition.departures.all()
    assert made.path == f"{path}.quotas.WOMEN.floor_percent"
    assert (made.before, made.after, made.level) == (40, 35, "bounded")


def test_the_service_refuses_in_words_before_the_database_must(edition):
    path = "activities.BC3.selection"
    changed = with_value(edition.blueprint.data, f"{RUBRIC}.PROBLEM.weight", 35)

    with pytest.raises(Locked, match="same in every country"):
        depart(edition, path=path, after=value_at(changed, path), reason="As here", by=None)

    assert Departure.objects.count() == 0


def test_another_database_is_refused():
    class Other:
        vendor = "oracle"

    with pytest.raises(ValueError, match="oracle"):
        triggers.install(Other())
