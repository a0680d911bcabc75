"""The screen of an edition's partners."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..adopting_forms import NewPartyForm
from ..forms import PartnerForm, ReasonForm
from ..models import Edition
from ..steps import path_of


@login_required
@require_http_methods(["GET", "POST"])
def partners(request: Request, edition: str) -> HttpResponse:
    """Who carries the edition and what each gives; a runner adds to them."""
    if request.method == "GET":
        return _page(request, access.edition_for(request.user, edition))
    found = access.edition_to_run(request.user, edition)
    form = PartnerForm(request.POST, parties=access.parties_to_choose())
    if done(form, lambda **typed: services.add_partner(found, by=request.user, **typed)):
        return redirect("editions:partners", edition=edition)
    return _page(request, found, form=form)


@login_required
@require_POST
def add_party(request: Request, edition: str) -> HttpResponse:
    """Register a party that is missing, and come back to say what it is here."""
    found = access.edition_to_run(request.user, edition)
    form = NewPartyForm(request.POST, auto_id="party_%s")
    made = done(form, lambda **typed: services.add_party(found, by=request.user, **typed))
    if made:
        page = reverse("editions:partners", args=[edition])
        return redirect(f"{page}?party={made.pk}")
    return _page(request, found, party_form=form)


@login_required
@require_POST
def remove_partner(request: Request, edition: str, partner: int) -> HttpResponse:
    """Take a party's part away, with the reason."""
    leaving = access.partner_for(request.user, edition, partner)
    form = ReasonForm(request.POST)

    def leave(**typed: Any) -> bool:
        services.remove_partner(leaving, by=request.user, **typed)
        return True

    if done(form, leave):
        return redirect("editions:partners", edition=edition)
    return _page(request, leaving.edition, leave_form=form, leaving=leaving.pk)


def _page(request: Request, edition: Edition, **forms: Any) -> HttpResponse:
    context = {
        "edition": edition,
        "path": path_of(edition, "partners"),
        "partners": queries.partners_of(edition),
        "may_run": access.may_run(request.user, edition),
        "form": PartnerForm(
            parties=queries.parties_in(edition),
            initial={"currency": edition.currency, "party": request.GET.get("party")},
        ),
        "is_open": "party" in request.GET or "form" in forms,
        "party_form": NewPartyForm(auto_id="party_%s"),
        "leave_form": ReasonForm(),
        **forms,
    }
    return render(request, "editions/partners.html", context, status=422 if forms else 200)
