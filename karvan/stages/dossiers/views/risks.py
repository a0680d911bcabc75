"""Screens of risks: the table with its matrices, one risk, the limits of the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, risk_matrix
from ..design_pages import page_of
from ..design_queries import last_results, risks_of
from ..design_risk_forms import LimitsForm, RiskForm
from ..models import Risk
from ..risk_matrix import Point
from ..risk_picture import Marked, Words, matrix_svg, rows_of
from ..services import risks as services


@login_required
@require_GET
def risks(request: Request, edition: str, pk: int) -> HttpResponse:
    """All risks of a dossier, before and after what is done about them."""
    dossier = access.dossier_for(request.user, edition, pk)
    found = list(risks_of(dossier))
    cells = risk_matrix.cells_of(dossier.risk_limits)
    results = last_results(dossier)
    lines = [line_of(one, cells, results) for one in found]
    context = page_of(
        dossier,
        request.user,
        lines=lines,
        finding=_finding(lines),
        matrices=_matrices(found, cells),
        probabilities=[f"{at} {words}" for at, words in risk_matrix.PROBABILITIES.items()],
        has_templates=bool(dossier.device_type and dossier.device_type.hazards),
    )
    return render(request, "dossiers/risks.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def risk_new(request: Request, edition: str, pk: int) -> HttpResponse:
    """Write a risk."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    code = services.next_code("H", set(dossier.risks.values_list("code", flat=True)))
    initial = {"code": code, "severity": 3, "probability": 3}
    form = RiskForm(request.POST or None, initial=initial)
    made = done(form, lambda **typed: services.add_risk(dossier, by=request.user, **typed))
    if made:
        return redirect("dossiers:risk", edition, pk, made.pk)
    context = page_of(dossier, request.user, form=form)
    return render(request, "dossiers/risks_new.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def risk_templates(request: Request, edition: str, pk: int) -> HttpResponse:
    """Write the hazards that the kind of device brings to mind."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    made = stated(request, lambda: services.take_hazards(dossier, by=request.user))
    if made is not None:
        count = len(made)
        said = ngettext("%(count)d hazard is new.", "%(count)d hazards are new.", count)
        stated(request, lambda: made, said % {"count": count})
    return redirect("dossiers:risks", edition, pk)


@login_required
@require_http_methods(["GET", "POST"])
def risk_limits(request: Request, edition: str, pk: int) -> HttpResponse:
    """Set what each cell of the matrix means; for those who teach."""
    dossier = access.dossier_to_teach(request.user, edition, pk)
    form = LimitsForm(request.POST or None, cells=risk_matrix.cells_of(dossier.risk_limits))
    if done(
        form,
        lambda **_typed: services.set_risk_limits(dossier, cells=form.cells(), by=request.user),
    ):
        return redirect("dossiers:risks", edition, pk)
    context = page_of(
        dossier,
        request.user,
        form=form,
        probabilities=[f"{at} {words}" for at, words in risk_matrix.PROBABILITIES.items()],
    )
    return render(
        request, "dossiers/risks_limits.html", context, status=422 if form.errors else 200
    )


def line_of(risk: Risk, cells: risk_matrix.Cells, results: dict[str, str]) -> dict[str, Any]:
    """A risk with its zones in mark and word, and why its judgement does not stand."""
    before = Point(risk.severity, risk.probability)
    after = point_after(risk)
    return {
        "risk": risk,
        "before": {"point": before, **zone_of(before, cells)},
        "after": {"point": after, **zone_of(after, cells)} if after else None,
        "broken": services.rules_broken_by(risk, results, cells),
        "unshown": [one for one in risk.controls.all() if not one.test and not one.analysis],
    }


def zone_of(point: Point, cells: risk_matrix.Cells) -> dict[str, Any]:
    """The mark and the word of the zone a point lies in."""
    zone = risk_matrix.zone(point, cells)
    return {"zone": zone, "mark": risk_matrix.ZONE_MARKS[zone], "word": risk_matrix.ZONES[zone]}


def point_after(risk: Risk) -> Point | None:
    """What remains of a risk, None while nobody has judged it."""
    if risk.residual_severity is None or risk.residual_probability is None:
        return None
    return Point(risk.residual_severity, risk.residual_probability)


def _matrices(found: Sequence[Risk], cells: risk_matrix.Cells) -> list[dict[str, Any]]:
    marked = [
        Marked(one.code, Point(one.severity, one.probability), point_after(one)) for one in found
    ]
    words = Words(severity=_("severity"), probability=_("probability"))
    mirrored = get_language_bidi()
    return [
        {
            "title": title,
            "picture": SafeString(matrix_svg(marked, cells, words, after=after, mirrored=mirrored)),
            "rows": [
                (
                    f"{severity} {risk_matrix.SEVERITIES[severity]}",
                    [
                        {"word": risk_matrix.ZONES[zone], "codes": codes, "zone": zone}
                        for zone, codes in row
                    ],
                )
                for severity, row in rows_of(marked, cells, after=after)
            ],
        }
        for title, after in ((_("Before"), False), (_("After"), True))
    ]


def _finding(lines: Sequence[dict[str, Any]]) -> str:
    """What the matrices show, in a sentence or two."""
    red = sum(one["before"]["zone"] == risk_matrix.HIGH for one in lines)
    left = sum(bool(one["after"]) and one["after"]["zone"] == risk_matrix.HIGH for one in lines)
    unjudged = sum(one["after"] is None for one in lines)
    sentences = [
        ngettext(
            "%(red)d of %(all)d risk is not acceptable before its controls.",
            "%(red)d of %(all)d risks are not acceptable before their controls.",
            len(lines),
        )
        % {"red": red, "all": len(lines)},
        ngettext("After them, %(left)d is.", "After them, %(left)d are.", left) % {"left": left},
    ]
    if unjudged:
        sentences.append(
            ngettext("%(count)d is not judged yet.", "%(count)d are not judged yet.", unjudged)
            % {"count": unjudged}
        )
    return " ".join(sentences)
