"""The page of one decision: why this one is in or out, for those who run the selection."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from karvan.foundation.web.requests import Request

from .. import access, services
from ..explaining import decision_shown
from ..naming import code_of, is_blind
from ..reasons import reason_of
from ..room import outcome_state


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
