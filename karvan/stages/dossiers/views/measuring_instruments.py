"""Screens of a workshop's instruments."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation import clock
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, measuring_queries
from ..measuring_forms import InstrumentForm
from ..models import Dossier
from ..services import instruments as services


@login_required
@require_GET
def instruments(request: Request, edition: str, pk: int) -> HttpResponse:
    """The instruments of the dossier's workshop."""
    dossier = access.dossier_for(request.user, edition, pk)
    context = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "instruments": measuring_queries.instruments_of(dossier),
        "today": clock.today(),
        "edits": access.may_edit(request.user, dossier),
        "teaches": access.is_instructor(request.user, dossier.activity),
    }
    return render(request, "dossiers/measuring_instruments.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_instrument(request: Request, edition: str, pk: int) -> HttpResponse:
    """Enter an instrument that a team uses."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = InstrumentForm(request.POST or None)
    if done(form, lambda **typed: services.add_instrument(dossier, by=request.user, **typed)):
        return redirect("dossiers:instruments", edition, pk)
    return _page(request, dossier, form, "")


@login_required
@require_http_methods(["GET", "POST"])
def change_instrument(request: Request, edition: str, pk: int, instrument: int) -> HttpResponse:
    """Correct an instrument: who teaches the workshop."""
    dossier = access.dossier_to_teach(request.user, edition, pk)
    found = get_object_or_404(measuring_queries.instruments_of(dossier), pk=instrument)
    initial = {name: getattr(found, name) for name in services.FIELDS}
    form = InstrumentForm(request.POST or None, initial=initial)
    if done(form, lambda **typed: services.change_instrument(found, by=request.user, **typed)):
        return redirect("dossiers:instruments", edition, pk)
    return _page(request, dossier, form, str(found))


def _page(request: Request, dossier: Dossier, form: InstrumentForm, name: str) -> HttpResponse:
    context = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "form": form,
        "instrument_name": name,
    }
    status = 422 if form.errors else 200
    return render(request, "dossiers/measuring_instrument.html", context, status=status)
