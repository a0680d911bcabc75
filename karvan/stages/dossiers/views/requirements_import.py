"""Screens of taking requirements over from a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from karvan.foundation.errors import RuleBroken
from karvan.foundation.files.models import StoredFile
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access
from ..design_forms import MappingForm, RequirementsFileForm, mapping_asked
from ..design_pages import page_of
from ..design_queries import requirement_files
from ..models import Dossier, Requirement
from ..reading.requirements_words import FIELDS, said
from ..services import requirements_import as services


@login_required
@require_http_methods(["GET", "POST"])
def requirements_import(request: Request, edition: str, pk: int) -> HttpResponse:
    """Choose a file; the next page shows what it would change."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = RequirementsFileForm(request.POST or None, request.FILES or None)
    kept = done(
        form,
        lambda upload: services.keep_requirements_file(dossier, upload=upload, by=request.user),
    )
    if kept:
        return redirect("dossiers:requirements_preview", edition, pk, kept.pk)
    context = page_of(dossier, request.user, form=form)
    return render(
        request, "dossiers/requirements_import.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def requirements_preview(request: Request, edition: str, pk: int, file: int) -> HttpResponse:
    """What the file would change, with its doubts; posting takes it over as shown."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = access.file_of(dossier, requirement_files(dossier, request.user), file)
    asked = request.POST if request.method == "POST" else request.GET
    options = _options(asked)
    try:
        if request.method == "POST":
            taken = services.import_requirements(dossier, file=found, by=request.user, **options)
            messages.success(request, _told(taken))
            return redirect("dossiers:requirements", edition, pk)
        shown = services.preview_requirements(dossier, file=found, **options)
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("dossiers:requirements_import", edition, pk)
    return _preview_page(request, dossier, found, shown, options)


def _options(asked: Any) -> dict[str, Any]:
    kind = asked.get("type", "")
    return {
        "mapping": mapping_asked(asked) or None,
        "type": kind if kind in Requirement.Type.values else "",
        "prefix": asked.get("prefix", "")[:20],
    }


def _preview_page(
    request: Request,
    dossier: Dossier,
    file: StoredFile,
    shown: services.Preview,
    options: dict[str, Any],
) -> HttpResponse:
    initial = {"type": shown.type, "prefix": options["prefix"]}
    form = MappingForm(read=shown.read, initial=initial)
    changed = [
        (one.item, [(FIELDS[name], before, after) for name, before, after in one.fields])
        for one in shown.changes
        if one.state == "changed"
    ]
    context = page_of(
        dossier,
        request.user,
        file=file,
        form=form,
        sent={form[name].name: form[name].value() or "" for name in form.fields},
        preview=shown,
        new=[one.item for one in shown.changes if one.state == "new"],
        changed=changed,
        same=shown.count("same"),
        to_write=shown.count("new") + shown.count("changed"),
        doubts=[said(one) for one in shown.doubts],
    )
    return render(request, "dossiers/requirements_preview.html", context)


def _told(taken: services.Preview) -> str:
    new, changed = taken.count("new"), taken.count("changed")
    return " ".join(
        (
            ngettext("%(count)d requirement is new.", "%(count)d requirements are new.", new)
            % {"count": new},
            ngettext("%(count)d has changed.", "%(count)d have changed.", changed)
            % {"count": changed},
        )
    )
