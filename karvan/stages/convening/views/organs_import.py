"""Screens of taking a body's members over from a table."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from karvan.foundation.errors import RuleBroken
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from ..access import organs as access
from ..access.reached import organ_to_run
from ..forms.organs import MembersFileForm
from ..services import organs_import as services


@login_required
@require_http_methods(["GET", "POST"])
def members_import(request: Request, organ: str) -> HttpResponse:
    """Choose a table; the next page shows what it would change."""
    found = organ_to_run(request.user, organ)
    form = MembersFileForm(request.POST or None, request.FILES or None)
    kept = done(
        form, lambda upload: services.keep_members_file(found, upload=upload, by=request.user)
    )
    if kept:
        return redirect("convening:members_preview", organ=organ, file=kept.pk)
    context = {"organ": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "convening/organs_import.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def members_preview(request: Request, organ: str, file: int) -> HttpResponse:
    """What the table would change, with its doubts; posting takes it over as shown."""
    found = organ_to_run(request.user, organ)
    kept = access.members_file(request.user, found, file)
    try:
        if request.method == "POST":
            taken = services.import_members(found, file=kept, by=request.user)
            said = _("New members: %(new)d. Changed: %(changed)d.") % {
                "new": taken.count("new"),
                "changed": taken.count("changed"),
            }
            messages.success(request, said)
            return redirect("convening:members", organ=organ)
        shown = services.preview_members(found, file=kept)
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("convening:members_import", organ=organ)
    counts = {state: shown.count(state) for state in ("new", "changed", "same")}
    to_write = [one for one in shown.lines if one.state != "same"]
    context = {"organ": found, "file": kept, "shown": shown, "to_write": to_write, **counts}
    return render(request, "convening/organs_preview.html", context)
