"""Take in applications from a table: upload, put the columns right, look, run."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.people.access import RUNNERS
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..asking import form_of
from ..forms import MappingForm, UploadForm
from ..mapping import importable
from ..models import ImportBatch
from ..states import LINE_MARKS, LINE_WORDS
from ..wording import worded


@login_required
@require_http_methods(["GET", "POST"])
def imports(request: Request, edition: str, activity: str) -> HttpResponse:
    """The tables of a call, and a place for another."""
    call = access.call_for(request.user, edition, activity, RUNNERS)
    form = UploadForm(request.POST or None, request.FILES or None)
    batch = done(
        form,
        lambda upload: services.preview_import(call, upload=upload, mapping=None, by=request.user),
    )
    if batch:
        return redirect("calls:import_batch", edition=edition, activity=activity, pk=batch.pk)
    context = {
        "call": call,
        "activity": call.activity,
        "form": form,
        "batches": queries.imports_of(call),
    }
    return render(request, "calls/imports.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def import_batch(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """One table: which column answers what, and line by line what would come of it."""
    batch = access.import_for(request.user, edition, activity, pk)
    form = _mapping_form(request, batch)
    if form.is_bound and form.is_valid():
        act = stated(
            request,
            lambda: services.preview_import(
                batch.call, upload=batch, mapping=form.mapping(), by=request.user
            ),
        )
        if act:
            return redirect("calls:import_batch", edition=edition, activity=activity, pk=pk)
    lines = [
        {**line, "mark": LINE_MARKS[line["state"]], "word": LINE_WORDS[line["state"]]}
        for line in batch.report.get("lines", ())
    ]
    context = {
        "batch": batch,
        "call": batch.call,
        "activity": batch.call.activity,
        "form": form,
        "counts": batch.report.get("counts", {}),
        "lines": lines,
        "records": history_of(batch),
    }
    return render(request, "calls/import_batch.html", context)


@login_required
@require_POST
def run_import(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Take in the lines that are in order."""
    batch = access.import_for(request.user, edition, activity, pk)
    stated(
        request,
        lambda: services.run_import(batch, by=request.user),
        worded(batch.call.activity, "The applications of this table are taken in."),
    )
    return redirect("calls:import_batch", edition=edition, activity=activity, pk=pk)


def _mapping_form(request: Request, batch: ImportBatch) -> MappingForm:
    head = batch.report.get("head", [])
    return MappingForm(
        request.POST or None,
        columns=importable(form_of(batch.call), head),
        head=head,
        mapping=batch.mapping,
    )
