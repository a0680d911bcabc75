"""The plan of a reading: who is missing, and what each day takes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from karvan.foundation.people.access import READERS, RUNNERS
from karvan.foundation.web.requests import Request

from .. import access, services
from ..forms import PlanForm
from ..models import ReviewRound
from ..planned import lacking_in_words, plan_in_words
from ..queries import forecast
from .placing import done_at_field


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: Request, edition: str, activity: str) -> HttpResponse:
    """The plan with the numbers that are kept, or with those just typed; keeping them is a button."""
    kinds = READERS if request.method == "GET" else RUNNERS
    round = access.round_for(request.user, edition, activity, kinds)
    form = _form(request, round)
    numbers = services.numbers_of(round)
    if request.method == "POST" and request.POST.get("act") == "keep":
        if done_at_field(
            form, lambda **typed: services.plan_round(round, by=request.user, **typed)
        ):
            messages.success(request, _("The plan is kept."))
            return redirect("reviews:plan", edition=edition, activity=activity)
    elif request.method == "POST":
        typed = done_at_field(form, lambda **typed: services.numbers_typed(round, **typed))
        numbers = typed or numbers
    return _page(request, round, form, numbers)


def _form(request: Request, round: ReviewRound) -> PlanForm:
    kept = services.numbers_of(round)
    initial = {
        "expected": kept.expected,
        "load_each": kept.load_each,
        "starts_on": kept.starts_on,
        "due_on": kept.due_on,
    }
    return PlanForm(request.POST or None, initial=initial, activity=round.call.activity)


def _page(
    request: Request, round: ReviewRound, form: PlanForm, numbers: services.PlanNumbers
) -> HttpResponse:
    planned = services.plan_of(round, numbers)
    context = {
        "round": round,
        "call": round.call,
        "form": form,
        "plan": planned,
        "sentence": plan_in_words(planned.answer),
        "lacking": lacking_in_words(planned.answer),
        "forecast": forecast(round.call),
        "most": max((span.reads for span in planned.spans), default=0),
        "may_run": access.may_run(request.user, round),
    }
    return render(request, "reviews/plan.html", context, status=422 if form.errors else 200)
