"""Send a signal, say what its file does not tell, change what it is called, take it out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, measuring_queries
from ..models import Dossier, SignalCapture
from ..services import signals as services
from ..signals_forms import SignalFactsForm, SignalForm, UnitsForm
from .signals import capture_of


@login_required
@require_http_methods(["GET", "POST"])
def new_signal(request: Request, edition: str, pk: int) -> HttpResponse:
    """Send the files of one recording."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = SignalForm(request.POST or None, request.FILES or None, **_choices(dossier))
    made = done(
        form,
        lambda **_typed: services.take_capture(
            dossier, uploads=form.uploads(), by=request.user, **form.facts()
        ),
    )
    if made:
        return _after(request, dossier, made)
    return _page(request, dossier, form, "dossiers/signal_new.html")


@login_required
@require_http_methods(["GET", "POST"])
def signal_units(request: Request, edition: str, pk: int, capture: int) -> HttpResponse:
    """Say the units, and how rows stand in time, where the file does not."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = capture_of(dossier, capture)
    form = UnitsForm(request.POST if request.method == "POST" else None, capture=found)
    made = done(
        form,
        lambda **_typed: services.answer_capture(found, by=request.user, **form.given()),
    )
    if made:
        return _after(request, dossier, made)
    return _page(request, dossier, form, "dossiers/signal_units.html", capture=found)


@login_required
@require_http_methods(["GET", "POST"])
def change_signal(request: Request, edition: str, pk: int, capture: int) -> HttpResponse:
    """Change what a signal is called and where it belongs."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = capture_of(dossier, capture)
    initial = {name: getattr(found, name) for name in services.FACTS}
    form = SignalFactsForm(request.POST or None, initial=initial, **_choices(dossier))
    if done(form, lambda **typed: services.change_capture(found, by=request.user, **typed)):
        return redirect("dossiers:signal", edition, pk, capture)
    return _page(request, dossier, form, "dossiers/signal_change.html", capture=found)


@login_required
@require_POST
def remove_signal(request: Request, edition: str, pk: int, capture: int) -> HttpResponse:
    """Take a signal out."""
    found = capture_of(access.dossier_to_edit(request.user, edition, pk), capture)
    said = _("“%(name)s” is taken out.") % {"name": found.title}
    stated(request, lambda: services.remove_capture(found, by=request.user) or True, said)
    return redirect("dossiers:measurements", edition, pk)


def _after(request: Request, dossier: Dossier, made: SignalCapture) -> HttpResponse:
    """On to the questions while there are some, else to the curves."""
    asks = made.state == SignalCapture.State.ASKS
    if asks:
        messages.warning(request, _("The file does not tell everything. Say it here."))
    page = "dossiers:signal_units" if asks else "dossiers:signal"
    return redirect(page, dossier.activity.edition.slug, dossier.pk, made.pk)


def _choices(dossier: Dossier) -> dict[str, Any]:
    return {
        "blocks": measuring_queries.blocks_of(dossier),
        "instruments": measuring_queries.instruments_of(dossier),
    }


def _page(
    request: Request, dossier: Dossier, form: forms.Form, template: str, **more: Any
) -> HttpResponse:
    context = {"dossier": dossier, "edition": dossier.activity.edition, "form": form, **more}
    return render(request, template, context, status=422 if form.errors else 200)
