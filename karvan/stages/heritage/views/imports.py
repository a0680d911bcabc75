"""Screens of tables that others keep: read, mapped, doubts settled, taken over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import imports as access
from ..access import reached
from ..forms.imports import (
    FieldMapForm,
    TableForm,
    WaysForm,
    choices_sent,
    column_rows,
    doubt_groups,
    field_choices,
    mapping_sent,
)
from ..models import MonumentImport
from ..reading.headings import field_name
from ..reading.lines import left_out_words
from ..services import imports as services
from ..services import imports_taking as taking
from ..tasks import imports as later

LISTED = 50
MARKS = {"previewed": "open", "taking": "in_progress", "taken": "done", "set_aside": "dropped"}


@login_required
@require_http_methods(["GET", "POST"])
def imports(request: Request, register: str) -> HttpResponse:
    """The tables read into a register; choose one more."""
    found = reached.register_to_keep(request.user, register)
    form = TableForm(request.POST or None, request.FILES or None)
    made = done(form, lambda **typed: services.read_file(found, by=request.user, **typed))
    if made:
        return redirect("heritage:import", register, made.pk)
    listed = [(one, MARKS[one.state]) for one in access.imports_of(found)[:LISTED]]
    context = {"register": found, "form": form, "imports": listed}
    return render(request, "heritage/imports.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def import_preview(request: Request, register: str, read: int) -> HttpResponse:
    """What taking a table over would do; or how far it has come."""
    found = reached.register_to_keep(request.user, register)
    one = access.import_of(found, read)
    return render(request, "heritage/import.html", _preview(one))


@login_required
@require_POST
def import_columns(request: Request, register: str, read: int) -> HttpResponse:
    """Read the table with other columns, encoding or separator."""
    ways = {name: request.POST.get(name, "") for name in ("encoding", "separator", "language")}
    said = _("Read again. Nothing is taken over yet.")

    def act(one: MonumentImport) -> Any:
        mapping = mapping_sent(request.POST, one)
        return services.read_anew(one, mapping=mapping, by=request.user, **ways)

    return _acted(request, register, read, act, said)


@login_required
@require_POST
def import_field_map(request: Request, register: str, read: int) -> HttpResponse:
    """Read the columns as a field map says them."""
    reached.register_to_keep(request.user, register)
    form = FieldMapForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a field map first."))
        return redirect("heritage:import", register, read)
    upload = form.cleaned_data["upload"]
    said = _("Read as the field map says. Nothing is taken over yet.")
    return _acted(
        request,
        register,
        read,
        lambda one: services.map_by_file(one, upload=upload, by=request.user),
        said,
    )


@login_required
@require_POST
def import_settle(request: Request, register: str, read: int) -> HttpResponse:
    """Say how doubts are to be read."""
    choices = choices_sent(request.POST)
    said = _("The doubts are settled so. Nothing is taken over yet.")
    return _acted(
        request,
        register,
        read,
        lambda one: services.settle_doubts(one, choices=choices, by=request.user),
        said,
    )


@login_required
@require_POST
def import_take(request: Request, register: str, read: int) -> HttpResponse:
    """Take the table over: at once if it is short, else by the worker; or go on with it."""
    found = reached.register_to_keep(request.user, register)
    one = access.import_of(found, read)
    is_begun = one.state == MonumentImport.State.TAKING
    if is_begun and "again" not in request.POST:  # a second click begins nothing
        return redirect("heritage:import", register, read)
    begun = one if is_begun else stated(request, lambda: taking.begin_import(one, by=request.user))
    if begun is None:
        return redirect("heritage:import", register, read)
    if not taking.is_small(begun):
        later.take_import.enqueue(begun.pk)
        return redirect("heritage:import", register, read)
    said = _("The table is taken over.")
    stated(request, lambda: taking.take_import(begun, by=request.user), said)
    return redirect("heritage:import", register, read)


@login_required
@require_POST
def import_aside(request: Request, register: str, read: int) -> HttpResponse:
    """Leave a table; nothing of it is taken over."""
    said = _("The table is set aside; no monument has changed.")
    return _acted(
        request, register, read, lambda one: services.set_import_aside(one, by=request.user), said
    )


def _acted(
    request: Request, register: str, read: int, act: Callable[[MonumentImport], Any], said: str
) -> HttpResponse:
    found = reached.register_to_keep(request.user, register)
    one = access.import_of(found, read)
    stated(request, lambda: act(one), said)
    return redirect("heritage:import", register, read)


def _preview(one: MonumentImport) -> dict[str, Any]:
    report = one.report
    return {
        "imported": one,
        "register": one.register,
        "report": report,
        "mark": MARKS[one.state],
        "is_open": one.state == MonumentImport.State.PREVIEWED,
        "is_taking": one.state == MonumentImport.State.TAKING,
        "again": {"again": "1"},
        "is_remembered": bool(one.options.get("remembered")),
        "ways": WaysForm(imported=one),
        "field_map": FieldMapForm(),
        "columns": column_rows(one),
        "choices": field_choices(),
        "groups": doubt_groups(one),
        "doubt_count": sum(report.get("groups", {}).values()),
        "changed": [
            (row, [(field_name(_field(name)), b, a) for name, b, a in row["fields"]])
            for row in report.get("changed_rows", [])
        ],
        "left_out": [(line, left_out_words(why)) for line, why in report.get("left_out", [])],
    }


def _field(name: str) -> str:
    """The column of the table of monuments as the fields of an import call it."""
    stem, colon, language = name.partition(":")
    known = {
        "names": "name", "texts": "text", "date_text": "date", "place": "geometry",
        "country_id": "country", "countries": "country", "is_at_risk_of_looting": "looting",
    }  # fmt: skip
    return f"{known.get(stem, stem)}{colon}{language}"
