"""A file is read, previewed, and taken over as far as it is ticked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, bom_access, bom_queries
from ..bom_forms import TakeForm, UploadForm
from ..bom_shown import field_choices, preview_rows
from ..reading.bom_doubts import grouped
from ..services import importing
from .bom import about


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: Request, edition: str, pk: int) -> HttpResponse:
    """Choose a file; it is read and shown, and nothing changes yet."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    made = done(form, lambda **typed: importing.read_import(dossier, by=request.user, **typed))
    if made:
        return redirect("dossiers:bom_preview", edition=edition, pk=pk, read=made.pk)
    context = {**about(dossier), "form": form, "imports": bom_queries.imports_of(dossier)[:20]}
    return render(request, "dossiers/bom_import.html", context)


@login_required
@require_GET
def preview(request: Request, edition: str, pk: int, read: int) -> HttpResponse:
    """What was read: tables, columns, lines, doubts, and what each would change."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = bom_access.import_of(dossier, read)
    lines, diff = importing.preview_diff(found)
    names = {line.pk: str(line) for line in bom_queries.part_lines(dossier)}
    doubts = [*found.doubts, *(d for line in found.lines for d in line["doubts"])]
    context: dict[str, Any] = {
        **about(dossier),
        "read": found,
        "rows": preview_rows(lines, diff, names),
        "same": diff.same,
        "count": len(lines),
        "doubts": grouped(doubts),
        "choices": field_choices(),
        "columns": list(found.mapping.items()),
        "form": TakeForm(initial={"currency": dossier.currency}),
        "asks_currency": any(
            o["price"] and not o["currency"] for x in found.lines for o in x["offers"]
        ),
    }
    return render(request, "dossiers/bom_preview.html", context)


@login_required
@require_POST
def columns(request: Request, edition: str, pk: int, read: int) -> HttpResponse:
    """Read the file again with another table, or with other meanings of its columns."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = bom_access.import_of(dossier, read)
    asked = request.POST.get("table", "")
    table = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 0
    mapping = {
        key: request.POST.get(f"column_{number}", name)
        for number, (key, name) in enumerate(found.mapping.items(), start=1)
    }
    said = _("Read again. Nothing is taken over yet.")
    stated(
        request,
        lambda: importing.map_import(found, table=table, mapping=mapping, by=request.user),
        said,
    )
    return redirect("dossiers:bom_preview", edition=edition, pk=pk, read=read)


@login_required
@require_POST
def take(request: Request, edition: str, pk: int, read: int) -> HttpResponse:
    """Take over what is ticked."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = bom_access.import_of(dossier, read)
    form = TakeForm(request.POST)
    ticked = set(request.POST.getlist("ticked"))
    made = done(
        form, lambda **typed: importing.take_import(found, ticked=ticked, by=request.user, **typed)
    )
    if made is None:
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return redirect("dossiers:bom_preview", edition=edition, pk=pk, read=read)
    messages.success(request, _("%(count)s lines are taken over.") % {"count": made.accepted})
    return redirect("dossiers:bom", edition=edition, pk=pk)


@login_required
@require_POST
def set_aside(request: Request, edition: str, pk: int, read: int) -> HttpResponse:
    """Leave a preview; nothing of it is taken."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = bom_access.import_of(dossier, read)
    said = _("The file is set aside; no line has changed.")
    stated(request, lambda: importing.set_import_aside(found, by=request.user), said)
    return redirect("dossiers:bom", edition=edition, pk=pk)
