"""The kinds of device that a dossier can be of."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.people.access import require_staff
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access
from ..kind_forms import KindForm
from ..services.kinds import save_device_type


@login_required
@require_GET
def kinds(request: Request) -> HttpResponse:
    """Every kind, with what a dossier of it begins with."""
    require_staff(request.user)
    return render(request, "dossiers/kinds.html", {"kinds": access.device_types()})


@login_required
@require_http_methods(["GET", "POST"])
def kind(request: Request, code: str = "") -> HttpResponse:
    """Add a kind, or change one."""
    require_staff(request.user)
    found = access.device_type(code) if code else None
    form = KindForm(request.POST or None, kind=found)
    if done(form, lambda **typed: save_device_type(found, by=request.user, **typed)):
        return redirect("dossiers:kinds")
    return render(request, "dossiers/kind.html", {"form": form, "kind": found})
