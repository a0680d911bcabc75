"""Screens of alternatives: the decision matrix, one alternative, the weights, the choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, decision_matrix
from ..decision_matrix import CRITERIA, Option
from ..design_access import row_of
from ..design_building_forms import AlternativeForm, ChoiceForm, WeightsForm
from ..design_pages import page_of
from ..models import DesignAlternative
from ..services import alternatives as services


@login_required
@require_GET
def alternatives(request: Request, edition: str, pk: int) -> HttpResponse:
    """The decision matrix: marks by criterion, totals, who leads and how firmly."""
    dossier = access.dossier_for(request.user, edition, pk)
    rows = list(dossier.alternatives.all())
    weights = services.weights_of(dossier)
    context = page_of(
        dossier,
        request.user,
        chosen=next((one for one in rows if one.chosen), None),
        weights_form=WeightsForm(weights=weights),
        highest=decision_matrix.highest(weights),
        **_matrix(rows, weights),
    )
    return render(request, "dossiers/alternatives.html", context)


@login_required
@require_POST
def alternative_weights(request: Request, edition: str, pk: int) -> HttpResponse:
    """Say how much each criterion counts."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = WeightsForm(request.POST, weights=services.weights_of(dossier))

    def weigh(**typed: int) -> bool:
        services.weigh_criteria(dossier, weights=typed, by=request.user)
        return True

    if done(form, weigh):
        return redirect("dossiers:alternatives", edition, pk)
    rows = list(dossier.alternatives.all())
    weights = services.weights_of(dossier)
    context = page_of(dossier, request.user, weights_form=form, **_matrix(rows, weights))
    return render(request, "dossiers/alternatives.html", context, status=422)


@login_required
@require_http_methods(["GET", "POST"])
def alternative_new(request: Request, edition: str, pk: int) -> HttpResponse:
    """Write an alternative with its marks."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = AlternativeForm(request.POST or None)
    if done(
        form,
        lambda **_typed: services.add_alternative(dossier, by=request.user, **form.values()),
    ):
        return redirect("dossiers:alternatives", edition, pk)
    context = page_of(dossier, request.user, form=form)
    return render(
        request, "dossiers/alternatives_one.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def alternative(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """Write an alternative and its marks anew."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(dossier.alternatives.all(), line)
    form = AlternativeForm(request.POST or None, initial=_initial(found))
    if done(
        form,
        lambda **_typed: services.change_alternative(found, by=request.user, **form.values()),
    ):
        return redirect("dossiers:alternatives", edition, pk)
    context = page_of(
        dossier,
        request.user,
        form=form,
        alternative=found,
        choice_form=ChoiceForm(initial={"reason": found.reason}),
    )
    return render(
        request, "dossiers/alternatives_one.html", context, status=422 if form.errors else 200
    )


@login_required
@require_POST
def alternative_choose(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """Choose an alternative and say why."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(dossier.alternatives.all(), line)
    form = ChoiceForm(request.POST)
    if done(form, lambda **typed: services.choose_alternative(found, by=request.user, **typed)):
        return redirect("dossiers:alternatives", edition, pk)
    context = page_of(
        dossier,
        request.user,
        form=AlternativeForm(initial=_initial(found)),
        alternative=found,
        choice_form=form,
    )
    return render(request, "dossiers/alternatives_one.html", context, status=422)


@login_required
@require_POST
def alternative_remove(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """Take an alternative out that was not chosen."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(dossier.alternatives.all(), line)
    said = _("“%(title)s” is taken out.") % {"title": found.title}
    stated(request, lambda: services.remove_alternative(found, by=request.user), said)
    return redirect("dossiers:alternatives", edition, pk)


def _matrix(rows: Sequence[DesignAlternative], weights: dict[str, int]) -> dict[str, Any]:
    options = [Option(one.pk, one.scores) for one in rows]
    placed = {one.key: one for one in decision_matrix.places(options, weights)}
    titles = {one.pk: one.title for one in rows}
    leading = decision_matrix.winner(options, weights)
    turns = decision_matrix.turns(options, weights)
    return {
        "heads": [(CRITERIA[criterion], weight) for criterion, weight in weights.items()],
        "lines": [
            {
                "row": one,
                "place": placed[one.pk],
                "marks": [(CRITERIA[name], one.scores.get(name)) for name in weights],
                "missing": ", ".join(str(CRITERIA[name]) for name in placed[one.pk].missing),
                "leads": one.pk == leading,
            }
            for one in rows
        ],
        "leading": titles.get(leading) if leading else None,
        "rivals": sum(one.total is not None for one in placed.values()) - 1,
        "turns": [
            {"turn": one, "criterion": CRITERIA[one.criterion], "other": titles[one.other]}
            for one in turns
        ],
        "close": [
            (CRITERIA[criterion], titles[other])
            for criterion, other in decision_matrix.close_marks(options, weights)
        ],
    }


def _initial(found: DesignAlternative) -> dict[str, Any]:
    return {
        "title": found.title,
        "description": found.description,
        "is_baseline": found.is_baseline,
        **{f"mark_{name}": mark for name, mark in found.scores.items()},
    }
