"""What happened to an activity's plan: noted, shown with what it hits, taken back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..search_forms import disruption_forms
from .searches import searches_shown


@login_required
@require_http_methods(["GET", "POST"])
def disruptions(request: Request, edition: str, activity: str) -> HttpResponse:
    """Say what happened; then see which sessions it hits and look for the smallest change."""
    held = access.activity_to_run(request.user, edition, activity)
    forms = list(disruption_forms(held, request.POST if request.method == "POST" else None))
    for _words, form in forms:
        if form.is_bound and done(
            form,
            lambda form=form, **_typed: services.note_disruption(
                held, by=request.user, **form.values()
            ),
        ):
            return redirect("timetables:disruptions", edition=edition, activity=activity)
    version = queries.published_timetable(held) or queries.newest_timetable(held)
    placements = list(queries.placements_of(version)) if version else []
    rows = [(one, services.hit_by(one, placements)) for one in queries.disruptions_in_force(held)]
    context = {
        "activity": held,
        "forms": forms,
        "version": version,
        "rows": rows,
        "past": queries.disruptions_listed(held).filter(taken_back_at__isnull=False),
        "asked": queries.repair_asked(held),
        "searches": searches_shown(held),
    }
    is_wrong = any(form.errors for _words, form in forms)
    status = 422 if is_wrong else 200
    return render(request, "timetables/disruptions.html", context, status=status)


@login_required
@require_POST
def take_back(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Say that something noted no longer holds."""
    one = access.disruption_to_run(request.user, edition, activity, pk)
    said = _("Taken back. Versions made under it stay as they are.")
    stated(request, lambda: services.take_back_disruption(one, by=request.user), said)
    return redirect("timetables:disruptions", edition=edition, activity=activity)
