"""Files of the design, and what was found out about firmware."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.files.services import serve
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, bom_access, bom_queries
from ..bom_forms import DesignFileForm, FirmwareForm
from ..services import files as services
from .bom import about


@login_required
@require_GET
def files(request: Request, edition: str, pk: int) -> HttpResponse:
    """The files with role, tool and licence; then the notes on firmware."""
    dossier = access.dossier_for(request.user, edition, pk)
    context = {
        **about(dossier),
        "files": bom_queries.design_files(dossier),
        "notes": dossier.firmware_notes.all(),
        "may_edit": access.may_edit(request.user, dossier),
        "readout_allowed": services.readout_allowed(dossier),
    }
    return render(request, "dossiers/design_files.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request, edition: str, pk: int) -> HttpResponse:
    """Add a file."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    sources = bom_queries.design_files(dossier).filter(source_form=True)
    form = DesignFileForm(request.POST or None, request.FILES or None, sources=sources, is_new=True)
    if done(form, lambda **typed: services.add_design_file(dossier, by=request.user, **typed)):
        messages.success(request, _("The file is added."))
        return redirect("dossiers:design_files", edition=edition, pk=pk)
    return render(request, "dossiers/design_file.html", {**about(dossier), "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def file(request: Request, edition: str, pk: int, file: int) -> HttpResponse:
    """Change what is said of a file."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = bom_access.design_file_of(dossier, file)
    sources = bom_queries.design_files(dossier).filter(source_form=True).exclude(pk=file)
    initial = {name: getattr(found, name) for name in services.FIELDS}
    form = DesignFileForm(request.POST or None, initial=initial, sources=sources, is_new=False)
    if done(form, lambda **typed: services.change_design_file(found, by=request.user, **typed)):
        messages.success(request, _("The file is changed."))
        return redirect("dossiers:design_files", edition=edition, pk=pk)
    context = {**about(dossier), "form": form, "file": found}
    return render(request, "dossiers/design_file.html", context)


@login_required
@require_GET
def download(request: Request, edition: str, pk: int, file: int) -> HttpResponse:
    """The bytes, for those inside."""
    dossier = access.dossier_for(request.user, edition, pk)
    return serve(bom_access.design_file_of(dossier, file).file)


@login_required
@require_POST
def remove(request: Request, edition: str, pk: int, file: int) -> HttpResponse:
    """Take a file out."""
    found = bom_access.design_file_of(access.dossier_to_edit(request.user, edition, pk), file)
    said = _("%(path)s is taken out.") % {"path": found.path}
    stated(request, lambda: services.remove_design_file(found, by=request.user), said)
    return redirect("dossiers:design_files", edition=edition, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def new_firmware(request: Request, edition: str, pk: int) -> HttpResponse:
    """Note something about firmware."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = FirmwareForm(request.POST or None, initial={"readout": "not_tried"})
    if done(form, lambda **typed: services.note_firmware(dossier, by=request.user, **typed)):
        messages.success(request, _("Noted."))
        return redirect("dossiers:design_files", edition=edition, pk=pk)
    context = {**about(dossier), "form": form, "readout_allowed": services.readout_allowed(dossier)}
    return render(request, "dossiers/firmware.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def firmware(request: Request, edition: str, pk: int, note: int) -> HttpResponse:
    """Change a note on firmware."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = bom_access.firmware_note_of(dossier, note)
    initial = {name: getattr(found, name) for name in services.NOTE_FIELDS}
    form = FirmwareForm(request.POST or None, initial=initial)
    if done(
        form, lambda **typed: services.note_firmware(dossier, by=request.user, note=found, **typed)
    ):
        messages.success(request, _("Noted."))
        return redirect("dossiers:design_files", edition=edition, pk=pk)
    context = {**about(dossier), "form": form, "note": found}
    context["readout_allowed"] = services.readout_allowed(dossier)
    return render(request, "dossiers/firmware.html", context)


@login_required
@require_POST
def remove_firmware(request: Request, edition: str, pk: int, note: int) -> HttpResponse:
    """Take a note on firmware out."""
    found = bom_access.firmware_note_of(access.dossier_to_edit(request.user, edition, pk), note)
    stated(
        request,
        lambda: services.remove_firmware_note(found, by=request.user),
        _("The note is taken out."),
    )
    return redirect("dossiers:design_files", edition=edition, pk=pk)
