"""A title after it was given: decree, year held, committee, events, report, handover."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from karvan.foundation.errors import RuleBroken
from karvan.foundation.records.models import Record
from karvan.stages.convening.errors import NotGiven, NotOfThisSession, WrongState
from karvan.stages.convening.models import Title
from karvan.stages.convening.services import titles_held as services
from tests import make
from tests.stages.convening.paper_files import pdf_upload

pytestmark = pytest.mark.django_db


def shusha(**said):
    said.setdefault("decided_on", date(2023, 9, 26))
    return make.title(city_names=make.texts("Shusha"), year=2024, **said)


def test_a_title_has_three_dates():
    title = shusha()

    services.note_decree(title, decreed_on=date(2023, 12, 5), decree="Decree 1", by=None)
    services.say_year_held(title, year_held=2024, by=None)

    title.refresh_from_db()
    assert (title.decided_on, title.decreed_on, title.year_held) == (
        date(2023, 9, 26),
        date(2023, 12, 5),
        2024,
    )


def test_a_decree_before_the_decision_is_refused():
    with pytest.raises(NotGiven, match="before the decision"):
        services.note_decree(shusha(), decreed_on=date(2023, 1, 1), decree="Decree 1", by=None)


def test_a_year_moves_only_with_a_reason():
    title = shusha()

    with pytest.raises(NotGiven, match="Say why it was held in 2025"):
        services.say_year_held(title, year_held=2025, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Title.objects.filter(pk=title.pk).update(year_held=2025)
    moved = services.say_year_held(title, year_held=2025, reason="A pandemic", by=None)

    assert (moved.year, moved.year_held, moved.moved_reason) == (2024, 2025, "A pandemic")
    with pytest.raises(NotGiven, match="before 2005"):
        services.say_year_held(title, year_held=1999, reason="x", by=None)


def test_the_committee_is_named_and_the_record_tells_only_how_many():
    title = shusha()

    with pytest.raises(NotGiven):
        services.name_committee(title, members=[], by=None)
    services.name_committee(
        title, members=[{"name": "Leyla Quliyeva", "office": "Chair"}, {"name": "A B"}], by=None
    )

    title.refresh_from_db()
    assert title.committee[0] == {"name": "Leyla Quliyeva", "office": "Chair"}
    assert Record.objects.get().after == {"members": 2}


def test_events_lie_in_the_year_and_end_after_they_begin():
    title = shusha()

    with pytest.raises(NotGiven, match="in 2024; this event would be in 2030"):
        services.add_event(title, names={"en": "Fair"}, starts_on=date(2030, 1, 1), by=None)
    with pytest.raises(NotGiven, match="end before"):
        services.add_event(
            title, names={"en": "x"}, starts_on=date(2024, 5, 2), ends_on=date(2024, 5, 1), by=None
        )
    event = services.add_event(title, names={"en": "Opening"}, starts_on=date(2024, 5, 11), by=None)
    services.remove_event(event, by=None)

    assert not title.events.exists()
    assert [one.act for one in Record.objects.order_by("number")] == [
        "title event added",
        "title event removed",
    ]


def test_a_place_lies_on_the_earth():
    with pytest.raises(NotGiven):
        services.place_title(shusha(), latitude=Decimal("91"), longitude=Decimal("0"), by=None)


def test_the_closing_report_is_a_pdf_and_comes_when_the_year_has_begun():
    title = shusha()

    with pytest.raises(RuleBroken, match="Here we take"):
        services.file_closing_report(
            title, upload=SimpleUploadedFile("report.pdf", b"Not a PDF at all"), by=None
        )
    kept = services.file_closing_report(title, upload=pdf_upload(2), by=None)
    assert kept.closing_report.kind == "pdf"
    with pytest.raises(WrongState, match="has not begun"):
        services.file_closing_report(make.title(year=2040), upload=pdf_upload(1), by=None)


def test_a_title_is_handed_over_to_a_later_city_of_its_series_once():
    title = shusha()
    earlier = make.title(title.series, year=2018)
    later = make.title(title.series, year=2025, city_names=make.texts("Samarkand"))

    with pytest.raises(NotOfThisSession):
        services.hand_over(title, to=make.title(year=2025), on=date(2025, 1, 1), by=None)
    with pytest.raises(NotGiven, match="later year"):
        services.hand_over(title, to=earlier, on=date(2025, 1, 1), by=None)
    services.hand_over(title, to=later, on=date(2025, 1, 10), by=None)

    assert list(later.taken_from.all()) == [title]
    with pytest.raises(NotGiven, match="already"):
        services.hand_over(title, to=later, on=date(2025, 1, 10), by=None)
