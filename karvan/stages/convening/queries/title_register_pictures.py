"""What the register's timeline and map show, from its rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.texts import in_language

from ..models import Title, TitleSeries
from ..title_register_map import Spot
from ..title_register_timeline import Dot, Timeline
from .title_register import region_names


def timeline_of(series: TitleSeries, titles: Iterable[Title]) -> Timeline:
    """The timeline of these titles."""
    dots = tuple(
        Dot(
            name=in_language(one.city_names),
            year=one.year,
            region=one.region,
            kind=one.kind,
            is_sure=is_sure(one),
            url=reverse("convening:title_public", args=[one.pk]),
        )
        for one in titles
    )
    return Timeline(
        title=_("Titles by year and region"),
        dots=dots,
        regions=tuple(region_names(series).items()),
        last_year=clock.today().year,
    )


def is_sure(title: Title) -> bool:
    """True where the year was held as given, as far as the register knows."""
    return title.year_held == title.year


def is_ahead(title: Title) -> bool:
    """True while the year of the title is still to come."""
    return (title.year_held or title.year) > clock.today().year


def spots_of(series: TitleSeries, titles: Iterable[Title]) -> tuple[Spot, ...]:
    """The cities of these titles that have a place, each once with all its years."""
    codes = list(region_names(series))
    cities: dict[tuple[Any, ...], list[Title]] = {}
    for one in titles:
        if one.latitude is not None and one.longitude is not None:
            cities.setdefault((one.latitude, one.longitude), []).append(one)
    return tuple(
        Spot(
            name=in_language(held[0].city_names),
            years=", ".join(str(one.year) for one in held),
            longitude=float(held[0].longitude or 0),
            latitude=float(held[0].latitude or 0),
            shape=codes.index(held[0].region) if held[0].region in codes[:3] else 3,
            is_permanent=any(one.kind == Title.Kind.PERMANENT for one in held),
        )
        for held in cities.values()
    )


def finding_of(titles: Iterable[Title]) -> str:
    """What the register shows, in a sentence."""
    rows = list(titles)
    years = [one.year for one in rows]
    if not years:
        return _("The register is empty.")
    countries = len({one.country_id for one in rows if one.country_id})
    counted = ngettext("%(count)d title", "%(count)d titles", len(rows)) % {"count": len(rows)}
    return _("%(titles)s in %(countries)d countries from %(first)d to %(last)d.") % {
        "titles": counted,
        "countries": countries,
        "first": min(years),
        "last": max(years),
    }


def as_data(title: Title) -> dict[str, Any]:
    """One title as the register gives it to machines; dates as ISO 8601, degrees as numbers."""
    decided = title.decided_on.isoformat() if title.decided_on else None
    if decided and title.decided_precision != "day":
        decided = decided[:7] if title.decided_precision == "month" else decided[:4]
    return {
        "id": title.pk,
        "city": title.city_names,
        "country": title.country_id,
        "region": title.region or None,
        "year": title.year,
        "year_held": title.year_held,
        "moved_reason": title.moved_reason or None,
        "kind": title.kind,
        "exception_reason": title.exception_reason or None,
        "decided": decided,
        "decreed": title.decreed_on.isoformat() if title.decreed_on else None,
        "decree": title.decree or None,
        "decision": title.resolution.number if title.resolution else None,
        "latitude": float(title.latitude) if title.latitude is not None else None,
        "longitude": float(title.longitude) if title.longitude is not None else None,
        "note": title.note or None,
        "source": title.source or None,
    }
