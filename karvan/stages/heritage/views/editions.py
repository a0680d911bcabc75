"""The restorations on which an edition's courses learn."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from karvan.foundation.web.requests import Request

from ..access import reached


@login_required
@require_GET
def edition(request: Request, edition: str) -> HttpResponse:
    """Straight to the project where there is one; else a list, or how to begin."""
    found, projects = reached.edition_projects(request.user, edition)
    if len(projects) == 1:
        return redirect("heritage:project", code=projects[0].code)
    context = {"edition": found, "projects": projects}
    return render(request, "heritage/edition.html", context)
