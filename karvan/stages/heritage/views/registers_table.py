"""The table of a register's monuments, with its map: the same inside and in public."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.texts import in_language
from karvan.foundation.ui.registers import Column, Filter
from karvan.foundation.ui.registers import Register as Table
from karvan.foundation.web.requests import Request

from ..drawing.registers_map import Map, finding, map_of, map_svg
from ..models import ConditionSurvey, Monument, Register
from ..queries import registers as queries
from ..queries.registers import Asked, Window

SHAPES = {
    "good": "done",
    "fair": "in_progress",
    "poor": "waiting",
    "very_bad": "late",
    "destroyed": "dropped",
    "unknown": "unknown",
}
NAMED_ON_MAP = 600  # single monuments whose names a map tells


def condition_word(one: Monument) -> str:
    """The condition of the last survey in words."""
    return str(ConditionSurvey.Condition(one.condition).label) if one.condition in SHAPES else ""


def years_in_words(one: Monument) -> str:
    """From which year to which, with the era: "500–401 BCE", "1101–1200", "until 1230"."""
    first, last = one.year_from, one.year_to
    if first is None and last is None:
        return ""
    if first is None or last is None:
        words = _("until %(year)s") if first is None else _("from %(year)s")
        return words % {"year": _year(last if first is None else first)}
    if first == last:
        return _year(first)
    if first < 0 and last < 0:
        return _("%(first)d–%(last)d BCE") % {"first": -first, "last": -last}
    return f"{_year(first)} – {_year(last)}" if first < 0 else f"{first}–{last}"


def _year(year: int | None) -> str:
    year = year or 0
    return _("%(year)d BCE") % {"year": -year} if year < 0 else str(year)


COLUMNS = [
    Column(
        "name", gettext_lazy("Name"), value="names", kind="name", sort="sort_key",
        detail=lambda one: one.national_id,
    ),
    Column("kind", gettext_lazy("Type"), sort="kind"),
    Column(
        "importance", gettext_lazy("Importance"), sort="importance",
        value=lambda one: one.get_importance_display() if one.importance != "unknown" else "",
    ),
    Column("region", gettext_lazy("Region"), value="adm1", sort="adm1"),
    Column("district", gettext_lazy("District"), value="adm2", sort="adm2", shown=False),
    Column("date", gettext_lazy("Date"), value="date_text", sort="year_from"),
    Column(
        "condition", gettext_lazy("Condition"), kind="state", sort="condition",
        value=lambda one: SHAPES.get(one.condition, ""), word=condition_word,
    ),
    Column("number", gettext_lazy("Number"), value="national_id", sort="national_id", shown=False),
    Column("whs", gettext_lazy("World Heritage number"), value="whs_id", sort="whs_id", shown=False),
    Column("from", gettext_lazy("From year"), value="year_from", shown=False),
    Column("until", gettext_lazy("Until year"), value="year_to", shown=False),
    Column(
        "materials", gettext_lazy("Materials"), value=lambda one: "; ".join(one.materials), shown=False
    ),
]  # fmt: skip
EXACT = [
    Column("latitude", gettext_lazy("Latitude"), shown=False),
    Column("longitude", gettext_lazy("Longitude"), shown=False),
    Column("address", gettext_lazy("Address"), shown=False),
]
ROUNDED = [
    Column("latitude", gettext_lazy("Latitude"), value="public_latitude", shown=False),
    Column("longitude", gettext_lazy("Longitude"), value="public_longitude", shown=False),
]


class MonumentTable(Table):
    """A table that carries on what the form above it asks."""

    @property
    def carried(self) -> list[tuple[str, str]]:
        own = [(key, self.asked[key]) for key in Asked.KEYS if self.asked.get(key)]
        return [*super().carried, *own]

    @property
    def is_narrowed(self) -> bool:
        return super().is_narrowed or any(self.asked.get(key) for key in Asked.KEYS)


def table_of(
    request: Request, register: Register, rows: QuerySet[Monument], *, exact: bool, address: str
) -> tuple[MonumentTable, Asked, QuerySet[Monument]]:
    """The table as asked, what was asked, and the rows that fit wherever they stand.

    ``exact``: places as they are; else as the public may know them. ``address``: the name of the
    view of one monument.
    """
    asked = Asked.of(request.GET)
    fitting = queries.narrowed(rows, asked)
    table = MonumentTable(
        request,
        queries.within_window(fitting, asked.window, exact=exact),
        [*COLUMNS, *(EXACT if exact else ROUNDED)],
        name="monuments",
        caption=_("Monuments"),
        order=("sort_key",),
        filters=[
            Filter("threatened", _("Threatened"), queries.threatened()),
            Filter("world", _("World Heritage"), ~Q(whs_id="")),
            Filter("surveyed", _("Surveyed"), ~Q(condition="")),
        ],
        row_url=lambda one: reverse(address, args=[register.code, one.pk]),
        empty_title=_("No monument yet"),
        empty_text=_("Enter the first one, or take over a table that somebody else keeps."),
    )
    return table, asked, fitting


def map_context(
    request: Request,
    table: MonumentTable,
    asked: Asked,
    fitting: QuerySet[Monument],
    *,
    register: Register,
    exact: bool,
    address: str,
) -> dict[str, Any]:
    """The map of what the table lists, and the form that asks. Cost: two reads."""
    rows = fitting.filter(table.filter.where) if table.filter else fitting
    spots = queries.places_of(rows, exact=exact)
    drawn = map_of(spots, asked.window, country=register.country_id or "")
    context = {"asked": asked, **_offered(request, table, register)}
    if drawn is None:
        return context
    return {
        **context,
        "map": SafeString(_svg(request, drawn, register, rows, address)),
        "map_finding": finding(drawn, table.total if not asked.window else drawn.count),
        "whole_url": _asking(request, ""),
        "wider_url": _asking(request, str(_wider(asked.window))) if asked.window else "",
    }


def _offered(request: Request, table: MonumentTable, register: Register) -> dict[str, Any]:
    """What the form above the map offers, and what it carries on."""
    return {
        "kinds": queries.offered(register, "kind"),
        "regions": queries.offered(register, "adm1"),
        "importances": Monument.Importance.choices,
        "conditions": ConditionSurvey.Condition.choices,
        "from_year": request.GET.get("from", ""),
        "until_year": request.GET.get("until", ""),
        "shown": table.filter.key if table.filter else "",
        "sorted": request.GET.get("sort", ""),
    }


def _svg(
    request: Request, drawn: Map, register: Register, rows: QuerySet[Monument], address: str
) -> str:
    alone = [one.key for one in drawn.clusters if one.count == 1][:NAMED_ON_MAP]
    named = rows.filter(pk__in=alone).order_by().values_list("pk", "names")
    return map_svg(
        drawn,
        title=_("Map of the monuments"),
        monument_url=lambda key: reverse(address, args=[register.code, key]),
        window_url=lambda window: _asking(request, str(window)),
        names={pk: in_language(names) for pk, names in named},
    )


def _asking(request: Request, window: str) -> str:
    """The same page with another window of the map."""
    kept = {key: value for key, value in request.GET.items() if key not in ("at", "page", "format")}
    if window:
        kept["at"] = window
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def _wider(window: Window) -> Window:
    across, up = window.east - window.west, window.north - window.south
    return Window(
        max(-180.0, window.west - across),
        max(-90.0, window.south - up),
        min(180.0, window.east + across),
        min(90.0, window.north + up),
    )
