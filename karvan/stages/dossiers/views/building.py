"""Screens of build instructions: the steps, their parts, the sums beside the bill, what is taken away."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, building_sums
from ..building_export import gitbuilding_zip
from ..design_access import row_of
from ..design_building_forms import BuildStepForm, MoveForm, PartUseForm
from ..design_pages import page_of
from ..design_queries import build_steps_of, lines_to_build
from ..models import BuildStep, Dossier, PartLine
from ..services import building as services
from .trials import figure


@login_required
@require_GET
def building(request: Request, edition: str, pk: int) -> HttpResponse:
    """All steps, and the parts they use beside the bill of materials."""
    dossier = access.dossier_for(request.user, edition, pk)
    return render(request, "dossiers/building.html", _context(request, dossier))


@login_required
@require_GET
def building_sheet(request: Request, edition: str, pk: int) -> HttpResponse:
    """The instructions on paper."""
    dossier = access.dossier_for(request.user, edition, pk)
    return render(request, "dossiers/building_sheet.html", _context(request, dossier))


@login_required
@require_GET
def building_export(request: Request, edition: str, pk: int) -> HttpResponse:
    """The instructions as a project of GitBuilding: Markdown pages in a ZIP."""
    dossier = access.dossier_for(request.user, edition, pk)
    data = gitbuilding_zip(dossier, list(build_steps_of(dossier)), list(dossier.part_lines.all()))
    answer = HttpResponse(data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{dossier.code}-gitbuilding.zip"'
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def build_step_new(request: Request, edition: str, pk: int) -> HttpResponse:
    """Write a step after the last."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = BuildStepForm(request.POST or None)
    made = done(form, lambda **typed: services.add_build_step(dossier, by=request.user, **typed))
    if made:
        return redirect("dossiers:build_step", edition, pk, made.pk)
    context = page_of(dossier, request.user, form=form)
    return render(
        request, "dossiers/building_new.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def build_step(request: Request, edition: str, pk: int, step: int) -> HttpResponse:
    """One step with its parts; posting writes it anew."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(build_steps_of(dossier), step)
    form = BuildStepForm(request.POST or None, initial=_initial(found))
    if done(form, lambda **typed: services.change_build_step(found, by=request.user, **typed)):
        return redirect("dossiers:building", edition, pk)
    return _step_page(request, dossier, found, form=form)


@login_required
@require_POST
def build_step_move(request: Request, edition: str, pk: int, step: int) -> HttpResponse:
    """Give a step another number."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(dossier.build_steps.all(), step)
    form = MoveForm(request.POST)
    if form.is_valid():
        to = form.cleaned_data["to"]
        stated(request, lambda: services.move_build_step(found, to=to, by=request.user))
    return redirect("dossiers:building", edition, pk)


@login_required
@require_POST
def build_step_remove(request: Request, edition: str, pk: int, step: int) -> HttpResponse:
    """Take a step out."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(dossier.build_steps.all(), step)
    said = _("Step “%(title)s” is taken out.") % {"title": found.title}
    stated(request, lambda: services.remove_build_step(found, by=request.user), said)
    return redirect("dossiers:building", edition, pk)


@login_required
@require_POST
def build_step_use(request: Request, edition: str, pk: int, step: int) -> HttpResponse:
    """Say how much of a part a step uses."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(build_steps_of(dossier), step)
    form = PartUseForm(request.POST, dossier=dossier)
    if done(form, lambda **typed: services.use_part(found, by=request.user, **typed)):
        return redirect("dossiers:build_step", edition, pk, step)
    return _step_page(request, dossier, found, use_form=form)


@login_required
@require_POST
def build_step_release(
    request: Request, edition: str, pk: int, step: int, use: int
) -> HttpResponse:
    """Say that a step does not use a part after all."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(dossier.build_steps.all(), step)
    held = row_of(found.uses.all(), use)
    stated(request, lambda: services.release_part(held, by=request.user))
    return redirect("dossiers:build_step", edition, pk, step)


def _context(request: Request, dossier: Dossier) -> dict[str, Any]:
    steps = list(build_steps_of(dossier))
    lines = _sums(dossier)
    return page_of(
        dossier,
        request.user,
        steps=[_step(one) for one in steps],
        last=len(steps),
        minutes=sum(one.minutes or 0 for one in steps),
        untimed=sum(one.minutes is None for one in steps),
        tools=sorted({tool for one in steps for tool in one.tools}),
        lines=lines,
        wrong=[one for one in lines if one["sum"].is_wrong],
    )


def _step(one: BuildStep) -> dict[str, Any]:
    return {
        "row": one,
        "uses": [{"use": use, "quantity": figure(use.quantity)} for use in one.uses.all()],
        "up": one.order - 1,
        "down": one.order + 1,
    }


def _sums(dossier: Dossier) -> list[dict[str, Any]]:
    """Each line of the bill with what the steps use of it, what is wrong first."""
    rows = {one.pk: one for one in lines_to_build(dossier)}
    found = building_sums.sums([_need(one) for one in rows.values()])
    lines = [
        {
            "part": rows[one.key],
            "sum": one,
            "used": figure(one.used),
            "need": _range(rows[one.key]),
            "mark": building_sums.MARKS[one.state],
            "word": building_sums.STATES[one.state],
            "steps": [use.step.order for use in rows[one.key].uses.all()],
        }
        for one in found
    ]
    return sorted(lines, key=lambda line: not line["sum"].is_wrong)


def _need(line: PartLine) -> building_sums.Need:
    apart = (PartLine.Kind.TOOL, PartLine.Kind.SERVICE, PartLine.Kind.SOFTWARE)
    return building_sums.Need(
        key=line.pk,
        least=line.quantity,
        most=line.quantity_most,
        must=not line.optional and line.kind not in apart and line.substitute_of_id is None,
        uses=tuple(use.quantity for use in line.uses.all()),
        fitted=line.fitted,
    )


def _range(line: PartLine) -> str:
    if line.quantity is None:
        return ""
    if line.quantity_most is not None and line.quantity_most > line.quantity:
        return f"{figure(line.quantity)}–{figure(line.quantity_most)}"
    return figure(line.quantity)


def _step_page(request: Request, dossier: Dossier, found: BuildStep, **forms: Any) -> HttpResponse:
    given = {
        "form": BuildStepForm(initial=_initial(found)),
        "use_form": PartUseForm(dossier=dossier),
        **forms,
    }
    left = [one for one in _sums(dossier) if one["sum"].left and one["sum"].state != "not_needed"]
    for one in left:
        one["left"] = figure(one["sum"].left)
        one["plain_left"] = f"{one['sum'].left.normalize():f}"
    context = page_of(dossier, request.user, step=_step(found), left=left, **given)
    wrong = any(one.errors for one in given.values())
    return render(request, "dossiers/building_step.html", context, status=422 if wrong else 200)


def _initial(found: BuildStep) -> dict[str, Any]:
    names = ("title", "text", "tools", "minutes", "check_text", "produces")
    return {name: getattr(found, name) for name in names}
