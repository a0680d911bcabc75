"""The selection room: quotas, the cohort they give, what they cost, who signs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request
from karvan.stages.calls.models import Call

from .. import access, services, tasks
from ..forms import QuotasForm
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
    """Choose a cohort with the quotas typed; a lottery is worked out by the worker."""
    call = access.call_to_run(request.user, edition, activity)
    pool = services.ready_pool(call).pool
    form = QuotasForm(services.default_quotas(call, call.places, pool), request.POST)
    act = _lottery_asked if request.POST.get("method") == "lottery" else _proposed
    made = done(form, lambda **typed: act(call, form, request))
    if made is None:
        return show_room(request, call, access.run_to_show(call), form=form)
    if form.is_lottery:
        address = reverse("selection:room", args=[edition, activity])
        return redirect(f"{address}?awaits={made}")
    return redirect("selection:run", edition=edition, activity=activity, number=made)


def _proposed(call: Call, form: QuotasForm, request: Request) -> int:
    typed = form.cleaned_data
    run = services.propose_selection(
        call,
        places=typed["places"],
        quotas=form.chosen(),
        seed=typed["seed"],
        note=typed["note"],
        is_corrected=typed["is_corrected"],
        by=request.user,
    )
    return run.number


def _lottery_asked(call: Call, form: QuotasForm, request: Request) -> int:
    """The number that the run will have; refused at once if the lottery cannot be held."""
    typed = form.cleaned_data
    asked = {
        "places": typed["places"],
        "quotas": form.chosen(),
        "least_mark": form.least_hundredths(),
        "seed": typed["seed"],
        "is_corrected": typed["is_corrected"],
    }
    services.require_lottery(call, **asked)
    number = access.next_number(call)
    asked["note"] = typed["note"]
    tasks.propose_by_lottery.enqueue(call.pk, number, asked, request.user.pk)
    return number
