"""The bill of materials and what it costs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, bom_queries
from ..bom_forms import CostForm
from ..bom_register import bom_register
from ..bom_shown import cost_rows, coverage, left_out, shares
from ..models import Dossier
from ..services.bom import set_cost_terms


@login_required
@require_GET
def bom(request: Request, edition: str, pk: int) -> HttpResponse:
    """The lines, with filters in words and export; above them the cost in a line."""
    dossier = access.dossier_for(request.user, edition, pk)
    may_edit = access.may_edit(request.user, dossier)
    register = bom_register(request, dossier, may_edit=may_edit)
    if register.wants_file:
        return register.file()
    costs = bom_queries.costs(dossier)
    context = {
        **about(dossier),
        "register": register,
        "may_edit": may_edit,
        "costs": costs,
        "coverage": coverage(costs),
        "waiting": bom_queries.imports_of(dossier).filter(state="preview"),
    }
    return render(request, "dossiers/bom.html", context)


def about(dossier: Dossier) -> dict[str, Any]:
    """What every page of a dossier needs."""
    return {"dossier": dossier, "edition": dossier.activity.edition}


@login_required
@require_http_methods(["GET", "POST"])
def costs(request: Request, edition: str, pk: int) -> HttpResponse:
    """The cost on three bases; who may edit says for how many, in what, at which rates."""
    dossier = access.dossier_for(request.user, edition, pk)
    may_edit = access.may_edit(request.user, dossier)
    if request.method == "POST":
        dossier = access.dossier_to_edit(request.user, edition, pk)
    initial = {
        "builds": dossier.builds,
        "currency": dossier.currency,
        "rates": "\n".join(f"{code} {rate}" for code, rate in dossier.rates.items()),
        "rates_on": dossier.rates_on,
    }
    form = CostForm(request.POST or None, initial=initial)
    if done(form, lambda **typed: set_cost_terms(dossier, by=request.user, **typed)):
        messages.success(request, _("The costs are reckoned anew."))
        return redirect("dossiers:bom_costs", edition=edition, pk=pk)
    found = bom_queries.costs(dossier)
    context = {**about(dossier), "form": form, "may_edit": may_edit, "costs": found}
    context |= {"rows": cost_rows(found), "coverage": coverage(found), "left": left_out(found)}
    context["shares"] = shares(found)
    return render(request, "dossiers/bom_costs.html", context)
