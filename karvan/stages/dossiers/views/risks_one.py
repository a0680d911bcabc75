"""Screens of one risk: its way to the harm, its controls, what remains."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, risk_matrix
from ..design_access import row_of
from ..design_pages import page_of, result_of
from ..design_queries import last_results, risks_of
from ..design_risk_forms import ControlForm, JudgementForm, RiskForm
from ..models import Dossier, Risk, RiskControl
from ..services import risks as services
from .risks import line_of


@login_required
@require_http_methods(["GET", "POST"])
def risk(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """One risk; posting writes it anew."""
    reach = access.dossier_to_edit if request.method == "POST" else access.dossier_for
    dossier = reach(request.user, edition, pk)
    found = row_of(risks_of(dossier), line)
    form = RiskForm(request.POST or None, initial=_initial(found))
    outcome = done(form, lambda **typed: services.change_risk(found, by=request.user, **typed))
    if outcome is not None:
        _tell(request, outcome)
        return redirect("dossiers:risk", edition, pk, line)
    return _page(request, dossier, found, form=form)


@login_required
@require_POST
def risk_remove(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """Take a risk out."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(dossier.risks.all(), line)
    said = _("%(code)s is taken out.") % {"code": found.code}
    stated(request, lambda: services.remove_risk(found, by=request.user), said)
    return redirect("dossiers:risks", edition, pk)


@login_required
@require_POST
def risk_judge(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """Say what remains and whether it can be borne."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(risks_of(dossier), line)
    form = JudgementForm(request.POST)
    if done(form, lambda **typed: services.judge_risk(found, by=request.user, **typed)):
        return redirect("dossiers:risk", edition, pk, line)
    return _page(request, dossier, found, judgement_form=form)


@login_required
@require_POST
def control_new(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """Say one thing that is done about a risk."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(risks_of(dossier), line)
    form = ControlForm(request.POST, dossier=dossier)
    if done(form, lambda **typed: services.add_control(found, by=request.user, **typed)):
        return redirect("dossiers:risk", edition, pk, line)
    return _page(request, dossier, found, control_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def control(request: Request, edition: str, pk: int, line: int, control: int) -> HttpResponse:
    """Write a control anew."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(risks_of(dossier), line)
    held = row_of(found.controls.all(), control)
    form = ControlForm(request.POST or None, dossier=dossier, initial=_control_initial(held))
    outcome = done(form, lambda **typed: services.change_control(held, by=request.user, **typed))
    if outcome is not None:
        _tell(request, outcome)
        return redirect("dossiers:risk", edition, pk, line)
    context = page_of(dossier, request.user, risk=found, control=held, form=form)
    return render(
        request, "dossiers/risks_control.html", context, status=422 if form.errors else 200
    )


@login_required
@require_POST
def control_remove(
    request: Request, edition: str, pk: int, line: int, control: int
) -> HttpResponse:
    """Take a control out."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(risks_of(dossier), line)
    held = row_of(found.controls.all(), control)
    _tell(request, stated(request, lambda: services.remove_control(held, by=request.user)))
    return redirect("dossiers:risk", edition, pk, line)


def _page(request: Request, dossier: Dossier, found: Risk, **forms: Any) -> HttpResponse:
    results = last_results(dossier)
    cells = risk_matrix.cells_of(dossier.risk_limits)
    given = {
        "form": RiskForm(initial=_initial(found)),
        "control_form": ControlForm(dossier=dossier),
        "judgement_form": JudgementForm(initial=_judgement(found)),
        **forms,
    }
    controls = [
        {"row": one, **result_of(results.get(one.test.code, "") if one.test else "")}
        for one in found.controls.all()
    ]
    context = page_of(
        dossier,
        request.user,
        controls=controls,
        **line_of(found, cells, results),
        **given,
    )
    wrong = any(one.errors for one in given.values())
    return render(request, "dossiers/risks_one.html", context, status=422 if wrong else 200)


def _tell(request: Request, broken: list[str] | None) -> None:
    if broken:
        messages.warning(
            request,
            _("The judgement is taken back, since it no longer stands: %(rules)s")
            % {"rules": " ".join(broken)},
        )


def _initial(found: Risk) -> dict[str, Any]:
    return {name: getattr(found, name) for name in services.FIELDS}


def _control_initial(held: RiskControl) -> dict[str, Any]:
    return {
        "option": held.option,
        "text": held.text,
        "requirement": held.requirement_id,
        "test": held.test_id,
        "analysis": held.analysis,
    }


def _judgement(found: Risk) -> dict[str, Any]:
    return {
        "residual_severity": found.residual_severity or found.severity,
        "residual_probability": found.residual_probability or found.probability,
        "acceptable": found.acceptable or Risk.Acceptable.NO,
        "reason": found.reason,
    }
