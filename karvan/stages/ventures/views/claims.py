"""Screens of claims: made by members, looked at by those outside the team."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.files.services import serve
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, services
from ..evidence import label
from ..forms import ClaimForm, ReturnForm
from ..milestones import steps_of
from ..models import Milestone, Venture


@login_required
@require_http_methods(["GET", "POST"])
def claim(request: Request, pk: int, code: str) -> HttpResponse:
    """Claim one milestone of the person's own venture."""
    venture = access.venture_to_claim(request.user, pk)
    step = next((one for one in steps_of(venture) if one.code == code), None)
    if step is None:
        raise Http404
    form = ClaimForm(request.POST or None, request.FILES or None, code=code)
    made = done(form, lambda **typed: _claim(venture, code, form, request))
    if made:
        return redirect("ventures:venture", pk=pk)
    context = {"venture": venture, "edition": venture.team.edition, "step": step, "form": form}
    return render(request, "ventures/claim.html", context, status=422 if form.errors else 200)


def _claim(venture: Venture, code: str, form: ClaimForm, request: Request) -> Milestone:
    typed: dict[str, Any] = form.cleaned_data
    return services.claim_milestone(
        venture,
        code=code,
        fact_on=typed["fact_on"],
        evidence=typed["evidence"],
        details=form.details(),
        upload=typed["upload"],
        by=request.user,
    )


@login_required
@require_GET
def claims(request: Request) -> HttpResponse:
    """The claims that wait for this person."""
    waiting = access.waiting_for(request.user)
    return render(request, "ventures/claims.html", {"claims": waiting})


@login_required
@require_GET
def look(request: Request, pk: int) -> HttpResponse:
    """One claim with what shows it, and the two answers."""
    return _claim_page(request, access.claim_to_verify(request.user, pk), ReturnForm())


@login_required
@require_POST
def verify(request: Request, pk: int) -> HttpResponse:
    """Accept a claim."""
    found = access.claim_to_verify(request.user, pk)
    said = _("%(code)s is verified.") % {"code": found.code}
    stated(request, lambda: services.verify_milestone(found, by=request.user), said)
    return redirect("ventures:venture", pk=found.venture_id)


@login_required
@require_POST
def give_back(request: Request, pk: int) -> HttpResponse:
    """Give a claim back with what is missing."""
    found = access.claim_to_verify(request.user, pk)
    form = ReturnForm(request.POST)
    if done(form, lambda **typed: services.return_milestone(found, by=request.user, **typed)):
        return redirect("ventures:venture", pk=found.venture_id)
    return _claim_page(request, found, form, status=422)


@login_required
@require_GET
def claim_file(request: Request, pk: int) -> HttpResponse:
    """The paper of a claim."""
    found = access.claim_for(request.user, pk)
    if found.file is None:
        raise Http404
    return serve(found.file)


def _claim_page(
    request: Request, found: Milestone, form: ReturnForm, status: int = 200
) -> HttpResponse:
    steps = {step.code: step for step in steps_of(found.venture)}
    details = [
        (label(name), label(value) if isinstance(value, str) else value)
        for name, value in found.details.items()
    ]
    context = {
        "claim": found,
        "venture": found.venture,
        "edition": found.venture.team.edition,
        "step": steps.get(found.code),
        "details": details,
        "form": form,
    }
    return render(request, "ventures/look.html", context, status=status)
