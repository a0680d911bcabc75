"""The page of one decision, and how sure the places are, for those who run the selection."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request

from .. import access, services, tasks
from ..explaining import decision_shown
from ..naming import code_of, is_blind
from ..reasons import reason_of
from ..room import outcome_state
from ..sureness import sureness_shown


@login_required
@require_GET
def decision(request: Request, edition: str, activity: str, number: int, pk: int) -> HttpResponse:
    """One decision of a run. What would have changed it is worked out only when asked."""
    call = access.call_for(request.user, edition, activity)
    shown = access.run_for(call, number)
    found = access.decision_for(shown, pk)
    is_exact = "exact" in request.GET
    explanation = services.explain_decision(found, is_exact=is_exact)
    context = {
        "call": call,
        "slug": edition,
        "code": activity,
        "run": shown,
        "decision": found,
        "named": code_of(found.application, shown),
        "is_blind": is_blind(shown),
        "state": outcome_state(found),
        "reason": reason_of(found, shown),
        "told": decision_shown(found, shown, explanation) if explanation else None,
    }
    return render(request, "selection/decision.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def sureness(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """How sure the places of a run are: asked for by a post, then a part of the page that looks again."""
    reached = access.call_to_run if request.method == "POST" else access.call_for
    call = reached(request.user, edition, activity)
    shown = access.run_for(call, number)
    if request.method == "POST":
        if stated(request, lambda: services.ask_sureness(shown, by=request.user)):
            tasks.work_out_sureness.enqueue(shown.pk)
        return redirect("selection:run", edition=edition, activity=activity, number=number)
    if not request.htmx:
        return redirect("selection:run", edition=edition, activity=activity, number=number)
    context = {
        "run": shown,
        "slug": edition,
        "code": activity,
        "sureness": sureness_shown(shown),
        "may_run": access.may_run(request.user, call),
    }
    return render(request, "selection/parts/sureness.html", context)
