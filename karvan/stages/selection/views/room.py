"""The selection room: quotas, the cohort they give, what they cost, who signs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request
from karvan.stages.calls.models import Call

from .. import access, services
from ..forms import QuotasForm
from ..models import SelectionRun
from .showing import show_room


@login_required
@require_GET
def edition(request: Request, edition: str) -> HttpResponse:
    """The selection of every activity of an edition."""
    found, activities = access.edition_to_select(request.user, edition)
    listed = list(activities)
    if len(listed) == 1:
        return redirect("selection:room", edition=edition, activity=listed[0].code)
    return render(request, "selection/edition.html", {"edition": found, "activities": listed})


@login_required
@require_GET
def room(request: Request, edition: str, activity: str) -> HttpResponse:
    """The room with the signed run, else the newest one, else none yet."""
    call = access.call_for(request.user, edition, activity)
    return show_room(request, call, access.run_to_show(call))


@login_required
@require_GET
def run(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """The room with one run."""
    call = access.call_for(request.user, edition, activity)
    return show_room(request, call, access.run_for(call, number))


@login_required
@require_POST
def propose(request: Request, edition: str, activity: str) -> HttpResponse:
    """Choose a cohort with the quotas typed."""
    call = access.call_to_run(request.user, edition, activity)
    pool = services.ready_pool(call).pool
    form = QuotasForm(services.default_quotas(call, call.places, pool), request.POST)
    made = done(form, lambda **typed: _proposed(call, form, request))
    if made is None:
        return show_room(request, call, access.run_to_show(call), form=form)
    return redirect("selection:run", edition=edition, activity=activity, number=made.number)


def _proposed(call: Call, form: QuotasForm, request: Request) -> SelectionRun:
    typed = form.cleaned_data
    return services.propose_selection(
        call,
        places=typed["places"],
        quotas=form.chosen(),
        seed=typed["seed"],
        note=typed["note"],
        is_corrected=typed["is_corrected"],
        by=request.user,
    )
