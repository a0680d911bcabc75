"""What another project's manifest says, and taking it over."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access
from ..release_forms import ManifestForm, ManifestTakenForm
from ..services import manifest_taking as services


@login_required
@require_http_methods(["GET", "POST"])
def manifest(request: Request, edition: str, pk: int) -> HttpResponse:
    """Read a manifest and show what it says, with its doubts."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = ManifestForm(request.POST or None, request.FILES or None)
    read = done(form, lambda upload: services.look_at_manifest(upload, by=request.user))
    taking = ManifestTakenForm(initial={"summary": read.summary, "use": read.use}) if read else None
    context = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "form": form,
        "read": read,
        "taking": taking,
    }
    return render(request, "dossiers/manifest.html", context)


@login_required
@require_POST
def take_manifest(request: Request, edition: str, pk: int) -> HttpResponse:
    """Take over summary and clinical need where there is none."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = ManifestTakenForm(request.POST)
    if form.is_valid():
        stated(
            request,
            lambda: services.take_manifest(dossier, by=request.user, **form.cleaned_data),
            _("Taken over where the dossier said nothing yet."),
        )
    return redirect("dossiers:dossier", edition=edition, pk=pk)
