"""The ledger reads titles, sessions and restorations too: what was promised in 2021, seen in 2024."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from karvan.stages.agreements.models import Commitment
from karvan.stages.reports.queries import ledger
from tests import make

pytestmark = pytest.mark.django_db


def promise(**terms):
    return make.commitment(promised_on=date(2021, 1, 15), due_on=date(2023, 12, 31), terms=terms)


def line_of(commitment, day):
    return ledger([Commitment.objects.get(pk=commitment.pk)], as_of=day).lines[0]


def test_a_title_that_was_promised_is_open_then_nominated_then_kept_on_the_day_of_decision():
    series = make.title_series("culture")
    promised = promise(title="culture", city="Şuşa")
    cycle = make.title_cycle(series, year=2024)
    make.title_nomination(
        cycle,
        city_names={"en": "Shusha", "az": "Şuşa"},
        submitted_at=datetime(2023, 3, 1, tzinfo=UTC),
        state="submitted",
    )

    before = line_of(promised, date(2022, 6, 1))
    nominated = line_of(promised, date(2023, 6, 1))
    make.title(
        series, city_names={"en": "Shusha", "az": "Şuşa"}, year=2024, decided_on=date(2023, 9, 25)
    )
    make.title(series, city_names={"en": "Baku"}, year=2009, decided_on=date(2008, 1, 1))
    decided = line_of(promised, date(2024, 1, 1))

    assert (before.marks, before.facts) == (("open",), ())
    assert (nominated.marks, len(nominated.facts)) == (("open",), 1)
    assert (decided.marks, decided.delivered_on, decided.days_late) == (
        ("kept",),
        date(2023, 9, 25),
        0,
    )
    assert [fact.on for fact in decided.facts] == [date(2023, 3, 1), date(2023, 9, 25)]


def test_a_title_decided_after_its_date_is_late_by_so_many_days():
    series = make.title_series("culture")
    promised = promise(title="culture", city="Shusha")
    make.title(series, city_names={"en": "Shusha"}, year=2025, decided_on=date(2024, 1, 30))

    assert line_of(promised, date(2024, 6, 1)).words == "kept, 30 days late"


def test_a_session_is_kept_when_it_is_closed():
    session = make.statutory_session(
        slug="gc-12", starts_on=date(2015, 12, 2), ends_on=date(2015, 12, 4)
    )
    promised = make.commitment(promised_on=date(2012, 12, 2), terms={"session": "gc-12"})
    assert line_of(promised, date(2016, 1, 1)).marks == ("unknown",)

    session.state = "closed"
    session.save()

    line = line_of(promised, date(2016, 1, 1))
    assert (line.marks, line.delivered_on) == (("kept",), date(2015, 12, 4))
    assert line.facts[0].is_longer


def test_a_restoration_is_a_trace_when_it_begins_and_kept_when_it_is_accepted():
    register = make.register(country=make.country("AZ"))
    project = make.restoration(make.monument(register), starts_on=date(2022, 5, 1))
    elsewhere = make.restoration(
        make.monument(make.register(country=make.country("MA"))), accepted_on=date(2022, 6, 1)
    )
    promised = promise(restoration="AZ")

    assert line_of(promised, date(2023, 1, 1)).marks == ("open",)
    assert line_of(promised, date(2024, 1, 1)).words == "1 day late"
    project.accepted_on = date(2023, 11, 1)
    project.save()
    assert line_of(promised, date(2024, 1, 1)).marks == ("kept",)
    elsewhere.commitment = promised
    elsewhere.save()
    assert line_of(promised, date(2024, 1, 1)).delivered_on == date(2022, 6, 1)
