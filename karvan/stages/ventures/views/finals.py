"""Screens of the common final."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.people.access import STAFF, holds
from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..forms import FinalForm, RankingForm
from ..models import Final, FinalEntry


@login_required
@require_GET
def finals(request: Request) -> HttpResponse:
    """The finals of the person's programmes."""
    context = {
        "finals": access.finals_for(request.user),
        "programmes": access.programmes_to_run(request.user),
    }
    return render(request, "ventures/finals.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan_final(request: Request, programme: str) -> HttpResponse:
    """Plan a common final."""
    found = access.programme_to_run(request.user, programme)
    form = FinalForm(request.POST or None)
    planned = done(form, lambda **typed: services.plan_final(found, by=request.user, **typed))
    if planned:
        return redirect("ventures:final", code=planned.code)
    context = {"programme": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "ventures/plan_final.html", context, status=status)


@login_required
@require_GET
def final(request: Request, code: str) -> HttpResponse:
    """A common final: who came from where, and how it ended."""
    found = access.final_for(request.user, code)
    context = {
        "final": found,
        "entries": queries.entries_of(found),
        "juries": access.juries_to_enter(request.user, found),
        "runs": holds(request.user, STAFF, found.scope),
        "records": history_of(found),
    }
    return render(request, "ventures/final.html", context)


@login_required
@require_POST
def enter_best(request: Request, code: str, jury: int) -> HttpResponse:
    """Send the best of a demo day to the final."""
    found = access.final_for(request.user, code)
    heard = get_object_or_404(access.juries_to_enter(request.user, found), pk=jury)
    entered = stated(request, lambda: services.enter_best(found, jury=heard, by=request.user))
    if entered:
        _say_entered(request, entered)
    return redirect("ventures:final", code=code)


@login_required
@require_http_methods(["GET", "POST"])
def rank_final(request: Request, code: str) -> HttpResponse:
    """Write down how the final ended."""
    found = access.final_to_run(request.user, code)
    entries = list(queries.entries_of(found))
    form = RankingForm(request.POST or None, entries=entries)
    if done(form, lambda **typed: _rank(found, form, typed["winners"], request)):
        return redirect("ventures:final", code=code)
    context = {"final": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "ventures/rank_final.html", context, status=status)


def _rank(final: Final, form: RankingForm, winners: int, request: Request) -> bool:
    services.rank_final(final, ranked=form.ranked(), winners=winners, by=request.user)
    return True


def _say_entered(request: Request, entered: list[FinalEntry]) -> Any:
    words = ngettext("%(count)s team is entered.", "%(count)s teams are entered.", len(entered))
    return stated(request, lambda: True, words % {"count": len(entered)})
