"""The bill of materials as a register: what is shown of a line, and how lines are found."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from karvan.foundation.ui.registers import Column, Filter, Pick, Register

from . import bom_queries
from .bom_shown import offer_figures
from .models import Dossier, PartLine


def bom_register(request: HttpRequest, dossier: Dossier, *, may_edit: bool) -> Register:
    """The lines with filters in words, search and export. Four queries a page."""
    return Register(
        request,
        bom_queries.part_lines(dossier),
        _columns(),
        name=f"parts-{dossier.code}",
        caption=_("The bill of materials"),
        order=["sheet", "order"],
        filters=_filters(),
        picks=_picks(dossier),
        search=_search,
        row_url=lambda line: reverse("dossiers:part", args=[*_of(dossier), line.pk]),
        empty_title=_("No parts yet"),
        empty_text=_(
            "Import a bill of materials from a drawing or a table, or write the first line."
        ),
        empty_url=reverse("dossiers:bom_import", args=_of(dossier)) if may_edit else "",
        empty_label=_("Import a file") if may_edit else "",
    )


def _of(dossier: Dossier) -> list[Any]:
    return [dossier.activity.edition.slug, dossier.pk]


def _columns() -> list[Column]:
    return [
        Column(
            "part",
            pgettext_lazy("in a bill of materials", "Part"),
            str,
            sort="description",
            detail=_detail,
        ),
        Column("refs", _("References"), lambda line: ", ".join(line.refs)),
        Column("quantity", _("Quantity"), "quantity", kind="number", sort="quantity"),
        Column("unit", _("Unit"), "unit"),
        Column("price", _("Price of one"), lambda line: offer_figures(line)[0]),
        Column("supplier", _("Supplier"), lambda line: offer_figures(line)[1]),
        Column("fitted", _("Fitted"), "fitted", kind="flag"),
        Column("optional", _("Optional"), "optional", kind="flag", shown=False),
        Column("value", _("Value"), "value", shown=False),
        Column("package", _("Package"), "package", shown=False),
        Column("manufacturer", _("Manufacturer"), "manufacturer", shown=False),
        Column("mpn", _("Manufacturer's part number"), "mpn", shown=False),
        Column("kind", _("Kind"), "get_kind_display", sort="kind", shown=False),
        Column("criticality", _("Criticality"), "get_criticality_display", shown=False),
        Column("sheet", _("Part of the bill"), "sheet", sort="sheet", shown=False),
        Column("note", _("Note"), "note", shown=False),
    ]


def _picks(dossier: Dossier) -> list[Pick]:
    """The parts of the bill to pick from, where there are several."""
    found = bom_queries.part_lines(dossier).order_by("sheet").values_list("sheet", flat=True)
    sheets = [(one, one) for one in dict.fromkeys(found) if one]
    title = _("Part of the bill")
    return [Pick("sheet", title, [("", _("All")), *sheets], "sheet")] if len(sheets) > 1 else []


def _filters() -> list[Filter]:
    priced = Q(offers__price__isnull=False)
    return [
        Filter("unpriced", _("Without price"), ~priced),
        Filter("unknown", _("Quantity unknown"), Q(quantity__isnull=True)),
        Filter("critical", _("Critical"), ~Q(criticality="other")),
        Filter("local", _("With a local offer"), Q(offers__local=True)),
        Filter("out", _("Not in the cost"), Q(fitted=False) | Q(optional=True)),
        Filter("doubtful", _("With doubts"), ~Q(warnings=[])),
    ]


def _detail(line: PartLine) -> str:
    words = [
        line.value if line.value != str(line) else "",
        line.package,
        line.manufacturer,
        line.mpn,
    ]
    if line.optional:
        words.append(gettext("optional"))
    if not line.fitted:
        words.append(gettext("not fitted"))
    return " · ".join(word for word in words if word and word != str(line))


def _search(rows: QuerySet[PartLine], words: str) -> QuerySet[PartLine]:
    return rows.filter(
        Q(description__icontains=words)
        | Q(value__icontains=words)
        | Q(mpn__icontains=words)
        | Q(manufacturer__icontains=words)
        | Q(refs__icontains=words)
    )
