"""The first series of titles and its register since 2005, as they come with the package."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.foundation.records.services import record

from ..models import Title, TitleEvent, TitleSeries
from ..titles_data import names_in, packaged_series, packaged_titles

OPENING = {"en": "Opening", "fr": "Ouverture", "ar": "الافتتاح", "az": "Açılış"}


@transaction.atomic
def load_titles(*, by: Person | None) -> int:
    """Bring the series and the register to what the package says; returns how many titles are new.

    Safe to run again: a title of the same city and year that is there is left as people made it,
    and so is a series that is there.
    """
    series = _series(by)
    countries = Country.objects.in_bulk()
    there = {
        (one.year, name)
        for one in Title.objects.filter(series=series)
        for name in one.city_names.values()
    }
    added = 0
    for row in packaged_titles():
        names, year = names_in(row), int(row["year"])
        if any((year, name) in there for name in names.values()):
            continue
        _add(series, row, countries.get(row["country"]))
        there |= {(year, name) for name in names.values()}
        added += 1
    if added:
        record("titles loaded", series, by=by, after={"titles": added})
    return added


def _series(by: Person | None) -> TitleSeries:
    said = packaged_series()
    series, is_new = TitleSeries.objects.get_or_create(
        code=said["code"],
        defaults={**{k: v for k, v in said.items() if k != "code"}, "scope": "titles/culture"},
    )
    if is_new:
        record("title series written", series, by=by, after={"code": series.code})
    return series


def _add(series: TitleSeries, row: dict[str, str], country: Country | None) -> Title:
    decided: dict[str, Any] = {}
    if row["decided"]:
        year, month = row["decided"].split("-")
        decided = {"decided_on": date(int(year), int(month), 1), "decided_precision": "month"}
    title = Title.objects.create(
        series=series,
        city_names=names_in(row),
        country=country,
        region=row["region"],
        year=int(row["year"]),
        year_held=int(row["year_held"]) if row["year_held"] else None,
        kind=row["kind"],
        exception_reason=row["exception"],
        latitude=Decimal(row["latitude"]),
        longitude=Decimal(row["longitude"]),
        note=row["note"],
        source=row["source"],
        **decided,
    )
    if row["opened"]:
        TitleEvent.objects.create(
            title=title,
            names=OPENING,
            starts_on=date.fromisoformat(row["opened"]),
            source=row["source"],
        )
    return title
