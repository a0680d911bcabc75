"""The public register of titles: table, timeline, map, a page a city."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from karvan.foundation.people.access import RUNNERS, holds
from karvan.foundation.ui.registers import Column, Pick, Register

from ..access import title_register as access
from ..models import Title, TitleSeries
from ..queries.title_register import region_names, titles_called, titles_listed
from ..queries.title_register_pictures import as_data, finding_of, is_ahead, spots_of, timeline_of
from ..title_register_map import map_svg, shape_svg
from ..title_register_timeline import timeline_svg, years_of


def _columns(series: TitleSeries) -> list[Column]:
    regions = region_names(series)
    return [
        Column("city", gettext_lazy("City"), kind="name", value="city_names"),
        Column("year", gettext_lazy("Year"), value="year", sort="year"),
        Column(
            "country", gettext_lazy("Country"), kind="name", value="country.names", sort="country"
        ),
        Column(
            "region",
            gettext_lazy("Region"),
            value=lambda one: regions.get(one.region, one.region),
            sort="region",
        ),
        Column("kind", gettext_lazy("Kind"), value="get_kind_display", shown=False),
        Column("held", gettext_lazy("Year held"), value="year_held", shown=False),
        Column("decided", gettext_lazy("Decided"), kind="date", value="decided_on", shown=False),
        Column("note", gettext_lazy("Note"), value="note"),
        Column(
            "exception", gettext_lazy("Why more than one"), value="exception_reason", shown=False
        ),
        Column("latitude", gettext_lazy("Latitude"), value="latitude", shown=False),
        Column("longitude", gettext_lazy("Longitude"), value="longitude", shown=False),
        Column("source", gettext_lazy("Source"), value="source", shown=False),
    ]


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """Every series with a public register."""
    return render(request, "convening/title_register/all.html", {"registers": access.registers()})


@require_safe
def register(request: HttpRequest, series: str) -> HttpResponse:
    """The titles of a series, by year, region and country."""
    found = access.register_of(series)
    shown = _register(request, found)
    if shown.wants_file:
        return shown.file()
    may_import = holds(_person(request), RUNNERS, found.scope)
    context = {"series": found, "register": shown, "may_import": may_import}
    context["finding"] = finding_of(titles_listed(found))
    return render(request, "convening/title_register/register.html", context)


@require_safe
def timeline(request: HttpRequest, series: str) -> HttpResponse:
    """Years and regions as a picture, with the same as a table."""
    found = access.register_of(series)
    rows = list(titles_listed(found).order_by("year", "region", "pk"))
    drawn = timeline_of(found, rows)
    names = [name for _code, name in drawn.columns]
    table = [
        (year, [drawn.in_cell(year, code) for code, _name in drawn.columns])
        for year in years_of(drawn)
    ]
    context = {
        "series": found,
        "finding": finding_of(rows),
        "picture": SafeString(timeline_svg(drawn, mirrored=get_language_bidi())) if rows else "",
        "names": names,
        "table": table,
    }
    return render(request, "convening/title_register/timeline.html", context)


@require_safe
def world_map(request: HttpRequest, series: str) -> HttpResponse:
    """Where the cities lie."""
    found = access.register_of(series)
    rows = list(titles_listed(found).order_by("year", "pk"))
    spots = spots_of(found, rows)
    title = _("Cities on the map")
    regions = region_names(found)
    context = {
        "series": found,
        "finding": finding_of(rows),
        "picture": SafeString(map_svg(title, spots, mirrored=get_language_bidi())) if spots else "",
        "shapes": [
            (SafeString(shape_svg(number)), name)
            for number, name in enumerate([*regions.values()][:3])
        ],
        "titles": [(one, regions.get(one.region, one.region)) for one in rows],
        "not_drawn": [one for one in rows if one.latitude is None],
    }
    return render(request, "convening/title_register/map.html", context)


@require_safe
def public_title(request: HttpRequest, pk: int) -> HttpResponse:
    """A city's page: its three dates, the programme of its year, whom it took over from."""
    found = access.public_title(pk)
    context = {
        "title": found,
        "region": region_names(found.series).get(found.region, found.region),
        "events": found.events.all(),
        "taken_from": found.taken_from.filter(is_public=True),
        "others": titles_listed(found.series).filter(year=found.year).exclude(pk=found.pk),
        "is_ahead": is_ahead(found),
    }
    return render(request, "convening/title_register/title.html", context)


@require_safe
def as_json(request: HttpRequest, series: str) -> HttpResponse:
    """The register for machines, narrowed as its page is."""
    found = access.register_of(series)
    rows = _register(request, found).filtered.select_related("country", "resolution")
    body: dict[str, Any] = {
        "series": found.code,
        "names": found.names,
        "regions": found.regions,
        "titles": [as_data(one) for one in rows],
    }
    answer = JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _register(request: HttpRequest, series: TitleSeries) -> Register:
    rows = titles_listed(series)
    years = rows.order_by("-year").values_list("year", flat=True).distinct()
    countries = {one.country.code: str(one.country) for one in rows if one.country}
    listed: list[tuple[str, Any]] = sorted(countries.items(), key=_by_name)
    return Register(
        request,
        rows,
        _columns(series),
        name=f"titles-{series.code}",
        caption=_("Titles"),
        order=("-year", "region"),
        picks=[
            Pick("region", _("Region"), list(region_names(series).items()), "region"),
            Pick("year", _("Year"), [(str(year), str(year)) for year in years], "year"),
            Pick("country", _("Country"), listed, "country_id"),
            Pick("kind", _("Kind"), Title.Kind.choices, "kind"),
        ],
        search=titles_called,
        row_url=lambda one: reverse("convening:title_public", args=[one.pk]),
        empty_title=_("No title yet"),
        empty_text=_("Cities come into the register once a session has decided."),
        page_size=100,
    )


def _by_name(pair: tuple[Any, str]) -> str:
    return pair[1]


def _person(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None
