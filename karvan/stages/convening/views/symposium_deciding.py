"""Screens in which the committee decides: one paper, many, by rank; letters; papers taken back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import symposium_reached as access
from ..forms.symposium import DecideForm, RankForm, RankReasonForm, ReasonForm
from ..queries.symposium_marks import papers_of
from ..services.symposium_deciding import (
    decide_by_rank,
    decide_papers,
    plan_by_rank,
    tell_authors,
    withdraw_paper,
)
from .symposium_papers import show


@login_required
@require_POST
def decide(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Decide one paper."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    found = access.paper_in(symposium, number)
    form = DecideForm(request.POST)

    def act(outcome: str, reason: str) -> bool:
        decide_papers(symposium, papers=[found.pk], outcome=outcome, reason=reason, by=request.user)
        return True

    if done(form, act):
        messages.success(request, _("Decided. Its authors are told with the next letters."))
        return redirect("convening:paper", edition=edition, activity=activity, number=number)
    return show(request, symposium, found, status=422, decide_form=form)


@login_required
@require_POST
def decide_many(request: Request, edition: str, activity: str, outcome: str) -> HttpResponse:
    """Decide the papers that were chosen in the register; ask for a reason where one is needed."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    chosen = [int(key) for key in request.POST.getlist("chosen") if key.isdecimal()]
    form = DecideForm({"outcome": outcome, "reason": request.POST.get("reason", "")})

    def act(outcome: str, reason: str) -> str:
        many = decide_papers(
            symposium, papers=chosen, outcome=outcome, reason=reason, by=request.user
        )
        said = ngettext("Decided: %(n)s paper.", "Decided: %(n)s papers.", many)
        return said % {"n": many}

    said = done(form, act)
    if said:
        messages.success(request, said)
        return redirect("convening:papers", edition=edition, activity=activity)
    papers = papers_of(symposium).filter(pk__in=chosen)
    context = {"symposium": symposium, "activity": symposium.activity, "form": form}
    context |= {"papers": papers, "outcome": outcome}
    return render(request, "convening/symposium_decide.html", context, status=422)


@login_required
@require_http_methods(["GET", "POST"])
def rank(request: Request, edition: str, activity: str) -> HttpResponse:
    """Decide by rank: say how many of each track, look at what would become of each, do it."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    confirmed = RankReasonForm(request.POST) if request.method == "POST" else None
    if confirmed and done(
        confirmed, lambda **typed: decide_by_rank(symposium, by=request.user, **typed)
    ):
        messages.success(request, _("Decided as shown. Authors are told with the next letters."))
        return redirect("convening:papers", edition=edition, activity=activity)
    typed = request.POST if confirmed else request.GET
    form = RankForm(typed if "talks" in typed else None, initial={"talks": 6, "posters": 4})
    plan = plan_by_rank(symposium, **form.cleaned_data) if form.is_valid() else None
    context = {"symposium": symposium, "activity": symposium.activity, "form": form, "plan": plan}
    context |= {"confirmed": confirmed, "counts": _counts(plan)}
    wrong = bool(form.errors or (confirmed and confirmed.errors))
    return render(request, "convening/symposium_rank.html", context, status=422 if wrong else 200)


def _counts(plan: object) -> dict[str, int]:
    """How many papers of a plan get each outcome."""
    count = getattr(plan, "count", None)
    return {key: count(key) for key in ("talk", "poster", "rejected")} if count else {}


@login_required
@require_POST
def tell(request: Request, edition: str, activity: str) -> HttpResponse:
    """Write to the authors of decided papers."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    letters = stated(request, lambda: tell_authors(symposium, by=request.user))
    if letters is not None:
        said = ngettext("Written: %(n)s letter.", "Written: %(n)s letters.", letters)
        messages.success(request, said % {"n": letters})
    return redirect("convening:papers", edition=edition, activity=activity)


@login_required
@require_POST
def withdraw(request: Request, edition: str, activity: str, number: int) -> HttpResponse:
    """Take a paper back for its author."""
    symposium = access.symposium_to_run(request.user, edition, activity)
    found = access.paper_in(symposium, number)
    form = ReasonForm(request.POST, prefix="withdraw")
    if done(form, lambda **typed: withdraw_paper(found, by=request.user, **typed)):
        return redirect("convening:paper", edition=edition, activity=activity, number=number)
    return show(request, symposium, found, status=422, withdraw_form=form)
