"""Screens of what was measured."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.records.queries import history_of
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, measuring_queries
from ..formula_forms import FormulaForm
from ..measuring_forms import MeasurementForm, initial_of
from ..measuring_shown import budget_rows, proposed_units, result_shown, shown_measurements
from ..models import Dossier, Measurement
from ..services import formulas
from ..services import measuring as services


@login_required
@require_GET
def measurements(request: Request, edition: str, pk: int) -> HttpResponse:
    """Everything measured and captured of a dossier."""
    dossier = access.dossier_for(request.user, edition, pk)
    context = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "measurements": shown_measurements(measuring_queries.measurements_of(dossier)),
        "captures": measuring_queries.captures_of(dossier),
        "edits": access.may_edit(request.user, dossier),
    }
    return render(request, "dossiers/measurements.html", context)


@login_required
@require_GET
def measurement(request: Request, edition: str, pk: int, measurement: int) -> HttpResponse:
    """One measurement with its budget of uncertainty."""
    dossier = access.dossier_for(request.user, edition, pk)
    found = _measurement(dossier, measurement)
    context = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "measurement": found,
        "shown": result_shown(found),
        "budget": budget_rows(found),
        "edits": access.may_edit(request.user, dossier),
        "records": history_of(found),
    }
    return render(request, "dossiers/measurement.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_measurement(request: Request, edition: str, pk: int) -> HttpResponse:
    """Write down a measurement."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = _form(request, dossier, {"operator": request.user.pk})
    made = done(
        form,
        lambda **_typed: services.record_measurement(dossier, by=request.user, **form.given()),
    )
    if made:
        return redirect("dossiers:measurement", edition, pk, made.pk)
    return _form_page(request, dossier, form, None)


@login_required
@require_http_methods(["GET", "POST"])
def change_measurement(request: Request, edition: str, pk: int, measurement: int) -> HttpResponse:
    """Correct a measurement."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = _measurement(dossier, measurement)
    form = _form(request, dossier, initial_of(found))
    made = done(
        form,
        lambda **_typed: services.change_measurement(found, by=request.user, **form.given()),
    )
    if made:
        return redirect("dossiers:measurement", edition, pk, made.pk)
    return _form_page(request, dossier, form, found)


@login_required
@require_POST
def remove_measurement(request: Request, edition: str, pk: int, measurement: int) -> HttpResponse:
    """Take a measurement out."""
    found = _measurement(access.dossier_to_edit(request.user, edition, pk), measurement)
    said = _("“%(name)s” is taken out.") % {"name": found.name}
    stated(request, lambda: services.remove_measurement(found, by=request.user) or True, said)
    return redirect("dossiers:measurements", edition, pk)


def _measurement(dossier: Dossier, pk: int) -> Measurement:
    return get_object_or_404(measuring_queries.measurements_of(dossier), pk=pk)


def _form(request: Request, dossier: Dossier, initial: dict[str, Any]) -> MeasurementForm:
    return MeasurementForm(
        request.POST or None,
        initial=initial,
        dossier=dossier,
        instruments=measuring_queries.instruments_of(dossier),
        blocks=measuring_queries.blocks_of(dossier),
        points=measuring_queries.points_of(dossier),
        operators=measuring_queries.operators_of(dossier, request.user),
    )


def _form_page(
    request: Request, dossier: Dossier, form: MeasurementForm, found: Measurement | None
) -> HttpResponse:
    context = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "form": form,
        "measurement": found,
        "units": proposed_units(),
    }
    status = 422 if form.errors else 200
    return render(request, "dossiers/measurement_form.html", context, status=status)


@login_required
@require_GET
def formula(request: Request, edition: str, pk: int) -> HttpResponse:
    """Whether the units of a formula come out; nothing is kept, so the address holds it all."""
    dossier = access.dossier_for(request.user, edition, pk)
    form = FormulaForm(request.GET or None)
    judged = done(form, lambda **typed: _checked(request, **typed))
    context = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "form": form,
        "judged": judged,
    }
    return render(request, "dossiers/formula.html", context)


def _checked(request: Request, formula: str, units: dict[str, str], result: str) -> formulas.Judged:
    return formulas.check_formula(formula, units=units, result=result, by=request.user)
