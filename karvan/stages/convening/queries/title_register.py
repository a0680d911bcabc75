"""Named reads of the public register of titles."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from karvan.foundation.texts import fold, in_language

from ..models import Title, TitleSeries


def titles_listed(series: TitleSeries) -> QuerySet[Title]:
    """The titles of a series that are in the public register."""
    return Title.objects.filter(series=series, is_public=True).select_related("country", "series")


def titles_called(rows: QuerySet[Title], words: str) -> QuerySet[Title]:
    """Those whose city, country or note has the words in any language, however they are typed.

    Reads the rows it is given: a register of titles holds hundreds, not thousands.
    """
    wanted = fold(words)
    found = [one.pk for one in rows if wanted in fold(_said(one))]
    return rows.filter(pk__in=found)


def seats_taken(
    series: TitleSeries, region: str, year: int, *, but: int | None = None
) -> QuerySet[Title]:
    """The regular titles of a region and year, without the one with the key ``but``."""
    rows = Title.objects.filter(series=series, region=region, year=year, kind=Title.Kind.REGULAR)
    return rows.exclude(pk=but) if but else rows


def region_names(series: TitleSeries) -> dict[str, str]:
    """The regions' names in the reader's language, by their codes."""
    return {one["code"]: in_language(one["names"]) for one in series.regions}


def _said(title: Title) -> str:
    country: Any = title.country.names.values() if title.country else ()
    return " ".join([*title.city_names.values(), *country, title.note, str(title.year)])
