"""Screens of registers: which there are, one with its search and map, how one is founded."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from ..access import reached
from ..access import registers as access
from ..forms.registers import RegisterForm
from ..queries import registers as queries
from ..services import registers as services
from ..services.registers_geojson import geojson_of
from .registers_table import map_context, table_of

COLUMNS = [
    Column("name", gettext_lazy("Register"), value="names", kind="name", sort="code"),
    Column("country", gettext_lazy("Country"), value="country", kind="name"),
    Column("count", gettext_lazy("Monuments"), kind="number", sort="count"),
    Column("public", gettext_lazy("Open to the public"), value="is_public", kind="flag"),
    Column("source", gettext_lazy("Source"), sort="source"),
]


@login_required
@require_GET
def registers(request: Request) -> HttpResponse:
    """The registers a person reads."""
    may_found = access.may_found(request.user)
    register = Register(
        request,
        queries.counted(reached.registers_for(request.user)),
        COLUMNS,
        name="registers",
        caption=_("Registers of monuments"),
        order=("code",),
        row_url=lambda one: reverse("heritage:register", args=[one.code]),
        empty_title=_("No register yet"),
        empty_text=_("A country's register of monuments will be listed here, once it is founded."),
        empty_url=reverse("heritage:register_new") if may_found else "",
        empty_label=_("Found a register"),
    )
    if register.wants_file:
        return register.file()
    context = {"register": register, "may_found": may_found}
    return render(request, "heritage/registers.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def register_new(request: Request) -> HttpResponse:
    """Found a register."""
    access.require_may_found(request.user)
    form = RegisterForm(request.POST or None)
    made = done(form, lambda **typed: services.found_register(by=request.user, **typed))
    if made:
        return redirect("heritage:register", made.code)
    context = {"form": form}
    return render(
        request, "heritage/register_form.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def register_change(request: Request, register: str) -> HttpResponse:
    """Describe a register anew."""
    found = reached.register_to_keep(request.user, register)
    form = RegisterForm(request.POST or None, register=found)
    kept = done(form, lambda **typed: services.change_register(found, by=request.user, **typed))
    if kept:
        messages.success(request, _("The register is described anew."))
        return redirect("heritage:register", register)
    context = {"form": form, "register": found}
    return render(
        request, "heritage/register_form.html", context, status=422 if form.errors else 200
    )


@login_required
@require_GET
def register(request: Request, register: str) -> HttpResponse:
    """One register: search, filters, map and table."""
    found = reached.register_for(request.user, register)
    keeps = reached.keeps(request.user, found.scope)
    rows = reached.monuments_for(request.user).filter(register=found).defer("raw", "geometry")
    address = "heritage:monument"
    table, asked, fitting = table_of(request, found, rows, exact=keeps, address=address)
    if table.wants_file:
        return table.file()
    if request.GET.get("format") == "geojson":
        return geojson_of(found, table.filtered, exact=keeps)
    context = {
        "register": found,
        "table": table,
        "keeps": keeps,
        "records": history_of(found),
        **map_context(request, table, asked, fitting, register=found, exact=keeps, address=address),
    }
    return render(request, "heritage/register.html", context)
