"""Screens of sections 3 and 4: what the device is for, how it worked before it was opened."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from karvan.foundation.texts import in_language
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access
from ..bench_forms import FunctionForm, UseForm
from ..models import Dossier
from ..services.using import OPENED, describe_use, record_function_test


def _reached(request: Request, edition: str, pk: int) -> Dossier:
    if request.method == "POST":
        return access.dossier_to_edit(request.user, edition, pk)
    return access.dossier_for(request.user, edition, pk)


@login_required
@require_http_methods(["GET", "POST"])
def use(request: Request, edition: str, pk: int) -> HttpResponse:
    """Intended use, users and setting."""
    found = _reached(request, edition, pk)
    form = UseForm(request.POST or None, initial=found.intended_use)
    if done(form, lambda **typed: describe_use(found, said=typed, by=request.user)):
        return redirect("dossiers:use", edition=edition, pk=pk)
    kind = found.device_type
    context = {
        "dossier": found,
        "edition": found.activity.edition,
        "form": form,
        "questions": [in_language(one) for one in kind.questions] if kind else [],
        "may_edit": access.may_edit(request.user, found),
    }
    return render(request, "dossiers/use.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def function(request: Request, edition: str, pk: int) -> HttpResponse:
    """The function test before opening."""
    found = _reached(request, edition, pk)
    form = FunctionForm(request.POST or None, initial=found.function_test)
    act = record_function_test
    if done(form, lambda **typed: act(found, by=request.user, **typed)):
        return redirect("dossiers:function", edition=edition, pk=pk)
    context = {
        "dossier": found,
        "edition": found.activity.edition,
        "form": form,
        "measured": found.measurements.filter(before_opening=True),
        "may_edit": access.may_edit(request.user, found) and found.state not in OPENED,
    }
    return render(request, "dossiers/function.html", context, status=422 if form.errors else 200)
