"""One line of the bill of materials and its offers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, bom_access, bom_queries
from ..bom_forms import LineForm, OfferForm, line_initial, offer_initial
from ..reading.bom_doubts import grouped
from ..services import bom as services
from .bom import about


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request, edition: str, pk: int) -> HttpResponse:
    """Write a line by hand."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    others = bom_queries.part_lines(dossier)
    initial = {"fitted": True, "quantity": 1, "unit": "each", "criticality": "other"}
    form = LineForm(request.POST or None, initial=initial, others=others)
    made = done(form, lambda **typed: services.add_line(dossier, by=request.user, **typed))
    if made:
        messages.success(request, _("The line is added."))
        return redirect("dossiers:part", edition=edition, pk=pk, line=made.pk)
    return render(
        request, "dossiers/bom_part.html", {**about(dossier), "form": form, "may_edit": True}
    )


@login_required
@require_http_methods(["GET", "POST"])
def part(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """One line: what it is, what is doubtful, who sells it; changed here by who may edit."""
    if request.method == "POST":
        dossier = access.dossier_to_edit(request.user, edition, pk)
    else:
        dossier = access.dossier_for(request.user, edition, pk)
    found = bom_access.part_of(dossier, line)
    others = bom_queries.part_lines(dossier).exclude(pk=line)
    form = LineForm(request.POST or None, initial=line_initial(found), others=others)
    if done(form, lambda **typed: services.change_line(found, by=request.user, **typed)):
        messages.success(request, _("The line is changed."))
        return redirect("dossiers:part", edition=edition, pk=pk, line=line)
    context = {
        **about(dossier),
        "form": form,
        "line": found,
        "doubts": grouped(found.warnings),
        "may_edit": access.may_edit(request.user, dossier),
    }
    return render(request, "dossiers/bom_part.html", context)


@login_required
@require_POST
def remove(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """Take a line out."""
    found = bom_access.part_of(access.dossier_to_edit(request.user, edition, pk), line)
    said = _("“%(line)s” is taken out.") % {"line": found}
    stated(request, lambda: services.remove_line(found, by=request.user), said)
    return redirect("dossiers:bom", edition=edition, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def new_offer(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """Note what a supplier asks."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = bom_access.part_of(dossier, line)
    initial = {"price_quantity": 1, "moq": 1, "status": "live", "currency": dossier.currency}
    form = OfferForm(request.POST or None, initial=initial)
    if done(form, lambda **typed: services.add_offer(found, by=request.user, **typed)):
        messages.success(request, _("The offer is noted."))
        return redirect("dossiers:part", edition=edition, pk=pk, line=line)
    return render(
        request, "dossiers/bom_offer.html", {**about(dossier), "line": found, "form": form}
    )


@login_required
@require_http_methods(["GET", "POST"])
def offer(request: Request, edition: str, pk: int, offer: int) -> HttpResponse:
    """Change an offer."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = bom_access.offer_of(dossier, offer)
    form = OfferForm(request.POST or None, initial=offer_initial(found))
    if done(form, lambda **typed: services.change_offer(found, by=request.user, **typed)):
        messages.success(request, _("The offer is changed."))
        return redirect("dossiers:part", edition=edition, pk=pk, line=found.part_id)
    context = {**about(dossier), "line": found.part, "offer": found, "form": form}
    return render(request, "dossiers/bom_offer.html", context)


@login_required
@require_POST
def choose_offer(request: Request, edition: str, pk: int, offer: int) -> HttpResponse:
    """Count this offer in the cost."""
    found = bom_access.offer_of(access.dossier_to_edit(request.user, edition, pk), offer)
    said = _("This offer is counted in the cost.")
    stated(request, lambda: services.choose_offer(found, by=request.user), said)
    return redirect("dossiers:part", edition=edition, pk=pk, line=found.part_id)


@login_required
@require_POST
def remove_offer(request: Request, edition: str, pk: int, offer: int) -> HttpResponse:
    """Take an offer out."""
    found = bom_access.offer_of(access.dossier_to_edit(request.user, edition, pk), offer)
    line = found.part_id
    stated(
        request, lambda: services.remove_offer(found, by=request.user), _("The offer is taken out.")
    )
    return redirect("dossiers:part", edition=edition, pk=pk, line=line)
