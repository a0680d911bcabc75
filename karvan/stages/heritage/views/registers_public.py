"""What anybody may read of registers and monuments, without an account."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from karvan.foundation.ui.registers import Column, Register
from karvan.foundation.web.requests import Request

from ..access import registers as access
from ..queries import gallery as pictures
from ..queries import registers as queries
from ..reading.lists import entry_text
from ..services.registers_geojson import geojson_of, linked_art
from ..services.registers_public import public_texts
from .registers_table import SHAPES, condition_word, map_context, table_of, years_in_words

COLUMNS = [
    Column("name", gettext_lazy("Register"), value="names", kind="name", sort="code"),
    Column("country", gettext_lazy("Country"), value="country", kind="name"),
    Column("count", gettext_lazy("Monuments"), kind="number", sort="count"),
    Column("source", gettext_lazy("Source")),
]
ADDRESS = "heritage:public_monument"


@require_safe
def public_registers(request: Request) -> HttpResponse:
    """Every register that is open to the public."""
    register = Register(
        request,
        queries.counted(access.public_registers()),
        COLUMNS,
        name="registers",
        caption=_("Registers of monuments"),
        order=("code",),
        row_url=lambda one: reverse("heritage:public_register", args=[one.code]),
        empty_title=_("No register is open yet"),
    )
    if register.wants_file:
        return register.file()
    return render(request, "heritage/public_registers.html", {"register": register})


@require_safe
def public_register(request: Request, register: str) -> HttpResponse:
    """A register with its search and map; places in danger of looting are rounded."""
    found = access.public_register(register)
    rows = access.public_monuments(found)
    table, asked, fitting = table_of(request, found, rows, exact=False, address=ADDRESS)
    if table.wants_file:
        return table.file()
    if request.GET.get("format") == "geojson":
        return geojson_of(found, table.filtered, exact=False)
    context = {
        "register": found,
        "table": table,
        **map_context(request, table, asked, fitting, register=found, exact=False, address=ADDRESS),
    }
    return render(request, "heritage/public_register.html", context)


@require_safe
def public_monument(request: Request, register: str, pk: int) -> HttpResponse:
    """One monument as the public may know it."""
    found = access.public_monument(register, pk)
    texts = public_texts(found)
    if request.GET.get("format") == "json":
        address = request.build_absolute_uri(request.path)
        return linked_art(found, address=address, texts=texts, exact=False)
    context = {
        "monument": found,
        "register": found.register,
        "texts": texts,
        "shape": SHAPES.get(found.condition, "unknown"),
        "condition": condition_word(found),
        "years": years_in_words(found),
        "lists": [entry_text(one) for one in found.lists],
        "statuses": list(found.statuses.all()),
        "photos": list(pictures.photos_of(found, public=True)[:60]),
    }
    return render(request, "heritage/public_monument.html", context)
