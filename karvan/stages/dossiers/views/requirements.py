"""Screens of requirements: the register, and one of them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.ui.marks import Words
from karvan.foundation.ui.registers import Column, Filter, Pick, Register
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, tracing
from ..design_access import row_of
from ..design_forms import DeviationForm, RequirementForm
from ..design_pages import page_of
from ..design_queries import requirements_of, traced
from ..models import Dossier, Requirement
from ..services import requirements as services

Checks = dict[str, tuple[str, ...]]


@login_required
@require_GET
def requirements(request: Request, edition: str, pk: int) -> HttpResponse:
    """All requirements of a dossier, with what is wrong with each."""
    dossier = access.dossier_for(request.user, edition, pk)
    listed = traced(requirements_of(dossier))
    checks = tracing.checks_of(listed)
    register = _register(request, dossier, checks)
    if register.wants_file:
        return register.file()
    codes, links = tracing.missing_codes(listed)
    context = page_of(
        dossier,
        request.user,
        register=register,
        missing_codes=codes,
        missing_links=links,
        alternatives=dossier.alternatives.count(),
    )
    return render(request, "dossiers/requirements.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def requirement_new(request: Request, edition: str, pk: int) -> HttpResponse:
    """Write a requirement."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    initial = {"code": request.GET.get("code", ""), "fulfils": request.GET.get("fulfils", "")}
    form = RequirementForm(request.POST or None, dossier=dossier, initial=initial)
    if done(form, lambda **typed: services.add_requirement(dossier, by=request.user, **typed)):
        return redirect("dossiers:requirements", edition, pk)
    context = page_of(dossier, request.user, form=form)
    return render(
        request, "dossiers/requirements_new.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def requirement(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """One requirement: what is wrong with it, where it leads, and the form to change it."""
    reach = access.dossier_to_edit if request.method == "POST" else access.dossier_for
    dossier = reach(request.user, edition, pk)
    found = row_of(requirements_of(dossier), line)
    form = RequirementForm(request.POST or None, dossier=dossier, initial=_initial(found))
    if done(form, lambda **typed: services.change_requirement(found, by=request.user, **typed)):
        return redirect("dossiers:requirements", edition, pk)
    return _page(request, dossier, found, form, DeviationForm())


@login_required
@require_POST
def requirement_remove(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """Take a requirement out."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = row_of(dossier.requirements.all(), line)
    said = _("%(code)s is taken out.") % {"code": found.code}
    stated(request, lambda: services.remove_requirement(found, by=request.user), said)
    return redirect("dossiers:requirements", edition, pk)


@login_required
@require_POST
def requirement_deviation(request: Request, edition: str, pk: int, line: int) -> HttpResponse:
    """Accept that the design departs from it; for those who teach and are not of the team."""
    dossier = access.dossier_to_teach(request.user, edition, pk)
    found = row_of(requirements_of(dossier), line)
    form = DeviationForm(request.POST)
    if done(form, lambda **typed: services.accept_deviation(found, by=request.user, **typed)):
        return redirect("dossiers:requirement", edition, pk, line)
    blank = RequirementForm(dossier=dossier, initial=_initial(found))
    return _page(request, dossier, found, blank, form)


def _initial(found: Requirement) -> dict[str, Any]:
    names = ("code", "type", "statement", "rationale", "source", "priority", "essential")
    return {
        **{name: getattr(found, name) for name in names},
        "verification": found.verification,
        "fulfils": [*(one.code for one in found.fulfils.all()), *found.dangling],
        "tested_by": [one.pk for one in found.tested_by.all()],
    }


def _page(
    request: Request,
    dossier: Dossier,
    found: Requirement,
    form: RequirementForm,
    deviation_form: DeviationForm,
) -> HttpResponse:
    checks = tracing.checks_of(traced(requirements_of(dossier)))[found.code]
    context = page_of(
        dossier,
        request.user,
        requirement=found,
        checks=[tracing.CHECKS[code] for code in checks],
        form=form,
        deviation_form=deviation_form,
        fulfilled_by=found.fulfilled_by.all(),
    )
    wrong = form.errors or deviation_form.errors
    return render(request, "dossiers/requirements_one.html", context, status=422 if wrong else 200)


def _register(request: Request, dossier: Dossier, checks: Checks) -> Register:
    return Register(
        request,
        requirements_of(dossier),
        _columns(checks),
        name="requirements",
        caption=_("Requirements"),
        order=("type", "code"),
        filters=_filters(checks),
        picks=(Pick("type", _("Type"), Requirement.Type.choices, "type"),),
        search=_search,
        row_url=lambda row: reverse(
            "dossiers:requirement", args=[dossier.activity.edition.slug, dossier.pk, row.pk]
        ),
        empty_title=_("No requirement yet"),
        empty_text=_("Begin with what users need, then say what the device shall do about it."),
    )


def _columns(checks: Checks) -> list[Column]:
    return [
        Column("code", _("Code"), sort="code"),
        Column("statement", _("Statement"), sort="statement"),
        Column("type", _("Type"), "get_type_display", sort="type"),
        Column("fulfils", _("Fulfils"), _fulfils),
        Column("verification", _("Shown by"), "get_verification_display", sort="verification"),
        Column("tests", _("Tests"), lambda row: ", ".join(one.code for one in row.tested_by.all())),
        Column("priority", _("Priority"), "get_priority_display", sort="priority", shown=False),
        Column("rationale", _("Rationale"), shown=False),
        Column("source", _("Source"), sort="source", shown=False),
        _checks_column(checks),
    ]


def _checks_column(checks: Checks) -> Column:
    """The first thing that is wrong as a mark, the others under it."""

    def first(row: Requirement) -> Words:
        found = checks[row.code]
        return tracing.CHECKS[found[0]] if found else _("in order")

    def further(row: Requirement) -> str:
        return ", ".join(str(tracing.CHECKS[code]) for code in checks[row.code][1:])

    return Column(
        "checks",
        _("Checks"),
        lambda row: "changed" if checks[row.code] else "kept",
        kind="state",
        word=first,
        detail=further,
    )


def _filters(checks: Checks) -> list[Filter]:
    """One for each thing that is wrong somewhere."""
    return [
        Filter(code, words, Q(code__in=[key for key, found in checks.items() if code in found]))
        for code, words in tracing.CHECKS.items()
        if any(code in found for found in checks.values())
    ]


def _fulfils(row: Requirement) -> str:
    here = [one.code for one in row.fulfils.all()]
    return ", ".join([*here, *(f"{code} (?)" for code in row.dangling)])


def _search(rows: QuerySet[Requirement], words: str) -> QuerySet[Requirement]:
    for word in words.split():
        rows = rows.filter(Q(code__icontains=word) | Q(statement__icontains=word))
    return rows
