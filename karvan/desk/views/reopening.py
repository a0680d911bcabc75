"""A closed reading is opened again, unless a cohort was signed upon it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from karvan.foundation.web.requests import Request
from karvan.stages.reviews.access import round_to_run
from karvan.stages.reviews.views.placing import done_at_field

from .. import services
from ..forms import ReopenForm


@login_required
@require_http_methods(["GET", "POST"])
def reopen_reading(request: Request, edition: str, activity: str) -> HttpResponse:
    """Say what opening again means, and do it with a reason."""
    round = round_to_run(request.user, edition, activity)
    form = ReopenForm(request.POST or None)
    if done_at_field(
        form, lambda **typed: services.reopen_reading(round, by=request.user, **typed)
    ):
        messages.success(request, _("The reading is open again."))
        return redirect("reviews:round", edition=edition, activity=activity)
    context = {"round": round, "form": form, "may_open": round.state == "closed"}
    status = 422 if form.errors else 200
    return render(request, "desk/reopen_reading.html", context, status=status)
