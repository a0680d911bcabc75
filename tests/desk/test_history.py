"""The real history replayed: departures and promises tell what the published sources say."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from karvan.desk.demo import agreed, azerbaijan, cast, load, offers, ten
from karvan.desk.demo.world import World, at
from karvan.foundation.places.services import load_places
from karvan.stages.agreements.models import Commitment
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.editions.models import Departure, Edition, VersionOffer
from karvan.stages.editions.queries import document_of
from karvan.stages.editions.services import freeze_plan, record_actual_dates
from karvan.stages.reports.queries.ledger import ledger
from karvan.stages.ventures.models import FinalEntry
from tests.shared import shared_path

pytestmark = pytest.mark.django_db

DAYS = "activities.BC3.duration.days"
WEEKS = "activities.AC6.duration.weeks"


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The tale, told once for all tests here and taken back after the last."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        yield _told()
        transaction.set_rollback(True)


def _told() -> World:
    """Every chapter up to the common final, without the hundreds who applied."""
    world = World(say=lambda line: None, random=Random(1))
    load_places(by=None)
    cast.parties(world)
    cast.staff(world)
    agreed.meeting(world)
    first = load.designs(world)
    baku = azerbaijan.adopted(world, first)
    by = cast.coordinator(world, "AZ")
    with at(2021, 6, 10):
        for activity in baku.activities.all():
            freeze_plan(activity, by=by)
    azerbaijan.moved(world, baku)
    course = baku.activities.get(code="AC6")
    with at(2021, 10, 26):
        record_actual_dates(
            course,
            starts_on=azerbaijan.COURSE[0],
            ends_on=azerbaijan.COURSE[1],
            reason="After the camp.",
            by=by,
        )
    ten.first_editions(world, first)
    second = offers.second_version(world, first)
    ten.winners(world)
    with at(2024, 4, 1):
        world.winners["AZ"] = ten.three_best(world, baku, by)
    ten.final(world, second)
    return world


def source(day: str, country: str) -> str:
    """What the published history says of a country on a day."""
    with shared_path("facts/programme-history.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            if (row["date"], row["country"]) == (day, country):
                return row["value"]
    raise AssertionError(f"the history says nothing of {country} on {day}")


def edition(country: str) -> Edition:
    return Edition.objects.filter(country_id=country).order_by("code").first()


def test_the_replayed_history_is_the_published_one(told: World):
    assert "two-day boot camp on 12-13 September" in source("2021-09-12", "AZ")
    camp = edition("AZ").activities.get(code="BC3")
    assert (camp.actual_starts_on, camp.actual_ends_on) == (date(2021, 9, 12), date(2021, 9, 13))
    assert camp.planned_starts_on.month == 7

    assert "two days and four to six weeks" in source("2021-09-20", "KZ")
    kazakhstan = document_of(edition("KZ"))["activities"]
    assert (kazakhstan[0]["duration"]["days"], kazakhstan[1]["duration"]["weeks"]) == (2, 4)

    assert "three best teams of each country to a common final" in source("2022-09-10", "")
    version = Blueprint.objects.get(programme__code="TVP", number=2)
    assert version.published_at.date() == date(2022, 9, 10)
    assert version.data["activities"][1]["demo_day"]["to_final"] == 3

    assert "33 teams from 11 states" in source("2024-05-31", "AZ")
    entries = FinalEntry.objects.select_related("venture__team__edition")
    assert entries.count() == 33
    assert len({one.venture.team.edition.country_id for one in entries}) == 11


def test_eleven_editions_answer_the_version_in_different_ways(told: World):
    answers = {
        one.edition.country_id: one.state for one in VersionOffer.objects.select_related("edition")
    }

    assert answers == {
        "AZ": "taken",
        "KZ": "taken",
        "UZ": "taken",
        "KG": "taken",
        "PK": "declined",
        "NG": "partly",
        "MA": "taken",
        "EG": "partly",
        "SN": "taken",
        "JO": "taken",
        "BN": "lapsed",
    }
    assert edition("PK").blueprint.number == edition("BN").blueprint.number == 1
    assert document_of(edition("EG"))["activities"][0]["duration"]["days"] == 3
    kept = Departure.objects.get(edition=edition("EG"), path=DAYS, superseded_at=None)
    assert (kept.before, kept.after, kept.cause, kept.reason) == (2, 3, "kept", offers.THREE)


def test_departures_say_who_changed_what_why_and_what_became_of_it(told: World):
    baku = Departure.objects.get(edition=edition("AZ"), path=DAYS)
    assert (baku.before, baku.after, baku.level) == (3, 2, "bounded")
    assert baku.reason == azerbaijan.WHY_TWO_DAYS
    assert baku.superseded_at.date() == date(2022, 9, 12)  # the version says two days itself

    weeks = Departure.objects.filter(edition=edition("KZ"), path=WEEKS).order_by("pk")
    assert [(one.before, one.after, one.superseded_at is None) for one in weeks] == [
        (6, 4, False),
        (6, 4, True),
    ]
    assert weeks[1].carried_from == weeks[0]
    assert weeks[1].made_at == weeks[0].made_at

    uzbek = Departure.objects.filter(edition=edition("UZ"), superseded_at=None)
    assert {one.cause for one in uzbek} == {"held"}


def test_the_promise_ledger_tells_it_without_a_word_typed(told: World):
    lines = {line.commitment.code: line for line in ledger(Commitment.objects.all()).lines}

    camp = lines["boot-camp-baku"]
    assert set(camp.marks) == {"changed", "late"}
    assert camp.days_late == 44
    change = next(one for one in camp.departures if one.part == "days")
    assert (change.before, change.after) == (3, 2)
    assert azerbaijan.WHY_TWO_DAYS in camp.reason
    assert "kept" in lines["ten-countries"].marks
    assert lines["ten-countries"].facts
