"""Examinations and other periods that the coordinator keeps clear."""

from datetime import date

import pytest

from karvan.foundation.places.errors import PeriodNeedsName, SourceMissing, WrongValidity
from karvan.foundation.places.models import ClosedPeriod, Country
from karvan.foundation.places.queries import calendar_of
from karvan.foundation.places.services import (
    add_closed_period,
    load_places,
    remove_closed_period,
)
from karvan.foundation.records.models import Record

pytestmark = pytest.mark.django_db

HERE = "TVP/AZ-2027"
TYPED = {
    "kind": "exams",
    "name": "Winter examinations",
    "starts_on": date(2027, 1, 11),
    "ends_on": date(2027, 1, 29),
    "reason": "Academic calendar of the university",
}


@pytest.fixture(autouse=True)
def places():
    load_places(by=None)


@pytest.fixture
def azerbaijan():
    return Country.objects.get(code="AZ")


def test_a_period_is_kept_in_its_editions_calendar_and_recorded(azerbaijan):
    add_closed_period(azerbaijan, **TYPED, scope=HERE, by=None)

    here, elsewhere = calendar_of("AZ", scope=HERE), calendar_of("AZ")
    assert [one.name for one in here.periods(date(2027, 1, 29), date(2027, 3, 1))] == [
        "Winter examinations"
    ]
    assert here.periods(date(2027, 1, 30), date(2027, 3, 1)) == elsewhere.closed_periods == ()
    told = Record.objects.last()
    assert (told.act, told.scope, told.reason) == (
        "closed period added", HERE, "Academic calendar of the university",
    )  # fmt: skip


def test_a_period_taken_away_is_recorded_with_the_reason(azerbaijan):
    period = add_closed_period(azerbaijan, **TYPED, by=None)

    remove_closed_period(period, reason="The examinations were moved", by=None)

    assert not ClosedPeriod.objects.exists()
    assert Record.objects.last().reason == "The examinations were moved"


def test_a_period_stays_when_nobody_says_why_it_should_go(azerbaijan):
    period = add_closed_period(azerbaijan, **TYPED, by=None)
    records = Record.objects.count()

    with pytest.raises(SourceMissing):
        remove_closed_period(period, reason=" ", by=None)

    assert ClosedPeriod.objects.count() == 1
    assert Record.objects.count() == records


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"ends_on": date(2027, 1, 10)}, WrongValidity),
        ({"name": " "}, PeriodNeedsName),
        ({"reason": ""}, SourceMissing),
        ({"kind": "rest"}, ValueError),
    ],
)
def test_a_refused_period_changes_nothing(azerbaijan, said, refusal):
    records = Record.objects.count()

    with pytest.raises(refusal):
        add_closed_period(azerbaijan, **{**TYPED, **said}, by=None)

    assert not ClosedPeriod.objects.exists()
    assert Record.objects.count() == records
