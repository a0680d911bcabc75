"""The screen of traces: need, requirement, control, test, run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from karvan.foundation.web.requests import Request

from .. import access, tracing
from ..design_pages import page_of, result_of
from ..design_queries import last_results, requirements_of, traced
from ..models import Dossier


@login_required
@require_GET
def traceability(request: Request, edition: str, pk: int) -> HttpResponse:
    """The matrix, whole or only where something is missing in it."""
    dossier = access.dossier_for(request.user, edition, pk)
    listed = requirements_of(dossier)
    traces = tracing.traces_of(traced(listed), last_results(dossier))
    gap = request.GET.get("missing", "")
    shown = [one for one in traces if not gap or gap in one.gaps or (gap == "any" and one.gaps)]
    context = page_of(
        dossier,
        request.user,
        lines=_lines(dossier, shown, {one.code: one.pk for one in listed}),
        total=len(traces),
        gap=gap,
        filters=_filters(traces),
    )
    return render(request, "dossiers/requirements_matrix.html", context)


def _lines(
    dossier: Dossier, shown: Sequence[tracing.Trace], keys: Mapping[str, int]
) -> list[dict[str, Any]]:
    """The lines with the keys their links need."""
    risks = dict(dossier.risks.values_list("code", "pk"))
    cases = dict(dossier.test_cases.values_list("code", "pk"))
    return [
        {
            "requirement": one.requirement,
            "key": keys[one.requirement.code],
            "needs": [{"code": code, "key": keys[code]} for code in one.needs],
            "risks": [{"code": code, "key": risks[code]} for code in one.requirement.controls],
            "tests": [
                {"code": code, "key": cases[code], **result_of(result)}
                for code, result in one.results.items()
            ],
            "gaps": [words for gap, words in tracing.GAPS.items() if gap in one.gaps],
        }
        for one in shown
    ]


def _filters(traces: Sequence[tracing.Trace]) -> list[tuple[str, Any, int]]:
    counted = [
        (gap, words, sum(gap in one.gaps for one in traces)) for gap, words in tracing.GAPS.items()
    ]
    return [
        ("", _("All"), len(traces)),
        ("any", _("What is missing"), sum(bool(one.gaps) for one in traces)),
        *counted,
    ]
